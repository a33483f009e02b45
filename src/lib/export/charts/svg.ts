/**
 * SVG as a string: elements and attributes, escaped.
 *
 * Presentation attributes only, never `style`: the content security policy of the app forbids inline
 * styles, and an exported page forbids them too.
 */
import { cleanText, escapeMarkup } from '../text.ts';

export type Attributes = Record<string, string | number | undefined>;

/** One element. `children` is markup already; a text goes through `words` first. */
export function element(name: string, attributes: Attributes, children: string[] = []): string {
	const written = Object.entries(attributes)
		.filter(([, value]) => value !== undefined)
		.map(([key, value]) => ` ${key}="${escapeMarkup(shown(value ?? ''))}"`)
		.join('');
	return children.length > 0
		? `<${name}${written}>${children.join('')}</${name}>`
		: `<${name}${written}/>`;
}

/** Two decimals are a fiftieth of a pixel; more would only be bytes. */
const shown = (value: string | number): string =>
	typeof value === 'number' ? String(Math.round(value * 100) / 100) : value;

/** A text as markup. */
export const words = (text: string): string => escapeMarkup(cleanText(text));

/**
 * A label as markup, isolated. The SVG itself always runs left to right, because `text-anchor`
 * changes sides with the direction; so the text has to bring its own.
 */
export const label = (text: string, direction: 'ltr' | 'rtl'): string =>
	(direction === 'rtl' ? '\u2067' : '\u2066') + words(text) + '\u2069';

export type Point = { x: number; y: number };
export const points = (all: readonly Point[]): string =>
	all.map(({ x, y }) => `${shown(x)},${shown(y)}`).join(' ');

/** Colours that stay apart on a grey printer. */
export const ink = {
	text: '#1d2733',
	quiet: '#5b6673',
	line: '#c3cad2',
	paper: '#ffffff'
} as const;
export const fonts =
	"Calibri, Carlito, 'Segoe UI', Arial, 'Noto Sans', 'Noto Sans Arabic', sans-serif";

/** The root element: self-contained, with a name and a description for those who cannot see it. */
export function picture(
	size: { width: number; height: number },
	title: string,
	description: string,
	children: string[]
): string {
	return element(
		'svg',
		{
			xmlns: 'http://www.w3.org/2000/svg',
			viewBox: `0 0 ${shown(size.width)} ${shown(size.height)}`,
			width: size.width,
			height: size.height,
			role: 'img',
			'aria-label': cleanText(title),
			direction: 'ltr',
			'font-family': fonts
		},
		[
			element('title', {}, [words(title)]),
			...(description ? [element('desc', {}, [words(description)])] : []),
			...children
		]
	);
}
