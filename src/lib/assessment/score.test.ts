import { describe, expect, it } from 'vitest';
import { forSeeds, randomView } from '../../../tests/fixtures/seeds.ts';
import { question, smallView, type Short } from '../../../tests/fixtures/small-assessment.ts';
import { scoreAll, scoreTopic } from './score.ts';
import type { View } from './view.ts';

const core = { path: { mode: 'core', topics: [] } } satisfies Partial<View>;

function law(answers: Record<string, Short>, more: Parameters<typeof smallView>[1] = {}) {
	const view = smallView(answers, more);
	return scoreTopic(view.assessment.topics[0]!, view);
}

describe('a topic’s score', () => {
	it('is the mean of the levels by weight', () => {
		// (3 × 2 + 1 × 4 + 2 × 0) / (3 + 1 + 2)
		expect(law({ 'law-a': 2, 'law-b': 4, 'law-c': 0 }).value).toBeCloseTo(10 / 6, 12);
	});

	it('shows its sum', () => {
		const score = law({ 'law-a': 2, 'law-b': 4 }, { proven: new Set(['law-b']) });
		expect(score.parts).toEqual([
			{ question: 'law-a', level: 2, weight: 3, proven: false },
			{ question: 'law-b', level: 4, weight: 1, proven: true }
		]);
		expect(score.value).toBe((2 * 3 + 4 * 1) / (3 + 1));
	});

	it('an unanswered question lowers progress, not the score', () => {
		expect(law({ 'law-a': 3, 'law-b': 3 }).value).toBe(3);
	});

	it('level 0 lowers the score; "don’t know" and "not applicable" do not', () => {
		expect(law({ 'law-a': 3, 'law-b': 3, 'law-c': 0 }).value).toBe(2);
		expect(law({ 'law-a': 3, 'law-b': 3, 'law-c': '?' }).value).toBe(3);
		expect(law({ 'law-a': 3, 'law-b': 3, 'law-c': 'n' }).value).toBe(3);
	});

	it('keeps unanswered, unknown, not applicable and level 0 apart', () => {
		expect(law({ 'law-a': 0, 'law-b': '?' })).toMatchObject({
			total: 3,
			answered: 1,
			unanswered: 1,
			unknown: 1,
			notApplicable: 0,
			applicable: 3
		});
		expect(law({ 'law-a': 0, 'law-b': 'n' })).toMatchObject({ notApplicable: 1, applicable: 2 });
	});

	it('asks for those on the path and counts those answered all the same', () => {
		expect(law({ 'law-a': 4 }, core)).toMatchObject({ answered: 1, unanswered: 1, applicable: 2 });
		const further = law({ 'law-a': 4, 'law-c': '?' }, core);
		expect(further).toMatchObject({ total: 3, unanswered: 1, unknown: 1, applicable: 3 });
		const elsewhere = { path: { mode: 'topics' as const, topics: ['team'] } };
		expect(law({ 'law-a': 4 }, elsewhere)).toMatchObject({ total: 3, unanswered: 2 });
	});

	it('counts an unproven level in full, and says how many are proven', () => {
		const bare = law({ 'law-a': 3, 'law-b': 3 });
		const shown = law({ 'law-a': 3, 'law-b': 3 }, { proven: new Set(['law-a']) });
		expect([bare.value, bare.proven]).toEqual([3, 0]);
		expect([shown.value, shown.proven]).toEqual([3, 1]);
	});

	it('evidence for an answer that is no level proves nothing', () => {
		expect(law({ 'law-a': '?' }, { proven: new Set(['law-a', 'law-b']) }).proven).toBe(0);
	});

	it('there is none below two levels, and it says how many are missing', () => {
		expect(law({ 'law-a': 4 })).toMatchObject({ value: null, missing: 1 });
		expect(law({})).toMatchObject({ value: null, missing: 2 });
		expect(law({ 'law-a': 4, 'law-b': '?', 'law-c': 'n' })).toMatchObject({ value: null });
	});

	it('there is none below half of the applicable questions on the path', () => {
		const six = ['q-1', 'q-2', 'q-3', 'q-4', 'q-5', 'q-6'].map((id) => question(id));
		const topic = { id: 'q', lang: 'en', title: 'Q', questions: six, measures: [], hints: [] };
		const of = (answers: Record<string, Short>, path: View['path']) =>
			scoreTopic(topic, smallView(answers, { assessment: { guide: 'g', topics: [topic] }, path }));
		const full = { mode: 'full' as const, topics: [] };
		const elsewhere = { mode: 'topics' as const, topics: ['other'] };
		const two = { 'q-1': 3, 'q-2': 3 } as const;
		expect(of(two, full)).toMatchObject({ value: null, missing: 1 });
		expect(of({ ...two, 'q-3': 3 }, full).value).toBe(3);
		expect(of({ ...two, 'q-3': 'n', 'q-4': 'n' }, full).value).toBe(3);
		expect(of({ ...two, 'q-3': '?', 'q-4': '?' }, full).value).toBeNull();
		// Off the path, all of its questions stand for it: two old answers of six are no score.
		expect(of(two, elsewhere)).toMatchObject({ value: null, missing: 1 });
		expect(of({ ...two, 'q-3': 3 }, elsewhere).value).toBe(3);
	});

	it('answers off the path count in the score and for the two levels, not for the half', () => {
		expect(law({ 'law-a': 4 }, core).missing).toBe(1);
		expect(law({ 'law-a': 4, 'law-c': 1 }, core).value).toBe((4 * 3 + 1 * 2) / 5);
		expect(law({ 'law-c': 1 }, core)).toMatchObject({ value: null, missing: 1 });
	});
});

describe('the overall score', () => {
	const overall = (answers: Record<string, Short>) => scoreAll(smallView(answers)).overall;

	it('is the mean of the topics that have one, each topic counting the same', () => {
		const { value, parts } = overall({ 'law-a': 4, 'law-b': 4, 'team-a': 1, 'team-b': 1 });
		expect(value).toBe(2.5);
		expect(parts).toEqual([
			{ topic: 'law', value: 4 },
			{ topic: 'team', value: 1 }
		]);
	});

	it('there is none when fewer than half of the topics have one', () => {
		expect(overall({ 'law-a': 4, 'law-b': 4 })).toMatchObject({ value: null, missing: 1 });
	});

	it('an empty guide has none', () => {
		const view = smallView({}, { assessment: { guide: 'empty', topics: [] } });
		expect(scoreAll(view).overall).toEqual({ value: null, parts: [], missing: 1 });
	});
});

it('any score equals the sum that it shows, lies in 0 to 4, and its counts add up', () => {
	forSeeds(200, (random) => {
		const view = randomView(random);
		for (const score of scoreAll(view).topics) {
			const { value, parts, answered, unanswered, unknown, notApplicable, total } = score;
			expect(answered + unanswered + unknown + notApplicable).toBe(total);
			expect(parts).toHaveLength(answered);
			expect(value === null).toBe(score.missing > 0);
			if (value === null) continue;
			const points = parts.reduce((sum, p) => sum + p.level * p.weight, 0);
			expect(value).toBe(points / parts.reduce((sum, p) => sum + p.weight, 0));
			expect(value).toBeGreaterThanOrEqual(Math.min(...parts.map((p) => p.level)));
			expect(value).toBeLessThanOrEqual(Math.max(...parts.map((p) => p.level)));
		}
	});
});

it('"don’t know" instead of silence changes no score', () => {
	forSeeds(100, (random) => {
		const view = randomView(random);
		const answers = new Map(view.answers);
		for (const { id } of view.assessment.topics.flatMap((topic) => topic.questions)) {
			if (!answers.has(id) && random.chance(0.5)) answers.set(id, { kind: 'unknown' });
		}
		const values = (of: View) => scoreAll(of).topics.map((topic) => topic.value);
		expect(values({ ...view, answers })).toEqual(values(view));
	});
});
