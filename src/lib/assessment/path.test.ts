import { expect, it } from 'vitest';
import { forSeeds, randomAssessment } from '../../../tests/fixtures/seeds.ts';
import { smallAssessment, smallView } from '../../../tests/fixtures/small-assessment.ts';
import { questionsOnPath } from './path.ts';
import { progressOf } from './progress.ts';

const ids = (mode: 'core' | 'full' | 'topics', topics: string[] = []): string[] =>
	questionsOnPath(smallAssessment, { mode, topics }).map((question) => question.id);

it('the core path has the core questions in the order of the guide', () => {
	expect(ids('core')).toEqual(['law-a', 'law-b', 'team-a', 'team-b', 'skills-a', 'skills-b']);
});

it('the full path has every question', () => {
	expect(ids('full')).toHaveLength(9);
});

it('chosen topics have all their questions, in the order of the guide and not of the choice', () => {
	expect(ids('topics', ['skills', 'law'])).toEqual([
		'law-a',
		'law-b',
		'law-c',
		'skills-a',
		'skills-b',
		'skills-c'
	]);
});

it('a topic of another edition and a choice of nothing ask nothing', () => {
	expect(ids('topics', ['gone'])).toEqual([]);
	expect(ids('topics')).toEqual([]);
});

it('every core question is on the full path, in any guide', () => {
	forSeeds(50, (random) => {
		const assessment = randomAssessment(random);
		const full = questionsOnPath(assessment, { mode: 'full', topics: [] });
		const core = questionsOnPath(assessment, { mode: 'core', topics: [] });
		expect(full.filter((question) => core.includes(question))).toEqual(core);
	});
});

it('what was answered on the core path is answered on the full path', () => {
	const answers = { 'law-a': 2, 'team-a': '?', 'skills-b': 'n' } as const;
	const core = progressOf(smallView(answers, { path: { mode: 'core', topics: [] } }));
	const full = progressOf(smallView(answers, { path: { mode: 'full', topics: [] } }));
	expect([core.answered, core.questions]).toEqual([3, 6]);
	expect([full.answered, full.questions]).toEqual([3, 9]);
});
