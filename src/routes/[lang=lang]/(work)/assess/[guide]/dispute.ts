/** A disagreement in words: "Health: level 2 · Telecom regulator: level 3 · not agreed". */
import type { Agreement } from '#lib/assessment/agreed.ts';
import { saidOf } from '#lib/assessment/said.ts';
import type { Contribution } from '#lib/model/workspace.ts';
import { people } from '#lib/state/people.svelte.ts';
import { shortName } from '#lib/ui/who-words.ts';
import type { Words } from '#lib/ui/words.ts';
import { stateOf } from './answer-words.ts';

/** Empty where all say the same, or nobody has spoken since it was agreed. */
export function disputeOf(
	t: Words,
	agreement: Agreement | undefined,
	contributions: readonly Contribution[]
): string {
	if (!agreement || (agreement.source !== 'open' && !agreement.stale)) return '';
	const said = saidOf(contributions)
		.filter(({ contribution }) => contribution.answer)
		.map(({ contribution: { contributor, answer } }) =>
			[shortName(t, people.who(contributor)), stateOf(t, answer ?? undefined)].join(': ')
		);
	const state = agreement.stale
		? t('assess.agreedBefore', { answer: stateOf(t, agreement.answer ?? undefined) })
		: t('assess.notAgreedShort');
	return [...said, state].join(' · ');
}
