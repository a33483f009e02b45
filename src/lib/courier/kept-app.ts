/**
 * The kept app, from the page's side: has the service worker registered and installed, notices a
 * new version, puts it to work when the person agrees, and takes it all away again.
 */
import { Workbox } from 'workbox-window';
import type { Lang } from '#lib/model/guide.ts';
import { trustedScriptUrl } from '#lib/device/trusted.ts';
import { Problem } from '#lib/model/problem.ts';
import { openChannel } from './channel.ts';
import { shortPatience } from './fetch.ts';
import { fill, missingIn, type FillOptions, type World } from './fill.ts';
import {
	appCache,
	fetchKeptList,
	bundleFor,
	filesFor,
	isAppCache,
	markWhole,
	wholeList,
	type KeptList
} from './kept-list.ts';

const script = '/service-worker.js';
/** Milliseconds for what the browser does to a registration. */
const jobPatience = 30_000;
let workbox: Workbox | undefined;

/** Has `waiting` called for each new version that is whole, now or later. Asks nothing, waits for nothing. */
export function watch(registration: ServiceWorkerRegistration, waiting: () => void): void {
	if (registration.waiting) waiting();
	// Once: doing it again would bring back what another tab is just taking away.
	if (!workbox) register(waiting).catch(() => {});
}

/**
 * Registers the worker (again: harmless) and calls `waiting` for each new version that is whole.
 * Do not wait for it where a worker is there already: the browser does one thing at a time to a
 * registration, and an update that it began by itself can hang on a server that never answers.
 */
export async function register(waiting: () => void): Promise<ServiceWorkerRegistration> {
	if (!workbox) {
		workbox = new Workbox(trustedScriptUrl(script));
		workbox.addEventListener('waiting', waiting);
	}
	try {
		const registration = await within(jobPatience, workbox.register({ immediate: true }));
		if (!registration) throw new Error('no registration');
		return registration;
	} catch (thrown) {
		// A script that is missing, or a captive portal's page: what was registered before stays (F-26).
		throw new Problem('pack-unreachable', { url: script, status: 0 }, thrown);
	}
}

/**
 * Has the app whole on this device in `languages`. `version` is the page's own. Throws a Problem:
 * 'pack-unreachable', 'pack-broken' or 'storage-full'; calling again goes on where it stopped.
 */
export async function installApp(
	world: World,
	registration: ServiceWorkerRegistration,
	languages: Lang[],
	version: string,
	options: Pick<FillOptions, 'onProgress' | 'signal'>
): Promise<void> {
	const { active } = registration;
	if (!active) return awaitInstall(registration, 'activated', options);
	const serving = await versionOf(active);
	if (serving && (await complete(world, serving, languages, options))) return;

	// The server has left the version that serves here: only the next one can be whole.
	await within(jobPatience, registration.update()).catch(() => {});
	const next = registration.installing ?? registration.waiting;
	if (!next) throw new Problem('pack-unreachable', { url: script, status: 0 });
	await awaitInstall(registration, 'installed', options);
	// This page came from the network and is of the new version already: nothing is taken from it.
	if ((await versionOf(next)) !== version) {
		throw new Problem('pack-unreachable', { url: script, expected: version });
	}
	next.postMessage({ type: 'SKIP_WAITING' });
	if ((await settled(next, 'activated')) === 'redundant') {
		throw new Problem('pack-unreachable', { url: script, status: 0 });
	}
}

/** Whether the serving version is whole on this device in `languages` (F-29). */
export async function isWhole(
	world: World,
	registration: ServiceWorkerRegistration | undefined,
	languages: Lang[]
): Promise<boolean> {
	const version = registration?.active && (await versionOf(registration.active));
	const list = version ? await wholeList(world, version) : undefined;
	if (!list) return false;
	const cache = await world.caches.open(appCache(list.version));
	return (await missingIn(cache, filesFor(list, languages))).length === 0;
}

/** Adds to the serving version what it lacks. False when the server has that version no more. */
async function complete(
	world: World,
	version: string,
	languages: Lang[],
	options: Pick<FillOptions, 'onProgress' | 'signal'>
): Promise<boolean> {
	const list = (await wholeList(world, version)) ?? (await fetchKeptList(world));
	if (list.version !== version || list.disabled.includes(version)) return false;
	const cache = await world.caches.open(appCache(version));
	try {
		const bundle = bundleFor(list, languages);
		await fill(world, cache, filesFor(list, languages), { ...options, bundle });
	} catch (thrown) {
		if (isOfAnotherVersion(thrown)) return false;
		throw thrown;
	}
	await markWhole(cache, list);
	return true;
}

const isOfAnotherVersion = (thrown: unknown): boolean =>
	thrown instanceof Problem && (thrown.code === 'pack-broken' || thrown.values.status === 404);

async function awaitInstall(
	registration: ServiceWorkerRegistration,
	wanted: 'installed' | 'activated',
	{ onProgress, signal }: Pick<FillOptions, 'onProgress' | 'signal'>
): Promise<void> {
	const worker = registration.installing ?? registration.waiting ?? registration.active;
	let full = false;
	const channel = openChannel((message) => {
		if (message.type === 'progress') onProgress?.(message.done, message.total);
		if (message.type === 'failed') full = message.full;
	});
	try {
		const state = worker ? await settled(worker, wanted, signal) : 'redundant';
		if (state === 'redundant') {
			// Its reason comes by the channel, which may be slower than the state.
			if (!full) await new Promise((resolve) => setTimeout(resolve, 200));
			throw full
				? new Problem('storage-full')
				: new Problem('pack-unreachable', { url: script, status: 0 });
		}
	} finally {
		channel.close();
	}
}

/** Resolves when the worker is in the state `wanted` or past it, or is redundant: it failed. */
function settled(
	worker: ServiceWorker,
	wanted: 'installed' | 'activated',
	signal?: AbortSignal
): Promise<ServiceWorkerState> {
	const ends: ServiceWorkerState[] =
		wanted === 'installed'
			? ['installed', 'activating', 'activated', 'redundant']
			: ['activated', 'redundant'];
	return new Promise((resolve, reject) => {
		const look = () => {
			if (signal?.aborted) reject(signal.reason);
			else if (ends.includes(worker.state)) resolve(worker.state);
			else return;
			worker.removeEventListener('statechange', look);
			signal?.removeEventListener('abort', look);
		};
		worker.addEventListener('statechange', look);
		signal?.addEventListener('abort', look);
		look();
	});
}

/** The version that a worker serves; undefined when it does not say so in 3 s. */
export function versionOf(worker: ServiceWorker): Promise<string | undefined> {
	return new Promise((resolve) => {
		const { port1, port2 } = new MessageChannel();
		const timer = setTimeout(() => resolve(undefined), 3_000);
		port1.onmessage = (event: MessageEvent<unknown>) => {
			clearTimeout(timer);
			port1.close();
			resolve(typeof event.data === 'string' ? event.data : undefined);
		};
		worker.postMessage({ type: 'VERSION' }, [port2]);
	});
}

/**
 * Puts the waiting version to work: `flush` first, and if that throws nothing happens; then the new
 * worker takes over and the page is loaded anew, once. False when there is none waiting.
 */
export async function applyWaiting(
	registration: ServiceWorkerRegistration,
	flush: () => Promise<void>,
	reload = () => location.reload()
): Promise<boolean> {
	if (!registration.waiting) return false;
	await flush();
	await new Promise<void>((resolve, reject) => {
		const late = () =>
			reject(new Problem('unexpected', { detail: 'the new version did not start' }));
		const timer = setTimeout(late, 10_000);
		const taken = () => {
			clearTimeout(timer);
			resolve();
		};
		navigator.serviceWorker.addEventListener('controllerchange', taken, { once: true });
		// As Workbox's `messageSkipWaiting`, which does nothing until its registering has ended.
		registration.waiting?.postMessage({ type: 'SKIP_WAITING' });
	});
	reload();
	return true;
}

/**
 * Takes the app off this device when the operator has withdrawn its version (F-28). Guides and the
 * person's work stay. True when that happened. Throws when the server does not answer.
 */
export async function dropIfDisabled(
	world: World,
	registration: ServiceWorkerRegistration,
	version: string
): Promise<boolean> {
	const { disabled }: KeptList = await fetchKeptList(world, shortPatience);
	if (disabled.length === 0) return false;
	// A worker too broken to say its version has at least served this page, which knows its own.
	const serving = (registration.active && (await versionOf(registration.active))) ?? version;
	if (!disabled.includes(serving)) return false;
	await forgetApp(world, registration);
	return true;
}

/** Unregisters the worker and deletes every version of the app; nothing else. */
export async function forgetApp(
	world: World,
	registration: ServiceWorkerRegistration | undefined
): Promise<void> {
	const names = (await world.caches.keys()).filter(isAppCache);
	await Promise.all(names.map((name) => world.caches.delete(name)));
	workbox = undefined;
	// With its caches gone the worker only passes on, so nothing is lost when this takes long.
	if (registration) await within(3_000, registration.unregister()).catch(() => false);
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new DOMException(`not done in ${ms} ms`, 'TimeoutError')), ms);
	});
	return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
