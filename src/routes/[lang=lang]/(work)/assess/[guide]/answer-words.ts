/** An answer in a few words. */
import { formatNumber } from '#lib/i18n/words.ts';
import type { Answer } from '#lib/model/workspace.ts';
import { currentLang, type Words } from '#lib/ui/words.ts';

export function stateOf(t: Words, answer: Answer | undefined): string {
	if (!answer) return t('model.unanswered');
	if (answer.kind === 'level')
		return t('model.level', { level: formatNumber(currentLang(), answer.level) });
	return t(answer.kind === 'unknown' ? 'model.unknown' : 'model.notApplicable');
}
