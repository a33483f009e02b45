/**
 * A KeyedBallot: what a person who keys in paper ballots has typed: four digits of the code, one for
 * the level. The fifth digit completes it, so that a pile is keyed in without another key.
 */
import { levels } from '#lib/model/guide.ts';
import type { Level } from '#lib/model/guide.ts';
import { codeLength, numberOf, paperVoter, plainDigits } from './codes.ts';

/** The key for "don't know". */
export const unknownKey = '9';

export type Keyed =
	/** Not complete; `number` is there once the code is. */
	| { kind: 'typing'; digits: string; number: number | null }
	| { kind: 'vote'; number: number; voter: string; level: Level | null }
	| { kind: 'wrong-code'; code: string }
	/** The code is right, but no such ballot was handed out. */
	| { kind: 'not-handed-out'; number: number; papers: number }
	| { kind: 'wrong-level'; number: number; key: string };

/** What `typed` says so far; `papers` ballots were handed out. */
export function readKeyed(typed: string, papers: number): Keyed {
	const digits = plainDigits(typed)
		.replace(/\D/g, '')
		.slice(0, codeLength + 1);
	if (digits.length < codeLength) return { kind: 'typing', digits, number: null };
	const code = digits.slice(0, codeLength);
	const number = numberOf(code);
	if (number === null) return { kind: 'wrong-code', code };
	if (number > papers) return { kind: 'not-handed-out', number, papers };
	const key = digits[codeLength];
	if (key === undefined) return { kind: 'typing', digits, number };
	const level = key === unknownKey ? null : levels.find((one) => String(one) === key);
	if (level === undefined) return { kind: 'wrong-level', number, key };
	return { kind: 'vote', number, voter: paperVoter(number), level };
}
