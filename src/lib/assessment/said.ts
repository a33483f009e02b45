/** Who said what to a question: every contributor's answer beside what the team recorded. */
import type { AgreedValue, Answer, Contribution, Workspace } from '#lib/model/workspace.ts';
import { agree, saysTheSame } from './agreed.ts';
import type { Agreement } from './agreed.ts';

export type Said = {
	contribution: Contribution;
	/** Evidence that somebody has seen. */
	proven: boolean;
	/** It was said or changed after the team recorded its value. */
	isNews: boolean;
	/** It differs from what the team recorded. */
	differs: boolean;
};

/** The contributions that say anything, the first said first. */
export function saidOf(contributions: readonly Contribution[], agreed?: AgreedValue): Said[] {
	return contributions
		.filter(({ answer, note, evidence }) => answer || note || evidence.length > 0)
		.map((contribution) => {
			const { answer, contributor, at, evidence } = contribution;
			const seen = agreed && Object.hasOwn(agreed.saw, contributor);
			return {
				contribution,
				proven: evidence.some(({ proven }) => proven),
				isNews: agreed !== undefined && (seen ? agreed.saw[contributor] !== at : answer !== null),
				differs: agreed !== undefined && answer !== null && !saysTheSame(answer, agreed.answer)
			};
		})
		.sort((a, b) => order(a.contribution, b.contribution));
}

const order = (a: Contribution, b: Contribution): number =>
	a.at < b.at ? -1 : a.at > b.at ? 1 : a.contributor < b.contributor ? -1 : 1;

/** Of those who say otherwise than `answer`: contributor → what they say. Absent for none. */
export function dissentFrom(
	answer: Answer,
	contributions: readonly Contribution[]
): Pick<AgreedValue, 'dissent'> {
	const others = contributions.flatMap((one): [string, Answer][] =>
		one.answer && !saysTheSame(one.answer, answer) ? [[one.contributor, one.answer]] : []
	);
	return others.length > 0 ? { dissent: Object.fromEntries(others) } : {};
}

/** A question on which people differ, or on which somebody spoke after the team had decided. */
export const needsTalk = ({ source, stale }: Agreement): boolean => source === 'open' || stale;

/** Question key → agreement, for all questions of all guides that anybody said anything to. */
export function allAgreements(
	workspace: Pick<Workspace, 'contributions' | 'agreed'>
): Map<string, Agreement> {
	const said = new Map<string, Contribution[]>();
	for (const { key } of workspace.agreed) said.set(key, []);
	for (const one of workspace.contributions) {
		const others = said.get(one.key);
		if (others) others.push(one);
		else said.set(one.key, [one]);
	}
	const recorded = new Map<string, AgreedValue>(workspace.agreed.map((one) => [one.key, one]));
	return new Map([...said].map(([key, all]) => [key, agree(all, recorded.get(key))]));
}
