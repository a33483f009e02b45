/**
 * Answering: what a page of this origin gets for an address, from the device where it keeps it, else
 * from the network, which gets a bounded time.
 *
 * Each address has one way, and none of them asks the network about something that is kept: a server
 * that is gone, one that accepts and never answers, and one that answers 500 then look the same (P2).
 */
import { deadline, shortPatience } from '#lib/courier/fetch.ts';
import { appCache, isAppCache, shellOf } from '#lib/courier/kept-list.ts';
import {
	guidesCache,
	languagesOf,
	lastManifest,
	manifestUrl,
	pinned,
	readRecord
} from '#lib/courier/record.ts';

export type Answering = {
	caches: CacheStorage;
	fetch: typeof fetch;
	origin: string;
	version: string;
	/** Milliseconds for the head of the network's answer to a navigation. */
	timeout?: number;
};

export type Way = 'leave' | 'page' | 'code' | 'content' | 'manifest' | 'network' | 'app';
export type Asked = Pick<Request, 'method' | 'url' | 'mode' | 'cache'>;

/** Which way a request goes. 'leave': the worker has no part in it. */
export function wayOf(request: Asked, origin: string): Way {
	const { pathname, searchParams, origin: from } = new URL(request.url);
	if (request.method !== 'GET' || from !== origin) return 'leave';
	if (/^\/api(\/|$)/.test(pathname) || pathname === '/service-worker.js') return 'leave';
	// Who asks past the caches wants the server's own word: the worker is one of those caches.
	const isFresh = request.cache === 'no-store' || request.cache === 'reload';
	if (request.mode === 'navigate') return /\.\w+$/.test(pathname) ? 'app' : 'page';
	if (isFresh || searchParams.has('fresh')) return 'network';
	if (pathname.startsWith('/_app/immutable/')) return 'code';
	if (pathname === manifestUrl) return 'manifest';
	if (/^\/content\/.+\.[0-9a-f]{8,}\.json$/.test(pathname)) return 'content';
	return 'app';
}

/** The answer to a request whose way is not 'leave'. Rejects, as `fetch` does, where there is none. */
export async function answer(request: Request, to: Answering): Promise<Response> {
	const { pathname } = new URL(request.url);
	const fromNetwork = () => ask(request, to, guard);
	switch (wayOf(request, to.origin)) {
		case 'page':
			return page(request, pathname, to);
		case 'code':
			// Any version's: the name carries the hash, and a page may be older than this worker.
			return (await inAnyVersion(to.caches, pathname)) ?? fromNetwork();
		case 'content':
			return (await kept(to.caches, pathname, guidesCache)) ?? fromNetwork();
		case 'manifest':
			return manifest(fromNetwork, to);
		case 'app':
			return (await kept(to.caches, pathname, appCache(to.version))) ?? fromNetwork();
		default:
			return fromNetwork();
	}
}

/** A page is its language's shell, which then finds its way by the address. */
async function page(request: Request, pathname: string, to: Answering): Promise<Response> {
	const shell = (lang: string) => kept(to.caches, shellOf(lang), appCache(to.version));
	const lang = /^\/([\w-]+)(\/|$)/.exec(pathname)?.[1];
	const own = lang && (await shell(lang));
	if (own) return own;

	const anyShell = async () => {
		for (const other of languagesOf(await readRecord(to))) {
			const found = await shell(other);
			if (found) return found;
		}
		return undefined;
	};
	// `/` leads to the reader's language, and what is kept is one.
	const timeout = to.timeout ?? shortPatience;
	if (pathname === '/') return (await anyShell()) ?? ask(request, to, guard);
	try {
		const response = await ask(request, to, timeout);
		if (response.status < 500) return response;
		return (await anyShell()) ?? response;
	} catch (thrown) {
		const other = await anyShell();
		if (other) return other;
		throw thrown;
	}
}

/** Where a guide is kept: at once, with its edition. Else as the server says. */
async function manifest(fromNetwork: () => Promise<Response>, to: Answering): Promise<Response> {
	const { guides } = await readRecord(to);
	if (guides.length === 0) return fromNetwork();
	const headers = { 'content-type': 'application/json' };
	return new Response(JSON.stringify(pinned(await lastManifest(to), guides)), { headers });
}

async function inAnyVersion(caches: CacheStorage, path: string): Promise<Response | undefined> {
	const names = await caches.keys().catch(() => []);
	for (const name of names.filter(isAppCache).reverse()) {
		const found = await kept(caches, path, name);
		if (found) return found;
	}
	return undefined;
}

/** What a cache holds. One that the browser cannot read holds nothing: the network may (F-29). */
const kept = (
	caches: CacheStorage,
	path: string,
	cacheName: string
): Promise<Response | undefined> => caches.match(path, { cacheName }).catch(() => undefined);

/**
 * Milliseconds for what nobody keeps and no person stares at: code and files that a page asks for
 * with a limit of its own. On a 2G link a head can wait half a minute behind five other bodies.
 */
const guard = 40_000;

/** The network; rejects when the head of its answer is not here in `timeout` milliseconds. */
async function ask(request: Request, to: Answering, timeout: number): Promise<Response> {
	const limit = deadline(timeout, request.signal);
	try {
		return await to.fetch(request, { signal: limit.signal });
	} finally {
		// The head is here: the rest may take its time, and whoever reads it has a limit of their own.
		limit.clear();
	}
}
