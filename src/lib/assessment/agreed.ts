/**
 * The agreed answer: what the team says to a question, out of what its contributors said and what was
 * recorded. Several contributors who differ have no answer until a person decides.
 */
import type {
	AgreedValue,
	Answer,
	Contribution,
	QuestionKey,
	Workspace
} from '#lib/model/workspace.ts';

/**
 * Where an agreed answer comes from. agreed: recorded by the team; single: the only contributor's;
 * same: all contributors say it; open: they differ; none: nobody answered.
 */
export type AgreedSource = 'agreed' | 'single' | 'same' | 'open' | 'none';

export type Agreement = {
	/** Null where it is open or nobody answered. */
	answer: Answer | null;
	source: AgreedSource;
	/** A recorded value did not see the newest contribution: somebody spoke after it. */
	stale: boolean;
};

/** What of a workspace says it. */
export type Said = Pick<Workspace, 'contributions' | 'agreed'>;

/** The agreement on one question, from the contributions and the agreed value with its key. */
export function agree(contributions: Contribution[], agreed: AgreedValue | undefined): Agreement {
	if (agreed) {
		const stale = contributions.some((contribution) => isNews(contribution, agreed));
		return { answer: agreed.answer, source: 'agreed', stale };
	}
	const answers = contributions.flatMap(({ answer }) => answer ?? []);
	const [first, ...others] = answers;
	if (!first) return { answer: null, source: 'none', stale: false };
	if (others.length === 0) return { answer: first, source: 'single', stale: false };
	if (others.every((other) => saysTheSame(first, other))) {
		return { answer: first, source: 'same', stale: false };
	}
	return { answer: null, source: 'open', stale: false };
}

/** Whether the agreed value did not see the contribution as it is now. An unseen blank is no news. */
function isNews({ contributor, answer, at }: Contribution, { saw }: AgreedValue): boolean {
	return Object.hasOwn(saw, contributor) ? saw[contributor] !== at : answer !== null;
}

/** Two reasons for "not applicable" are one answer. */
export const saysTheSame = (a: Answer, b: Answer): boolean =>
	a.kind === 'level' && b.kind === 'level' ? a.level === b.level : a.kind === b.kind;

/** The agreed answer to `key` (`<guide>/<question>`), or null. For many questions: `agreedAnswers`. */
export function agreedAnswer(workspace: Workspace, key: QuestionKey): Answer | null {
	const contributions = workspace.contributions.filter((item) => item.key === key);
	return agree(
		contributions,
		workspace.agreed.find((item) => item.key === key)
	).answer;
}

/** Question → agreement, for every question of a guide to which somebody said or recorded anything. */
export function agreements(workspace: Said, guide: string): Map<string, Agreement> {
	const prefix = `${guide}/`;
	const said = new Map<string, Contribution[]>();
	const recorded = new Map<string, AgreedValue>();
	for (const agreed of workspace.agreed) {
		if (!agreed.key.startsWith(prefix)) continue;
		recorded.set(agreed.key, agreed);
		said.set(agreed.key, []);
	}
	for (const contribution of workspace.contributions) {
		if (!contribution.key.startsWith(prefix)) continue;
		const others = said.get(contribution.key);
		if (others) others.push(contribution);
		else said.set(contribution.key, [contribution]);
	}
	return new Map(
		[...said].map(([key, contributions]) => [
			key.slice(prefix.length),
			agree(contributions, recorded.get(key))
		])
	);
}

/** Question → agreed answer, for the questions of a guide that have one. */
export function agreedAnswers(workspace: Said, guide: string): Map<string, Answer> {
	const answers = new Map<string, Answer>();
	for (const [question, { answer }] of agreements(workspace, guide)) {
		if (answer) answers.set(question, answer);
	}
	return answers;
}

/** The questions of a guide that are answered with a level and have a proven piece of evidence. */
export function provenQuestions(workspace: Said, guide: string): Set<string> {
	const answers = agreedAnswers(workspace, guide);
	const proven = new Set<string>();
	for (const { key, evidence } of workspace.contributions) {
		const [of = '', question = ''] = key.split('/');
		if (of !== guide || answers.get(question)?.kind !== 'level') continue;
		if (evidence.some((piece) => piece.proven)) proven.add(question);
	}
	return proven;
}
