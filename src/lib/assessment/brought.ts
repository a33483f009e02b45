/** What a merge brought, in terms that a sentence can be made of: who, how much, what is in dispute now. */
import type { Contribution, QuestionKey, Workspace } from '#lib/model/workspace.ts';
import { allAgreements, needsTalk } from './said.ts';

export type Brought = {
	/** Whose answers, notes or evidence are new or changed, and to how many questions; most first. */
	answers: { contributor: string; count: number }[];
	/** Who gave a name or changed it. */
	names: number;
	agreed: number;
	actions: number;
	chapters: number;
	comments: number;
	parts: number;
	/** Everything else that differs: targets, stakeholders, indicators, figures … */
	others: number;
	/** Questions on which people differ now and did not before. */
	disagreements: QuestionKey[];
	/** None of it: this device had all of it. */
	nothing: boolean;
};

export function broughtBy(before: Workspace, after: Workspace): Brought {
	const answers = new Map<string, number>();
	const idOf = ({ key, contributor }: Contribution) => `${key}/${contributor}`;
	for (const one of news(before.contributions, after.contributions, idOf)) {
		answers.set(one.contributor, (answers.get(one.contributor) ?? 0) + 1);
	}
	const talkBefore = allAgreements(before);
	const disagreements = [...allAgreements(after)].flatMap(([key, agreement]) => {
		const known = talkBefore.get(key);
		if (!needsTalk(agreement) || (known && needsTalk(known))) return [];
		return [key as QuestionKey];
	});
	const id = (one: { id: string }) => one.id;
	const key = (one: { key: string }) => one.key;
	const count = <T>(all: (w: Workspace) => readonly T[], idOf: (one: T) => string): number =>
		news(all(before), all(after), idOf).length + gone(all(before), all(after), idOf);
	const brought = {
		answers: [...answers]
			.map(([contributor, count]) => ({ contributor, count }))
			.sort((a, b) => b.count - a.count || (a.contributor < b.contributor ? -1 : 1)),
		names: count((w) => w.contributors, id),
		agreed: count((w) => w.agreed, key),
		actions: count((w) => w.actions, id),
		chapters: count((w) => w.chapters, id),
		comments: count((w) => w.comments, id),
		parts: count((w) => w.parts, id),
		others:
			count((w) => w.targets, key) +
			count((w) => w.snapshots, id) +
			count((w) => w.figures, id) +
			count((w) => w.stakeholders, id) +
			count((w) => w.objectives, id) +
			count((w) => w.indicators, id) +
			count((w) => w.versions, id) +
			count((w) => w.approvals, id) +
			Number(!same(before.plan, after.plan)) +
			Number(!same(before.name + before.country, after.name + after.country)) +
			count(
				(w) =>
					Object.entries(w.guides).map(([guide, { path, readiness }]) => ({
						guide,
						path,
						readiness
					})),
				({ guide }) => guide
			)
	};
	const counts = [
		brought.answers.length,
		brought.names,
		brought.agreed,
		brought.actions,
		brought.chapters,
		brought.comments,
		brought.parts,
		brought.others
	];
	return { ...brought, disagreements, nothing: counts.every((one) => one === 0) };
}

/** Those that are new or differ. */
function news<T>(before: readonly T[], after: readonly T[], idOf: (one: T) => string): T[] {
	const known = new Map(before.map((one) => [idOf(one), one]));
	return after.filter((one) => !same(known.get(idOf(one)), one));
}
function gone<T>(before: readonly T[], after: readonly T[], idOf: (one: T) => string): number {
	const still = new Set(after.map(idOf));
	return before.filter((one) => !still.has(idOf(one))).length;
}
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
