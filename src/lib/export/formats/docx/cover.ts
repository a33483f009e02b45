/**
 * The cover of a Word file: country, title, what it is about, and where it comes from. Where it
 * is a page of its own, the contents table has the next one; else both share the first, for paper is dear.
 */
import type { Prepared } from '../../prepare.ts';
import { paragraphOf } from './blocks.ts';
import type { Setting } from './setting.ts';
import type { Xml } from './xml.ts';

/** Twips; `line` as a single line. */
const coverAir = { before: 3200, after: 0, line: 240 };

export function cover(document: Prepared, set: Setting): Xml[] {
	const { meta } = document;
	const under = { color: set.accent, size: 12, space: 8 };
	const country = meta.country || meta.workspace;
	const lines = [
		country === meta.workspace ? '' : meta.workspace,
		meta.date,
		meta.edition,
		meta.app,
		meta.stamp
	].filter((line) => line !== '');
	const isPage = document.cover === 'page';
	return [
		// A third of the page stays free above the name of the country.
		...(isPage ? [paragraphOf('CoverCountry', [], set, { spacing: coverAir })] : []),
		...(country ? [paragraphOf('CoverCountry', [{ text: country }], set)] : []),
		paragraphOf('Title', [{ text: document.title }], set),
		paragraphOf('Subtitle', [{ text: document.subtitle }], set, { borders: { bottom: under } }),
		...lines.map((line, i) =>
			paragraphOf(
				'CoverLine',
				[{ text: line }],
				set,
				// Air before a text that follows on the same page.
				i === lines.length - 1 ? { spacing: { before: 0, after: 280, line: 259 } } : {}
			)
		)
	];
}
