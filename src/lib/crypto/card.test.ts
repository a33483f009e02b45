/** Cards by K-9 and D-2 of sync/SPEC.md. */
import { describe, expect, test } from 'vitest';
import { openCard, sealCard } from './card.ts';
import type { Card } from './card.ts';

const place = {
	keyring: [{ epoch: 1, key: new Uint8Array(32).fill(7) }],
	w: new Uint8Array(16).fill(1),
	holder: 'AAAAAAAAAAAAAAAAAAAAAA'
};
const card: Card = {
	...{ publicKey: new Uint8Array(32).fill(9), kind: 'invitation', role: 'edit', label: 'Energy' },
	...{ name: 'Plan', organisation: 'Numenia', contributor: '', madeBy: 'me', at: '2026-03-01' }
};
const through = (one: Card) => openCard(sealCard(one, place), place);

describe('a card', () => {
	test('says what it was given, and nothing of a part where there is none', () => {
		expect(through(card)).toEqual(card);
		expect('part' in through(card)).toBe(false);
	});

	test('of a part says what is asked, however long its names (K-9: the relay takes 4 KB)', () => {
		const part = { questions: 17, guide: 'cybersecurity', by: 'Ada · Digital', due: '2027-01-15' };
		expect(through({ ...card, part }).part).toEqual(part);
		const long = '語'.repeat(500);
		const most = { ...card, label: long, name: long, organisation: long };
		const sealed = sealCard({ ...most, part: { ...part, by: long } }, place);
		expect(sealed.length).toBeLessThan(2048);
		expect(openCard(sealed, place).part?.by).toHaveLength(120);
	});

	test.each([
		{ questions: 0, guide: 'g', by: '', due: '' },
		{ questions: 1.5, guide: 'g', by: '', due: '' },
		{ questions: 3, guide: '../g', by: '', due: '' }
	])('with nonsense in the place of a part is a card without one: %j', (part) => {
		expect(through({ ...card, part }).part).toBeUndefined();
	});

	test('a day that is none, and control characters, do not come through', () => {
		const part = { questions: 3, guide: 'g', by: 'A\u0007da', due: 'soon' };
		expect(through({ ...card, part }).part).toEqual({ ...part, by: 'A da', due: '' });
	});
});
