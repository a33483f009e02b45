import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { compilePacks, type Packs } from '#lib/guide/packs-disk.ts';
import { buildSearch } from '#lib/guide/search-build.ts';
import type { PieceFile } from '#lib/guide/search-files.ts';
import type { GuideIndex, ManifestGuide, Section } from '#lib/model/guide.ts';
import { fakeWorld } from './fakes.ts';
import { checkForUpdates, commitGuide, downloadGuide, findLost, planGuide } from './guides.ts';
import { makeSearch } from './made.ts';

let packs: Packs;
beforeAll(() => (packs = compilePacks('content')), 60_000);

let { world, caches, server } = fakeWorld();
beforeEach(() => {
	({ world, caches, server } = fakeWorld());
	for (const [url, body] of packs.files) server.files.set(url, body);
});

const entryOf = (lang: string): ManifestGuide =>
	packs.manifest.guides.find((g) => g.id === 'cybersecurity' && g.lang === lang)!;
const indexOf = (lang: string): GuideIndex => packs.indexes.get(`${lang}/cybersecurity`)!;
const asked = () => server.asked.filter((url) => !url.startsWith('/content/manifest.json'));

async function keep(lang = 'en') {
	const seen: number[] = [];
	const plan = await planGuide(world, 'cybersecurity', lang);
	await downloadGuide(world, plan, { onProgress: (_, total) => seen.push(total) });
	await commitGuide(world, plan);
	return Math.max(...seen);
}

test.each(['en', 'fr', 'ar'])(
	'every piece of the guide in %s is made on the device, byte for byte as built',
	async (lang) => {
		const total = await keep(lang);
		const { bundle, index } = entryOf(lang);
		expect(asked().sort()).toEqual([bundle.url, index.url].sort());
		expect(total).toBe(bundle.bytes + index.bytes);
		const { pieces, titles, measures } = indexOf(lang).search;
		expect(pieces.length).toBeGreaterThan(20);
		for (const { url } of [titles, measures!, ...pieces]) {
			const made = caches.all.get('guides')!.entries.get(url)!;
			expect(made.headers.get('content-type')).toBe('application/json');
			expect(await made.clone().text(), url).toBe(packs.files.get(url));
		}
		expect(await findLost(world)).toEqual([]);
	},
	60_000
);

test('the bundle brings what the search files are made from, and none of them', () => {
	const bundle = packs.files.get(entryOf('en').bundle.url)!;
	const { titles, measures, pieces } = indexOf('en').search;
	// Its first line is the index, which names them.
	const rest = bundle.slice(bundle.indexOf('\n'));
	for (const { url } of [titles, measures!, ...pieces]) expect(rest).not.toContain(url);
});

describe('the guide after a correction', () => {
	/** Publishes the guide with another text on one page, and `piece` as the one that it is in. */
	function correct(text: string, piece = (built: PieceFile) => built) {
		const guide = packs.guides.get('en/cybersecurity')!;
		const change = (section: Section): Section =>
			section.id === 'budget' ? { ...section, html: section.html + text } : section;
		const parts = guide.parts.map((p) => ({ ...p, sections: p.sections.map(change) }));
		const built = buildSearch({ ...guide, parts }).pieces.find(({ index }) =>
			index.docs.some(([kind, id]) => kind === 'section' && id === 'budget')
		)!;
		const index = structuredClone(indexOf('en'));
		const ref = index.search.pieces.find(
			({ part, slice }) => part === built.from.part && slice?.[0] === built.from.slice?.[0]
		)!;
		Object.assign(ref, server.content('piece', piece(built.index)));
		const section = index.parts.flatMap((p) => p.sections).find(({ id }) => id === 'budget')!;
		const corrected = parts.flatMap((p) => p.sections).find(({ id }) => id === 'budget')!;
		section.file = server.content('section', corrected);
		const entry = { ...entryOf('en'), index: server.content('index', index) };
		server.files.set('/content/manifest.json', JSON.stringify({ guides: [entry] }));
		server.asked.length = 0;
		return { entry, section: section.file, piece: ref };
	}

	test('fetches the section and the index; the piece is made', async () => {
		await keep();
		const next = correct('<p>A quokka pays for it.</p>');
		expect(await checkForUpdates(world)).toEqual([
			{ id: 'cybersecurity', lang: 'en', bytes: next.section.bytes }
		]);
		await keep();
		expect(asked().sort()).toEqual([next.entry.index.url, next.section.url].sort());
		const stored = caches.all.get('guides')!.entries.get(next.piece.url)!;
		expect(await stored.clone().text()).toContain(' quokka ');
		expect(await findLost(world)).toEqual([]);
	}, 60_000);

	test('fetches a piece that this browser makes otherwise than the build', async () => {
		await keep();
		const next = correct('', (built) => ({
			...built,
			words: `aaa ${built.words}`,
			postings: `# ${built.postings}`
		}));
		await keep();
		expect(asked()).toContain(next.piece.url);
		const stored = caches.all.get('guides')!.entries.get(next.piece.url)!;
		expect(await stored.clone().text()).toContain('"words":"aaa ');
		expect(await findLost(world)).toEqual([]);
	}, 60_000);
});

test('what a piece is made from and is not there, makes none; the others are made', async () => {
	await keep();
	const cache = await caches.open('guides');
	const { search, terms } = indexOf('en');
	for (const { url } of search.pieces) await cache.delete(url);
	await cache.delete(search.titles.url);
	await cache.delete(search.measures!.url);
	await cache.delete(terms.url);
	const made = await makeSearch(cache, indexOf('en'));
	// All but the definitions; and the titles of the measures, which name no term.
	const others = search.pieces.filter(({ part, topic }) => part ?? topic);
	expect(made).toHaveLength(others.length + 1);
}, 60_000);

test('F-16: room that ends while the pieces are made leaves nothing of the guide', async () => {
	const plan = await planGuide(world, 'cybersecurity', 'en');
	const { search } = indexOf('en');
	const files = (JSON.stringify(indexOf('en')).match(/"sha256"/g) ?? []).length;
	caches.room = files - search.pieces.length + 5;
	await expect(downloadGuide(world, plan)).rejects.toMatchObject({ code: 'storage-full' });
	expect(caches.namesIn('guides')).toEqual([]);
}, 60_000);

test('an abort ends the making with its reason', async () => {
	await keep();
	const cache = await caches.open('guides');
	for (const { url } of indexOf('en').search.pieces) await cache.delete(url);
	const made = makeSearch(cache, indexOf('en'), AbortSignal.abort('left'));
	await expect(made).rejects.toBe('left');
}, 60_000);
