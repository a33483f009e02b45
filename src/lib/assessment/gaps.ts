/**
 * A Gap: the way from a question's level to its target, and why it comes where it does.
 *
 *   priority = gap × importance × urgency
 *
 * Gap is target − level; importance is the question's weight; urgency is 1 and a little more for
 * each thing that applies (`method.ts`). Each factor is kept under a code, for the screen to name.
 */
import type { Level, Measure, Question } from '#lib/model/guide.ts';
import type { Answer } from '#lib/model/workspace.ts';
import { isReached, measuresFor, prerequisitesOf } from './measures.ts';
import { method } from './method.ts';
import {
	catalogueOf,
	isUnproven,
	levelOf,
	questionsOf,
	type Catalogue,
	type View
} from './view.ts';

export const urgencyCodes = ['base', 'blocks-others', 'nothing-there', 'unproven'] as const;
export type UrgencyCode = (typeof urgencyCodes)[number];

export const priorityCodes = ['gap', 'importance', 'urgency'] as const;
export type PriorityCode = (typeof priorityCodes)[number];

export type Gap = {
	question: Question;
	level: Level;
	target: Level;
	/** target − level, 1 to 4. */
	gap: number;
	/** The question's weight, 1 to 3. */
	importance: number;
	/** The sum of `urgencyParts`. */
	urgency: number;
	urgencyParts: { code: UrgencyCode; value: number }[];
	/** The product of `parts`. */
	priority: number;
	parts: { code: PriorityCode; value: number }[];
	/** Questions whose gaps wait for a measure of this one. */
	blocks: string[];
	/** What closes it, in the order of `measuresFor`. */
	measures: Measure[];
};

/**
 * The level aimed for: the one that the team set, else one level up, at most 4. Null where nothing
 * was set and there is no level to start from, and where the question does not apply.
 */
export function targetOf(
	question: string,
	answer: Answer | undefined,
	targets: View['targets']
): Level | null {
	if (answer?.kind === 'not-applicable') return null;
	const set = targets.get(question);
	if (set !== undefined) return set;
	const level = levelOf(answer);
	return level === null ? null : (Math.min(level + method.defaultStep, 4) as Level);
}

/**
 * All gaps of the answered questions, on the path or not, highest priority first and equals in the
 * guide's order; and the questions whose answer is "don't know", which are work of another kind.
 */
export function findGaps(view: View): { gaps: Gap[]; toFindOut: Question[] } {
	const questions = questionsOf(view.assessment);
	const catalogue = catalogueOf(view.assessment);
	const open = questions.flatMap((question) => {
		const answer = view.answers.get(question.id);
		const level = levelOf(answer);
		const target = targetOf(question.id, answer, view.targets);
		if (level === null || target === null || target <= level) return [];
		return [
			{ question, level, target, measures: measuresFor(question.id, level, target, catalogue) }
		];
	});
	const blocks = findBlocks(open, catalogue, view);
	const gaps = open.map(({ question, level, target, measures }): Gap => {
		const blocked = blocks.get(question.id) ?? [];
		const codes: UrgencyCode[] = ['base'];
		if (blocked.length > 0) codes.push('blocks-others');
		if (level === 0) codes.push('nothing-there');
		if (isUnproven(view, question.id)) codes.push('unproven');
		const urgencyParts = codes.map((code) => ({ code, value: method.urgency[code] }));
		const urgency = exact(urgencyParts.reduce((sum, part) => sum + part.value, 0));
		const gap = target - level;
		return {
			question,
			level,
			target,
			gap,
			importance: question.weight,
			urgency,
			urgencyParts,
			priority: exact(gap * question.weight * urgency),
			parts: [
				{ code: 'gap', value: gap },
				{ code: 'importance', value: question.weight },
				{ code: 'urgency', value: urgency }
			],
			blocks: blocked,
			measures
		};
	});
	return {
		gaps: gaps.sort((a, b) => b.priority - a.priority),
		toFindOut: questions.filter((q) => view.answers.get(q.id)?.kind === 'unknown')
	};
}

/** Gap → the other gaps that need one of its measures first. */
function findBlocks(
	open: { question: Question; measures: Measure[] }[],
	catalogue: Catalogue,
	view: View
): Map<string, string[]> {
	const blocks = new Map<string, string[]>();
	for (const waiting of open) {
		// Behind a prerequisite that is reached, nothing waits any more.
		const isOpen = (required: Measure): boolean => !isReached(required, view.answers);
		const needs = new Set(
			waiting.measures.flatMap((measure) => [...prerequisitesOf(measure, catalogue, isOpen)])
		);
		for (const gap of open) {
			if (gap === waiting || !gap.measures.some((measure) => needs.has(measure.id))) continue;
			blocks.set(gap.question.id, [...(blocks.get(gap.question.id) ?? []), waiting.question.id]);
		}
	}
	return blocks;
}

/** Two decimals: 1 + 0.1 + 0.25 in binary is not what a reader gets on paper. */
const exact = (value: number): number => Math.round(value * 100) / 100;
