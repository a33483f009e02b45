import { expect, it } from 'vitest';
import { levels, type Level } from '#lib/model/guide.ts';
import { forSeeds, randomAssessment } from '../../../tests/fixtures/seeds.ts';
import {
	answer,
	ladder,
	measure,
	smallAssessment
} from '../../../tests/fixtures/small-assessment.ts';
import { isReached, measuresFor, prerequisitesOf } from './measures.ts';
import { catalogueOf, questionsOf, type Catalogue } from './view.ts';

const small = catalogueOf(smallAssessment);
const ids = (question: string, level: Level, target: Level, catalogue: Catalogue = small) =>
	measuresFor(question, level, target, catalogue).map((m) => m.id);

const catalogue = (...measures: ReturnType<typeof measure>[]): Catalogue =>
	new Map(measures.map((m) => [m.id, m]));

it('a gap of one step has the measures of that step', () => {
	expect(ids('law-a', 2, 3)).toEqual(['law-a-2']);
});

it('a gap of several steps has them all, the nearest first', () => {
	expect(ids('law-a', 1, 4)).toEqual(['law-a-1', 'law-a-2', 'law-a-3']);
});

it('among measures of one step the cheap one comes first, then the small one, then the guide’s', () => {
	const closes = [{ question: 'q', from: 0 as const, to: 1 as const }];
	const list = catalogue(
		measure('later', { closes, cost: 'low' }),
		measure('large', { closes, cost: 'none', effort: 'large' }),
		measure('last', { closes, cost: 'low' }),
		measure('small', { closes, cost: 'none', effort: 'small' })
	);
	expect(ids('q', 0, 1, list)).toEqual(['small', 'large', 'later', 'last']);
});

it('a measure that starts below the level is as near as one that starts at it', () => {
	const list = catalogue(
		measure('dear', { closes: [{ question: 'q', from: 0, to: 2 }], cost: 'high' }),
		measure('cheap', { closes: [{ question: 'q', from: 1, to: 2 }], cost: 'none' })
	);
	expect(ids('q', 1, 2, list)).toEqual(['cheap', 'dear']);
});

it('a prerequisite comes before a cheaper measure that needs it, even round another question', () => {
	const closes = [{ question: 'q', from: 0 as const, to: 1 as const }];
	const list = catalogue(
		measure('cheap', { closes, cost: 'none', requires: ['between'] }),
		measure('between', { closes: [{ question: 'other', from: 0, to: 1 }], requires: ['dear'] }),
		measure('dear', { closes, cost: 'high' })
	);
	expect(ids('q', 0, 1, list)).toEqual(['dear', 'cheap']);
});

it('a circle of prerequisites ends all the same', () => {
	const [a, b, c] = ladder('q');
	expect(ids('q', 0, 4, catalogue({ ...a!, requires: ['q-3'] }, b!, c!))).toHaveLength(3);
});

it('prerequisites are found through other questions, once each', () => {
	expect([...prerequisitesOf(small.get('team-a-2')!, small)].sort()).toEqual([
		'law-a-1',
		'team-a-1'
	]);
});

it('a prerequisite of another edition is left out', () => {
	const lost = measure('m', { requires: ['gone'] });
	expect(prerequisitesOf(lost, catalogue(lost)).size).toBe(0);
});

it('a measure is reached when all its questions stand where it leads, or do not apply', () => {
	const two = measure('m', {
		closes: [
			{ question: 'a', from: 0, to: 2 },
			{ question: 'b', from: 1, to: 3 }
		]
	});
	const at = (a: Level | 'n' | '?', b: Level | 'n' | '?') =>
		isReached(two, new Map([['a', answer(a)], ['b', answer(b)]])); // prettier-ignore
	expect(at(2, 3)).toBe(true);
	expect(at(4, 'n')).toBe(true);
	expect(at(2, 2)).toBe(false);
	expect(at(2, '?')).toBe(false);
	expect(isReached(two, new Map([['a', answer(4)]]))).toBe(false);
});

it('in any guide: each gap has measures, none implied by the level, in an order that works', () => {
	forSeeds(50, (random) => {
		const assessment = randomAssessment(random);
		const all = catalogueOf(assessment);
		for (const { id } of questionsOf(assessment)) {
			for (const level of levels) {
				for (const target of levels.filter((l) => l > level)) {
					const found = measuresFor(id, level, target, all);
					expect(found.length).toBeGreaterThan(0);
					const placed = new Set<string>();
					for (const one of found) {
						expect(one.closes.some((c) => c.question === id && c.to > level)).toBe(true);
						const late = [...prerequisitesOf(one, all)].filter(
							(need) => found.some((f) => f.id === need) && !placed.has(need)
						);
						expect(late).toEqual([]);
						placed.add(one.id);
					}
				}
			}
			expect(measuresFor(id, 4, 4, all)).toEqual([]);
		}
	});
});
