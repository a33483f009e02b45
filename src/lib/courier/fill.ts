/**
 * Filling a cache: every wanted file gets there once, verified, six at a time.
 *
 * What is there already is not asked for again, so a filling that broke goes on where it stopped
 * (F-23). One file after another would cost a round trip each: 9.3 s where six at a time took 2.9 s.
 */
import type { FileRef } from '#lib/model/guide.ts';
import { Problem } from '#lib/model/problem.ts';
import { sendForBundle, type Bundle } from './bundle.ts';
import { fetchVerified, hashHeader, silence as usualSilence, verifiedText } from './verified.ts';

/** What filling needs of the world; a test passes its own. */
export type World = {
	fetch: typeof fetch;
	caches: CacheStorage;
	/** Resolves after `ms`. */
	pause: (ms: number) => Promise<void>;
};

export const browserWorld = (): World => ({
	fetch: (input, init) => fetch(input, init),
	caches,
	pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms))
});

export type FillOptions = {
	/** Bytes as transferred, of those files that are there, and of all. */
	onProgress?: (done: number, total: number) => void;
	signal?: AbortSignal;
	/** Taken first where it costs less than the files that it brings. */
	bundle?: Bundle;
	/** Older caches that may hold the same file under the same name. */
	from?: Cache[];
	/** Milliseconds without a byte after which a request is dead. */
	silence?: number;
};

// A browser opens six connections to a server of HTTP/1.1, which is what a laptop in a room serves.
const atOnce = 6;
const pauses = [1_000, 4_000];

/**
 * Brings `files` into `cache`. Resolves with the addresses that were added when all are there.
 * Throws the first file's Problem after the others in flight have settled; what arrived stays, except
 * with 'storage-full': then what this call added is removed again (F-16).
 */
export async function fill(
	world: World,
	cache: Cache,
	files: FileRef[],
	options: FillOptions = {}
): Promise<string[]> {
	const { onProgress = () => {}, signal, from = [], bundle } = options;
	const missing = await missingIn(cache, files);
	const queue = new Map(missing.map((file) => [file.url, file]));
	const present = sizeOf(files) - sizeOf(missing);
	const cost = costOf(missing, bundle);
	let arrived = 0;
	const added: string[] = [];
	let failure: unknown;
	const report = () => {
		// A file counts for its share of what all of them cost: in a bundle, less than by itself.
		const share = missing.length > 0 ? arrived / sizeOf(missing) : 1;
		onProgress(present + Math.round(cost * share), present + cost);
	};
	report();

	const put = async (file: FileRef, response: Response) => {
		try {
			await cache.put(file.url, response);
		} catch (thrown) {
			throw fullAsProblem(thrown);
		}
		added.push(file.url);
		arrived += file.bytes;
		report();
	};
	const attempt = async (work: () => Promise<void>) => {
		try {
			signal?.throwIfAborted();
			await work();
		} catch (thrown) {
			failure ??= thrown;
		}
	};
	const carry = async (mayTake: (file: FileRef) => boolean) => {
		for (const file of queue.values()) {
			if (failure !== undefined) return;
			if (!mayTake(file) || !queue.delete(file.url)) continue;
			await attempt(async () =>
				put(file, (await copyOf(file, from)) ?? (await insist(world, file, options)))
			);
		}
	};
	const carryAll = (mayTake: (file: FileRef) => boolean) =>
		Promise.all(Array.from({ length: atOnce }, () => carry(mayTake)));

	if (bundle && isWorthIt(missing, bundle)) {
		await Promise.all([
			carryAll((file) => !bundle.has(file)),
			attempt(() => unpackInto(world, bundle, queue, put, options))
		]);
	}
	await carryAll(() => true);
	if (isFull(failure)) await Promise.all(added.map((url) => cache.delete(url)));
	if (failure !== undefined) throw failure;
	return added;
}

/** Brings what a bundle can; what it does not bring is left to be fetched file by file. */
async function unpackInto(
	world: World,
	bundle: Bundle,
	queue: Map<string, FileRef>,
	put: (file: FileRef, response: Response) => Promise<void>,
	{ signal, silence }: FillOptions
): Promise<void> {
	const take = async (url: string, body: string) => {
		const file = queue.get(url);
		if (!file || !bundle.has(file)) return;
		const response = await verifiedText(file, body);
		await put(file, response);
		queue.delete(url);
	};
	try {
		const sent = bundle.sent ?? sendForBundle(world.fetch, bundle.file, { signal, silence });
		await sent.read(take);
	} catch (thrown) {
		// The bundle is only the quicker way; without it the files still come one by one.
		if (!(thrown instanceof Problem) || isFull(thrown)) throw thrown;
	}
}

const isWorthIt = (missing: FileRef[], { file, has, sent }: Bundle): boolean =>
	// One that has been sent for is paid for.
	sent !== undefined || sizeOf(missing.filter(has)) > file.bytes;

/** Transferred bytes that filling takes when `missing` is not there. */
export const costOf = (missing: FileRef[], bundle: Bundle | undefined): number =>
	bundle && isWorthIt(missing, bundle)
		? bundle.file.bytes + sizeOf(missing.filter((file) => !bundle.has(file)))
		: sizeOf(missing);

/** Those of `files` that `cache` does not hold with the promised bytes. */
export async function missingIn(cache: Cache, files: FileRef[]): Promise<FileRef[]> {
	// The names first: one question to the disk instead of one a file. A visit of somebody who keeps
	// a guide asks this of two hundred files while its page is being drawn.
	const names = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
	const checked = await Promise.all(
		files.map(async (file) => {
			if (!names.has(file.url)) return [file];
			if (isNamedByHash(file)) return [];
			const response = await cache.match(file.url);
			return response?.headers.get(hashHeader) === file.sha256 ? [] : [file];
		})
	);
	return checked.flat();
}

/** Only verified bytes enter a cache: under such a name there can be no others. */
const isNamedByHash = ({ url, sha256 }: FileRef): boolean =>
	url.includes(`.${sha256.slice(0, 10)}.`) || url.startsWith('/_app/immutable/');

/** The sum of the files' transferred bytes. */
export const sizeOf = (files: FileRef[]): number =>
	files.reduce((sum, file) => sum + file.bytes, 0);

async function copyOf(file: FileRef, from: Cache[]): Promise<Response | undefined> {
	// A page's policy came as a header and may have changed though its bytes did not: always anew.
	if (file.url.endsWith('.html')) return undefined;
	for (const cache of from) {
		const response = await cache.match(file.url);
		if (response?.headers.get(hashHeader) === file.sha256) return response;
	}
	return undefined;
}

/** A few tries: a lost packet, a server that restarts, and stale bytes in the HTTP cache pass. */
async function insist(world: World, file: FileRef, options: FillOptions): Promise<Response> {
	const { signal, silence = usualSilence } = options;
	const hasHash = /\.[\w-]{8,}\.\w+$|\/immutable\//.test(file.url);
	let cache: RequestCache = hasHash ? 'default' : 'no-cache';
	for (let tries = 0; ; tries++) {
		try {
			return await fetchVerified(world.fetch, file, { signal, silence, cache });
		} catch (thrown) {
			const pause = pauses[tries];
			if (!(thrown instanceof Problem) || pause === undefined || !mayPass(thrown)) throw thrown;
			if (thrown.code === 'pack-broken') {
				if (cache === 'reload') throw thrown;
				cache = 'reload';
			} else await world.pause(pause);
		}
	}
}

function mayPass(problem: Problem): boolean {
	if (problem.code === 'pack-broken') return true;
	const status = Number(problem.values.status);
	return status === 0 || status === 429 || status >= 500;
}

/** Puts a small record beside the files. Throws 'storage-full' when there is no room for it. */
export async function putJson(cache: Cache, url: string, value: unknown): Promise<void> {
	const headers = { 'content-type': 'application/json' };
	try {
		await cache.put(url, new Response(JSON.stringify(value), { headers }));
	} catch (thrown) {
		throw fullAsProblem(thrown);
	}
}

/** The browser's own "no room" as the Problem that it is; anything else as it was. */
export const fullAsProblem = (thrown: unknown): unknown =>
	thrown instanceof Error && thrown.name === 'QuotaExceededError'
		? new Problem('storage-full', {}, thrown)
		: thrown;

export const isFull = (thrown: unknown): boolean =>
	thrown instanceof Problem && thrown.code === 'storage-full';
