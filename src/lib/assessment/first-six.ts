/**
 * The First six: the measures to start with. Six different gaps if possible, none that has to wait
 * for something outside the list, not more costly ones than an administration can begin at once.
 */
import type { Measure } from '#lib/model/guide.ts';
import type { Gap } from './gaps.ts';
import { isReached } from './measures.ts';
import { method } from './method.ts';
import { catalogueOf, type View } from './view.ts';

export type FirstMeasure = {
	measure: Measure;
	/** The gap for which it is proposed. */
	gap: Gap;
	/** The measure that cannot start without it and whose place it took, or empty. */
	before: string;
	/** Its questions that nobody answered: it may be done already, and an answer would tell. */
	unanswered: string[];
};

/**
 * Up to six measures in the order in which to begin. `gaps`: ranked, from `findGaps`; `taken`: ids
 * of measures in the plan, without those of dropped actions. A gap with a measure in the plan is in
 * hand and comes back only when other gaps do not fill the list.
 */
export function firstSix(
	gaps: readonly Gap[],
	taken: ReadonlySet<string>,
	view: Pick<View, 'assessment' | 'answers'>
): FirstMeasure[] {
	const catalogue = catalogueOf(view.assessment);
	const six: FirstMeasure[] = [];
	const has = (id: string): boolean => taken.has(id) || six.some((s) => s.measure.id === id);
	const isFull = (): boolean => six.length >= method.firstSix;

	for (const gap of gaps) {
		const inHand = gap.measures.some((measure) => has(measure.id));
		if (isFull() || inHand) continue;
		const found = pick(gap);
		if (found && !six.some((s) => s.gap === found.gap)) six.push(found);
	}
	for (let before = -1; before < six.length && !isFull();) {
		before = six.length;
		for (const gap of gaps) {
			const found = isFull() ? undefined : pick(gap);
			if (found) six.push(found);
		}
	}
	return six;

	/** The first measure of `gap` that can begin, or the one that has to come before it. */
	function pick(gap: Gap): FirstMeasure | undefined {
		for (const wanted of gap.measures) {
			if (has(wanted.id)) continue;
			const measure = firstUnmet(wanted, new Set());
			if (measure.cost === 'high' && costly() >= method.firstSixHighCost) continue;
			// A prerequisite that closes a gap of its own is proposed for that one.
			const own = gaps.find((other) => other.measures.includes(measure));
			return {
				measure,
				gap: gap.measures.includes(measure) ? gap : (own ?? gap),
				before: measure === wanted ? '' : wanted.id,
				unanswered: measure.closes
					.map((closing) => closing.question)
					.filter((question) => (view.answers.get(question)?.kind ?? 'unknown') === 'unknown')
			};
		}
		return undefined;
	}

	function firstUnmet(measure: Measure, seen: Set<string>): Measure {
		seen.add(measure.id);
		for (const id of measure.requires) {
			const required = catalogue.get(id);
			if (!required || has(id) || seen.has(id) || isReached(required, view.answers)) continue;
			return firstUnmet(required, seen);
		}
		return measure;
	}

	function costly(): number {
		return six.filter((s) => s.measure.cost === 'high').length;
	}
}
