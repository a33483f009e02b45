/**
 * Comments in Word: what people remarked on the draft, with their names and days, answers under what they
 * answer, and settled ones shown as settled.
 */
import type { Remark, Run } from '../../document.ts';
import { escapeMarkup } from '../../text.ts';
import { paragraphOf } from './blocks.ts';
import { markRun, runOf } from './runs.ts';
import type { Setting } from './setting.ts';
import { declaration, el, namespaces, type Xml } from './xml.ts';

/** `key` of a remark → the numbers of its comments: itself, then the answers. */
export type CommentNumbers = ReadonlyMap<string, readonly number[]>;

export function commentNumbers(remarks: readonly Remark[]): CommentNumbers {
	let next = 0;
	return new Map(remarks.map(({ key, thread }) => [key, thread.map(() => next++)]));
}

/** Where a remark begins or ends in the text. */
export function edgeOf({ key, edge }: NonNullable<Run['remark']>, set: Setting): Xml {
	const numbers = set.comments.get(key) ?? [];
	if (edge === 'begin')
		return numbers.map((id) => el('w:commentRangeStart', { 'w:id': id })).join('');
	return numbers
		.map(
			(id) =>
				el('w:commentRangeEnd', { 'w:id': id }) +
				runOf(set.isRtl ? { rtl: true } : {}, el('w:commentReference', { 'w:id': id }))
		)
		.join('');
}

const word2010 = 'http://schemas.microsoft.com/office/word/2010/wordml';
const word2012 = 'http://schemas.microsoft.com/office/word/2012/wordml';
const compatibility = {
	'xmlns:mc': 'http://schemas.openxmlformats.org/markup-compatibility/2006',
	'xmlns:w14': word2010,
	'xmlns:w15': word2012,
	'mc:Ignorable': 'w14 w15'
};
/** Eight hex digits below 0x80000000 that name a comment's last paragraph. */
const paragraphId = (number: number): string =>
	(0x10000000 + number).toString(16).toUpperCase().padStart(8, '0');

/** `word/comments.xml`, and the part that says which comment answers which; null without remarks. */
export function commentsParts(
	remarks: readonly Remark[],
	set: Setting
): { comments: Xml; extended: Xml } | null {
	if (remarks.length === 0) return null;
	const comments: Xml[] = [];
	const extended: Xml[] = [];
	for (const { key, thread, resolved } of remarks) {
		const numbers = set.comments.get(key) ?? [];
		thread.forEach(({ name, text, at }, i) => {
			const id = numbers[i] ?? 0;
			const moment = new Date(at);
			const date = Number.isNaN(moment.getTime())
				? undefined
				: moment.toISOString().replace(/\.\d+Z$/, 'Z');
			const lines = text.split('\n');
			const paragraphs = lines.map((line, n) => {
				const inside = n === 0 ? markRun('<w:annotationRef/>', set) : '';
				const xml = paragraphOf('CommentText', [{ text: line }], { ...set }, {});
				const marked = xml.replace('</w:pPr>', `</w:pPr>${inside}`);
				const isLast = n === lines.length - 1;
				return isLast ? marked.replace('<w:p>', `<w:p w14:paraId="${paragraphId(id)}">`) : marked;
			});
			comments.push(
				el(
					'w:comment',
					{ 'w:id': id, 'w:author': name, 'w:date': date, 'w:initials': initialsOf(name) },
					...paragraphs
				)
			);
			const parent = i === 0 ? undefined : paragraphId(numbers[0] ?? 0);
			extended.push(
				el('w15:commentEx', {
					'w15:paraId': paragraphId(id),
					'w15:paraIdParent': parent,
					'w15:done': resolved ? 1 : 0
				})
			);
		});
	}
	return {
		comments: declaration + el('w:comments', { ...namespaces, ...compatibility }, ...comments),
		extended: declaration + el('w15:commentsEx', compatibility, ...extended)
	};
}

const initialsOf = (name: string): string =>
	escapeMarkup(
		name
			.split(/\s+/)
			.map((part) => [...part][0] ?? '')
			.join('')
			.slice(0, 4)
	);
