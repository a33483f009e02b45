/**
 * A verified file: fetched, and proven to be the very bytes that its list promised. Only such a file
 * may enter a cache: an old list against a newer server, or a captive portal, would otherwise store
 * a stranger's bytes under a good name, for good (F-24, F-26).
 */
import type { FileRef } from '#lib/model/guide.ts';
import { hashDigits } from '#lib/model/hash-digits.ts';
import { Problem } from '#lib/model/problem.ts';
import { deadline } from './fetch.ts';

type Fetch = typeof fetch;

/** Set on every cached response; comparing it is enough, because nothing else writes these caches. */
export const hashHeader = 'x-content-sha256';

/** Milliseconds without a single byte before a request counts as dead. A slow link is not dead. */
export const silence = 20_000;

export type VerifyOptions = { signal?: AbortSignal; silence?: number; cache?: RequestCache };

/**
 * The file as a response for the cache. Throws a Problem: 'pack-unreachable' (no answer, a status
 * other than 200, a page where a file should be; `values.status` 0 for no answer), 'pack-broken'
 * (other bytes than promised). An abort by `signal` throws its reason.
 */
export async function fetchVerified(
	fetch: Fetch,
	file: FileRef,
	{ signal, silence: ms = silence, cache = 'default' }: VerifyOptions = {}
): Promise<Response> {
	const { url } = file;
	const limit = deadline(ms, signal);
	try {
		const response = await fetch(url, { signal: limit.signal, cache });
		if (response.status !== 200) {
			throw new Problem('pack-unreachable', { url, status: response.status });
		}
		const type = response.headers.get('content-type') ?? '';
		if (!isTypeOf(url, type)) throw new Problem('pack-unreachable', { url, status: 200, type });
		limit.touch();
		const body = await bytesOf(response, limit.touch);
		await verify(file, body);
		return kept(response, body, file.sha256);
	} catch (thrown) {
		if (thrown instanceof Problem) throw thrown;
		signal?.throwIfAborted();
		throw new Problem('pack-unreachable', { url, status: 0 }, thrown);
	} finally {
		limit.clear();
	}
}

async function verify({ url, sha256 }: FileRef, body: BufferSource): Promise<void> {
	const found = hex(await crypto.subtle.digest('SHA-256', body));
	if (sha256.length < hashDigits || !found.startsWith(sha256))
		throw new Problem('pack-broken', { url, expected: sha256, found });
}

const typesOfText: Record<string, string> = {
	js: 'text/javascript; charset=utf-8',
	css: 'text/css; charset=utf-8',
	json: 'application/json',
	svg: 'image/svg+xml',
	webmanifest: 'application/manifest+json'
};

/** Whether a file can do without headers of its own: a page's policy comes as one. */
export const isPlainText = (url: string): boolean => endingOf(url) in typesOfText;

/** A text that came in a bundle, as a response for the cache. Throws 'pack-broken'. */
export async function verifiedText(file: FileRef, text: string): Promise<Response> {
	const body = new TextEncoder().encode(text);
	await verify(file, body);
	const type = typesOfText[endingOf(file.url)] ?? 'text/plain; charset=utf-8';
	const headers = { 'content-type': type, [hashHeader]: file.sha256 };
	return new Response(body, { headers });
}

const endingOf = (url: string): string => /\.(\w+)$/.exec(url)?.[1] ?? '';

const types: Record<string, RegExp> = {
	html: /^text\/html\b/i,
	js: /\bjavascript\b/i,
	css: /^text\/css\b/i,
	json: /\bjson\b/i,
	svg: /^image\/svg/i,
	png: /^image\/png\b/i,
	// Static hosts that do not know the ending send it as plain JSON or as unnamed bytes.
	webmanifest: /\b(json|octet-stream)\b/i
};

function isTypeOf(url: string, type: string): boolean {
	const known = types[endingOf(url)];
	return known ? known.test(type) : !types.html!.test(type);
}

/** Reads the body piece by piece, so that `arrived` can tell a slow link from a dead one. */
async function bytesOf(response: Response, arrived: () => void): Promise<ArrayBuffer> {
	if (!response.body) return response.arrayBuffer();
	const reader = response.body.getReader();
	const pieces: Uint8Array[] = [];
	for (let next = await reader.read(); !next.done; next = await reader.read()) {
		arrived();
		pieces.push(next.value);
	}
	const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
	let at = 0;
	for (const piece of pieces) {
		whole.set(piece, at);
		at += piece.length;
	}
	return whole.buffer;
}

const hex = (buffer: ArrayBuffer): string =>
	Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');

const pageHeaders = [
	'content-security-policy',
	'cross-origin-opener-policy',
	'permissions-policy',
	'referrer-policy',
	'x-content-type-options'
];

/**
 * Made anew, not the network's own response: that one may carry `redirected` (a browser refuses it
 * as the answer to a navigation), `Vary`, or an encoding that its body no longer has.
 */
function kept(response: Response, body: ArrayBuffer, sha256: string): Response {
	const type = response.headers.get('content-type') ?? '';
	const headers = new Headers({ 'content-type': type, [hashHeader]: sha256 });
	for (const name of types.html!.test(type) ? pageHeaders : []) {
		const value = response.headers.get(name);
		if (value) headers.set(name, value);
	}
	return new Response(body, { status: 200, headers });
}
