/**
 * Kept guides: a guide in a language is fetched whole, refreshed file by file, and taken away again.
 *
 * All of it happens in the page. The worker only answers from what lies here, so that a download
 * can be watched, stopped and taken up again, and no browser cuts it off as a worker's idle time.
 */
import type { FileRef, Lang, Manifest, ManifestGuide } from '#lib/model/guide.ts';
import { Problem } from '#lib/model/problem.ts';
import { fetchJson, shortPatience } from './fetch.ts';
import { sendForBundle, type Bundle } from './bundle.ts';
import { costOf, fill, isFull, missingIn, putJson, type FillOptions, type World } from './fill.ts';
import { isRecord } from './kept-list.ts';
import { madeOf, makeSearch } from './made.ts';
import {
	changeRecord,
	guidesCache,
	isContentRef,
	isSame,
	lastManifest,
	manifestUrl,
	parseManifest,
	readRecord,
	withEntry,
	withoutEntry
} from './record.ts';

export type GuideName = { id: string; lang: Lang };
/** A newer edition of a kept guide, and the bytes that it takes to have it. */
export type GuideUpdate = GuideName & { bytes: number };

/** An edition to be fetched, and the manifest that named it. */
export type Plan = { entry: ManifestGuide; manifest: Manifest };

/**
 * Asks the server for the edition that it has now and records that it is wanted: from here on the
 * worker installs the guide's language too. Throws 'pack-unreachable' or 'pack-broken'.
 */
export async function planGuide(
	world: World,
	guide: string,
	lang: Lang,
	signal?: AbortSignal
): Promise<Plan> {
	const manifest = await freshManifest(world, signal);
	const entry = manifest.guides.find((g) => isSame(g, { id: guide, lang }));
	if (!entry) throw new Problem('pack-unreachable', { url: `${lang}/${guide}`, status: 404 });
	await changeRecord(world, (r) => ({ ...r, pending: withEntry(r.pending, entry) }));
	return { entry, manifest };
}

/**
 * Fetches what a planned guide lacks on this device; what it shares with the edition before is there.
 * Progress is in transferred bytes. Throws a Problem: 'pack-unreachable', 'pack-broken' (both: plan
 * and call again to go on where it stopped) or 'storage-full' (nothing of this call is left behind,
 * and the guide is no longer wanted). An abort throws the signal's reason.
 */
export async function downloadGuide(
	world: World,
	{ entry }: Plan,
	options: FillOptions = {}
): Promise<void> {
	const cache = await world.caches.open(guidesCache);
	const bundle = bundleOf(entry);
	const added: string[] = [];
	try {
		const isFirst = await isNew(world, cache, entry);
		const index = fill(world, cache, [entry.index], { ...options, onProgress: undefined });
		if (isFirst) {
			// All of it will be wanted: the bundle does not wait for the index, only lets it go first.
			await Promise.race([index, world.pause(50)]);
			bundle.sent = sendForBundle(world.fetch, bundle.file, options);
		}
		await index;
		const named = await contentsOf(cache, entry);
		added.push(...(await fill(world, cache, named.fetched, { ...options, bundle })));
		added.push(...(await makeSearch(cache, named.index, options.signal)));
		await fill(world, cache, named.files, { ...options, onProgress: undefined });
	} catch (thrown) {
		// Without room, going on by itself at the next visit would only fail again.
		bundle.sent?.drop();
		if (isFull(thrown)) {
			await Promise.all(added.map((url) => cache.delete(url)));
			await abandonGuide(world, entry).catch(() => {});
		}
		throw thrown;
	}
}

/** Says that a guide is kept, in this edition. The last step: all that it needs must be there. */
export async function commitGuide(world: World, { entry, manifest }: Plan): Promise<void> {
	await putJson(await world.caches.open(guidesCache), manifestUrl, manifest);
	await changeRecord(world, (record) => ({
		guides: withEntry(record.guides, entry),
		pending: withoutEntry(record.pending, entry)
	}));
}

/** Gives up a download, with what it has brought so far; a kept edition stays as it was. */
export async function abandonGuide(world: World, name: GuideName): Promise<void> {
	await changeRecord(world, (r) => ({ ...r, pending: withoutEntry(r.pending, name) }));
	await sweep(world);
}

/** Takes a guide away, with every file that no other kept guide names. */
export async function removeGuide(world: World, guide: string, lang: Lang): Promise<void> {
	const name = { id: guide, lang };
	await changeRecord(world, (record) => ({
		guides: withoutEntry(record.guides, name),
		pending: withoutEntry(record.pending, name)
	}));
	await sweep(world);
}

/**
 * Asks the server which kept guides have a newer edition. The new index is fetched, as only it says
 * what the rest will cost. Throws 'pack-unreachable' when the server does not answer in 8 s.
 */
export async function checkForUpdates(world: World): Promise<GuideUpdate[]> {
	const manifest = await freshManifest(world);
	const { guides } = await readRecord(world);
	if (guides.length === 0) return [];
	const cache = await world.caches.open(guidesCache);
	await putJson(cache, manifestUrl, manifest);
	const updates: GuideUpdate[] = [];
	for (const kept of guides) {
		const entry = manifest.guides.find((g) => isSame(g, kept));
		if (!entry || entry.index.sha256 === kept.index.sha256) continue;
		await fill(world, cache, [entry.index]);
		const missing = await missingIn(cache, (await contentsOf(cache, entry)).fetched);
		updates.push({ id: entry.id, lang: entry.lang, bytes: costOf(missing, bundleOf(entry)) });
	}
	return updates;
}

/**
 * Guides that are recorded as kept and are not whole any more: the browser took something (F-29).
 * They leave the record, so that no page is led to an index that is gone.
 */
export async function findLost(world: World): Promise<GuideName[]> {
	const { guides } = await readRecord(world);
	const cache = await world.caches.open(guidesCache);
	const lost: ManifestGuide[] = [];
	for (const entry of guides) {
		if ((await missingOf(cache, entry)).length > 0) lost.push(entry);
	}
	for (const entry of lost) {
		await changeRecord(world, (r) => ({ ...r, guides: withoutEntry(r.guides, entry) }));
	}
	return lost.map(({ id, lang }) => ({ id, lang }));
}

/**
 * Deletes the files that no guide names: of those kept, being fetched, or found as an update. To be
 * called when a visit begins, not after an update: pages that are open may still read the old edition.
 */
export async function sweep(world: World): Promise<string[]> {
	const record = await readRecord(world);
	const cache = await world.caches.open(guidesCache);
	const known = (await lastManifest(world)).guides.filter((entry) =>
		record.guides.some((kept) => isSame(kept, entry))
	);
	const named = new Set<string>(record.guides.length > 0 ? [manifestUrl] : []);
	for (const entry of [...record.guides, ...record.pending, ...known]) {
		named.add(entry.index.url);
		for (const file of (await namedBy(cache, entry))?.files ?? []) named.add(file.url);
	}
	const names = (await cache.keys()).map((request) => new URL(request.url).pathname);
	const orphans = names.filter((name) => !named.has(name));
	await Promise.all(orphans.map((name) => cache.delete(name)));
	return orphans;
}

/** The manifest of the server, past every cache. Throws what `fetchJson` and the parser throw. */
export async function freshManifest(
	world: Pick<World, 'fetch'>,
	signal?: AbortSignal
): Promise<Manifest> {
	const url = `${manifestUrl}?fresh`;
	return parseManifest(
		await fetchJson(world.fetch, url, { timeout: shortPatience, signal, fresh: true })
	);
}

/** Every file that an index names, each once, wherever in it; new fields need no change here. */
export function filesIn(value: unknown): FileRef[] {
	const found = new Map<string, FileRef>();
	const look = (part: unknown, depth: number) => {
		if (depth > 12) return;
		if (isContentRef(part)) found.set(part.url, part);
		else if (Array.isArray(part)) part.forEach((item) => look(item, depth + 1));
		else if (isRecord(part)) Object.values(part).forEach((item) => look(item, depth + 1));
	};
	look(value, 0);
	return [...found.values()];
}

async function isNew(world: World, cache: Cache, entry: ManifestGuide): Promise<boolean> {
	const { guides } = await readRecord(world);
	return !guides.some((kept) => isSame(kept, entry)) && !(await cache.match(entry.index.url));
}

const bundleOf = (entry: ManifestGuide): Bundle => ({ file: entry.bundle, has: () => true });

async function missingOf(cache: Cache, entry: ManifestGuide): Promise<FileRef[]> {
	const named = await namedBy(cache, entry);
	return named ? missingIn(cache, named.files) : [entry.index];
}

/** What an edition is made of: its index, all files, and those of them that are not made here. */
type Contents = { index: unknown; files: FileRef[]; fetched: FileRef[] };

/** The index of an edition and all that it names; undefined when the index is not in the cache. */
async function namedBy(cache: Cache, entry: ManifestGuide): Promise<Contents | undefined> {
	const index: unknown = await (await cache.match(entry.index.url))?.json();
	if (index === undefined) return undefined;
	const files = [entry.index, ...filesIn(index)];
	const made = new Set(madeOf(index).map(({ url }) => url));
	return { index, files, fetched: files.filter(({ url }) => !made.has(url)) };
}

async function contentsOf(cache: Cache, entry: ManifestGuide): Promise<Contents> {
	const contents = await namedBy(cache, entry);
	if (!contents) throw new Problem('pack-broken', { url: entry.index.url });
	return contents;
}
