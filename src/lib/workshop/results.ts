/** What a workshop brought: its results question by question, groups side by side, marks, promises. */
import type { Level } from '#lib/model/guide.ts';
import { criteria } from '#lib/model/workshop.ts';
import type { Ballot, Criterion, EvaluationForm, Noted, Workshop } from '#lib/model/workshop.ts';
import { dissenters, lastRevealed, tally } from './ballot.ts';
import type { Tally } from './ballot.ts';

export type BallotResult = {
	ballot: Ballot;
	first: Tally | null;
	last: Tally;
	rounds: 1 | 2;
	agreed: { level: Level; dissent: string; dissenters: number } | null;
	/** Votes that came too late to be counted. */
	late: number;
};

/** The result of a ballot; null before its first reveal. */
export function resultOf(ballot: Ballot): BallotResult | null {
	const revealed = lastRevealed(ballot);
	if (!revealed) return null;
	const [first] = ballot.rounds;
	const { outcome } = ballot;
	return {
		ballot,
		first: first.votes && revealed.round === 2 ? tally(first.votes) : null,
		last: tally(revealed.of.votes ?? []),
		rounds: revealed.round,
		agreed: outcome && {
			level: outcome.level,
			dissent: outcome.dissent,
			dissenters: dissenters(ballot, outcome.level)
		},
		late: revealed.of.late.length
	};
}

export type SideBySide = {
	/** Question keys, in the order in which they were first voted on. */
	key: Ballot['key'];
	/** For each column its last revealed ballot, or null. */
	cells: (BallotResult | null)[];
	/** At least two columns agreed a level, and not the same. */
	differs: boolean;
};

/**
 * Groups and workshops side by side: a column for each pair of workshop and group that voted, a row for
 * each question that was revealed at least once.
 */
export function sideBySide(workshops: readonly Workshop[]): {
	columns: { workshop: string; title: string; group: string }[];
	rows: SideBySide[];
} {
	const columns: { workshop: string; title: string; group: string; id: string }[] = [];
	const found = new Map<string, Map<string, BallotResult>>();
	for (const { id, title, groups, ballots } of workshops) {
		for (const ballot of ballots) {
			const result = resultOf(ballot);
			if (!result) continue;
			const column = `${id}/${ballot.group}`;
			if (!columns.some((one) => one.id === column)) {
				const group = groups.find((one) => one.id === ballot.group)?.name ?? '';
				columns.push({ workshop: id, title, group, id: column });
			}
			const row = found.get(ballot.key) ?? new Map<string, BallotResult>();
			row.set(column, result);
			found.set(ballot.key, row);
		}
	}
	return {
		columns: columns.map(({ workshop, title, group }) => ({ workshop, title, group })),
		rows: [...found].map(([key, row]) => {
			const cells = columns.map(({ id }) => row.get(id) ?? null);
			const agreed = cells.flatMap((cell) => cell?.agreed?.level ?? []);
			return { key: key as Ballot['key'], cells, differs: new Set(agreed).size > 1 };
		})
	};
}

/** For each criterion the mean mark and how many gave one. */
export function marksOf(
	forms: readonly EvaluationForm[]
): { criterion: Criterion; mean: number | null; count: number }[] {
	return criteria.map((criterion) => {
		const marks = forms.flatMap((form) => form.marks[criterion] ?? []);
		const sum = marks.reduce((all, mark) => all + mark, 0);
		return { criterion, mean: marks.length ? sum / marks.length : null, count: marks.length };
	});
}

/** The marks of a form keyed in as digits in the order of the criteria, 0 for none; null: not complete. */
export function keyedMarks(typed: string): EvaluationForm['marks'] | null {
	const digits = typed.replace(/\D/g, '');
	if (digits.length !== criteria.length || /[6-9]/.test(digits)) return null;
	const marks: EvaluationForm['marks'] = {};
	criteria.forEach((criterion, i) => {
		const mark = Number(digits[i]);
		if (mark > 0) marks[criterion] = mark;
	});
	return marks;
}

/** Promises of evidence, those due first, those without a day after them, those kept last. */
export const promisesOf = (noted: readonly Noted[]): Noted[] =>
	noted
		.filter(({ kind }) => kind === 'promise')
		.sort(
			(a, b) =>
				Number(a.done) - Number(b.done) ||
				(a.by || '9999').localeCompare(b.by || '9999') ||
				(a.at < b.at ? -1 : 1)
		);
