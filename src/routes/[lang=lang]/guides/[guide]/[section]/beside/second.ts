/**
 * The second language of a page: which one was chosen, what it costs, and its text.
 *
 * A section of a kept guide comes from the device. Any other is fetched only once the person has
 * agreed to what it costs, for this visit.
 */
import { packReader, readIndex, readManifest, readSection } from '#lib/guide/packs.ts';
import type { Contents, Lang, Section } from '#lib/model/guide.ts';
import { offline } from '#lib/state/offline.svelte.ts';

/** missing: the guide has no such text in that language. costs: bytes that have to be fetched. */
export type Found =
	{ state: 'text'; section: Section } | { state: 'missing' } | { state: 'costs'; bytes: number };

const agreed = new Set<string>();

/** The section `own` of the guide in `lang`. Throws the Problems of `guide/packs.ts`. */
export async function second(
	index: Contents,
	own: Section,
	lang: Lang,
	mayFetch: boolean
): Promise<Found> {
	const read = packReader(fetch);
	const visit = `${lang}/${index.id}`;
	if (mayFetch) agreed.add(visit);
	await offline.start();
	const isKept = /ready$/.test(offline.guide(index.id, lang).state);
	if (!isKept && !agreed.has(visit)) {
		const { guides } = await readManifest(read);
		const entry = guides.find((guide) => guide.id === index.id && guide.lang === lang);
		if (!entry) return { state: 'missing' };
		// The text itself is named by that language's index alone: one's own tells how long it is, and
		// a section is sent in two fifths of its length.
		const about = Math.round(0.4 * JSON.stringify(own).length);
		return { state: 'costs', bytes: entry.index.bytes + about };
	}
	const other = await readIndex(read, lang, index.id);
	const ref = other.parts.flatMap((part) => part.sections).find((one) => one.id === own.id);
	if (ref?.lang !== lang) return { state: 'missing' };
	return { state: 'text', section: await readSection(read, other, own.id) };
}
