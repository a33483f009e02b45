import { describe, expect, test } from 'vitest';
import { asProblem } from '#lib/model/problem.ts';
import { toBase64url, toHex } from './bytes.ts';
import {
	agreementOf,
	newInvitation,
	parseInvitation,
	tokenOf,
	writeInvitation
} from './invitation.ts';
import { agreementFrom, newAddress } from './keys.ts';
import { invitationFromWords, invitationWords } from './words.ts';

const invitation = newInvitation(newAddress());
const written = writeInvitation(invitation);
const codeOf = (read: () => unknown): string => {
	try {
		read();
		return 'read';
	} catch (thrown) {
		return asProblem(thrown).code;
	}
};

describe('an invitation as a link (K-3)', () => {
	test('is 47 characters, and reads back from the fragment, the link, or a torn mail', () => {
		expect(written).toMatch(/^[\w-]{47}$/);
		const texts = [
			written,
			`#${written}`,
			`https://guide.example/en/join/#${written}`,
			`  http://192.168.1.5:3000/ar/join/#${written.slice(0, 20)}\n ${written.slice(20)} `
		];
		for (const text of texts) expect(parseInvitation(text)).toEqual(invitation);
	});

	test('a wrong letter, a missing one, one too many are damaged, wherever they are', () => {
		// Always the same one: of 65,536 damages one passes a check of two bytes.
		const bytes = Uint8Array.from({ length: 32 }, (_, i) => 7 * i);
		const written = writeInvitation({ w: bytes.slice(0, 16), secret: bytes.slice(16) });
		for (let at = 0; at < written.length; at++) {
			const other = written[at] === 'A' ? 'B' : 'A';
			const wrong = written.slice(0, at) + other + written.slice(at + 1);
			const less = written.slice(0, at) + written.slice(at + 1);
			const more = written.slice(0, at) + other + written.slice(at);
			for (const text of [wrong, less, more]) {
				expect(
					codeOf(() => parseInvitation(text)),
					text
				).toBe('invitation-damaged');
			}
		}
	});

	test.each(['', '#', 'https://guide.example/en/join/', 'x'.repeat(1_000_000), '\0', '💥'])(
		'no invitation at all is damaged',
		(text) => expect(codeOf(() => parseInvitation(text))).toBe('invitation-damaged')
	);

	test('one of a later version is not guessed at', () => {
		const bytes = Uint8Array.from(Buffer.from(written, 'base64url'));
		bytes[0] = 2;
		expect(codeOf(() => parseInvitation(toBase64url(bytes)))).toBe('invitation-damaged');
	});
});

describe('what follows from its secret (K-4)', () => {
	test('the token and the agreement key are the same for all who have the link, and differ', () => {
		const again = parseInvitation(written);
		expect(tokenOf(again)).toEqual(tokenOf(invitation));
		expect(tokenOf(again)).toHaveLength(16);
		expect(agreementOf(again)).toEqual(agreementOf(invitation));
		const { privateKey, publicKey } = agreementOf(again);
		expect(agreementFrom(privateKey).publicKey).toEqual(publicKey);
		expect(toHex(privateKey)).not.toContain(toHex(tokenOf(again)));
	});

	test('the same secret in another workspace is another token', () => {
		const elsewhere = { ...invitation, w: newAddress() };
		expect(tokenOf(elsewhere)).not.toEqual(tokenOf(invitation));
	});
});

describe('an invitation as words (K-3)', () => {
	const words = invitationWords(invitation);

	test('is 24 words of BIP 39: known answer of 32 zero bytes', () => {
		const zero = { w: new Uint8Array(16), secret: new Uint8Array(16) };
		expect(invitationWords(zero)).toEqual([...new Array(23).fill('abandon'), 'art']);
		expect(invitationFromWords('abandon '.repeat(23) + 'art')).toEqual(zero);
	});

	test('reads back however it was typed', () => {
		const numbered = words.map((word, i) => `${i + 1}. ${word.toUpperCase()},`).join('\n');
		const short = words.map((word) => word.slice(0, 4)).join(' ');
		for (const text of [words.join(' '), numbered, short]) {
			expect(invitationFromWords(text)).toEqual(invitation);
		}
	});

	test('a word that is none is named with its place', () => {
		const typed = words.with(4, 'ministère');
		expect(() => invitationFromWords(typed.join(' '))).toThrow(
			expect.objectContaining({
				code: 'words-unknown',
				values: expect.objectContaining({ place: 5 })
			})
		);
		expect(codeOf(() => invitationFromWords(words.with(4, 'abandonment').join(' ')))).toBe(
			'words-unknown'
		);
	});

	test('too few, too many and words in another order are wrong', () => {
		expect(codeOf(() => invitationFromWords(words.slice(1).join(' ')))).toBe('words-wrong');
		expect(codeOf(() => invitationFromWords([...words, 'art'].join(' ')))).toBe('words-wrong');
		expect(codeOf(() => invitationFromWords(''))).toBe('words-wrong');
		expect(codeOf(() => invitationFromWords('abandon '.repeat(24)))).toBe('words-wrong');
	});
});
