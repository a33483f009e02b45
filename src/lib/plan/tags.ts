/**
 * Tags of an action. Topics and crosswalks follow from the gaps that it closes and are never stored;
 * goals of the 2030 Agenda (`sdg:9`) and the team's own words are chosen, and are.
 */
import type { Crosswalk, Question } from '#lib/model/guide.ts';

/** The Sustainable Development Goals by number. */
export const goals = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17] as const;
export type Goal = (typeof goals)[number];

export const goalTag = (goal: Goal): string => `sdg:${goal}`;
export const goalOf = (tag: string): Goal | null =>
	goals.find((goal) => goalTag(goal) === tag) ?? null;

/** A list of tags as goals, in their order, and own words, in theirs. */
export function sortTags(tags: readonly string[]): { goals: Goal[]; own: string[] } {
	return {
		goals: goals.filter((goal) => tags.includes(goalTag(goal))),
		own: tags.filter((tag) => goalOf(tag) === null)
	};
}

/** What a crosswalk says of some questions: its values that they carry, a factor (`D1.2`) by its dimension. */
export function crosswalkTags(
	questions: readonly Question[],
	crosswalks: readonly Crosswalk[]
): Crosswalk[] {
	return crosswalks
		.map((crosswalk) => {
			const carried = questions.flatMap((question) => question.crosswalk[crosswalk.id] ?? []);
			const values = crosswalk.values.filter(({ id }) =>
				carried.some((tag) => tag === id || tag.startsWith(`${id}.`))
			);
			return { ...crosswalk, values };
		})
		.filter(({ values }) => values.length > 0);
}
