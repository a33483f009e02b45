/**
 * Results in words: the sentences that screen and file share, so that they cannot say different
 * things (P9). Needs the namespaces `results` and `model` of the language.
 */
import type { Gap, UrgencyCode } from '#lib/assessment/gaps.ts';
import type { Score } from '#lib/assessment/score.ts';
import type { Summary } from '#lib/assessment/summary.ts';
import { directionOf } from '#lib/i18n/languages.ts';
import type { MessageKey } from '#lib/i18n/namespaces.ts';
import { formatNumber, translate, type Values } from '#lib/i18n/words.ts';
import type { Lang } from '#lib/model/guide.ts';
import type { Answer } from '#lib/model/workspace.ts';
import { isolated } from './isolated.ts';

export type ResultWords = ReturnType<typeof resultWords>;

/** The words of results in `lang`. `title`: a topic's or question's title by its id. */
export function resultWords(lang: Lang) {
	const t = (key: MessageKey, values?: Values): string => translate(lang, key, values);
	const plain = (value: number): string => formatNumber(lang, value, { maximumFractionDigits: 2 });

	return {
		/** A score with one decimal always: 2.0 beside 2.3. */
		score: (value: number): string =>
			formatNumber(lang, value, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
		/** A factor or a priority: up to two decimals. */
		plain,

		/** Why there is no score: what would make one. */
		missing: ({ missing, unanswered, unknown }: Score): string =>
			unanswered + unknown < missing
				? t('results.tooFew')
				: t('results.missing', { count: missing }),

		/** The one honest sentence above the results. `title`: a topic's title by its id. */
		summary(summary: Summary, title: (topic: string) => string): string {
			const { answered, questions, proven, strongest, weakest } = summary;
			return [
				t('results.answeredProven', { answered, questions, proven }),
				...(strongest ? [t('results.strongest', { topic: apart(title(strongest.topic)) })] : []),
				...(weakest ? [t('results.weakest', { topic: apart(title(weakest.topic)) })] : [])
			].join(' ');
		},

		/** An answer in a few words. */
		answer(answer: Answer | undefined): string {
			if (!answer) return t('model.unanswered');
			if (answer.kind === 'level') return t('model.level', { level: answer.level });
			return t(answer.kind === 'unknown' ? 'model.unknown' : 'model.notApplicable');
		},

		/** The three factors of a gap's priority with their values, and their product. */
		priority({ gap, importance, urgency, priority }: Gap): string {
			return t('results.priority', {
				priority: plain(priority),
				gap: plain(gap),
				importance: plain(importance),
				urgency: plain(urgency)
			});
		},

		/** Each part of an urgency beyond its base: what it is, and what it adds. */
		urgency(gap: Pick<Gap, 'urgencyParts' | 'blocks'>): string[] {
			return gap.urgencyParts
				.filter((part) => part.code !== 'base')
				.map(({ code, value }) =>
					t(urgencyKeys[code], { count: gap.blocks.length, value: plain(value) })
				);
		}
	};

	/** A title in another script does not turn the sentence around. */
	function apart(title: string): string {
		return directionOf(lang) === 'rtl' ? isolated(title) : title;
	}
}

const urgencyKeys = {
	base: 'results.urgencyBase',
	'blocks-others': 'results.urgencyBlocks',
	'nothing-there': 'results.urgencyNothing',
	unproven: 'results.urgencyUnproven'
} as const satisfies Record<UrgencyCode, MessageKey>;
