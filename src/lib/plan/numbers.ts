/**
 * Numbers in texts: a baseline, a target or a reading is whatever people wrote ("12", "٤٥ %",
 * "2 of 40"); where it begins with one number, that number can be compared and drawn.
 */
import type { PlanIndicator } from '#lib/model/plan.ts';
import { readTyped } from '#lib/model/figure.ts';

/** The number that `text` is, with or without a per cent sign; null for everything else. */
export function numberIn(text: string): number | null {
	const bare = text.trim();
	if (bare === '') return null;
	const typed = readTyped(bare, { unit: 'percent', min: -1e15, max: 1e15 });
	return 'value' in typed ? typed.value : null;
}

export type Advance = {
	/** The newest reading, or the baseline where there is none; null: nothing to compare. */
	now: number | null;
	/** How much of the way from baseline to target is done: 0 to 1 and beyond; null: not to be told. */
	share: number | null;
	day: string;
};

/** How far an indicator has come. Works for values that should fall as for those that should rise. */
export function advanceOf(indicator: PlanIndicator): Advance {
	const last = indicator.readings.findLast(({ value }) => numberIn(value) !== null);
	const [from, to] = [numberIn(indicator.baseline), numberIn(indicator.target)];
	const now = last ? numberIn(last.value) : from;
	const share =
		now === null || from === null || to === null || from === to
			? null
			: (now - from) / (to - from) + 0;
	return { now, share, day: last?.day ?? indicator.baselineDay };
}
