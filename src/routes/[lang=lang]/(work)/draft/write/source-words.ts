/** What a text was made from, in the reader's words: which answer, score or action changed, and how. */
import type { StaleSource } from '#lib/draft/material.ts';
import { directionOf } from '#lib/i18n/languages.ts';
import type { OpenGuide } from '#lib/state/guide.svelte.ts';
import { currentLang, type Words } from '#lib/ui/words.ts';

/** A source that changed, as a line. */
export function changeInWords(t: Words, open: OpenGuide, { ref, value, now }: StaleSource): string {
	const id = ref.slice(ref.indexOf(':') + 1);
	const topic = open.index.topics.find((one) => one.id === id)?.title ?? id;
	switch (ref.slice(0, ref.indexOf(':'))) {
		case 'question':
			return t('draft.staleQuestion', {
				title: open.questions.get(id)?.title ?? id,
				before: levelInWords(t, value),
				now: levelInWords(t, now)
			});
		case 'score':
			return t('draft.staleScore', {
				title: topic,
				before: value || t('draft.none'),
				now: now || t('draft.none')
			});
		case 'plan':
			return t('draft.stalePlan', { title: topic });
		case 'summary':
			return t('draft.staleSummary');
		default:
			return t('draft.staleOther', { title: (value || now).split('|')[0] ?? id });
	}
}

/** "1>2+" is level 1 with target 2, proven. */
export function levelInWords(t: Words, value: string): string {
	if (value === '-' || value === '') return t('model.unanswered');
	if (value === '?') return t('model.unknown');
	if (value === 'n/a') return t('model.notApplicable');
	/** From a level to its target, the way that one reads. */
	const to = directionOf(currentLang()) === 'rtl' ? '←' : '→';
	const [now, aim] = value.replace('+', '').split('>');
	const proven = value.endsWith('+') ? ` (${t('model.proven')})` : '';
	return `${t('model.level', { level: Number(now) })} ${to} ${aim}${proven}`;
}
