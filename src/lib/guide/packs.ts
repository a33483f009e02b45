/**
 * Where packs come from: the disk while pages are prerendered, the network (or what the device
 * keeps) in the browser. The rest of `guide/` takes plain values.
 */
import { fetchJson } from '#lib/courier/fetch.ts';
import type {
	Assessment,
	FileRef,
	GuideIndex,
	Indicator,
	Lang,
	Manifest,
	Outline,
	Owner,
	Section,
	Terms,
	Topic
} from '#lib/model/guide.ts';
import { Problem } from '#lib/model/problem.ts';
import { isOverlayOn } from './overlay-flag.ts';

/** Gives the parsed JSON at an absolute path of this origin, or throws a Problem. */
export type ReadJson = (url: string) => Promise<unknown>;
type Fetch = typeof fetch;

const cache = new Map<string, Promise<unknown>>();

/** With the overlay of this browser; made once, so that a file stays the same object. */
let overlaid: Promise<(read: ReadJson) => ReadJson> | undefined;

/** A reader for `load` functions: pass SvelteKit's own `fetch`. It reads with the browser's overlay. */
export function packReader(fetch: Fetch): ReadJson {
	const plain = plainReader(fetch);
	if (!isOverlayOn()) return plain;
	return async (url) => (await (overlaid ??= openOverlay()))(plain)(url);
}

async function openOverlay(): Promise<(read: ReadJson) => ReadJson> {
	const [{ overlaidReading }, { readKeptOverlay }] = await Promise.all([
		import('./overlay-reader.ts'),
		import('#lib/store/overlay.ts')
	]);
	// A store that will not open must not keep anybody from reading: the guide is shown as it is.
	return overlaidReading(() => readKeptOverlay().catch(() => undefined));
}

/** The same without an overlay: what an overlay is checked against. */
export function plainReader(fetch: Fetch): ReadJson {
	if (import.meta.env.SSR) return readDisk;
	return (url) => {
		// A hash in the name: what was read once is right for ever.
		const isFixed = /\.[0-9a-f]{10}\.json$/.test(url);
		const known = isFixed ? cache.get(url) : undefined;
		if (known) return known;
		const reading = fetchJson(fetch, url);
		if (isFixed) {
			cache.set(url, reading);
			reading.catch(() => cache.delete(url));
		}
		return reading;
	};
}

async function readDisk(url: string): Promise<unknown> {
	const { diskPacks } = await import('./packs-disk.ts');
	const body = diskPacks().files.get(url);
	if (body === undefined) throw new Problem('pack-broken', { url });
	return JSON.parse(body);
}

export const readManifest = (read: ReadJson): Promise<Manifest> =>
	read('/content/manifest.json') as Promise<Manifest>;

/** Where the index of `guide` in `lang` is. Throws 'pack-broken' where there is no such guide. */
export async function indexRef(read: ReadJson, lang: Lang, guide: string): Promise<FileRef> {
	const manifest = await readManifest(read);
	const entry = manifest.guides.find((g) => g.id === guide && g.lang === lang);
	if (!entry) throw new Problem('pack-broken', { url: `${lang}/${guide}` });
	return entry.index;
}

/** The contents of `guide` in `lang`. */
export async function readIndex(read: ReadJson, lang: Lang, guide: string): Promise<GuideIndex> {
	try {
		return (await read((await indexRef(read, lang, guide)).url)) as GuideIndex;
	} catch (thrown) {
		if (!(thrown instanceof Problem) || thrown.code !== 'pack-unreachable') throw thrown;
		// A guide that is not kept may stand in an older manifest on the device: the server knows better.
		const { guides } = (await read('/content/manifest.json?fresh')) as Manifest;
		const entry = guides.find((one) => one.id === guide && one.lang === lang);
		if (!entry) throw thrown;
		return (await read(entry.index.url)) as GuideIndex;
	}
}

export function readSection(read: ReadJson, index: GuideIndex, id: string): Promise<Section> {
	const ref = index.parts.flatMap((p) => p.sections).find((s) => s.id === id);
	if (!ref) throw new Problem('pack-broken', { url: id });
	return read(ref.file.url) as Promise<Section>;
}

export async function readAssessment(read: ReadJson, index: GuideIndex): Promise<Assessment> {
	const topics = await Promise.all(index.topics.map((t) => read(t.file.url) as Promise<Topic>));
	return { guide: index.id, topics };
}

export const readTerms = (read: ReadJson, index: GuideIndex): Promise<Terms> =>
	read(index.terms.url) as Promise<Terms>;

export const readOutline = (read: ReadJson, index: GuideIndex): Promise<Outline> =>
	read(index.outline.url) as Promise<Outline>;

/** The indicators of the guide in its own order; none where the guide has none. */
export const readIndicators = async (read: ReadJson, index: GuideIndex): Promise<Indicator[]> =>
	index.indicators ? ((await read(index.indicators.url)) as Indicator[]) : [];

/** An owner in the words of the guide's language; its id where an older pack has no words. */
export const ownerName = (index: Pick<GuideIndex, 'owners'>, owner: Owner): string =>
	index.owners?.[owner] ?? owner;

export const readFileRef = (read: ReadJson, ref: FileRef): Promise<unknown> => read(ref.url);
