/** What a revealed round says: how many for each level, how far apart, what lies in the middle. */
import { levels } from '#lib/model/guide.ts';
import type { Level } from '#lib/model/guide.ts';
import type { Ballot, Round, Vote } from '#lib/model/workshop.ts';

export const spreads = ['agree', 'lean', 'split'] as const;
/**
 * How far apart a room is, in one word. agree: 70 % or more chose one level; lean: 70 % or more chose
 * two levels that lie side by side; split: neither.
 */
export type Spread = (typeof spreads)[number];
/**
 * The share is the one that many Delphi studies ask for before they call an item agreed (of the marks 7
 * to 9, e.g. PMC8024512); to take it for one level and for two is our own rule.
 */
export const agreeingShare = 0.7;

export type Tally = {
	/** Votes for level 0 to 4. */
	counts: [number, number, number, number, number];
	unknown: number;
	/** Votes with a level. */
	levels: number;
	/** Null where nobody named a level. */
	spread: Spread | null;
	/** The lower of the two in the middle; null where nobody named a level. */
	median: Level | null;
	/** Mean distance from the median, in levels. */
	width: number;
};

export function tally(votes: readonly Pick<Vote, 'level'>[]): Tally {
	const counts: Tally['counts'] = [0, 0, 0, 0, 0];
	let unknown = 0;
	for (const { level } of votes) {
		if (level === null) unknown++;
		else counts[level]++;
	}
	const all = counts.reduce((sum, count) => sum + count, 0);
	const median = all === 0 ? null : middle(counts, all);
	return {
		counts,
		unknown,
		levels: all,
		spread: all === 0 ? null : spreadOf(counts, all),
		median,
		width:
			median === null
				? 0
				: levels.reduce<number>((sum, l) => sum + counts[l] * Math.abs(l - median), 0) / all
	};
}

function spreadOf(counts: Tally['counts'], all: number): Spread {
	// In whole numbers: 7 of 10 is 70 %, whatever 0.7 is in binary.
	const isMost = (count: number): boolean => count * 10 >= all * 7;
	if (counts.some(isMost)) return 'agree';
	const pairs = [0, 1, 2, 3].map((low) => counts[low as Level] + counts[(low + 1) as Level]);
	return pairs.some(isMost) ? 'lean' : 'split';
}

function middle(counts: Tally['counts'], all: number): Level {
	let seen = 0;
	for (const level of levels) {
		seen += counts[level];
		if (seen * 2 >= all) return level;
	}
	return 4;
}

/** Votes of the last round that was revealed, or null before the first reveal. */
export const lastRevealed = (
	ballot: Pick<Ballot, 'rounds'>
): { round: 1 | 2; of: Round } | null => {
	const [first, second] = ballot.rounds;
	if (second.votes) return { round: 2, of: second };
	return first.votes ? { round: 1, of: first } : null;
};

/** Where a ballot stands. */
export type Stage = 'open-1' | 'revealed-1' | 'open-2' | 'revealed-2' | 'agreed';
export function stageOf({ rounds: [, second], rounds: [first], outcome }: Ballot): Stage {
	if (outcome) return 'agreed';
	if (second.votes) return 'revealed-2';
	if (second.opened) return 'open-2';
	return first.votes ? 'revealed-1' : 'open-1';
}

/** Votes of the last round for another level than `level`. */
export function dissenters(ballot: Pick<Ballot, 'rounds'>, level: Level): number {
	const votes = lastRevealed(ballot)?.of.votes ?? [];
	return votes.filter((vote) => vote.level !== null && vote.level !== level).length;
}

/**
 * The ids, those on which people are furthest apart first: split before lean before agree, then the
 * larger distance from the median; what nobody voted on keeps its place at the end.
 */
export function widestFirst(
	questions: readonly string[],
	said: ReadonlyMap<string, readonly Pick<Vote, 'level'>[]>
): string[] {
	const rank = (spread: Spread | null): number => (spread === null ? -1 : spreads.indexOf(spread));
	return questions
		.map((id, place) => ({ id, place, of: tally(said.get(id) ?? []) }))
		.sort(
			(a, b) =>
				rank(b.of.spread) - rank(a.of.spread) || b.of.width - a.of.width || a.place - b.place
		)
		.map(({ id }) => id);
}
