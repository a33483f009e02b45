import { describe, expect, test, vi } from 'vitest';
import { smallSearch } from '../../../tests/fixtures/small-search.ts';
import type { FileRef, GuideIndex } from '#lib/model/guide.ts';
import { Problem } from '#lib/model/problem.ts';
import { LiveSearch } from './search.svelte.ts';

const ref = (url: string): FileRef => ({ url, sha256: '', bytes: 0 });
const guide = { id: 'small', titles: ref('/titles') };
const { titles, pieces } = smallSearch();
const files: Record<string, unknown> = {
	'/titles': titles,
	'/piece-0': pieces[0],
	'/piece-1': pieces[1],
	'/section': { html: '<p>The cabinet votes a <em>budget</em> &amp; more.</p>' }
};
const index: Pick<GuideIndex, 'parts' | 'topics' | 'terms' | 'search'> = {
	search: { titles: ref('/titles'), pieces: [ref('/piece-0'), ref('/piece-1')] },
	parts: [
		{
			id: 'money',
			title: '',
			sections: [{ id: 'budget', title: '', lang: 'en', file: ref('/section') }]
		}
	],
	topics: [],
	terms: ref('/terms')
};

/** A device: what it loaded, in order, and files that it refuses until told otherwise. */
function device() {
	const loaded: string[] = [];
	const missing = new Set<string>();
	const load = async ({ url }: FileRef): Promise<unknown> => {
		loaded.push(url);
		if (missing.has(url)) throw new Problem('pack-unreachable', { url });
		return structuredClone(files[url]);
	};
	const thesaurus = async (): Promise<unknown> => ({ budget: 'money; cash' });
	return { loaded, missing, load, thesaurus, index: async () => index as GuideIndex };
}

/** A machine with other work to do takes its time. */
const until = (check: () => void) => vi.waitFor(check, { timeout: 4000, interval: 5 });
const settled = (live: LiveSearch) => until(() => expect(live.busy).toBe(false));
const ids = (live: LiveSearch) => live.results.map((r) => r.id);

test('opening the page loads titles only; the first word brings the texts', async () => {
	const { loaded, ...hands } = device();
	const live = new LiveSearch([guide], hands);
	await live.start();
	expect(loaded).toEqual(['/titles']);
	live.query = '  ';
	await settled(live);
	expect(loaded).toEqual(['/titles']);
	live.query = 'votes';
	await settled(live);
	expect(loaded).toEqual(['/titles', '/piece-0', '/piece-1']);
	await until(() => expect(ids(live)).toEqual(['budget']));
});

test('a query that was there first is answered by the titles before any text', async () => {
	let release = () => {};
	const gate = new Promise<void>((resolve) => (release = resolve));
	const { load, ...hands } = device();
	const slow = async (file: FileRef) => {
		if (file.url.startsWith('/piece')) await gate;
		return load(file);
	};
	const live = new LiveSearch([guide], { ...hands, load: slow });
	live.query = 'bugdet';
	void live.start();
	await until(() => expect(ids(live)).toEqual(['budget']));
	expect(live.busy).toBe(true);
	// It may be a word of the texts: nothing is called a mistake before they are there.
	expect(live.corrected).toBe('');
	release();
	await settled(live);
	expect(live.corrected).toBe('budget');
});

test('keys that come faster than answers: only the last is answered', async () => {
	const { loaded: _, ...hands } = device();
	const live = new LiveSearch([guide], hands);
	live.query = 'budget';
	await live.start();
	expect(ids(live)).toEqual(['budget']);
	for (const query of ['r', 'risk', 'd', 'decree']) live.query = query;
	const seen: string[][] = [];
	while (!ids(live).includes('owner')) {
		seen.push(ids(live));
		await new Promise((resolve) => setImmediate(resolve));
	}
	expect(new Set(seen.flat())).toEqual(new Set(['budget']));
	expect(seen).not.toContainEqual([]);
});

test('an index that cannot be had is said; the titles are searched all the same', async () => {
	const { loaded: _, ...hands } = device();
	const index = () => Promise.reject(new Problem('pack-unreachable'));
	const live = new LiveSearch([guide], { ...hands, index });
	live.query = 'budget';
	await live.start();
	expect(ids(live)).toEqual(['budget']);
	expect(live.problem?.code).toBe('pack-unreachable');
});

test('what people say instead finds the page, and is waited for by nobody', async () => {
	const { loaded: _, ...hands } = device();
	let release = () => {};
	const gate = new Promise<void>((resolve) => (release = resolve));
	const thesaurus = async () => {
		await gate;
		return hands.thesaurus();
	};
	const live = new LiveSearch([guide], { ...hands, thesaurus });
	live.query = 'budget';
	void live.start();
	await until(() => expect(ids(live)).toEqual(['budget']));
	live.query = 'cash';
	await until(() => expect(ids(live)).toEqual([]));
	release();
	await until(() => expect(ids(live)).toEqual(['budget']));
	expect(live.results[0]?.title).toBe('A lasting budget');
});

test('a thesaurus that cannot be had or read leaves the search as it is', async () => {
	const { loaded: _, ...hands } = device();
	const bad = [() => Promise.reject(new Error('gone')), async () => ['no'], async () => undefined];
	for (const thesaurus of bad) {
		const live = new LiveSearch([guide], { ...hands, thesaurus });
		live.query = 'budget';
		await live.start();
		await settled(live);
		await until(() => expect(ids(live)).toEqual(['budget']));
		expect(live.problem).toBeUndefined();
	}
});

describe('what is missing is said, and the rest is searched', () => {
	test('a piece', async () => {
		const { missing, loaded, ...hands } = device();
		missing.add('/piece-1');
		const live = new LiveSearch([guide], hands);
		await live.start();
		live.query = 'strategy';
		await settled(live);
		await until(() => expect(ids(live)).toEqual(['budget']));
		expect(live.problem?.code).toBe('pack-unreachable');
		missing.clear();
		await live.start();
		await settled(live);
		expect(live.problem).toBeUndefined();
		await until(() => expect(live.total).toBe(2));
		// What was there is not fetched again.
		expect(loaded.filter((url) => url === '/piece-0')).toHaveLength(1);
	});

	test('the titles of one of two guides', async () => {
		const { missing, loaded: _, ...hands } = device();
		missing.add('/other');
		const other = { id: 'other', titles: ref('/other') };
		const live = new LiveSearch([other, guide], hands);
		await live.start();
		live.query = 'budget';
		await until(() => expect(ids(live)).toEqual(['budget']));
		expect(live.problem?.code).toBe('pack-unreachable');
	});
});

test('a guide that never comes keeps nobody from the texts of the one that is there', async () => {
	const { load, ...hands } = device();
	const hanging = ({ url }: FileRef): Promise<unknown> =>
		url === '/never' ? new Promise(() => {}) : load(ref(url));
	const far = { id: 'far', titles: ref('/never') };
	const live = new LiveSearch([far, guide], {
		...hands,
		load: hanging,
		index: async (id) => (id === 'far' ? new Promise<never>(() => {}) : (index as GuideIndex))
	});
	live.query = 'cash';
	void live.start();
	await until(() => expect(ids(live)).toEqual(['budget']));
	live.query = 'votes';
	await until(() => expect(ids(live)).toEqual(['budget']));
	live.close();
});

test('an excerpt marks the words in the page that was found', async () => {
	const { loaded: _, ...hands } = device();
	const live = new LiveSearch([guide], hands);
	await live.start();
	live.query = 'budget';
	await until(() => expect(ids(live)).toEqual(['budget']));
	const [result] = live.results;
	if (!result) throw new Error('found');
	expect(await live.excerpt(result)).toEqual([
		{ text: 'The cabinet votes a ', hit: false },
		{ text: 'budget', hit: true },
		{ text: ' & more.', hit: false }
	]);
});

test('a page that was left asks and loads nothing more', async () => {
	const { loaded, ...hands } = device();
	const live = new LiveSearch([guide], hands);
	await live.start();
	live.close();
	live.query = 'budget';
	await live.start();
	expect(loaded).toEqual(['/titles']);
	expect(live.results).toEqual([]);
});
