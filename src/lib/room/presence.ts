/** Who is here: by when a phone was last heard, on the facilitator's own steady clock (F-18). Pure. */
import type { Guided, Presence } from '#lib/model/room.ts';

/** Milliseconds: between two words of a phone that is looked at; until it is away, and gone. */
export const hereTimes = { again: 20_000, away: 45_000, gone: 180_000, stuck: 60_000 } as const;

/** `ago`: milliseconds since it was last heard; Infinity: not heard. */
export const presenceOf = (ago: number): Presence =>
	ago < hereTimes.away ? 'here' : ago < hereTimes.gone ? 'away' : 'gone';

/** Whether somebody should go there. `openFor`: milliseconds that a vote was open for them; 0: none is. */
export const isStuck = (
	{ presence, help, voted }: Pick<Guided, 'presence' | 'help' | 'voted'>,
	openFor: number
): boolean => help || (presence === 'here' && !voted && openFor > hereTimes.stuck);
