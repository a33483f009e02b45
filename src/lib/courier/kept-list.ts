/**
 * The kept list: `/kept.json`, which the build writes, and which says what of the app a device keeps.
 * (The guides' files are not in it: they have their own manifest.)
 */
import type { FileRef, Lang } from '#lib/model/guide.ts';
import { hashDigits } from '#lib/model/hash-digits.ts';
import { Problem } from '#lib/model/problem.ts';
import { fetchJson, patience } from './fetch.ts';
import type { Bundle } from './bundle.ts';
import { costOf, missingIn, putJson, type World } from './fill.ts';
import { isPlainText } from './verified.ts';

/** A file of the app. With `lang`: needed in that language only (its words, its shell page). */
export type KeptFile = FileRef & { lang?: Lang };
export type KeptList = {
	version: string;
	files: KeptFile[];
	/** Per language: the texts among the files in one, for a device that has none of them yet. */
	bundles: Record<Lang, FileRef>;
	/** Versions that the operator has withdrawn: a device drops them within one visit (F-28). */
	disabled: string[];
};

/** Where a version's own list lies in its cache. It is put there last: with it, the version is whole. */
export const wholeMark = '/kept-whole.json';
const prefix = 'app-';
export const appCache = (version: string): string => `${prefix}${version}`;
export const isAppCache = (name: string): boolean => name.startsWith(prefix);
export const shellOf = (lang: Lang): string => `/${lang}/shell.html`;

/** Parses a kept list. Throws 'pack-broken' for anything else. */
export function parseKeptList(value: unknown): KeptList {
	if (!isRecord(value) || !isVersion(value.version) || !Array.isArray(value.files)) {
		throw new Problem('pack-broken', { url: '/kept.json' });
	}
	return {
		version: value.version,
		files: value.files.map(parseFile),
		bundles: isRecord(value.bundles) ? bundlesIn(value.bundles) : {},
		disabled: Array.isArray(value.disabled) ? value.disabled.filter(isVersion) : []
	};
}

/** The list as the server has it now. Throws what `fetchJson` throws. */
export async function fetchKeptList(
	world: Pick<World, 'fetch'>,
	timeout = patience,
	signal?: AbortSignal
): Promise<KeptList> {
	return parseKeptList(
		await fetchJson(world.fetch, '/kept.json', { timeout, signal, fresh: true })
	);
}

/** What a device keeps that uses the app in `languages`. */
export const filesFor = (list: KeptList, languages: Lang[]): KeptFile[] =>
	list.files.filter((file) => file.lang === undefined || languages.includes(file.lang));

/** The bundle for a device that uses the app in `languages`: of the first of them. */
export function bundleFor(list: KeptList, [lang]: Lang[]): Bundle | undefined {
	const file = lang === undefined ? undefined : list.bundles[lang];
	const has = ({ url, lang: own }: KeptFile) => isPlainText(url) && (!own || own === lang);
	return file && { file, has };
}

/** The list of a version that is whole on this device, or undefined. */
export async function wholeList(
	world: Pick<World, 'caches'>,
	version: string
): Promise<KeptList | undefined> {
	const cacheName = appCache(version);
	const response = await world.caches.match(wholeMark, { cacheName });
	return response ? parseKeptList(await response.json()) : undefined;
}

/** Marks a version as whole. Call it when all its files are there, and not before. */
export const markWhole = (cache: Cache, list: KeptList): Promise<void> =>
	putJson(cache, wholeMark, list);

/** Transferred bytes of the app that this device would still have to fetch. */
export async function appBytesMissing(
	world: Pick<World, 'caches'>,
	list: KeptList,
	languages: Lang[]
): Promise<number> {
	const files = filesFor(list, languages);
	const name = appCache(list.version);
	const isNew = !(await world.caches.has(name));
	const missing = isNew ? files : await missingIn(await world.caches.open(name), files);
	return costOf(missing, bundleFor(list, languages));
}

const bundlesIn = (value: Record<string, unknown>): Record<Lang, FileRef> =>
	Object.fromEntries(
		Object.entries(value).flatMap(([lang, file]) => (isFileRef(file) ? [[lang, file]] : []))
	);

function parseFile(value: unknown): KeptFile {
	const lang = isRecord(value) ? value.lang : undefined;
	if (!isFileRef(value) || /^\/(api|content)\//.test(value.url)) {
		throw new Problem('pack-broken', { url: '/kept.json', found: JSON.stringify(value) });
	}
	const { url, sha256, bytes } = value;
	return { url, sha256, bytes, ...(typeof lang === 'string' ? { lang } : {}) };
}

const hashForm = new RegExp(`^[0-9a-f]{${hashDigits},64}$`);

/** Whether a value names a file of this origin by path, hash and size. */
export function isFileRef(value: unknown): value is FileRef {
	if (!isRecord(value)) return false;
	const { url, sha256, bytes } = value;
	return (
		typeof url === 'string' &&
		/^\/(?!\/)[^\\?#]+$/.test(url) &&
		typeof sha256 === 'string' &&
		hashForm.test(sha256) &&
		typeof bytes === 'number' &&
		bytes >= 0
	);
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const isVersion = (value: unknown): value is string =>
	typeof value === 'string' && /^[\w.-]{1,80}$/.test(value);
