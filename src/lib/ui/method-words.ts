/**
 * The method in words, with the very numbers that the rules use: for the method page and for the note
 * on method in a document. Needs the namespace `results` of the language.
 */
import { method } from '#lib/assessment/method.ts';
import { formatNumber, translate } from '#lib/i18n/words.ts';
import type { MessageKey } from '#lib/i18n/namespaces.ts';
import type { Lang } from '#lib/model/guide.ts';

/** One paragraph each, by what it explains. */
export function methodWords(lang: Lang) {
	const n = (value: number): string => formatNumber(lang, value, { maximumFractionDigits: 2 });
	const share = (value: number): string => formatNumber(lang, value, { style: 'percent' });
	return {
		progress: translate(lang, 'results.methodProgress'),
		minutes: translate(lang, 'results.methodMinutes', {
			minutes: n(method.minutesPerQuestion),
			step: n(method.minutesRoundedTo)
		}),
		score: translate(lang, 'results.methodScore'),
		minimum: translate(lang, 'results.methodMinimum', {
			share: share(method.minimumShare),
			answers: n(method.minimumAnswers)
		}),
		overall: translate(lang, 'results.methodOverall', { share: share(method.overallShare) }),
		target: translate(lang, 'results.methodTarget', { count: method.defaultStep }),
		priority: translate(lang, 'results.methodPriority'),
		urgency: translate(lang, 'results.methodUrgency', { base: n(method.urgency.base) }),
		firstSix: translate(lang, 'results.methodFirstSix', {
			measures: n(method.firstSix),
			costly: n(method.firstSixHighCost)
		}),
		plan: translate(lang, 'results.methodPlan', { actions: n(method.actionsPerHalfYear) }),
		strengths: translate(lang, 'results.methodStrengths', {
			level: n(method.strengthLevel),
			questions: n(method.strengthQuestions),
			score: formatNumber(lang, method.strengthScore, { minimumFractionDigits: 1 }),
			topics: n(method.strengthTopics)
		})
	};
}

/** Those paragraphs that a reader of a document needs, in their order. */
export function methodNote(lang: Lang): string[] {
	const { score, minimum, overall, target, priority, urgency } = methodWords(lang);
	const adds = (key: MessageKey, code: keyof typeof method.urgency): string =>
		`${translate(lang, key)} (+${formatNumber(lang, method.urgency[code], { maximumFractionDigits: 2 })})`;
	const reasons = [
		adds('results.methodUrgencyBlocks', 'blocks-others'),
		adds('results.methodUrgencyNothing', 'nothing-there'),
		adds('results.methodUrgencyUnproven', 'unproven')
	];
	return [score, minimum, overall, target, `${priority} ${urgency}`, ...reasons];
}
