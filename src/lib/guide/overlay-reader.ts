/**
 * Reading with the overlay of this browser: every file of the packs is changed as it comes in, so that
 * each screen sees the same. Loaded only where an overlay is on (`packs.ts`).
 */
import type { GuideIndex, Lang, Manifest, Outline, Section, Topic } from '#lib/model/guide.ts';
import { Problem } from '#lib/model/problem.ts';
import {
	addedDocs,
	addedSection,
	overlaidEntry,
	overlaidIndex,
	overlaidOutline,
	overlaidSection,
	overlaidTitles,
	overlaidTopic,
	pieceName,
	type GuideOverlay,
	type Overlay
} from './overlay.ts';
import type { ReadJson } from './packs.ts';
import type { TitlesFile } from './search-files.ts';
import { PieceMaker, sectionDoc, topicDocs } from './search-piece.ts';

const manifestUrl = '/content/manifest.json';

/** Makes readers with the overlay. A guide of another edition than the overlay's is read as it is. */
export function overlaidReading(
	active: () => Promise<Overlay | undefined>
): (read: ReadJson) => ReadJson {
	let fitting: Promise<Overlay['guides']> | undefined;
	// A file that was read once is the same object ever after, with the overlay as without.
	const made = new WeakMap<object, unknown>();
	return (read) => async (url) => {
		fitting ??= fits(read, active).catch((thrown: unknown) => {
			fitting = undefined;
			throw thrown;
		});
		const guides = await fitting;
		const added = /^overlay:([^/]+)\/([^/]+)\/(.+)$/.exec(url);
		if (added) {
			const [, guide = '', lang = '', name = ''] = added;
			const overlay = Object.hasOwn(guides, guide) ? guides[guide] : undefined;
			const value = overlay && addedFile(guide, overlay, lang, name);
			if (value === undefined) throw new Problem('pack-broken', { url });
			return value;
		}
		const value = await read(url);
		if (typeof value !== 'object' || value === null) return value;
		if (!made.has(value)) made.set(value, overlaid(url, value, guides));
		return made.get(value);
	};
}

/** The guides that the overlay was written for as they are now. */
async function fits(
	read: ReadJson,
	active: () => Promise<Overlay | undefined>
): Promise<Overlay['guides']> {
	const overlay = await active();
	if (!overlay) return {};
	const manifest = (await read(manifestUrl)) as Manifest;
	return Object.fromEntries(
		Object.entries(overlay.guides).filter(([id, { edition }]) =>
			manifest.guides.some((guide) => guide.id === id && guide.edition === edition)
		)
	);
}

// The compiler is the only maker of these files: what one is shows in what it has.
function overlaid(url: string, value: object, guides: Overlay['guides']): unknown {
	if (url.startsWith(manifestUrl)) {
		const manifest = value as Manifest;
		return {
			...manifest,
			guides: manifest.guides.map((entry) =>
				Object.hasOwn(guides, entry.id) ? overlaidEntry(entry, guides[entry.id]!) : entry
			)
		};
	}
	const [, guide = '', lang = ''] = /^\/content\/([^/]+)\/([^/]+)\//.exec(url) ?? [];
	const overlay = Object.hasOwn(guides, guide) ? guides[guide] : undefined;
	if (!overlay) return value;
	if ('parts' in value && 'search' in value) return overlaidIndex(value as GuideIndex, overlay);
	if ('html' in value) return overlaidSection(value as Section, overlay);
	if ('questions' in value && 'hints' in value) return overlaidTopic(value as Topic, overlay, lang);
	if ('chapters' in value) return overlaidOutline(value as Outline, overlay);
	if ('groups' in value) return overlaidTitles(value as TitlesFile, overlay, lang);
	return value;
}

function addedFile(guide: string, overlay: GuideOverlay, lang: Lang, name: string): unknown {
	if (name !== pieceName) return addedSection(overlay, name, lang);
	const { sections, ...topic } = addedDocs(overlay, lang);
	const maker = new PieceMaker(guide);
	for (const doc of [...sections.map(sectionDoc), ...topicDocs(topic)]) maker.add(doc);
	return maker.finish();
}
