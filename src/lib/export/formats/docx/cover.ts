/**
 * The cover of a Word file: country, title, what it is about, and where it comes from. The contents
 * table follows on the same page: paper is dear, and a minister turns the first page.
 */
import type { Prepared } from '../../prepare.ts';
import { paragraphOf } from './blocks.ts';
import type { Setting } from './setting.ts';
import type { Xml } from './xml.ts';

export function cover(document: Prepared, set: Setting): Xml[] {
	const { meta } = document;
	const under = { color: set.accent, size: 12, space: 8 };
	const country = meta.country || meta.workspace;
	const lines = [
		country === meta.workspace ? '' : meta.workspace,
		meta.date,
		meta.edition,
		meta.app
	].filter((line) => line !== '');
	return [
		...(country ? [paragraphOf('CoverCountry', [{ text: country }], set)] : []),
		paragraphOf('Title', [{ text: document.title }], set),
		paragraphOf('Subtitle', [{ text: document.subtitle }], set, { borders: { bottom: under } }),
		...lines.map((line) => paragraphOf('CoverLine', [{ text: line }], set))
	];
}
