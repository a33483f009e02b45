import { describe, expect, it } from 'vitest';
import type { Assessment } from '#lib/model/guide.ts';
import { forSeeds, randomView } from '../../../tests/fixtures/seeds.ts';
import {
	ladder,
	question,
	smallAssessment,
	smallView,
	type Short
} from '../../../tests/fixtures/small-assessment.ts';
import { firstSix } from './first-six.ts';
import { findGaps } from './gaps.ts';
import { isReached } from './measures.ts';
import { catalogueOf, type View } from './view.ts';

const six = (view: View, taken: string[] = []) =>
	firstSix(findGaps(view).gaps, new Set(taken), view);
const ids = (view: View, taken: string[] = []) => six(view, taken).map((s) => s.measure.id);

const allZero: Record<string, Short> = {
	'law-a': 0,
	'law-b': 0,
	'law-c': 0,
	'team-a': 0,
	'team-b': 0,
	'team-c': 0,
	'skills-a': 0,
	'skills-b': 0,
	'skills-c': 0
};

describe('the first six', () => {
	it('are the first measures of the six first gaps (golden case)', () => {
		// law-a 3 × 1.5; team-a, team-b and law-c 2 × 1.25; then the weight-1 questions in order.
		expect(ids(smallView(allZero))).toEqual([
			'law-a-1',
			'law-c-1',
			'team-a-1',
			'team-b-1',
			'law-b-1',
			'team-c-1'
		]);
	});

	it('leave out what is taken, and turn to gaps that are not in hand', () => {
		const list = six(smallView(allZero), ['law-a-1', 'team-b-1']);
		expect(list.map((s) => s.gap.question.id)).toEqual([
			'law-c',
			'team-a',
			'law-b',
			'team-c',
			'skills-a',
			'skills-b'
		]);
	});

	it('leave a gap in hand alone even when it has further measures', () => {
		const view = smallView(allZero, { targets: new Map([['law-a', 4]]) });
		expect(ids(view, ['law-a-1'])).not.toContain('law-a-2');
	});

	it('take one measure a gap, also when others wait for two of them', () => {
		// team-a waits for law-b-1 and team-b for law-b-2: both would close the gap of law-b.
		const needs: Record<string, string> = { 'team-a-1': 'law-b-1', 'team-b-1': 'law-b-2' };
		const assessment: Assessment = {
			guide: 'small',
			topics: smallAssessment.topics.map((topic) => ({
				...topic,
				measures: topic.measures.map((m) => (needs[m.id] ? { ...m, requires: [needs[m.id]!] } : m))
			}))
		};
		const targets = new Map(['law-b', 'team-a', 'team-b'].map((id) => [id, 4 as const]));
		const list = six({ ...smallView(allZero, { assessment }), targets });
		expect(list[0]).toMatchObject({ before: 'team-a-1', gap: { question: { id: 'law-b' } } });
		expect(new Set(list.map((s) => s.gap.question.id)).size).toBe(6);
	});

	it('come back to a gap in hand when the others do not fill the list', () => {
		const view = smallView({ 'law-b': 0 }, { targets: new Map([['law-b', 4]]) });
		expect(ids(view, ['law-b-1'])).toEqual(['law-b-2', 'law-b-3']);
	});

	it('put a prerequisite in the place of the measure that needs it', () => {
		const [first] = six(smallView({ 'team-a': 0 }));
		expect(first).toMatchObject({ before: 'team-a-1', unanswered: ['law-a'] });
		expect(first?.measure.id).toBe('law-a-1');
		expect(first?.gap.question.id).toBe('team-a');
	});

	it('then the measure itself, once its prerequisite is in the list', () => {
		expect(ids(smallView({ 'team-a': 0 }))).toEqual(['law-a-1', 'team-a-1']);
	});

	it('ask for no prerequisite that is reached, taken or not applicable', () => {
		expect(
			ids(smallView({ 'team-a': 0, 'law-a': 2 }, { targets: new Map([['law-a', 2]]) }))
		).toEqual(['team-a-1']);
		expect(ids(smallView({ 'team-a': 0 }), ['law-a-1'])).toEqual(['team-a-1']);
		expect(ids(smallView({ 'team-a': 0, 'law-a': 'n' }))).toEqual(['team-a-1']);
	});

	it('hold no more than two measures of high cost', () => {
		const dear = ['d-a', 'd-b', 'd-c'].map((id) => question(id, { topic: 'd', weight: 3 }));
		const cheap = [question('d-d', { topic: 'd' })];
		const assessment: Assessment = {
			guide: 'dear',
			topics: [
				{
					id: 'd',
					lang: 'en',
					title: 'Dear',
					questions: [...dear, ...cheap],
					measures: [...dear.flatMap((q) => ladder(q.id, { cost: 'high' })), ...ladder('d-d')],
					hints: []
				}
			]
		};
		const view = smallView({ 'd-a': 0, 'd-b': 0, 'd-c': 0, 'd-d': 0 }, { assessment });
		expect(ids(view)).toEqual(['d-a-1', 'd-b-1', 'd-d-1']);
	});

	it('are none for the best possible answers', () => {
		const best = Object.fromEntries(Object.keys(allZero).map((id) => [id, 4 as const]));
		expect(ids(smallView(best))).toEqual([]);
	});
});

it('in any view: at most six, closed under prerequisites, new, open, affordable, repeatable', () => {
	forSeeds(200, (random) => {
		const view = randomView(random);
		const catalogue = catalogueOf(view.assessment);
		const taken = new Set([...catalogue.keys()].filter(() => random.chance(0.2)));
		const { gaps } = findGaps(view);
		const list = firstSix(gaps, taken, view);
		expect(firstSix(gaps, taken, view)).toEqual(list);
		expect(list.length).toBeLessThanOrEqual(6);
		expect(list.filter((s) => s.measure.cost === 'high').length).toBeLessThanOrEqual(2);

		const met = new Set(taken);
		for (const { measure } of list) {
			expect(met.has(measure.id)).toBe(false);
			expect(isReached(measure, view.answers)).toBe(false);
			for (const id of measure.requires) {
				expect(
					met.has(id) || isReached(catalogue.get(id)!, view.answers),
					`${measure.id} ← ${id}`
				).toBe(true);
			}
			met.add(measure.id);
		}
	});
});
