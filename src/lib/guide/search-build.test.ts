import { brotliCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { realGuide } from '../../../tests/fixtures/real-guide.ts';
import { wordOf } from './normalise.ts';
import { buildSearch } from './search-build.ts';
import { parsePiece, parseTitles } from './search-files.ts';

const guide = realGuide();
const built = buildSearch(guide);
const json = (value: unknown) => JSON.stringify(value);
const size = (value: unknown) => brotliCompressSync(json(value)).length;

const holds =
	(section: string) =>
	({ index }: (typeof built.pieces)[number]): boolean =>
		index.docs.some(([kind, id]) => kind === 'section' && id === section);
const pieceOf = (section: string) => built.pieces.find(holds(section))?.id;

/** The ids of the files that differ between two builds. */
function changed(corrected: typeof guide): string[] {
	const next = buildSearch(corrected);
	const before = new Map(built.pieces.map((piece) => [piece.id, json(piece.index)]));
	expect(next.pieces.map((p) => p.id)).toEqual(built.pieces.map((p) => p.id));
	const pieces = next.pieces.filter((p) => before.get(p.id) !== json(p.index)).map((p) => p.id);
	const names = (build: typeof built) => json([build.titles, build.measures]);
	return names(next) === names(built) ? pieces : ['titles', ...pieces];
}

/** The guide with another text on the page about the budget. */
const withText = (change: (html: string) => string): typeof guide => ({
	...guide,
	parts: guide.parts.map((part) => ({
		...part,
		sections: part.sections.map((section) =>
			section.id === 'budget' ? { ...section, html: change(section.html) } : section
		)
	}))
});

test('the titles are small enough to come first, a piece small enough to come again', () => {
	expect(size(built.titles)).toBeLessThan(5_000);
	expect(size(built.measures)).toBeLessThan(7_000);
	for (const piece of built.pieces) expect(size(piece.index), piece.id).toBeLessThan(5_000);
});

test('every file passes the parser of the device, and every page is in it', () => {
	const files = [built.titles, built.measures];
	const groups = files.flatMap((file) => parseTitles(JSON.parse(json(file))).groups);
	const docs = built.pieces.flatMap((p) => parsePiece(JSON.parse(json(p.index))).docs);
	const ids = docs.map(([kind, id]) => `${kind}/${id}`);
	expect(new Set(ids).size).toBe(ids.length);
	const titles = groups.flatMap((g) => [
		...Object.values(g.sections).flat(),
		...Object.values(g.questions).flat(),
		...Object.values(g.measures).flat(),
		...g.terms
	]);
	expect(titles.length).toBe(ids.length);
	expect(new Set(built.pieces.map((p) => p.id)).size).toBe(built.pieces.length);
});

describe('one corrected sentence moves one piece', () => {
	test('in a section', () => {
		const corrected = withText((html) => `${html}<p>A quokka pays for everything.</p>`);
		expect(changed(corrected)).toEqual([pieceOf('budget')]);
	});

	test('in a measure', () => {
		const topics = guide.topics.map((topic) =>
			topic.id !== 'risk'
				? topic
				: {
						...topic,
						measures: topic.measures.map((m, i) =>
							i === 0 ? { ...m, how: `${m.how} Quokka.` } : m
						)
					}
		);
		expect(changed({ ...guide, topics })).toEqual(['topic-risk']);
	});

	test('in a definition', () => {
		const terms = guide.terms.map((t, i) => (i === 3 ? { ...t, definition: 'A quokka.' } : t));
		expect(changed({ ...guide, terms })).toEqual(['definitions']);
	});
});

test('words are sorted as the device looks them up, in the spelling that people read', () => {
	const text = 'Stratégie stratégie strategie. École zoo. الاستراتيجية اِستراتيجية الاستراتيجية';
	const piece = buildSearch(withText(() => `<p>${text}</p>`)).pieces.find(holds('budget'));
	const spellings = piece?.index.words.split(' ') ?? [];
	const words = spellings.map(wordOf);
	expect(words).toEqual([...words].sort((a, b) => (a < b ? -1 : 1)));
	expect(new Set(words).size).toBe(words.length);
	expect(words).not.toContain('');
	expect(spellings).toEqual(expect.arrayContaining(['stratégie', 'école', 'الاستراتيجية']));
	expect(spellings).not.toContain('strategie');
});

test('P10: a page that comes from the source language is listed under that language', () => {
	const topics = guide.topics.map((topic) => ({
		...topic,
		questions: topic.questions.map((q) =>
			q.id === 'budget' ? { ...q, title: 'Budget durable', lang: 'fr' } : q
		)
	}));
	const { groups } = buildSearch({ ...guide, lang: 'fr', topics }).titles;
	expect(groups.map((g) => g.lang)).toEqual(['fr', 'en']);
	expect(groups[0]?.questions).toEqual({ governance: [['budget', 'Budget durable']] });
	expect(Object.values(groups[1]?.questions ?? {}).flat()).toHaveLength(
		guide.topics.flatMap((t) => t.questions).length - 1
	);
});
