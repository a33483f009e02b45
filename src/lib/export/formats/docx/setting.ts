/**
 * The Setting of a Word file: what every part of it needs to know: direction, fonts, sizes, colours,
 * and the page.
 */
import type { Direction, Level } from '#lib/model/guide.ts';
import type { Prepared } from '../../prepare.ts';
import { commentNumbers, type CommentNumbers } from './comments.ts';
import { FileParts } from './file.ts';
import type { StyleMap } from './template-styles.ts';

export type Setting = {
	direction: Direction;
	isRtl: boolean;
	/** As Word wants it: `fr-FR`. */
	language: string;
	/** Six hex digits. */
	accent: string;
	/** What the text needs beside it: links, pictures, lists. */
	file: FileParts;
	/** Twips between the margins. */
	textWidth: number;
	/** The numbers of the comments on the text. */
	comments: CommentNumbers;
	/** A template's own styles, by our ids; null without a template. */
	styles: StyleMap | null;
};

export function setting({ lang, direction, accent, remarks }: Prepared): Setting {
	return {
		direction,
		isRtl: direction === 'rtl',
		language: locales[lang] ?? lang,
		accent: accent.slice(1).toUpperCase(),
		file: new FileParts(),
		textWidth,
		comments: commentNumbers(remarks),
		styles: null
	};
}

/** Word's proofing tools are by country; a bare language finds none of them. */
const locales: Record<string, string> = {
	ar: 'ar-SA',
	en: 'en-GB',
	es: 'es-ES',
	fr: 'fr-FR',
	pt: 'pt-PT',
	ru: 'ru-RU',
	zh: 'zh-CN'
};

/**
 * Both are on every Windows and Mac with Office. `cs` is the font of Arabic and its kin: Calibri has
 * no Arabic letters, Arial has.
 */
export const fonts = {
	ascii: 'Calibri',
	hAnsi: 'Calibri',
	eastAsia: 'Microsoft YaHei',
	cs: 'Arial'
};
export const monospace = { ascii: 'Consolas', hAnsi: 'Consolas', cs: 'Courier New' };

/** A4 with margins of 2.2 cm and a little more at the top, in twips (twentieths of a point). */
export const page = {
	width: 11906,
	height: 16838,
	margin: { top: 1531, bottom: 1361, left: 1247, right: 1247, header: 680, footer: 624 }
} as const;
export const textWidth = page.width - page.margin.left - page.margin.right;

export const colours = {
	text: '1D2733',
	quiet: '5B6673',
	line: 'C3CAD2',
	shade: 'EEF2F6',
	alarm: '8A1C1C'
} as const;

/** The shade behind a level, darker as it rises: the order survives a grey printer. */
export const tints: Record<Level, string> = {
	0: 'FFFFFF',
	1: 'EAEFF5',
	2: 'D3DEE9',
	3: 'B5C8DA',
	4: '93AFC9'
};
