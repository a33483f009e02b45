/**
 * What works without a network right now, and what the person can do about it.
 *
 * Every page shows it, so this file is small: a door. What does the work (`offline-work.ts`) is loaded
 * when something is, was or gets kept.
 */
import { browser, dev } from '$app/environment';
import type { Lang } from '#lib/model/guide.ts';
import { whenIdle } from '#lib/device/idle.ts';
import { Problem } from '#lib/model/problem.ts';
import { InstallPrompt } from './install-prompt.svelte.ts';
import { forgetKept, readHint } from './kept-hint.ts';
import {
	keyOf,
	OfflineFacts,
	untouched,
	type KeptGuide,
	type OfflineState,
	type Support
} from './offline-facts.svelte.ts';
import type { LoadKeeper, OfflineWork } from './offline-work.ts';

export { offlineStates } from './offline-facts.svelte.ts';
export type { KeptGuide, OfflineState, Support } from './offline-facts.svelte.ts';

export class LiveOffline {
	#facts = new OfflineFacts();
	#prompt = new InstallPrompt();

	#started: Promise<void> | undefined;
	#loadKeeper: LoadKeeper | undefined;
	#work: Promise<OfflineWork> | undefined;
	#downloads = new Map<string, AbortController>();
	#flushes = new Set<() => Promise<void>>();

	constructor(loadKeeper?: LoadKeeper) {
		this.#loadKeeper = loadKeeper;
		if (browser) this.#prompt.listen();
	}

	/** One guide in one language. */
	guide(guide: string, lang: Lang): KeptGuide {
		return this.#facts.guides[keyOf(guide, lang)] ?? untouched;
	}

	/** All guides and the app together: the one thing that is worth saying. */
	get state(): OfflineState {
		const all = Object.values(this.#facts.guides).map((kept) => kept.state);
		if (all.includes('downloading')) return 'downloading';
		if (all.includes('update-ready') || this.#facts.appUpdate) return 'update-ready';
		return all.includes('ready') ? 'ready' : 'not-kept';
	}

	/** 0 to 1: how much of what is being downloaded is there. */
	get fraction(): number {
		const running = Object.values(this.#facts.guides).filter(
			(kept) => kept.state === 'downloading'
		);
		const total = running.reduce((sum, kept) => sum + kept.total, 0);
		return total === 0 ? 0 : running.reduce((sum, kept) => sum + kept.done, 0) / total;
	}

	get supported(): Support {
		return this.#facts.supported;
	}

	/** Something that was kept is gone: `repair` fetches it again. */
	get missing(): boolean {
		return this.#facts.lost.length > 0;
	}

	/** A new version of the app is whole on the device and waits. */
	get appUpdate(): boolean {
		return this.#facts.appUpdate;
	}

	/** Whether the network was there when last heard of. Wi-Fi that leads nowhere is none. */
	get online(): boolean {
		return this.#facts.isConnected && this.#facts.hasAnswered;
	}

	/** Grows when kept content has changed: what was read before may be of another edition. */
	get revision(): number {
		return this.#facts.revision;
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
		const facts = this.#facts;
		facts.isConnected = navigator.onLine;
		addEventListener('offline', () => (facts.isConnected = false));
		addEventListener('online', () => {
			facts.isConnected = true;
			facts.hasAnswered = true;
			void this.#work?.then((work) => work.goOn());
		});
		if (dev) return;
		const support = supportOf();
		try {
			if (support === 'yes') await this.#look();
		} finally {
			// Not before: until then nobody knows whether a guide is kept or may be.
			facts.supported = support;
		}
	}

	async #look(): Promise<void> {
		const registration = await navigator.serviceWorker.getRegistration();
		if (!registration && readHint().length === 0) return;
		await (await this.#open()).begin();
	}

	/** Transferred bytes that keeping takes, the app included; 0 where they are not to be known. */
	async sizeOf(guide: string, lang: Lang): Promise<number> {
		await this.start();
		if (this.supported !== 'yes' || this.guide(guide, lang).state !== 'not-kept') return 0;
		await whenIdle();
		try {
			// Who sees the size may click: then what keeping takes is not first to be waited for.
			const [{ sizeToKeep }] = await Promise.all([import('#lib/courier/size.ts'), loadWork()]);
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
		this.#facts.guides[key] = { ...untouched, state: 'downloading', total: before.total };
		try {
			await (await this.#open()).keep(guide, lang, before, control);
		} catch {
			// Its file did not come; what it does itself never throws.
			if (control.signal.aborted) return;
			this.#facts.hasAnswered = false;
			const problem = new Problem('pack-unreachable', { url: 'keeper', status: 0 });
			this.#facts.guides[key] = { ...before, problem };
			addEventListener('online', () => void this.keep(guide, lang), { once: true });
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
		this.#facts.guides[key] = untouched;
		await (await this.#open()).giveUp(guide, lang);
	}

	/** Takes a guide off the device; with the last one goes the app. */
	async remove(guide: string, lang: Lang): Promise<void> {
		// First: another tab must not take it for a loss.
		forgetKept(keyOf(guide, lang));
		await (await this.#open()).remove(guide, lang);
	}

	/** Fetches again whatever the browser has taken. */
	async repair(): Promise<void> {
		for (const key of [...this.#facts.lost]) {
			const [lang = '', guide = ''] = key.split('/');
			await this.keep(guide, lang);
		}
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
		await (await this.#open()).applyApp(flushAll);
	}

	/** Others who talk to the server say whether it answered. */
	heard(hasAnswered: boolean): void {
		this.#facts.hasAnswered = hasAnswered;
	}

	#open(): Promise<OfflineWork> {
		this.#work ??= loadWork().then(
			({ OfflineWork, loadRealKeeper }) =>
				new OfflineWork(this.#facts, this.#loadKeeper ?? loadRealKeeper, (guide, lang) =>
					this.keep(guide, lang)
				)
		);
		// A chunk that did not come now may come later.
		this.#work.catch(() => (this.#work = undefined));
		return this.#work;
	}
}

const loadWork = () => import('./offline-work.ts');

function supportOf(): Support {
	if (!isSecureContext) return 'insecure';
	return 'serviceWorker' in navigator && 'caches' in globalThis ? 'yes' : 'old';
}

export const offline = new LiveOffline();
