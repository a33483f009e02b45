/**
 * The answer→measure map of every real pack, exhaustively: each question at each of its levels. A
 * wrong mapping gives wrong advice (betagouv/mon-aide-cyber PR #297), and nobody would notice.
 */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { firstSix } from '#lib/assessment/first-six.ts';
import { findGaps } from '#lib/assessment/gaps.ts';
import { isReached, prerequisitesOf } from '#lib/assessment/measures.ts';
import { firingHints } from '#lib/assessment/hints.ts';
import { scoreAll } from '#lib/assessment/score.ts';
import { catalogueOf, questionsOf, type View } from '#lib/assessment/view.ts';
import { checkMap } from '#lib/guide/map.ts';
import { compilePacks } from '#lib/guide/packs-disk.ts';
import { levels, type Assessment, type Level } from '#lib/model/guide.ts';
import { forSeeds } from '../fixtures/seeds.ts';

const { guides } = compilePacks(join(import.meta.dirname, '../../content'));
const sources = [...guides].filter(([key]) => key.startsWith('en/'));

it('there is a guide', () => {
	expect(sources.map(([key]) => key)).toContain('en/cybersecurity');
});

it('every language of a guide has the same map', () => {
	for (const guide of guides.values()) {
		const source = guides.get(`en/${guide.id}`)!;
		const map = (topics: typeof guide.topics) =>
			topics.flatMap((t) => t.measures.map((m) => [m.id, m.closes, m.requires]));
		expect(map(guide.topics), `${guide.lang}/${guide.id}`).toEqual(map(source.topics));
	}
});

describe.each(sources)('%s', (_key, guide) => {
	const assessment: Assessment = { guide: guide.id, topics: guide.topics };
	const questions = questionsOf(assessment);
	const catalogue = catalogueOf(assessment);
	const measures = [...catalogue.values()];

	const viewWith = (answers: [string, Level][], targets: [string, Level][] = []): View => ({
		assessment,
		answers: new Map(answers.map(([id, level]) => [id, { kind: 'level', level }])),
		proven: new Set(),
		targets: new Map(targets),
		path: { mode: 'full', topics: [] }
	});

	it('has questions, and the map keeps its promise', () => {
		expect(questions.length).toBeGreaterThan(0);
		expect(checkMap(questions, measures)).toEqual([]);
	});

	it('each gap of each question, from any level to any target, has a measure for its next step', () => {
		for (const { id } of questions) {
			for (const level of levels) {
				for (const target of levels.filter((l) => l > level)) {
					const [gap] = findGaps(viewWith([[id, level]], [[id, target]])).gaps;
					const where = `${id} from ${level} to ${target}`;
					const covers = (rung: number): boolean =>
						gap!.measures.some((m) =>
							m.closes.some((c) => c.question === id && c.from <= rung && c.to > rung)
						);
					expect(gap?.measures.length, where).toBeGreaterThan(0);
					for (let rung: number = level; rung < target; rung++) {
						expect(covers(rung), `${where}, step ${rung}→${rung + 1}`).toBe(true);
					}
				}
			}
		}
	});

	it('no measure is proposed that the answered level already implies', () => {
		for (const { id } of questions) {
			for (const level of levels) {
				for (const gap of findGaps(viewWith([[id, level]])).gaps) {
					for (const measure of gap.measures) {
						const useful = measure.closes.some((c) => c.question === id && c.to > level);
						expect(useful, `${measure.id} for ${id} at level ${level}`).toBe(true);
					}
				}
			}
		}
	});

	it('in each list a prerequisite stands before what needs it', () => {
		for (const { id } of questions) {
			const [gap] = findGaps(viewWith([[id, 0]], [[id, 4]])).gaps;
			const order = gap!.measures.map((m) => m.id);
			for (const [at, measure] of gap!.measures.entries()) {
				const needs = prerequisitesOf(measure, catalogue);
				expect(
					order.slice(at).filter((other) => needs.has(other)),
					measure.id
				).toEqual([]);
			}
		}
	});

	it('no measure waits for itself, however far round', () => {
		for (const measure of measures) {
			expect(prerequisitesOf(measure, catalogue).has(measure.id), measure.id).toBe(false);
		}
	});

	it('the best possible answers yield no gap and no measure', () => {
		const best = viewWith(questions.map(({ id }) => [id, 4]));
		const { gaps } = findGaps(best);
		expect(gaps).toEqual([]);
		expect(firstSix(gaps, new Set(), best)).toEqual([]);
		expect(measures.filter((measure) => !isReached(measure, best.answers))).toEqual([]);
		expect(scoreAll(best).overall.value).toBe(4);
		expect(firingHints(best)).toEqual([]);
	});

	it('the worst possible answers yield a gap for every question and six measures to start with', () => {
		const worst = viewWith(questions.map(({ id }) => [id, 0]));
		const { gaps } = findGaps(worst);
		expect(gaps.map((gap) => gap.question.id).sort()).toEqual(questions.map((q) => q.id).sort());
		const six = firstSix(gaps, new Set(), worst);
		expect(six).toHaveLength(Math.min(6, questions.length));
		expect(new Set(six.map((s) => s.gap.question.id)).size).toBe(six.length);
		expect(scoreAll(worst).overall.value).toBe(0);
	});

	it('whatever the answers, the first six can be begun in their order', () => {
		forSeeds(100, (random) => {
			const view = viewWith(
				questions.filter(() => random.chance(0.8)).map(({ id }) => [id, random.pick(levels)])
			);
			const done = new Set<string>();
			for (const { measure } of firstSix(findGaps(view).gaps, new Set(), view)) {
				expect(isReached(measure, view.answers), `${measure.id} is reached`).toBe(false);
				for (const id of measure.requires) {
					const met = done.has(id) || isReached(catalogue.get(id)!, view.answers);
					expect(met, `${measure.id} needs ${id}`).toBe(true);
				}
				done.add(measure.id);
			}
		});
	});

	it('each topic has questions for the core path, and each hint can fire', () => {
		for (const topic of assessment.topics) {
			expect(topic.questions.filter((q) => q.path === 'core').length, topic.id).toBeGreaterThan(0);
			for (const hint of topic.hints) {
				const view = viewWith([
					[hint.when.question, hint.when.atLeast],
					[hint.but.question, hint.but.atMost]
				]);
				expect(
					firingHints(view).map((f) => f.hint.id),
					hint.id
				).toContain(hint.id);
			}
		}
	});
});
