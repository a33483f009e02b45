/**
 * What works without a network right now, and what the person can do about it.
 *
 * Every page shows it, so this file is small: what does the work is loaded when something is kept.
 */
import { browser, dev, version } from '$app/environment';
import type { Found, Keeper } from '#lib/courier/keeper.ts';
import type { Lang } from '#lib/model/guide.ts';
import { asProblem, Problem } from '#lib/model/problem.ts';
import { InstallPrompt } from './install-prompt.svelte.ts';
import { forgetKept, readHint, rememberKept } from './kept-hint.ts';

/** ready: whole, and opens from a cold start. update-ready: that, and there is something newer. */
export const offlineStates = ['not-kept', 'downloading', 'ready', 'update-ready'] as const;
export type OfflineState = (typeof offlineStates)[number];

export type KeptGuide = {
	state: OfflineState;
	/** Transferred bytes. While 'update-ready', `total` is what the update takes. */
	done: number;
	total: number;
	problem: Problem | undefined;
};

/**
 * unknown: not looked yet (or a development server). insecure: plain HTTP, where browsers have no
 * service workers. old: a browser, or a private window, without them.
 */
export type Support = 'unknown' | 'yes' | 'insecure' | 'old';

type LoadKeeper = (onWaiting: () => void, onChanged: () => void) => Promise<Keeper>;

const untouched: KeptGuide = { state: 'not-kept', done: 0, total: 0, problem: undefined };

export class LiveOffline {
	#guides = $state<Record<string, KeptGuide>>({});
	#lost = $state<string[]>([]);
	#supported = $state<Support>('unknown');
	#appUpdate = $state(false);
	#isConnected = $state(true);
	#hasAnswered = $state(true);
	#revision = $state(0);
	#prompt = new InstallPrompt();

	#pending: string[] = [];
	#started: Promise<void> | undefined;
	#loadKeeper: LoadKeeper;
	#keeper: Promise<Keeper> | undefined;
	#downloads = new Map<string, AbortController>();
	#flushes = new Set<() => Promise<void>>();

	constructor(loadKeeper: LoadKeeper = loadRealKeeper) {
		this.#loadKeeper = loadKeeper;
		if (browser) this.#prompt.listen();
	}

	/** One guide in one language. */
	guide(guide: string, lang: Lang): KeptGuide {
		return this.#guides[keyOf(guide, lang)] ?? untouched;
	}

	/** All guides and the app together: the one thing that is worth saying. */
	get state(): OfflineState {
		const all = Object.values(this.#guides).map((kept) => kept.state);
		if (all.includes('downloading')) return 'downloading';
		if (all.includes('update-ready') || this.#appUpdate) return 'update-ready';
		return all.includes('ready') ? 'ready' : 'not-kept';
	}

	/** 0 to 1: how much of what is being downloaded is there. */
	get fraction(): number {
		const running = Object.values(this.#guides).filter((kept) => kept.state === 'downloading');
		const total = running.reduce((sum, kept) => sum + kept.total, 0);
		return total === 0 ? 0 : running.reduce((sum, kept) => sum + kept.done, 0) / total;
	}

	get supported(): Support {
		return this.#supported;
	}

	/** Something that was kept is gone: `repair` fetches it again. */
	get missing(): boolean {
		return this.#lost.length > 0;
	}

	/** A new version of the app is whole on the device and waits. */
	get appUpdate(): boolean {
		return this.#appUpdate;
	}

	/** Whether the network was there when last heard of. Wi-Fi that leads nowhere is none. */
	get online(): boolean {
		return this.#isConnected && this.#hasAnswered;
	}

	/** Grows when kept content has changed: what was read before may be of another edition. */
	get revision(): number {
		return this.#revision;
	}

	get canInstall(): boolean {
		return this.#prompt.isOffered;
	}

	/** Asks the browser's own question, whether to install the app. */
	install(): Promise<void> {
		return this.#prompt.ask();
	}

	/** Begins to look, once a visit; calling it again waits for the same look. Never throws. */
	start(): Promise<void> {
		return (this.#started ??= this.#start().catch((thrown: unknown) => {
			console.warn('offline: could not look at what is kept', thrown);
		}));
	}

	async #start(): Promise<void> {
		if (!browser) return;
		this.#isConnected = navigator.onLine;
		addEventListener('offline', () => (this.#isConnected = false));
		addEventListener('online', () => {
			this.#isConnected = true;
			this.#hasAnswered = true;
			void this.#goOn();
		});
		if (dev) return;
		this.#supported = supportOf();
		if (this.#supported !== 'yes') return;
		const registration = await navigator.serviceWorker.getRegistration();
		if (!registration && readHint().length === 0) return;
		await this.#look();
		// Only here: later, a slow look could bring back what another tab has just removed.
		rememberKept(Object.keys(this.#guides).filter((key) => this.#guides[key]?.state === 'ready'));
		void this.#askServer();
		if (this.#isConnected) void this.#goOn();
	}

	/** Transferred bytes that keeping takes, the app included; 0 where they are not to be known. */
	async sizeOf(guide: string, lang: Lang): Promise<number> {
		await this.start();
		if (this.#supported !== 'yes' || this.guide(guide, lang).state !== 'not-kept') return 0;
		await whenIdle();
		try {
			// Who sees the size may click: then the keeper's file is not first to be waited for.
			const [{ sizeToKeep }] = await Promise.all([
				import('#lib/courier/size.ts'),
				import('#lib/courier/keeper.ts')
			]);
			return await sizeToKeep({ fetch: (...args) => fetch(...args), caches }, guide, lang);
		} catch {
			return 0;
		}
	}

	/**
	 * Keeps a guide and the app with it; what is there already is not fetched again. Never throws:
	 * what went wrong is the guide's `problem`.
	 */
	async keep(guide: string, lang: Lang): Promise<void> {
		const key = keyOf(guide, lang);
		const before = this.guide(guide, lang);
		if (before.state === 'downloading') return;
		const control = new AbortController();
		this.#downloads.set(key, control);
		const follow = (done: number, total: number) => {
			if (control.signal.aborted) return;
			this.#guides[key] = { ...untouched, state: 'downloading', done, total };
		};
		follow(0, before.total);
		try {
			await (await this.#open()).keep(guide, lang, follow, control.signal);
			this.#guides[key] = { ...untouched, state: 'ready' };
			this.#lost = this.#lost.filter((lost) => lost !== key);
			this.#pending = this.#pending.filter((pending) => pending !== key);
			this.#hasAnswered = true;
			this.#revision++;
			rememberKept([key]);
		} catch (thrown) {
			if (control.signal.aborted) return;
			const problem = asProblem(thrown);
			if (problem.code === 'pack-unreachable') this.#hasAnswered = false;
			if (problem.code !== 'storage-full') this.#pending = [...new Set([...this.#pending, key])];
			this.#guides[key] = { ...before, problem };
		} finally {
			this.#downloads.delete(key);
		}
	}

	/** Fetches what is newer in a kept guide; the old edition serves until it is whole. */
	applyUpdate(guide: string, lang: Lang): Promise<void> {
		return this.keep(guide, lang);
	}

	/** Stops a download; an edition that was kept before stays. */
	async cancel(guide: string, lang: Lang): Promise<void> {
		const key = keyOf(guide, lang);
		this.#downloads.get(key)?.abort(new DOMException('cancelled', 'AbortError'));
		this.#guides[key] = untouched;
		const found = await (await this.#open()).giveUp(guide, lang);
		if (!found.ready.some((name) => keyOf(name.id, name.lang) === key)) forgetKept(key);
		this.#take(found);
		if (found.ready.length > 0) void this.#askServer();
	}

	/** Takes a guide off the device; with the last one goes the app. */
	async remove(guide: string, lang: Lang): Promise<void> {
		const key = keyOf(guide, lang);
		// First: another tab must not take it for a loss.
		forgetKept(key);
		const found = await (await this.#open()).remove(guide, lang);
		this.#guides[key] = untouched;
		this.#take(found);
		this.#revision++;
	}

	/** Fetches again whatever the browser has taken. */
	async repair(): Promise<void> {
		for (const key of [...this.#lost]) await this.keep(...partsOf(key));
	}

	/** Has `flush`, which saves what is not saved yet, waited for before a reload; gives its undo. */
	beforeReload(flush: () => Promise<void>): () => void {
		this.#flushes.add(flush);
		return () => void this.#flushes.delete(flush);
	}

	/** Puts the waiting version to work and reloads. Throws, and changes nothing, if a flush does. */
	async applyAppUpdate(flush: () => Promise<void> = async () => {}): Promise<void> {
		const flushAll = async () => {
			await Promise.all([flush, ...this.#flushes].map((save) => save()));
		};
		this.#appUpdate = await (await this.#open()).applyApp(flushAll);
	}

	/** Others who talk to the server say whether it answered. */
	heard(hasAnswered: boolean): void {
		this.#hasAnswered = hasAnswered;
	}

	#open(): Promise<Keeper> {
		this.#keeper ??= this.#loadKeeper(
			() => (this.#appUpdate = true),
			() => void this.#changedElsewhere().catch(() => {})
		);
		// A chunk that did not come now may come later.
		this.#keeper.catch(() => (this.#keeper = undefined));
		return this.#keeper;
	}

	async #look(): Promise<void> {
		const keeper = await this.#open();
		// Caches that cannot be read are gone: then the hint says what is missing.
		this.#take(await keeper.look().catch(() => ({ ready: [], pending: [], lost: [] })));
	}

	#take({ ready, pending, lost }: Found): void {
		const keys = (names: Found['ready']) => names.map((name) => keyOf(name.id, name.lang));
		const isReady = keys(ready);
		this.#pending = keys(pending);
		const once = [...new Set([...keys(lost), ...readHint()])];
		this.#lost = once.filter((key) => !isReady.includes(key) && !this.#pending.includes(key));
		for (const [key, kept] of Object.entries(this.#guides)) {
			if (kept.state !== 'downloading' && !isReady.includes(key)) {
				this.#guides[key] = { ...untouched, problem: kept.problem };
			}
		}
		for (const key of isReady) {
			if ((this.#guides[key] ?? untouched).state !== 'not-kept') continue;
			this.#guides[key] = { ...untouched, state: 'ready' };
		}
	}

	/** Goes on with downloads that a lost link or a closed tab has broken off. */
	async #goOn(): Promise<void> {
		for (const key of [...this.#pending]) await this.keep(...partsOf(key));
	}

	async #changedElsewhere(): Promise<void> {
		this.#revision++;
		for (const [key, kept] of Object.entries(this.#guides)) {
			if (kept.state === 'update-ready') this.#guides[key] = { ...untouched, state: 'ready' };
		}
		await this.#look();
		await this.#askServer();
	}

	/** Is this version withdrawn (F-28), and what is newer? Silence means neither. */
	async #askServer(): Promise<void> {
		try {
			const keeper = await this.#open();
			if (await keeper.dropIfDisabled()) return this.#take(await keeper.look());
			for (const { id, lang, bytes } of await keeper.updates()) {
				const key = keyOf(id, lang);
				if (this.#guides[key]?.state === 'downloading') continue;
				this.#guides[key] = { ...untouched, state: 'update-ready', total: bytes };
			}
			this.#hasAnswered = true;
		} catch (thrown) {
			if (asProblem(thrown).code === 'pack-unreachable') this.#hasAnswered = false;
		}
	}
}

const loadRealKeeper: LoadKeeper = async (onWaiting, onChanged) => {
	const { openKeeper } = await import('#lib/courier/keeper.ts').catch((thrown: unknown) => {
		throw new Problem('pack-unreachable', { url: 'keeper', status: 0 }, thrown);
	});
	return openKeeper(version, onWaiting, onChanged);
};

const keyOf = (guide: string, lang: Lang): string => `${lang}/${guide}`;
function partsOf(key: string): [guide: string, lang: Lang] {
	const [lang = '', guide = ''] = key.split('/');
	return [guide, lang];
}

function supportOf(): Support {
	if (!isSecureContext) return 'insecure';
	return 'serviceWorker' in navigator && 'caches' in globalThis ? 'yes' : 'old';
}

// Safari has no requestIdleCallback.
const whenIdle = (): Promise<void> =>
	new Promise((resolve) => {
		if ('requestIdleCallback' in globalThis)
			requestIdleCallback(() => resolve(), { timeout: 3_000 });
		else setTimeout(resolve, 500);
	});

export const offline = new LiveOffline();
