import { describe, expect, it } from 'vitest';
import { forSeeds, randomView } from '../../../tests/fixtures/seeds.ts';
import {
	answer,
	ladder,
	smallAssessment,
	smallView
} from '../../../tests/fixtures/small-assessment.ts';
import type { Level } from '#lib/model/guide.ts';
import { findGaps, targetOf } from './gaps.ts';
import { levelOf } from './view.ts';

const ranked = (view: ReturnType<typeof smallView>) =>
	findGaps(view).gaps.map((gap) => [gap.question.id, gap.priority]);

describe('a target', () => {
	const none = new Map();

	it('is one level up where nobody set one, and 4 at the top', () => {
		expect(targetOf('q', answer(0), none)).toBe(1);
		expect(targetOf('q', answer(3), none)).toBe(4);
		expect(targetOf('q', answer(4), none)).toBe(4);
	});

	it('is what the team set, also below the level and before there is one', () => {
		const set = new Map([['q', 2 as const]]);
		expect(targetOf('q', answer(0), set)).toBe(2);
		expect(targetOf('q', answer(3), set)).toBe(2);
		expect(targetOf('q', answer('?'), set)).toBe(2);
		expect(targetOf('q', undefined, set)).toBe(2);
	});

	it('is unknown where there is neither level nor wish, and has no sense where nothing applies', () => {
		expect(targetOf('q', undefined, none)).toBeNull();
		expect(targetOf('q', answer('?'), none)).toBeNull();
		expect(targetOf('q', answer('n'), new Map([['q', 2 as const]]))).toBeNull();
	});
});

describe('gaps', () => {
	it('rank by gap × importance × urgency (golden case)', () => {
		const view = smallView(
			{ 'law-a': 1, 'law-b': 0, 'law-c': 3, 'team-a': 1, 'skills-a': 2, 'skills-b': 4 },
			{ proven: new Set(['law-c', 'skills-a']), targets: new Map([['skills-a', 4]]) }
		);
		expect(ranked(view)).toEqual([
			// 1 × 3 × (1 + 0.25 blocks team-a + 0.1 unproven)
			['law-a', 4.05],
			// 1 × 2 × (1 + 0.1)
			['team-a', 2.2],
			// 1 × 2 × 1, before its equal in the guide's order
			['law-c', 2],
			// 2 × 1 × 1
			['skills-a', 2],
			// 1 × 1 × (1 + 0.25 nothing there)
			['law-b', 1.25]
		]);
	});

	it('name the parts of their priority and of their urgency', () => {
		const [gap] = findGaps(smallView({ 'law-a': 0, 'team-a': 0 })).gaps;
		expect(gap).toMatchObject({
			level: 0,
			target: 1,
			parts: [
				{ code: 'gap', value: 1 },
				{ code: 'importance', value: 3 },
				{ code: 'urgency', value: 1.5 }
			],
			urgencyParts: [
				{ code: 'base', value: 1 },
				{ code: 'blocks-others', value: 0.25 },
				{ code: 'nothing-there', value: 0.25 }
			],
			blocks: ['team-a']
		});
	});

	it('block another gap only while their measure is not reached', () => {
		const blocks = (level: 1 | 2) =>
			findGaps(smallView({ 'law-a': level, 'team-a': 1 })).gaps.find(
				(gap) => gap.question.id === 'law-a'
			)?.blocks;
		expect(blocks(1)).toEqual(['team-a']);
		expect(blocks(2)).toEqual([]);
	});

	it('block nothing from behind a prerequisite that is reached', () => {
		// team-c-1 needs law-c-1; where that is reached, what it once needed is history.
		const [first] = ladder('team-c', { requires: ['law-c-1'] });
		const topics = smallAssessment.topics.map((topic) => ({
			...topic,
			measures: topic.measures.map((m) =>
				m.id === 'team-c-1' ? first! : m.id === 'law-c-1' ? { ...m, requires: ['law-b-1'] } : m
			)
		}));
		const blocks = (level: 0 | 2) => {
			const assessment = { guide: 'small', topics };
			const view = smallView({ 'law-b': 0, 'law-c': level, 'team-c': 0 }, { assessment });
			return findGaps(view).gaps.find((gap) => gap.question.id === 'law-b')?.blocks;
		};
		expect(blocks(0)).toEqual(['law-c', 'team-c']);
		expect(blocks(2)).toEqual([]);
	});

	it('level 0 claims nothing and is not called unproven', () => {
		const codes = findGaps(smallView({ 'law-b': 0 })).gaps[0]?.urgencyParts.map((p) => p.code);
		expect(codes).toEqual(['base', 'nothing-there']);
	});

	it('are those of answered questions only; "don’t know" is something to find out', () => {
		const view = smallView({ 'skills-a': '?', 'law-b': '?', 'law-a': 'n', 'team-a': 4 });
		const { gaps, toFindOut } = findGaps(view);
		expect(gaps).toEqual([]);
		expect(toFindOut.map((q) => q.id)).toEqual(['law-b', 'skills-a']);
	});

	it('are closed when the target is at or below the level', () => {
		const targets = new Map([['law-a', 2 as const], ['law-b', 1 as const]]); // prettier-ignore
		expect(findGaps(smallView({ 'law-a': 2, 'law-b': 3 }, { targets })).gaps).toEqual([]);
	});

	it('of questions off the path count as well', () => {
		const core = { path: { mode: 'core' as const, topics: [] } };
		expect(ranked(smallView({ 'law-c': 1 }, core))).toEqual([['law-c', 2.2]]);
	});
});

it('in any view: priority is the product of its parts, ranks fall, measures help', () => {
	forSeeds(100, (random) => {
		const view = randomView(random);
		const { gaps } = findGaps(view);
		const order = view.assessment.topics.flatMap((t) => t.questions.map((q) => q.id));
		for (const [at, gap] of gaps.entries()) {
			const product = gap.parts.reduce((sum, part) => sum * part.value, 1);
			expect(gap.priority).toBeCloseTo(product, 6);
			expect(gap.urgency).toBeCloseTo(
				gap.urgencyParts.reduce((sum, p) => sum + p.value, 0),
				6
			);
			expect(gap.target).toBeGreaterThan(gap.level);
			expect(gap.level).toBe(levelOf(view.answers.get(gap.question.id)));
			expect(gap.measures.length).toBeGreaterThan(0);
			const next = gaps[at + 1];
			if (!next) continue;
			expect(next.priority).toBeLessThanOrEqual(gap.priority);
			if (next.priority === gap.priority) {
				expect(order.indexOf(next.question.id)).toBeGreaterThan(order.indexOf(gap.question.id));
			}
		}
	});
});

it('a better answer never makes the same gap to the same target more urgent', () => {
	forSeeds(100, (random) => {
		const view = randomView(random);
		const target = new Map(findGaps(view).gaps.map((gap) => [gap.question.id, gap.target]));
		const fixed = { ...view, targets: target };
		const gap = findGaps(fixed).gaps.find((g) => g.gap > 1 && g.level > 0);
		if (!gap) return;
		const answers = new Map(view.answers).set(gap.question.id, {
			kind: 'level',
			level: (gap.level + 1) as Level
		});
		const after = findGaps({ ...fixed, answers }).gaps.find((g) => g.question === gap.question);
		expect(after?.priority ?? 0).toBeLessThanOrEqual(gap.priority);
	});
});

it('the order in which the answers were given does not matter', () => {
	forSeeds(50, (random) => {
		const view = randomView(random);
		const answers = new Map(random.shuffle([...view.answers]));
		expect(findGaps({ ...view, answers })).toEqual(findGaps(view));
	});
});
