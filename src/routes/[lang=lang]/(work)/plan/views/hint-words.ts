/** Hints in words: a text, and the names of the actions that it is about. */
import type { PlanHintCode } from '#lib/draft/plan-hints.ts';
import type { MessageKey } from '#lib/i18n/namespaces.ts';
import { view } from '#lib/state/view.svelte.ts';
import type { Words } from '#lib/ui/words.ts';
import type { ActionHint } from '../listing.svelte.ts';

const keys: Record<PlanHintCode, MessageKey> = {
	'no-owner': 'plan.hint-no-owner',
	'no-dates': 'plan.hint-no-dates',
	'end-before-start': 'plan.hint-end-before-start',
	'starts-too-early': 'views.hint-starts-too-early',
	'no-target': 'plan.hint-no-target',
	'target-not-measurable': 'views.hint-target-not-measurable',
	'no-baseline': 'views.hint-no-baseline',
	'prerequisite-later': 'plan.hint-prerequisite-later',
	circle: 'views.hint-circle',
	'costs-outside': 'views.hint-costs-outside',
	'nothing-funded': 'views.hint-nothing-funded',
	'objective-no-baseline': 'views.hint-objective-no-baseline',
	'gap-without-action': 'views.hint-gap-without-action',
	'too-many': 'views.hint-too-many'
};
/** Most names of a circle that are read out. */
const most = 5;

/** A hint as a heading of those that have it. */
export const hintName = (t: Words, code: PlanHintCode): string =>
	code === 'prerequisite-later'
		? t('views.hintName-prerequisite-later')
		: code === 'circle'
			? t('views.hintName-circle')
			: t(keys[code]);

export function hintParts(t: Words, hint: ActionHint): { id: string; text: string; title: string } {
	const titleOf = (id: string): string =>
		view.actions.find((action) => action.id === id)?.title.trim() || t('plan.untitled');
	const about =
		hint.code === 'prerequisite-later'
			? [hint.prerequisite]
			: hint.code === 'circle'
				? [...hint.circle, hint.action]
				: [];
	const named = about.length > most ? [...about.slice(0, most - 2), '…', about.at(-1)!] : about;
	const title = named.map((id) => (id === '…' ? id : titleOf(id))).join(' ‹ ');
	return { id: hint.code + about.join(), text: t(keys[hint.code], { title: '' }), title };
}

/** All of it as one sentence each, for a tooltip or a screen reader. */
export const hintSentence = (t: Words, hint: ActionHint): string => {
	const { text, title } = hintParts(t, hint);
	return `${text}${title}`;
};
