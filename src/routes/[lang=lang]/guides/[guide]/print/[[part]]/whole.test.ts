import { expect, test } from 'vitest';
import type { FileRef, GuideIndex } from '#lib/model/guide.ts';
import { Problem } from '#lib/model/problem.ts';
import { readWhole, sizeOfWhole } from './whole.ts';

const file = (url: string, bytes: number): FileRef => ({ url, sha256: '', bytes });
const index: GuideIndex = {
	id: 'g',
	lang: 'fr',
	edition: '1',
	accent: 'blue',
	title: 'G',
	short: 'G',
	summary: '',
	audience: '',
	parts: ['a', 'b'].map((part) => ({
		id: part,
		title: part,
		sections: Array.from({ length: 10 }, (_, i) => ({
			id: `${part}${i}`,
			title: '',
			lang: 'en',
			file: file(`/${part}${i}`, 3000)
		}))
	})),
	topics: [],
	crosswalks: [],
	terms: file('/terms', 5000),
	outline: file('/outline', 9),
	search: { titles: file('/t', 9), pieces: [] }
};
const texts = async (url: string): Promise<unknown> =>
	url === '/terms'
		? ['zone', 'état', 'etat'].map((term) => ({ term }))
		: { id: url.slice(1), html: '' };

test('the size counts the texts and the glossary, and nothing that is not printed', () => {
	const { bytes, pages } = sizeOfWhole(index);
	expect(bytes).toBe(65_000);
	expect(pages % 10).toBe(0);
	expect(pages).toBeGreaterThanOrEqual(40);
});

test('sections stand in the guide’s order, terms in that of the language, and progress is told', async () => {
	const told: number[] = [];
	const whole = await readWhole(texts, index, (done) => told.push(done));
	expect(whole.parts[1]?.sections.map(({ id }) => id)).toEqual(
		index.parts[1]?.sections.map(({ id }) => id)
	);
	expect(whole.terms.map(({ term }) => term)).toEqual(['etat', 'état', 'zone']);
	expect(told).toEqual([0, 6, 12, 18]);
});

test('a text that does not come is a problem, not a hole in the paper', async () => {
	const read = async (url: string) => {
		if (url === '/b3') throw new Problem('pack-unreachable');
		return texts(url);
	};
	await expect(readWhole(read, index, () => {})).rejects.toEqual(
		expect.objectContaining({ code: 'pack-unreachable' })
	);
});
