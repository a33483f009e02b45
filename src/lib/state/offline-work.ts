/**
 * What keeping takes, behind `offline.svelte.ts`: looking at what is there, downloads, updates.
 *
 * Loaded when something is, was or gets kept; a visitor who only reads carries none of it.
 */
import { version } from '$app/environment';
import { openKeeper, type Found, type Keeper } from '#lib/courier/keeper.ts';
import type { Lang } from '#lib/model/guide.ts';
import { asProblem } from '#lib/model/problem.ts';
import { forgetKept, readHint, rememberKept } from './kept-hint.ts';
import { keyOf, untouched, type KeptGuide, type OfflineFacts } from './offline-facts.svelte.ts';

export type LoadKeeper = (onWaiting: () => void, onChanged: () => void) => Promise<Keeper>;

export const loadRealKeeper: LoadKeeper = async (onWaiting, onChanged) =>
	openKeeper(version, onWaiting, onChanged);

export class OfflineWork {
	#facts: OfflineFacts;
	#loadKeeper: LoadKeeper;
	#keeper: Promise<Keeper> | undefined;
	#pending: string[] = [];
	/** Keeps again what was broken off, as the door does: with its state and its way to stop. */
	#keep: (guide: string, lang: Lang) => Promise<void>;

	constructor(
		facts: OfflineFacts,
		loadKeeper: LoadKeeper,
		keep: (guide: string, lang: Lang) => Promise<void>
	) {
		this.#facts = facts;
		this.#loadKeeper = loadKeeper;
		this.#keep = keep;
	}

	/** The look with which a visit begins. */
	async begin(): Promise<void> {
		const { guides } = this.#facts;
		await this.#look();
		// Only here: later, a slow look could bring back what another tab has just removed.
		rememberKept(Object.keys(guides).filter((key) => guides[key]?.state === 'ready'));
		void this.#askServer();
		if (this.#facts.isConnected) void this.goOn();
	}

	/** Keeps a guide and the app with it. `before`: what it was. Never throws: see its `problem`. */
	async keep(
		guide: string,
		lang: Lang,
		before: KeptGuide,
		{ signal }: AbortController
	): Promise<void> {
		const facts = this.#facts;
		const key = keyOf(guide, lang);
		const follow = (done: number, total: number) => {
			if (signal.aborted) return;
			facts.guides[key] = { ...untouched, state: 'downloading', done, total };
		};
		try {
			await (await this.#open()).keep(guide, lang, follow, signal);
			facts.guides[key] = { ...untouched, state: 'ready' };
			facts.lost = facts.lost.filter((lost) => lost !== key);
			this.#pending = this.#pending.filter((pending) => pending !== key);
			facts.hasAnswered = true;
			facts.revision++;
			rememberKept([key]);
		} catch (thrown) {
			if (signal.aborted) return;
			const problem = asProblem(thrown);
			if (problem.code === 'pack-unreachable') facts.hasAnswered = false;
			if (problem.code !== 'storage-full') this.#pending = [...new Set([...this.#pending, key])];
			facts.guides[key] = { ...before, problem };
		}
	}

	/** A download was stopped: an edition that was kept before stays. */
	async giveUp(guide: string, lang: Lang): Promise<void> {
		const key = keyOf(guide, lang);
		const found = await (await this.#open()).giveUp(guide, lang);
		if (!found.ready.some((name) => keyOf(name.id, name.lang) === key)) forgetKept(key);
		this.#take(found);
		if (found.ready.length > 0) void this.#askServer();
	}

	async remove(guide: string, lang: Lang): Promise<void> {
		const found = await (await this.#open()).remove(guide, lang);
		this.#facts.guides[keyOf(guide, lang)] = untouched;
		this.#take(found);
		this.#facts.revision++;
	}

	/** Throws, and changes nothing, when `flush` does. */
	async applyApp(flush: () => Promise<void>): Promise<void> {
		this.#facts.appUpdate = await (await this.#open()).applyApp(flush);
	}

	/** Goes on with downloads that a lost link or a closed tab has broken off. */
	async goOn(): Promise<void> {
		for (const key of [...this.#pending]) await this.#keep(...partsOf(key));
	}

	#open(): Promise<Keeper> {
		this.#keeper ??= this.#loadKeeper(
			() => (this.#facts.appUpdate = true),
			() => void this.#changedElsewhere().catch(() => {})
		);
		this.#keeper.catch(() => (this.#keeper = undefined));
		return this.#keeper;
	}

	async #look(): Promise<void> {
		const keeper = await this.#open();
		// Caches that cannot be read are gone: then the hint says what is missing.
		this.#take(await keeper.look().catch(() => ({ ready: [], pending: [], lost: [] })));
	}

	#take({ ready, pending, lost }: Found): void {
		const facts = this.#facts;
		const keys = (names: Found['ready']) => names.map((name) => keyOf(name.id, name.lang));
		const isReady = keys(ready);
		this.#pending = keys(pending);
		const once = [...new Set([...keys(lost), ...readHint()])];
		facts.lost = once.filter((key) => !isReady.includes(key) && !this.#pending.includes(key));
		for (const [key, kept] of Object.entries(facts.guides)) {
			if (kept.state !== 'downloading' && !isReady.includes(key)) {
				facts.guides[key] = { ...untouched, problem: kept.problem };
			}
		}
		for (const key of isReady) {
			if ((facts.guides[key] ?? untouched).state !== 'not-kept') continue;
			facts.guides[key] = { ...untouched, state: 'ready' };
		}
	}

	async #changedElsewhere(): Promise<void> {
		const { guides } = this.#facts;
		this.#facts.revision++;
		for (const [key, kept] of Object.entries(guides)) {
			if (kept.state === 'update-ready') guides[key] = { ...untouched, state: 'ready' };
		}
		await this.#look();
		await this.#askServer();
	}

	/** Is this version withdrawn (F-28), and what is newer? Silence means neither. */
	async #askServer(): Promise<void> {
		const facts = this.#facts;
		try {
			const keeper = await this.#open();
			if (await keeper.dropIfDisabled()) return this.#take(await keeper.look());
			for (const { id, lang, bytes } of await keeper.updates()) {
				const key = keyOf(id, lang);
				if (facts.guides[key]?.state === 'downloading') continue;
				facts.guides[key] = { ...untouched, state: 'update-ready', total: bytes };
			}
			facts.hasAnswered = true;
		} catch (thrown) {
			if (asProblem(thrown).code === 'pack-unreachable') facts.hasAnswered = false;
		}
	}
}

function partsOf(key: string): [guide: string, lang: Lang] {
	const [lang = '', guide = ''] = key.split('/');
	return [guide, lang];
}
