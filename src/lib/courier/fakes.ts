/**
 * Fakes for the tests of keeping: a cache storage in memory with a size, and a server whose files
 * can be changed, broken, stopped, and counted.
 */
import { createHash } from 'node:crypto';
import { lineOf } from '#lib/model/bundle-line.ts';
import type { FileRef, GuideIndex, Manifest, ManifestGuide } from '#lib/model/guide.ts';
import type { World } from './fill.ts';
import type { KeptFile } from './kept-list.ts';

const origin = 'https://app.test';
const nameOf = (request: RequestInfo | URL): string => {
	const { pathname, search } = new URL(
		request instanceof Request ? request.url : String(request),
		origin
	);
	return pathname + search;
};

class FakeCache implements Cache {
	readonly entries = new Map<string, Response>();
	readonly #disk: { room: number };

	constructor(disk: { room: number }) {
		this.#disk = disk;
	}
	async match(request: RequestInfo | URL) {
		return this.entries.get(nameOf(request))?.clone();
	}
	async put(request: RequestInfo | URL, response: Response) {
		const name = nameOf(request);
		if (!this.entries.has(name)) {
			if (this.#disk.room < 1) throw new DOMException('no room', 'QuotaExceededError');
			this.#disk.room--;
		}
		this.entries.set(name, response);
	}
	async delete(request: RequestInfo | URL) {
		const isGone = this.entries.delete(nameOf(request));
		if (isGone) this.#disk.room++;
		return isGone;
	}
	async keys() {
		return [...this.entries.keys()].map((name) => new Request(origin + name));
	}
	add = unused;
	addAll = unused;
	matchAll = unused;
}

export class FakeCaches implements CacheStorage {
	readonly all = new Map<string, FakeCache>();
	/** How many more files fit. */
	room = Infinity;

	async open(name: string) {
		if (!this.all.has(name)) this.all.set(name, new FakeCache(this));
		return this.all.get(name)!;
	}
	async has(name: string) {
		return this.all.has(name);
	}
	async delete(name: string) {
		return this.all.delete(name);
	}
	async keys() {
		return [...this.all.keys()];
	}
	async match(request: RequestInfo | URL, options?: MultiCacheQueryOptions) {
		if (!options?.cacheName) throw new Error('say which cache');
		return this.all.get(options.cacheName)?.match(request);
	}
	/** The addresses in a cache, sorted. */
	namesIn(name: string): string[] {
		return [...(this.all.get(name)?.entries.keys() ?? [])].sort();
	}
}

function unused(): never {
	throw new Error('not part of what is tested');
}

const types: Record<string, string> = {
	html: 'text/html; charset=utf-8',
	js: 'text/javascript',
	json: 'application/json',
	css: 'text/css',
	png: 'image/png',
	txt: 'text/plain; charset=utf-8'
};

/** A server: address → body. `asked` lists every request in order. */
export class FakeServer {
	readonly files = new Map<string, string>();
	readonly asked: string[] = [];
	/** Most requests that were open at the same time. */
	mostAtOnce = 0;
	#open = 0;
	/** What a guide's bundle costs; 0: it is not to be had, as most tests are about files. */
	bundleBytes = 0;
	/** Answers instead of the files, where it gives something. */
	instead: (name: string) => Promise<Response> | Response | undefined = () => undefined;

	readonly fetch: typeof fetch = async (input, init) => {
		const name = nameOf(input instanceof Request ? input.url : String(input));
		this.asked.push(name);
		this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#open);
		try {
			await new Promise((resolve) => setTimeout(resolve));
			init?.signal?.throwIfAborted();
			const instead = this.instead(name);
			if (instead) return cutBy(init?.signal, await untilAborted(instead, init?.signal));
			const body = this.files.get(name.replace(/\?.*/, ''));
			if (body === undefined) return new Response('none', { status: 404 });
			const type = types[/\.(\w+)(\?|$)/.exec(name)?.[1] ?? ''] ?? 'text/plain';
			return new Response(body, { headers: { 'content-type': type } });
		} finally {
			this.#open--;
		}
	};

	/** Puts a file of the app there. */
	file(url: string, body: string, lang?: string): KeptFile {
		this.files.set(url, body);
		return { ...refTo(url, body), ...(lang ? { lang } : {}) };
	}

	/** Puts a compiled file there, its hash in its name. */
	content(name: string, value: unknown): FileRef {
		const body = JSON.stringify(value);
		const ref = refTo(`/content/${name}.${sha256(body).slice(0, 10)}.json`, body);
		this.files.set(ref.url, body);
		return ref;
	}

	/** Publishes an app. Its files are those given, in place of any before. */
	app(version: string, files: KeptFile[], more: object = {}): void {
		this.files.set('/kept.json', JSON.stringify({ version, files, ...more }));
	}

	/** Puts a bundle of files there that are there already; it costs `bytes` to fetch. */
	bundle(url: string, files: FileRef[], bytes: number): FileRef {
		const lines = files.map((file) => lineOf(file.url, this.files.get(file.url)!));
		if (bytes > 0) this.files.set(url, lines.join(''));
		return { ...refTo(url, lines.join('')), bytes: bytes || 1e9 };
	}

	/** Publishes guides: `<lang>/<guide>` → section → text. */
	guides(texts: Record<string, Record<string, string>>): ManifestGuide[] {
		const guides = Object.entries(texts).map(([name, sections]) => this.#guide(name, sections));
		const manifest: Manifest = { guides };
		this.files.set('/content/manifest.json', JSON.stringify(manifest));
		return guides;
	}

	#guide(name: string, sections: Record<string, string>): ManifestGuide {
		const [lang = '', id = ''] = name.split('/');
		const files = Object.entries(sections).map(([section, text]) => ({
			id: section,
			title: section,
			lang,
			file: this.content(`${id}/${section}`, text)
		}));
		const terms = this.content(`${id}/terms`, []);
		const index: Partial<GuideIndex> = {
			id,
			lang,
			parts: [{ id: 'one', title: 'One', sections: files }],
			terms
		};
		const ref = this.content(`${id}/${lang}/index`, index);
		const all = [ref, ...files.map(({ file }) => file), terms];
		return {
			id,
			lang,
			edition: '1',
			title: id,
			summary: '',
			audience: '',
			accent: 'blue',
			sections: files.length,
			questions: 0,
			measures: 0,
			terms: 0,
			index: ref,
			bundle: this.bundle(`/content/${id}/${lang}/bundle.txt`, all, this.bundleBytes)
		};
	}
}

export const sha256 = (body: string): string => createHash('sha256').update(body).digest('hex');
const refTo = (url: string, body: string): FileRef => ({
	url,
	sha256: sha256(body),
	bytes: body.length
});

/** A fresh device and server. Pauses take no time. */
export function fakeWorld(): { world: World; caches: FakeCaches; server: FakeServer } {
	const caches = new FakeCaches();
	const server = new FakeServer();
	return { world: { caches, fetch: server.fetch, pause: async () => {} }, caches, server };
}

/** What a captive portal says to everything. */
export const portal = (): Response =>
	new Response('<html>Log in</html>', { headers: { 'content-type': 'text/html' } });

/** A connection that is accepted and never answered. */
export const silent = (): Promise<Response> => new Promise(() => {});

/** A link that is gone. */
export const cut = (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch'));

/** As in a browser: an abort cuts the body, too. */
function cutBy(signal: AbortSignal | null | undefined, response: Response): Response {
	if (!signal || !response.body) return response;
	const body = response.body.pipeThrough(new TransformStream<Uint8Array, Uint8Array>(), { signal });
	return new Response(body, response);
}

function untilAborted(
	answer: Promise<Response> | Response,
	signal: AbortSignal | null | undefined
): Promise<Response> {
	const aborted = new Promise<never>((_, reject) =>
		signal?.addEventListener('abort', () => reject(signal.reason))
	);
	return Promise.race([Promise.resolve(answer), aborted]);
}

/** A body of which the first half comes, and then nothing more. */
export const stalled = (half: string, type: string): Response => {
	const body = new ReadableStream({ start: (out) => out.enqueue(new TextEncoder().encode(half)) });
	return new Response(body, { headers: { 'content-type': type } });
};
