import { expect, it } from 'vitest';
import { forSeeds, randomView } from '../../../tests/fixtures/seeds.ts';
import {
	answer,
	smallAssessment,
	smallView,
	type Short
} from '../../../tests/fixtures/small-assessment.ts';
import { findGaps } from './gaps.ts';
import { scoreAll } from './score.ts';
import { changeOf, compareSnapshots, takeSnapshot } from './snapshot.ts';
import { viewOfSnapshot } from './view.ts';

const about = { id: 's1', name: 'Baseline', at: '2026-03-01T10:00:00Z', edition: '1.0' };
const full = { mode: 'full', topics: [] as string[] } as const;
const take = (answers: Record<string, Short>, proven: string[] = []) =>
	takeSnapshot(smallView(answers, { proven: new Set(proven) }), about);

it('a snapshot is plain: it survives being written as JSON', () => {
	const snapshot = take({ 'law-a': 2, 'law-b': '?', 'law-c': 'n' }, ['law-a']);
	expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
	expect(snapshot).toMatchObject({ guide: 'small', name: 'Baseline', proven: ['law-a'] });
});

it('a snapshot does not change when the answers do', () => {
	const answers = new Map([['law-a', answer(1)]]);
	const snapshot = takeSnapshot(smallView({}, { answers }), about);
	answers.set('law-a', answer(4));
	expect(snapshot.answers['law-a']).toEqual(answer(1));
});

it('a snapshot shows every result as it was', () => {
	forSeeds(50, (random) => {
		const view = randomView(random);
		const back = viewOfSnapshot(takeSnapshot(view, about), view.assessment, view.path);
		expect(scoreAll(back)).toEqual(scoreAll(view));
		expect(findGaps(back)).toEqual(findGaps(view));
	});
});

it('says in one word what happened to an answer', () => {
	const change = (before: Short | '', after: Short | '') =>
		changeOf(before === '' ? undefined : answer(before), after === '' ? undefined : answer(after));
	expect(change(1, 3)).toBe('risen');
	expect(change(3, 1)).toBe('fallen');
	expect(change(2, 2)).toBe('same');
	expect(change('', '')).toBe('same');
	expect(change('', 0)).toBe('newly-answered');
	expect(change('', '?')).toBe('newly-answered');
	expect(change(0, '')).toBe('withdrawn');
	expect(change(2, '?')).toBe('became-unknown');
	expect(change('?', 0)).toBe('became-known');
	expect(change(0, 'n')).toBe('became-not-applicable');
	expect(change('n', 1)).toBe('became-applicable');
	expect(change('n', '?')).toBe('became-unknown');
	expect(change('?', 'n')).toBe('became-not-applicable');
	expect(change('n', 'n')).toBe('same');
});

it('compares every question, with its evidence', () => {
	const before = take({ 'law-a': 1, 'law-b': 2 }, ['law-b']);
	const after = take({ 'law-a': 3, 'law-b': 2 }, ['law-a']);
	const { questions } = compareSnapshots(before, after, smallAssessment, { ...full });
	expect(questions).toHaveLength(9);
	expect(questions[0]).toMatchObject({ question: 'law-a', change: 'risen', evidence: 'gained' });
	expect(questions[1]).toMatchObject({ question: 'law-b', change: 'same', evidence: 'lost' });
});

it('new answers alone are no rise: like is compared with like', () => {
	const before = take({ 'law-a': 1, 'law-b': 1 });
	const after = take({ 'law-a': 1, 'law-b': 1, 'law-c': 4 });
	const [law] = compareSnapshots(before, after, smallAssessment, { ...full }).topics;
	expect(law).toEqual({
		topic: 'law',
		before: 1,
		after: 2,
		alike: { questions: 2, before: 1, after: 1 }
	});
});

it('two equal snapshots differ in nothing, and a reversed comparison is the mirror', () => {
	forSeeds(50, (random) => {
		const a = randomView(random);
		const b = { ...randomView(random, a.assessment), path: a.path };
		const [first, second] = [takeSnapshot(a, about), takeSnapshot(b, about)];
		const same = compareSnapshots(first, first, a.assessment, a.path);
		expect(same.questions.every((q) => q.change === 'same' && q.evidence === 'same')).toBe(true);
		const there = compareSnapshots(first, second, a.assessment, a.path);
		const back = compareSnapshots(second, first, a.assessment, a.path);
		for (const [i, { change }] of there.questions.entries()) {
			const mirror = back.questions[i]?.change;
			if (change === 'risen') expect(mirror).toBe('fallen');
			if (change === 'newly-answered') expect(mirror).toBe('withdrawn');
		}
	});
});
