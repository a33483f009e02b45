/**
 * Out of date: which prefilled paragraphs say something that the data no longer says, what they would
 * say now, and taking or keeping each of them by itself (P8).
 *
 * A value is kept once for all paragraphs that were made from it. So a paragraph that somebody took or
 * kept has an entry of its own, `seen:<hash>`: the values that it has been seen with. It goes away once
 * no paragraph waits for a decision about these values any more.
 */
import type { Chapter, ChapterSource } from '#lib/model/workspace.ts';
import { splitBlocks } from './blocks.ts';
import { paragraphsOf } from './markdown.ts';
import { hashOf, sourceReader, type Material, type StaleSource } from './material.ts';
import { fingerprint, isText, madeParagraphs } from './paragraphs.ts';

export type Standing = {
	/** Where it stands in the chapter's Markdown. */
	from: number;
	to: number;
	markdown: string;
	/** What it was made from; empty for a paragraph that is somebody's own. */
	refs: string[];
	/** Made from the data, and neither edited nor accepted. */
	prefilled: boolean;
	stale: StaleSource[];
	/** What the data says now in its place; null where nothing has to be decided. */
	now: string | null;
};

type Of = Pick<Chapter, 'body' | 'sources'>;

/** `fresh`: the chapter as it would be made now; null where the guide's outline does not have it. */
export function standingOf(chapter: Of, material: Material, fresh: Of | null): Standing[] {
	const read = sourceReader(material);
	const made = madeParagraphs(chapter);
	const seen = seenOf(chapter);
	const kept = new Map(chapter.sources.map(({ ref, value }) => [ref, value]));
	const all = placesOf(chapter.body).map((place): Standing => {
		const print = fingerprint(place.markdown);
		const known = made.get(print);
		const refs = known?.refs.filter((ref) => ref !== '') ?? [];
		const changed = refs.flatMap((ref): StaleSource[] => {
			const now = read(ref);
			const value = kept.get(ref) ?? '';
			return now === null || now === value ? [] : [{ ref, value, now }];
		});
		const isSeen = seen.get(print) === valuesOf(refs, read);
		const stale = isSeen ? [] : changed;
		const prefilled = known !== undefined && !known.accepted;
		return { ...place, refs, prefilled, stale, now: null };
	});
	if (!fresh) return all.map((one) => (one.stale.length > 0 ? { ...one, now: one.markdown } : one));
	return withNow(all, fresh, madeParagraphs(chapter));
}

/** Each new paragraph goes to the old one that shares most of its sources. */
function withNow(
	all: Standing[],
	fresh: Of,
	known: ReadonlyMap<string, { refs: string[] }>
): Standing[] {
	const here = new Set(all.map(({ markdown }) => fingerprint(markdown)));
	/** What somebody deleted or rewrote is not offered again. */
	const gone = new Set(
		[...known].filter(([print]) => !here.has(print)).map(([, { refs }]) => refs.join())
	);
	const made = madeParagraphs(fresh);
	const fresher = placesOf(fresh.body).map(({ markdown }) => {
		const print = fingerprint(markdown);
		return { markdown, print, refs: made.get(print)?.refs ?? [] };
	});
	const found = new Map<Standing, typeof fresher>();
	for (const one of fresher) {
		if (here.has(one.print) || one.refs.length === 0 || gone.has(one.refs.join())) continue;
		const best = nearest(one, all);
		if (best) found.set(best, [...(found.get(best) ?? []), one]);
	}
	return all.map((one) => {
		const come = found.get(one) ?? [];
		// The day in a text is no news; other sources are.
		const isCurrent = fresher.some(({ print }) => print === fingerprint(one.markdown));
		const hasMoved =
			one.prefilled && come.some(({ refs }) => isCurrent || refs.join() !== one.refs.join());
		if (one.stale.length === 0 && !hasMoved) return one;
		const print = fingerprint(one.markdown);
		const stays = fresher.filter((fresh) => fresh.print === print || come.includes(fresh));
		return { ...one, now: stays.map(({ markdown }) => markdown).join('\n\n') };
	});
}

/** The paragraph that begins with the same words, and shares most sources. */
function nearest(
	{ markdown, refs }: { markdown: string; refs: string[] },
	all: readonly Standing[]
): Standing | undefined {
	let best: Standing | undefined;
	let most = 0;
	for (const old of all) {
		const shared = old.refs.filter((ref) => refs.includes(ref)).length;
		if (shared === 0) continue;
		const share = shared / new Set([...old.refs, ...refs]).size;
		const score = share + 2 * alike(opening(old.markdown), opening(markdown));
		if (score > most) [best, most] = [old, score];
	}
	return best;
}

/** The words before the first colon: "2 gaps are open in this area". */
const opening = (markdown: string): Set<string> =>
	new Set((/^[^:\n]*/.exec(markdown)?.[0] ?? '').match(/\p{L}+/gu) ?? []);

const alike = (a: Set<string>, b: Set<string>): number =>
	a.size + b.size === 0 ? 1 : (2 * [...a].filter((word) => b.has(word)).length) / (a.size + b.size);

/** The chapter with the present texts of all paragraphs that are out of date. */
export function takeAll(chapter: Of, material: Material, fresh: Of | null): Of {
	const all = standingOf(chapter, material, fresh).filter(({ now }) => now !== null);
	// From the end, so that the places of those before stay true.
	return all.reduceRight((now, one) => takeNow(now, one, fresh, material), chapter);
}

/** The chapter with the present text of one paragraph, or without it where there is none any more. */
export function takeNow(chapter: Of, one: Standing, fresh: Of | null, material: Material): Of {
	if (one.now === null || one.now === one.markdown) return keepOld(chapter, one, material);
	const before = chapter.body.slice(0, one.from);
	const after = chapter.body.slice(one.to);
	const body = one.now === '' ? withoutHole(before, after) : before + one.now + after;
	const read = sourceReader(material);
	const made = fresh ? madeParagraphs(fresh) : new Map<string, { refs: string[] }>();
	const own = fingerprint(one.markdown);
	const sources = chapter.sources.filter(({ ref }) => !isEntryOf(ref, own));
	const known = new Set(sources.map(({ ref }) => ref));
	for (const { markdown } of placesOf(one.now)) {
		const print = fingerprint(markdown);
		const refs = made.get(print)?.refs ?? [];
		for (const ref of refs) {
			if (!known.has(ref)) sources.push({ ref, value: read(ref) ?? '' });
			known.add(ref);
		}
		if (!isText(markdown)) continue;
		sources.push({ ref: `text:${print}`, value: refs.join(' ') });
		sources.push({ ref: `seen:${print}`, value: valuesOf(refs, read) });
	}
	return settled({ body, sources }, material);
}

/** The chapter after somebody said that a paragraph may stay as it is. */
export function keepOld(chapter: Of, one: Standing, material: Material): Of {
	const print = fingerprint(one.markdown);
	const read = sourceReader(material);
	const sources = chapter.sources
		.filter(({ ref }) => ref !== `seen:${print}`)
		.map(({ ref, value }) => ({ ref: ref === `text:${print}` ? `accepted:${print}` : ref, value }));
	sources.push({ ref: `seen:${print}`, value: valuesOf(one.refs, read) });
	return settled({ body: chapter.body, sources }, material);
}

/** Values about which no paragraph waits for a decision are the present ones. */
function settled(chapter: Of, material: Material): Of {
	const read = sourceReader(material);
	const all = standingOf(chapter, material, null);
	const waiting = new Set(all.flatMap(({ stale }) => stale.map(({ ref }) => ref)));
	const decided = new Set(all.flatMap(({ refs }) => refs).filter((ref) => !waiting.has(ref)));
	const values = chapter.sources.map(({ ref, value }) =>
		decided.has(ref) ? { ref, value: read(ref) ?? value } : { ref, value }
	);
	const done = new Set(
		all
			.filter(({ refs }) => refs.every((ref) => decided.has(ref)))
			.map(({ markdown }) => `seen:${fingerprint(markdown)}`)
	);
	return { body: chapter.body, sources: values.filter(({ ref }) => !done.has(ref)) };
}

/** The chapter's changed sources from which no paragraph that stands was made: of edited ones. */
export function changedElsewhere(
	all: readonly Standing[],
	stale: readonly StaleSource[]
): StaleSource[] {
	const used = new Set(all.flatMap(({ refs }) => refs));
	return stale.filter(({ ref }) => !used.has(ref));
}

const isEntryOf = (ref: string, print: string): boolean =>
	ref === `text:${print}` || ref === `accepted:${print}` || ref === `seen:${print}`;

const seenOf = ({ sources }: Of): Map<string, string> =>
	new Map(
		sources.flatMap(({ ref, value }: ChapterSource) =>
			ref.startsWith('seen:') ? [[ref.slice(5), value] as const] : []
		)
	);

const valuesOf = (refs: readonly string[], read: (ref: string) => string | null): string =>
	hashOf(
		[...refs]
			.sort()
			.map((ref) => `${ref}=${read(ref) ?? ''}`)
			.join('\n')
	);

const withoutHole = (before: string, after: string): string =>
	before.trim() === ''
		? after.trimStart()
		: `${before.trimEnd()}${after.trim() === '' ? '' : '\n\n'}${after.trimStart()}`;

/** The paragraphs of `paragraphsOf`, piece by piece of `splitBlocks`, with their places in the text. */
export function placesOf(body: string): { from: number; to: number; markdown: string }[] {
	const places: { from: number; to: number; markdown: string }[] = [];
	let at = 0;
	for (const piece of splitBlocks(body)) {
		if ('block' in piece) continue;
		for (const markdown of paragraphsOf(piece.markdown)) {
			const from = body.indexOf(markdown, at);
			if (from < 0) continue;
			at = from + markdown.length;
			places.push({ from, to: at, markdown });
		}
	}
	return places;
}
