/** Invitations in words: what each is called, whether it still opens, until when and for how many. */
import type { Invited } from '#lib/state/sharing.svelte.ts';
import { date, type Words } from '#lib/ui/words.ts';

export const labelOf = (t: Words, { label }: Invited): string => label || t('people.labelNone');

const isOver = ({ until }: Invited, now: number): boolean =>
	until !== '' && Date.parse(until) < now;

/** Whether somebody can still join with it. */
export const isOpen = (invited: Invited, now = Date.now()): boolean =>
	!invited.revoked && invited.left !== 0 && !isOver(invited, now);

/** Why nobody can join with it any more. */
export function endOf(t: Words, invited: Invited): string {
	if (invited.revoked) return t('people.withdrawn');
	return invited.left === 0 ? t('people.usedUp') : t('people.ended');
}

/** Until when, for how many more, how many came. */
export const boundsOf = (t: Words, { until, left, uses }: Invited): string =>
	[
		until ? t('people.untilDay', { date: date(until) }) : t('people.noEnd'),
		left === null ? t('people.anyUses') : t('people.usesLeft', { count: left }),
		...(uses > 0 ? [t('people.usesDone', { count: uses })] : [])
	].join(' · ');
