/**
 * A request that ends: the one way in which the app reads JSON from its own origin.
 *
 * To a browser a server that never answers is not "offline", and a captive portal that answers 200
 * with a log-in page is a success. Here both are a Problem after a bounded time.
 */
import type { FileRef } from '#lib/model/guide.ts';
import { Problem } from '#lib/model/problem.ts';

type Fetch = typeof fetch;

/** Milliseconds that a person waits for a small file before the app says that the network is gone. */
export const patience = 15_000;
/** Milliseconds that a question to the server may take where an answer from the device exists. */
export const shortPatience = 8_000;

export type JsonOptions = {
	/** Milliseconds for the whole answer, head and body. */
	timeout?: number;
	signal?: AbortSignal;
	/** Asks the server even where the HTTP cache has an answer; unchanged costs a 304. */
	fresh?: boolean;
};

/**
 * The parsed JSON at `ref`. Throws a Problem: 'pack-unreachable' for no answer in time, a status
 * other than 200 (its number is in `values.status`) or something that is not JSON by its type (a
 * captive portal); 'pack-broken' for a body that does not parse. An abort by `signal` throws its reason.
 */
export async function fetchJson(
	fetch: Fetch,
	ref: FileRef | string,
	{ timeout = patience, signal, fresh = false }: JsonOptions = {}
): Promise<unknown> {
	const url = typeof ref === 'string' ? ref : ref.url;
	const limit = deadline(timeout, signal);
	try {
		const response = await fetch(url, {
			signal: limit.signal,
			...(fresh ? { cache: 'no-cache' as const } : {})
		});
		if (response.status !== 200) {
			throw new Problem('pack-unreachable', { url, status: response.status });
		}
		const type = response.headers.get('content-type') ?? '';
		if (!/\bjson\b/i.test(type)) throw new Problem('pack-unreachable', { url, type });
		return parsed(url, await response.text());
	} catch (thrown) {
		if (thrown instanceof Problem) throw thrown;
		signal?.throwIfAborted();
		throw new Problem('pack-unreachable', { url, status: 0 }, thrown);
	} finally {
		limit.clear();
	}
}

function parsed(url: string, text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (thrown) {
		throw new Problem('pack-broken', { url }, thrown);
	}
}

export type Deadline = {
	signal: AbortSignal;
	/** Something arrived: the time starts again; from then on with another patience where it is given. */
	touch: (ms?: number) => void;
	clear: () => void;
};

/**
 * A signal that aborts after `ms` without `touch`, or when `outer` does. Call `clear` in the end.
 * (`AbortSignal.any` would say it in a line, and came with Chrome 116 and Safari 17.4.)
 */
export function deadline(ms: number, outer?: AbortSignal): Deadline {
	const controller = new AbortController();
	let limit = ms;
	const late = () => controller.abort(new DOMException(`no answer in ${limit} ms`, 'TimeoutError'));
	const left = () => controller.abort(outer?.reason);
	let timer = setTimeout(late, ms);
	if (outer?.aborted) left();
	outer?.addEventListener('abort', left, { once: true });
	return {
		signal: controller.signal,
		touch: (ms = limit) => {
			clearTimeout(timer);
			limit = ms;
			timer = setTimeout(late, limit);
		},
		clear: () => {
			clearTimeout(timer);
			outer?.removeEventListener('abort', left);
		}
	};
}
