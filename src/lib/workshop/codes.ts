/**
 * Codes of paper ballots: a number of three digits and a check digit, keyed in with number keys.
 *
 * The check digit is H. Michael Damm's (doctoral thesis, Marburg 2004): it finds every single wrong
 * digit and every pair of neighbours that changed places, which are the two usual slips.
 */
const damm = [
	'0317598642',
	'7092154863',
	'4206871359',
	'1750983426',
	'6123045978',
	'3674209581',
	'5869720134',
	'8945362017',
	'9438617205',
	'2581436790'
];

const check = (digits: string): number =>
	[...digits].reduce((state, digit) => Number(damm[state]![Number(digit)]), 0);

export const codeLength = 4;
/** Numbers of paper ballots that can have a code. */
export const mostPapers = 999;

/** The code of paper ballot `number`, from 1 to 999: "0079" for 7. */
export function codeOf(number: number): string {
	const digits = String(number).padStart(codeLength - 1, '0');
	return `${digits}${check(digits)}`;
}

/** The number of a code, or null where a digit is wrong. */
export function numberOf(code: string): number | null {
	if (!/^\d{4}$/.test(code) || check(code) !== 0) return null;
	return Number(code.slice(0, -1)) || null;
}

/** A paper ballot as a voter. */
export const paperVoter = (number: number): string => `paper-${number}`;

/** The digits that a person typed in whatever script their keyboard has, as 0 to 9. */
export const plainDigits = (typed: string): string =>
	[...typed.normalize('NFKC')]
		.map((letter) => {
			const code = letter.codePointAt(0)!;
			// Arabic-Indic, Persian and Devanagari keyboards type digits of their own.
			for (const zero of [0x660, 0x6f0, 0x966]) {
				if (code >= zero && code < zero + 10) return String(code - zero);
			}
			return letter;
		})
		.join('');
