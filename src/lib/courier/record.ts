/**
 * The record: which guides this device keeps, in which language and edition, and which it is in the
 * middle of fetching. It lies in the cache, where the worker can read it too.
 *
 * It is written last, so a guide that it calls kept was whole at that moment.
 */
import type { FileRef, Lang, Manifest, ManifestGuide } from '#lib/model/guide.ts';
import { Problem } from '#lib/model/problem.ts';
import { putJson, type World } from './fill.ts';
import { isFileRef, isRecord } from './kept-list.ts';

/** The guides' files, and the last manifest that the server gave. */
export const guidesCache = 'guides';
export const manifestUrl = '/content/manifest.json';
const recordCache = 'kept';
const recordUrl = '/kept-record.json';

export type KeptRecord = {
	guides: ManifestGuide[];
	/** Asked for and not whole yet: a visit that finds some goes on with them. */
	pending: ManifestGuide[];
};

type Where = Pick<World, 'caches'>;

/** The record; an empty one where there is none or it cannot be read. */
export async function readRecord(world: Where): Promise<KeptRecord> {
	const value = await keptJson(world, recordUrl, recordCache);
	if (!isRecord(value)) return { guides: [], pending: [] };
	return { guides: entriesIn(value.guides), pending: entriesIn(value.pending) };
}

async function keptJson({ caches }: Where, url: string, cacheName: string): Promise<unknown> {
	try {
		return await (await caches.match(url, { cacheName }))?.json();
	} catch {
		// A cache that the browser cannot read any more is as good as none (F-29).
		return undefined;
	}
}

/** Changes the record; two tabs that do so at once wait for each other. */
export async function changeRecord(
	world: Where,
	change: (record: KeptRecord) => KeptRecord
): Promise<void> {
	await alone(async () => {
		const cache = await world.caches.open(recordCache);
		await putJson(cache, recordUrl, change(await readRecord(world)));
	});
}

async function alone(work: () => Promise<void>): Promise<void> {
	const { locks } = navigator;
	if (locks) await locks.request('kept-record', work);
	else await work();
}

/** The languages whose words and shell page the device needs. */
export const languagesOf = ({ guides, pending }: KeptRecord): Lang[] => [
	...new Set([...guides, ...pending].map((entry) => entry.lang))
];

export const isSame = (a: { id: string; lang: Lang }, b: { id: string; lang: Lang }): boolean =>
	a.id === b.id && a.lang === b.lang;

/** `list` with `entry` in the place of the guide's other edition. */
export const withEntry = (list: ManifestGuide[], entry: ManifestGuide): ManifestGuide[] => [
	...withoutEntry(list, entry),
	entry
];
export const withoutEntry = (
	list: ManifestGuide[],
	entry: { id: string; lang: Lang }
): ManifestGuide[] => list.filter((other) => !isSame(other, entry));

/**
 * The manifest as pages of this device see it: kept guides in the edition that is kept, whatever
 * the server has since; the others as the server last said.
 */
export const pinned = (manifest: Manifest, kept: ManifestGuide[]): Manifest => ({
	guides: [
		...manifest.guides.map((entry) => kept.find((own) => isSame(own, entry)) ?? entry),
		...kept.filter((own) => !manifest.guides.some((entry) => isSame(own, entry)))
	]
});

/** The last manifest that the server gave; an empty one where there is none. */
export async function lastManifest(world: Where): Promise<Manifest> {
	const value = await keptJson(world, manifestUrl, guidesCache);
	return isRecord(value) ? { guides: entriesIn(value.guides) } : { guides: [] };
}

/** Parses a manifest from the network. Throws 'pack-broken' when it is none. */
export function parseManifest(value: unknown): Manifest {
	if (!isRecord(value) || !Array.isArray(value.guides) || !value.guides.every(isEntry)) {
		throw new Problem('pack-broken', { url: manifestUrl });
	}
	return { guides: value.guides };
}

const entriesIn = (value: unknown): ManifestGuide[] =>
	Array.isArray(value) ? value.filter(isEntry) : [];

// The compiler is the only maker of entries; what is checked is what could lead astray.
const isEntry = (value: unknown): value is ManifestGuide =>
	isRecord(value) &&
	typeof value.id === 'string' &&
	typeof value.lang === 'string' &&
	isContentRef(value.index) &&
	isContentRef(value.bundle);

/** Whether a value is the reference to a compiled file. */
export const isContentRef = (value: unknown): value is FileRef =>
	isFileRef(value) && value.url.startsWith('/content/');
