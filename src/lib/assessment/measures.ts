/**
 * Measures for a gap: which of the catalogue bring a question from its level to its target, and in
 * which order. What an answered level already implies is never among them (`guide/map.ts`).
 */
import { helps } from '#lib/guide/map.ts';
import { costs, efforts, type Closing, type Level, type Measure } from '#lib/model/guide.ts';
import type { Catalogue, View } from './view.ts';

/**
 * The measures that take `question` from `level` to `target`: nearest step first, a prerequisite
 * before what needs it, then by cost, effort and the catalogue's order.
 */
export function measuresFor(
	question: string,
	level: Level,
	target: Level,
	catalogue: Catalogue
): Measure[] {
	// All steps that start at or below the level are the same next step.
	const stepOf = (measure: Measure): number =>
		Math.max(level, Math.min(...measure.closes.filter(isFor).map((closing) => closing.from)));
	const isFor = (c: Closing): boolean => c.question === question && c.to > level;
	const waiting = [...catalogue.values()]
		.filter((measure) => helps(measure, question, level, target))
		.map((measure) => ({ measure, needs: prerequisitesOf(measure, catalogue) }))
		// A sort keeps the order of equals, here the catalogue's.
		.sort(
			(a, b) =>
				stepOf(a.measure) - stepOf(b.measure) ||
				costs.indexOf(a.measure.cost) - costs.indexOf(b.measure.cost) ||
				efforts.indexOf(a.measure.effort) - efforts.indexOf(b.measure.effort)
		);
	const ordered: Measure[] = [];
	while (waiting.length > 0) {
		const ready = waiting.findIndex(({ needs }) => !waiting.some((w) => needs.has(w.measure.id)));
		// A cycle cannot come from a checked pack; if it does, the list still has to end.
		ordered.push(...waiting.splice(Math.max(ready, 0), 1).map((w) => w.measure));
	}
	return ordered;
}

/**
 * Ids of all measures that must come before `measure`, however far back, also through other
 * questions. Those that `counts` refuses, and what lies behind them alone, are left out.
 */
export function prerequisitesOf(
	measure: Measure,
	catalogue: Catalogue,
	counts: (required: Measure) => boolean = () => true
): Set<string> {
	const found = new Set<string>();
	const open = [...measure.requires];
	for (let id = open.pop(); id !== undefined; id = open.pop()) {
		const required = catalogue.get(id);
		if (!required || found.has(id) || !counts(required)) continue;
		found.add(id);
		open.push(...required.requires);
	}
	return found;
}

/**
 * Whether a measure's work is done as far as the answers tell: each of its questions has reached
 * the level that it leads to, or does not apply. An unanswered or unknown question has not.
 */
export const isReached = (measure: Measure, answers: View['answers']): boolean =>
	measure.closes.every((closing) => {
		const answer = answers.get(closing.question);
		if (answer?.kind === 'not-applicable') return true;
		return answer?.kind === 'level' && answer.level >= closing.to;
	});
