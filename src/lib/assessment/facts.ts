/**
 * Facts that several guides ask for: a shared question is the same in every guide that has its id
 * (`shared: true`), so an answer given under one is offered under the others, and never copied unasked.
 *
 * Each guide keeps its own answer. Where two guides say different levels, a hint says so; it is a
 * person who decides, since a law may be in force for one sector before it is for all.
 */
import type { Assessment, Level, Question } from '#lib/model/guide.ts';
import type { Answer, Contribution, Evidence, Workspace } from '#lib/model/workspace.ts';
import { agree, agreements } from './agreed.ts';
import { levelOf, questionsOf } from './view.ts';

/** What another guide's assessment says to the same question. */
export type Elsewhere = {
	guide: string;
	level: Level;
	/** Of every contributor there, each piece once. */
	evidence: Evidence[];
};

/** The guides of which the workspace has any answer, in the order of their ids. */
export const guidesWithAnswers = ({ contributions, agreed }: Workspace): string[] =>
	[...new Set([...contributions.filter((said) => said.answer), ...agreed].map(guideOf))].sort();

/** The guides in which anything was answered or planned. */
export const guidesOfWorkspace = (workspace: Workspace): string[] =>
	[
		...new Set([...guidesWithAnswers(workspace), ...workspace.actions.map(({ guide }) => guide)])
	].sort();

const guideOf = ({ key }: { key: string }): string => key.slice(0, key.indexOf('/'));

/**
 * The levels that other guides agreed on for a shared question. Empty for a question that is not
 * shared; "don't know" and "not applicable" belong to their sector and are not offered.
 */
export function elsewhere(workspace: Workspace, guide: string, question: Question): Elsewhere[] {
	if (!question.shared) return [];
	const byGuide = new Map<string, Contribution[]>();
	for (const said of workspace.contributions) {
		const of = guideOf(said);
		if (of === guide || said.key !== `${of}/${question.id}`) continue;
		byGuide.set(of, [...(byGuide.get(of) ?? []), said]);
	}
	for (const { key } of workspace.agreed) {
		const of = guideOf({ key });
		if (of !== guide && key === `${of}/${question.id}` && !byGuide.has(of)) byGuide.set(of, []);
	}
	return [...byGuide]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.flatMap(([of, said]) => {
			const agreed = workspace.agreed.find(({ key }) => key === `${of}/${question.id}`);
			const level = levelOf(agree(said, agreed).answer ?? undefined);
			if (level === null) return [];
			const pieces = said.flatMap(({ evidence }) => evidence);
			const evidence = [...new Map(pieces.map((piece) => [piece.id, piece])).values()];
			return [{ guide: of, level, evidence }];
		});
}

/**
 * What may be taken over: the levels of other guides while nobody answered here, each level once
 * (of equal ones the one with the most evidence).
 */
export function offers(workspace: Workspace, guide: string, question: Question): Elsewhere[] {
	const isAnswered = workspace.contributions.some(
		({ key, answer }) => key === `${guide}/${question.id}` && answer !== null
	);
	const isAgreed = workspace.agreed.some(({ key }) => key === `${guide}/${question.id}`);
	if (isAnswered || isAgreed) return [];
	const best = new Map<Level, Elsewhere>();
	for (const other of elsewhere(workspace, guide, question)) {
		const known = best.get(other.level);
		if (!known || other.evidence.length > known.evidence.length) best.set(other.level, other);
	}
	return [...best.values()];
}

/** A shared question that this guide and others answer with different levels. */
export type Difference = { question: Question; level: Level; others: Elsewhere[] };

export function differenceOf(
	workspace: Workspace,
	guide: string,
	question: Question,
	answer: Answer | undefined
): Difference | null {
	const level = levelOf(answer);
	if (level === null) return null;
	const others = elsewhere(workspace, guide, question).filter((other) => other.level !== level);
	return others.length > 0 ? { question, level, others } : null;
}

/** All such questions of a guide, in its order. */
export function differences(workspace: Workspace, assessment: Assessment): Difference[] {
	const answers = agreements(workspace, assessment.guide);
	return questionsOf(assessment).flatMap(
		(question) =>
			differenceOf(
				workspace,
				assessment.guide,
				question,
				answers.get(question.id)?.answer ?? undefined
			) ?? []
	);
}
