/**
 * The live search: what the search page shows while somebody types.
 *
 * The titles come first and are searched in the page itself, so the first results wait for nothing
 * else. With the first word typed the texts follow piece by piece, in a worker where there is one;
 * it takes over when it knows more than the page does.
 */
import { excerptOf, type Segment } from '#lib/guide/excerpt.ts';
import { fileOf, passageOf } from '#lib/guide/passage.ts';
import type { Answer, Result } from '#lib/guide/search.ts';
import type { FileRef, GuideIndex } from '#lib/model/guide.ts';
import { asProblem, type Problem } from '#lib/model/problem.ts';
import { EngineLost, pageEngine, startWorkerEngine, type SearchEngine } from './search-engine.ts';

export type SearchHands = {
	/** A file of the packs, parsed. Rejects with a Problem. */
	load: (ref: FileRef) => Promise<unknown>;
	/** The contents of a guide, for excerpts. Rejects with a Problem. */
	index: (guide: string) => Promise<GuideIndex>;
	/** Starts the engine for the texts; undefined where there can be none. */
	worker?: () => SearchEngine | undefined;
};

type Searchable = Pick<GuideIndex, 'id' | 'search'>;

/** `titles`, `texts`: read, as far as they could be. */
type Stage = 'new' | 'reading-titles' | 'titles' | 'reading-texts' | 'texts' | 'closed';

const nothing: Answer = { results: [], total: 0, corrected: '', work: 0 };
const shown = 30;
/** What a browser fetches side by side. */
const atOnce = 6;

export class LiveSearch {
	readonly #guides: Searchable[];
	readonly #hands: SearchHands;
	readonly #page = pageEngine();
	/** The one that is asked. */
	#engine: SearchEngine = this.#page;
	/** The one that gets the texts; none until the first word is typed. */
	#reader: SearchEngine | undefined;
	/** The titles that the page has, and what the reader has, by address. */
	readonly #titles = new Map<string, unknown>();
	readonly #read = new Set<string>();
	#query = $state('');
	#answer = $state.raw(nothing);
	#problem = $state.raw<Problem>();
	#stage = $state<Stage>('new');
	#isAsking = false;
	#isStale = false;

	constructor(guides: Searchable[], hands: SearchHands) {
		this.#guides = guides;
		this.#hands = hands;
	}

	/** What was typed. To set it is to ask. */
	get query(): string {
		return this.#query;
	}
	set query(query: string) {
		this.#query = query;
		void this.#ask();
		void this.#readTexts();
	}

	/** Best first, at most 30; they belong to the query, or to the one before while it is asked. */
	get results(): Result[] {
		return this.#answer.results;
	}
	/** How many there are in all. */
	get total(): number {
		return this.#answer.total;
	}
	/** "Did you mean": what was searched instead, or ''. Unknown until the texts are there. */
	get corrected(): string {
		return this.#stage === 'texts' ? this.#answer.corrected : '';
	}
	/** More or better results are on their way. */
	get busy(): boolean {
		return this.#stage === 'reading-titles' || this.#stage === 'reading-texts';
	}
	/** Why some guides or pages are not searched; what is there is searched all the same. */
	get problem(): Problem | undefined {
		return this.#problem;
	}

	/** Reads the titles; for when the page runs. Called again, it tries what failed. */
	async start(): Promise<void> {
		if (this.busy || this.#stage === 'closed') return;
		this.#stage = 'reading-titles';
		this.#problem = undefined;
		await Promise.all(
			this.#guides.map(({ search }) =>
				this.#attempt(async () => {
					if (this.#titles.has(search.titles.url)) return;
					const file = await this.#hands.load(search.titles);
					await this.#page.add('titles', file);
					this.#titles.set(search.titles.url, file);
					await this.#ask();
				})
			)
		);
		if (!this.#move('reading-titles', 'titles')) return;
		if (this.#query.trim() !== '') await this.#readTexts();
	}

	/** The passage of a result where the words stand; its page is loaded for it. */
	async excerpt(result: Result, length?: number): Promise<Segment[]> {
		const ref = fileOf(await this.#hands.index(result.guide), result);
		if (!ref) return [];
		return excerptOf(passageOf(await this.#hands.load(ref), result), result.words, length);
	}

	/** Ends the worker; for when the page is left. */
	close(): void {
		this.#stage = 'closed';
		this.#reader?.close();
	}

	/** One question at a time: the answers to what was typed meanwhile would come too late. */
	async #ask(): Promise<void> {
		this.#isStale = true;
		if (this.#isAsking) return;
		this.#isAsking = true;
		while (this.#isStale && this.#stage !== 'closed') {
			this.#isStale = false;
			try {
				const answer = await this.#engine.search(this.#query, shown);
				if (!this.#isStale) this.#answer = answer;
			} catch (thrown) {
				if (thrown instanceof EngineLost) this.#fallBack();
				else this.#problem = asProblem(thrown);
			}
		}
		this.#isAsking = false;
	}

	async #readTexts(): Promise<void> {
		if (this.#query.trim() === '' || !this.#move('titles', 'reading-texts')) return;
		let reader: SearchEngine;
		do {
			reader = this.#reader ??= (this.#hands.worker ?? startWorkerEngine)() ?? this.#page;
			try {
				await this.#fill(reader);
			} catch {
				this.#fallBack();
			}
		} while (reader !== this.#reader);
		this.#move('reading-texts', 'texts');
	}

	/** Gives `reader` what it has not read yet. Rejects with EngineLost, and only with that. */
	async #fill(reader: SearchEngine): Promise<void> {
		for (const [url, file] of reader === this.#page ? [] : this.#titles) {
			if (!this.#read.has(url)) await this.#give(reader, 'titles', url, file);
		}
		this.#engine = reader;
		for (const { search } of this.#guides) {
			const refs = search.pieces.filter((ref) => !this.#read.has(ref.url));
			const next = async (): Promise<void> => {
				for (let ref = refs.shift(); ref; ref = refs.shift()) {
					const { url } = ref;
					const file = this.#hands.load(ref);
					await this.#give(reader, 'piece', url, file);
				}
			};
			await Promise.all(Array.from({ length: atOnce }, next));
			await this.#ask();
		}
	}

	async #give(
		reader: SearchEngine,
		type: 'titles' | 'piece',
		url: string,
		file: unknown
	): Promise<void> {
		await this.#attempt(async () => {
			await reader.add(type, await file);
			this.#read.add(url);
		});
	}

	/** What one file lacks is said; the others are read all the same. */
	async #attempt(work: () => Promise<void>): Promise<void> {
		try {
			await work();
		} catch (thrown) {
			if (thrown instanceof EngineLost) throw thrown;
			this.#problem ??= asProblem(thrown);
		}
	}

	/** The worker is gone: the page knows the titles, and reads the texts from the device's cache. */
	#fallBack(): void {
		if (this.#stage === 'closed' || this.#reader === this.#page) return;
		this.#engine = this.#page;
		this.#reader = this.#page;
		this.#read.clear();
		this.#isStale = true;
		if (this.#move('texts', 'titles')) void this.#readTexts();
	}

	#move(from: Stage, to: Stage): boolean {
		if (this.#stage !== from) return false;
		this.#stage = to;
		return true;
	}
}
