/** A ScoreRow: one score of the chart and its table twin, for a topic or a crosswalk's heading. */
import type { Score } from '#lib/assessment/score.ts';

export type ScoreRow = {
	/** The topic's id, or `<crosswalk>:<value>`. */
	id: string;
	title: string;
	/** For the axis of the radar. */
	short: string;
	score: Score;
	/** The mean level aimed for, or null. */
	aim: number | null;
};
