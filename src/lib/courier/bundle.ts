/**
 * A bundle: many text files in one, a line each (`model/bundle-line.ts`), for whoever has none of them yet.
 * It spares a round trip and a compression dictionary per file. What is broken off half-way has still
 * brought its first files.
 */
import { fileOn } from '#lib/model/bundle-line.ts';
import type { FileRef } from '#lib/model/guide.ts';
import { Problem } from '#lib/model/problem.ts';
import { deadline } from './fetch.ts';
import { silence as usualSilence } from './verified.ts';

/** A bundle, and which files it can be expected to bring. */
export type Bundle = {
	file: FileRef;
	has: (file: FileRef) => boolean;
	/** Its request, where that has been sent already. */
	sent?: SentBundle;
};
export type SentBundle = {
	/**
	 * Hands on each file as it comes, one after the other. The bodies are nobody's word: `take`
	 * compares them with the hash that it knows, and its Problems end the reading. Throws those,
	 * 'pack-unreachable' for what is no bundle or breaks off, or the signal's reason.
	 */
	read: (take: (url: string, body: string) => Promise<void>) => Promise<void>;
	/** Ends a request that nobody is going to read. */
	drop: () => void;
};
type Options = { signal?: AbortSignal; silence?: number };

/** Asks for a bundle. Nothing is thrown before it is read. */
export function sendForBundle(
	fetch: typeof globalThis.fetch,
	{ url }: FileRef,
	{ signal, silence = usualSilence }: Options = {}
): SentBundle {
	const limit = deadline(silence, signal);
	// Not through the HTTP cache: its files lie in ours, and nobody asks for it twice.
	const answer = fetch(url, { signal: limit.signal, cache: 'no-store' });
	answer.catch(() => {});
	return {
		drop: () => {
			limit.clear();
			answer.then((response) => response.body?.cancel()).catch(() => {});
		},
		read: async (take) => {
			try {
				const response = await answer;
				const type = response.headers.get('content-type') ?? '';
				if (response.status !== 200 || !/^text\/plain\b/i.test(type) || !response.body) {
					throw new Problem('pack-unreachable', { url, status: response.status, type });
				}
				await readLines(response.body, limit.touch, (line) => {
					const file = fileOn(line);
					if (!file) throw new Problem('pack-broken', { url, found: line.slice(0, 80) });
					return take(file.url, file.body);
				});
			} catch (thrown) {
				if (thrown instanceof Problem) throw thrown;
				signal?.throwIfAborted();
				throw new Problem('pack-unreachable', { url, status: 0 }, thrown);
			} finally {
				limit.clear();
			}
		}
	};
}

async function readLines(
	body: ReadableStream<Uint8Array<ArrayBuffer>>,
	arrived: () => void,
	take: (line: string) => Promise<void>
): Promise<void> {
	const reader = body.getReader();
	const decoder = new TextDecoder();
	let rest = '';
	for (let next = await reader.read(); !next.done; next = await reader.read()) {
		const lines = (rest + decoder.decode(next.value, { stream: true })).split('\n');
		rest = lines.pop() ?? '';
		for (const line of lines) {
			// Writing to a slow disk is not the silence of a server, either.
			arrived();
			await take(line);
		}
		arrived();
	}
}
