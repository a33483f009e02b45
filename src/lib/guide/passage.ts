/**
 * A Passage: the plain text of a found page, out of the file that holds it, for its excerpt.
 *
 * The file comes from the network or the device as it is; what does not fit gives an empty text.
 */
import type { FileRef, GuideIndex } from '#lib/model/guide.ts';
import type { Kind } from './search-files.ts';

/** The file that holds the text of what was found, or undefined where the index has none. */
export function fileOf(
	index: Pick<GuideIndex, 'parts' | 'topics' | 'terms'>,
	found: { kind: Kind; id: string; place: string }
): FileRef | undefined {
	if (found.kind === 'term') return index.terms;
	if (found.kind === 'section') {
		const sections = index.parts.flatMap((part) => part.sections);
		return sections.find((section) => section.id === found.id)?.file;
	}
	return index.topics.find((topic) => topic.id === found.place)?.file;
}

/** The text of what was found, out of its `file`. */
export function passageOf(file: unknown, { kind, id }: { kind: Kind; id: string }): string {
	switch (kind) {
		case 'section':
			return textOfHtml(textsIn(file, ['html']).join(' '));
		case 'question':
			return textsIn(entryOf(listIn(file, 'questions'), id), questionTexts).join(' ');
		case 'measure':
			return textsIn(entryOf(listIn(file, 'measures'), id), measureTexts).join(' ');
		case 'term':
			return textsIn(entryOf(file, id), ['definition']).join(' ');
	}
}

/** In the order in which they are worth reading. */
const questionTexts = ['question', 'why', 'levels', 'next', 'evidence'];
const measureTexts = ['how', 'done', 'indicator'];

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;

const listIn = (file: unknown, key: string): unknown => (isRecord(file) ? file[key] : undefined);

function entryOf(list: unknown, id: string): unknown {
	return Array.isArray(list) ? list.find((entry) => isRecord(entry) && entry.id === id) : undefined;
}

function textsIn(value: unknown, keys: string[]): string[] {
	if (!isRecord(value)) return [];
	return keys
		.flatMap((key) => value[key])
		.filter((text): text is string => typeof text === 'string');
}

const blockTag =
	/<\/?(?:p|h[1-6]|li|ul|ol|t(?:able|head|body|r|h|d)|div|blockquote|pre|hr|br)\b[^<>]*>/g;
const anyTag = /<[^<>]*>/g;
const entity = /&(?:amp|lt|gt|quot|#39|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g;
const named: Record<string, string> = {
	'&amp;': '&',
	'&lt;': '<',
	'&gt;': '>',
	'&quot;': '"',
	'&#39;': "'"
};

/**
 * The words of HTML that `guide/render.ts` made. What comes out is text and is only ever shown as
 * text: this takes tags away, it does not make anything safe.
 */
export function textOfHtml(html: string): string {
	return html
		.replace(blockTag, ' ')
		.replace(anyTag, '')
		.replace(entity, (whole, decimal?: string, hex?: string) => {
			const code = decimal ? Number(decimal) : hex ? parseInt(hex, 16) : undefined;
			if (code === undefined || whole in named) return named[whole] ?? whole;
			return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
		})
		.replace(/\s+/g, ' ')
		.trim();
}
