import { describe, expect, test, vi } from 'vitest';
import { smallSearch } from '../../../tests/fixtures/small-search.ts';
import type { Answer } from '#lib/guide/search.ts';
import type { FileRef, GuideIndex } from '#lib/model/guide.ts';
import { Problem } from '#lib/model/problem.ts';
import { EngineLost, pageEngine, type SearchEngine } from './search-engine.ts';
import { LiveSearch } from './search.svelte.ts';

const ref = (url: string): FileRef => ({ url, sha256: '', bytes: 0 });
const guide = {
	id: 'small',
	search: { titles: ref('/titles'), pieces: [ref('/piece-0'), ref('/piece-1')] }
};
const { titles, pieces } = smallSearch();
const files: Record<string, unknown> = {
	'/titles': titles,
	'/piece-0': pieces[0],
	'/piece-1': pieces[1],
	'/section': { html: '<p>The cabinet votes a <em>budget</em> &amp; more.</p>' }
};
const index: Pick<GuideIndex, 'parts' | 'topics' | 'terms'> = {
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
	return { loaded, missing, load, index: async () => index as GuideIndex };
}

/** A machine with other work to do takes its time. */
const until = (check: () => void) => vi.waitFor(check, { timeout: 4000, interval: 5 });
const noWorker = { worker: () => undefined };
const settled = (live: LiveSearch) => until(() => expect(live.busy).toBe(false));
const ids = (live: LiveSearch) => live.results.map((r) => r.id);

test('opening the page loads titles only; the first word brings the texts', async () => {
	const { loaded, ...hands } = device();
	const live = new LiveSearch([guide], { ...hands, ...noWorker });
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
	const live = new LiveSearch([guide], { ...hands, load: slow, ...noWorker });
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

test('the answer to what was typed before is dropped', async () => {
	const answers: ((answer: Answer) => void)[] = [];
	const asked: string[] = [];
	const slow: SearchEngine = {
		...pageEngine(),
		search: (query) => {
			asked.push(query);
			return new Promise((resolve) => answers.push(resolve));
		}
	};
	const { loaded, ...hands } = device();
	const live = new LiveSearch([guide], { ...hands, worker: () => slow });
	await live.start();
	live.query = 'b';
	await until(() => expect(asked).toEqual(['b']));
	live.query = 'bu';
	live.query = 'bud';
	const answer = (total: number): Answer => ({ results: [], total, corrected: '', work: 0 });
	answers[0]?.(answer(1));
	await until(() => expect(asked).toEqual(['b', 'bud']));
	expect(live.total).not.toBe(1);
	answers[1]?.(answer(2));
	await until(() => expect(live.total).toBe(2));
	expect(loaded).toContain('/piece-1');
});

describe('what is missing is said, and the rest is searched', () => {
	test('a piece', async () => {
		const { missing, loaded, ...hands } = device();
		missing.add('/piece-1');
		const live = new LiveSearch([guide], { ...hands, ...noWorker });
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
		const other = { id: 'other', search: { titles: ref('/other'), pieces: [] } };
		const live = new LiveSearch([other, guide], { ...hands, ...noWorker });
		await live.start();
		live.query = 'budget';
		await until(() => expect(ids(live)).toEqual(['budget']));
		expect(live.problem?.code).toBe('pack-unreachable');
	});
});

describe('a worker that is lost', () => {
	/** A page engine that from the n-th call on is gone. */
	const dying = (calls: number): SearchEngine => {
		const engine = pageEngine();
		const left = async <T>(work: () => Promise<T>): Promise<T> => {
			if (calls-- <= 0) throw new EngineLost('gone');
			return work();
		};
		return {
			add: (type, file) => left(() => engine.add(type, file)),
			search: (query, limit) => left(() => engine.search(query, limit)),
			close: () => {}
		};
	};

	test.each([0, 1, 2, 3, 4, 5, 6, 7])(
		'after %i calls leaves its work to the page',
		async (calls) => {
			const { loaded: _, ...hands } = device();
			const live = new LiveSearch([guide], { ...hands, worker: () => dying(calls) });
			await live.start();
			live.query = 'strategy';
			await settled(live);
			live.query = 'strategy decree';
			live.query = 'strategy';
			await settled(live);
			await until(() => expect(new Set(ids(live))).toEqual(new Set(['budget', 'owner'])));
			expect(live.problem).toBeUndefined();
		}
	);
});

test('an excerpt marks the words in the page that was found', async () => {
	const { loaded: _, ...hands } = device();
	const live = new LiveSearch([guide], { ...hands, ...noWorker });
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
	const live = new LiveSearch([guide], { ...hands, ...noWorker });
	await live.start();
	live.close();
	live.query = 'budget';
	await live.start();
	expect(loaded).toEqual(['/titles']);
	expect(live.results).toEqual([]);
});
