/**
 * A Mark: what a reader put on a section of a guide for themselves. It stays on the device, in no
 * workspace and in no copy of one.
 *
 * A bookmark and a note belong to the section, whatever its language; a highlight belongs to the
 * words of one language, and remembers them with a little of what stands around.
 */
import type { Lang } from './guide.ts';
import { isContentId } from './ids.ts';

export const markKinds = ['bookmark', 'highlight', 'note'] as const;
export type MarkKind = (typeof markKinds)[number];

/** Words of a text, and up to `aroundQuote` characters before and after them. */
export type Quote = { text: string; before: string; after: string };
export const aroundQuote = 40;

export type Mark = {
	id: string;
	kind: MarkKind;
	guide: string;
	section: string;
	/** What the section was called when the mark was made: the list needs no guide to show it. */
	title: string;
	/** Of a highlight; else empty. */
	lang: Lang;
	/** Of a highlight; else with empty texts. */
	quote: Quote;
	/** The note, or the remark on a highlight. */
	text: string;
	/** When it last changed; ISO 8601 in UTC. */
	at: string;
};

/** In UTF-16 units. A note is a page or two; a highlight is at most a long paragraph. */
export const markLimits = { text: 20_000, quote: 2000, title: 300 } as const;

/** The mark in a stored value, or null where it is none. */
export function parseMark(value: unknown): Mark | null {
	if (!isRecord(value)) return null;
	const kind = markKinds.find((known) => known === value.kind);
	const id = text(value.id, 61);
	const guide = text(value.guide, 61);
	const section = text(value.section, 61);
	if (!kind || ![id, guide, section].every(isContentId)) return null;
	const quote = isRecord(value.quote) ? value.quote : {};
	return {
		id,
		kind,
		guide,
		section,
		title: text(value.title, markLimits.title),
		lang: text(value.lang, 35),
		quote: {
			text: text(quote.text, markLimits.quote),
			before: text(quote.before, aroundQuote),
			after: text(quote.after, aroundQuote)
		},
		text: text(value.text, markLimits.text),
		at: text(value.at, 40)
	};
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown, limit: number): string =>
	typeof value === 'string' ? value.slice(0, limit) : '';
