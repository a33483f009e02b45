/**
 * The live search: what the search page shows while somebody types.
 *
 * The titles of the pages come first, so that the first results wait for nothing else; then what people
 * say instead of the guides' words. With the first word typed the measures and the texts follow, file by
 * file: whenever no key came for a moment, and the page draws in between. Why there is no worker:
 * `src/decisions/search.md`.
 */
import { breath, drawn } from '#lib/device/breath.ts';
import { excerptOf, type Segment } from '#lib/guide/excerpt.ts';
import { fileOf, passageOf } from '#lib/guide/passage.ts';
import { createSearch, type Answer, type Result, type Search } from '#lib/guide/search.ts';
import type { FileRef, GuideIndex } from '#lib/model/guide.ts';
import { asProblem, type Problem } from '#lib/model/problem.ts';

export type SearchHands = {
	/** A file of the packs, parsed. Rejects with a Problem. */
	load: (ref: FileRef) => Promise<unknown>;
	/** The contents of a guide, for its texts and excerpts. Rejects with a Problem. */
	index: (guide: string) => Promise<GuideIndex>;
	/** What people say instead of the words of the guides; undefined where the language has none. */
	thesaurus: () => Promise<unknown>;
};

/** A guide to be searched; its index says where its texts are, and its titles where they are not named. */
export type Searchable = { id: string; titles?: FileRef };

/** `titles`, `texts`: read, as far as they could be. */
type Stage = 'new' | 'reading-titles' | 'titles' | 'reading-texts' | 'texts' | 'closed';

const nothing: Answer = { results: [], total: 0, corrected: '', work: 0 };
const shown = 30;
/** What a browser fetches side by side. */
const atOnce = 6;
/** Milliseconds without a key after which a person has paused. */
const pause = 250;
/** Milliseconds that the guides that are there wait for those that are not. */
const patience = 1500;

const delay = (wait: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, wait));

export class LiveSearch {
	readonly #guides: Searchable[];
	readonly #hands: SearchHands;
	readonly #search: Search = createSearch();
	/** The addresses of what it has read. */
	readonly #read = new Set<string>();
	/** Guides whose titles are there. */
	readonly #arrived = new Set<string>();
	#query = $state('');
	#answer = $state.raw(nothing);
	#problem = $state.raw<Problem>();
	#stage = $state<Stage>('new');
	#hasThesaurus = false;
	#hasFuse = false;
	#asking: Promise<void> | undefined;
	#turn: Promise<void> = Promise.resolve();
	/** When the last key came. */
	#typedAt = -Infinity;

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
		this.#typedAt = performance.now();
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
		let more: Promise<unknown> | undefined;
		const all = Promise.all(
			this.#guides.map(async ({ id, titles }) => {
				const ref = titles ?? (await this.#indexOf(id))?.search.titles;
				if (!ref) return;
				await this.#inTurn(ref, (file) => this.#search.addTitles(file));
				this.#arrived.add(id);
				more ??= Promise.all([this.#readThesaurus(), this.#hireFuse()]);
				await more;
			})
		);
		// A guide that is not kept, and a line that never answers, keep nobody from the others.
		await Promise.race([all, this.#anyFor(patience)]);
		if (!this.#move('reading-titles', 'titles')) return;
		if (this.#query.trim() !== '') await this.#readTexts();
	}

	/** The passage of a result where the words stand; its page is loaded for it. */
	async excerpt(result: Result, length?: number): Promise<Segment[]> {
		const ref = fileOf(await this.#hands.index(result.guide), result);
		if (!ref) return [];
		const file = await this.#hands.load(ref);
		// A screen full of passages is cut one by one: a key may come in between.
		await breath();
		return excerptOf(passageOf(file, result), result.words, length);
	}

	/** For when the page is left: nothing more is loaded or asked. */
	close(): void {
		this.#stage = 'closed';
	}

	/** In a task of its own: of keys that come faster than answers, only the last is answered. */
	#ask(): Promise<void> {
		return (this.#asking ??= breath().then(() => {
			this.#asking = undefined;
			if (this.#stage !== 'closed') this.#answer = this.#search.search(this.#query, shown);
		}));
	}

	/** Without it pages are found by their own words alone: nothing that a person has to be told. */
	async #readThesaurus(): Promise<void> {
		if (this.#stage === 'closed' || this.#hasThesaurus) return;
		try {
			const file = await this.#hands.thesaurus();
			this.#hasThesaurus = true;
			if (file === undefined) return;
			await breath();
			this.#search.addThesaurus(file);
			await this.#ask();
		} catch {
			this.#hasThesaurus = false;
		}
	}

	/** Without it a mistyped word finds nothing near: nothing that a person has to be told. */
	async #hireFuse(): Promise<void> {
		if (this.#stage === 'closed' || this.#hasFuse) return;
		try {
			this.#search.hire((await import('fuse.js/basic')).default);
			this.#hasFuse = true;
			await this.#ask();
		} catch {
			// The next start tries again.
		}
	}

	async #readTexts(): Promise<void> {
		if (this.#query.trim() === '' || !this.#move('titles', 'reading-texts')) return;
		await this.#paused();
		const isLate = ({ id }: Searchable): number => Number(!this.#arrived.has(id));
		for (const { id } of [...this.#guides].sort((a, b) => isLate(a) - isLate(b))) {
			const { measures, pieces = [] } = (await this.#indexOf(id))?.search ?? {};
			if (measures) await this.#give(measures, (file) => this.#search.addTitles(file));
			const refs = [...pieces];
			const next = async (): Promise<void> => {
				for (let ref = refs.shift(); ref && this.#stage !== 'closed'; ref = refs.shift()) {
					await this.#give(ref, (file) => this.#search.addPiece(file));
				}
			};
			await Promise.all(Array.from({ length: atOnce }, next));
			await this.#ask();
		}
		this.#move('reading-texts', 'texts');
	}

	/** Undefined, and said, where it cannot be had. */
	async #indexOf(guide: string): Promise<GuideIndex | undefined> {
		try {
			return await this.#hands.index(guide);
		} catch (thrown) {
			this.#problem ??= asProblem(thrown);
			return undefined;
		}
	}

	/** What one file lacks is said; the others are read all the same. */
	async #give(
		ref: FileRef,
		add: (file: unknown) => void,
		loaded?: Promise<unknown>
	): Promise<void> {
		if (this.#read.has(ref.url)) return;
		try {
			const file = await (loaded ?? this.#hands.load(ref));
			// However many are already on the device, one is read between two frames.
			if (this.#stage === 'reading-texts') await this.#paused();
			await breath();
			add(file);
			this.#read.add(ref.url);
		} catch (thrown) {
			this.#problem ??= asProblem(thrown);
		}
	}

	/**
	 * One after the other as they come, each with an answer that is drawn: the first results do not wait
	 * until the last file is read.
	 */
	async #inTurn(ref: FileRef, add: (file: unknown) => void): Promise<void> {
		if (this.#read.has(ref.url)) return;
		const file = this.#hands.load(ref);
		await file.catch(() => {});
		this.#turn = this.#turn.then(async () => {
			await this.#give(ref, add, file);
			await this.#ask();
			if (this.#answer.results.length) await drawn();
		});
		await this.#turn;
	}

	/** Settles when some guide has been there for a while. */
	async #anyFor(wait: number): Promise<void> {
		while (this.#arrived.size === 0 && this.#stage === 'reading-titles') await delay(wait / 4);
		await delay(wait);
	}

	/** Waits until no key came for a moment. */
	async #paused(): Promise<void> {
		for (;;) {
			const left = this.#typedAt + pause - performance.now();
			if (left <= 0 || this.#stage === 'closed') return;
			await delay(left);
		}
	}

	#move(from: Stage, to: Stage): boolean {
		if (this.#stage !== from) return false;
		this.#stage = to;
		return true;
	}
}
