/**
 * Schema: what a chapter may hold while it is written. Everything in it has a Markdown form; what
 * Markdown has and this has not (HTML, code, odd nestings) stands in a `source` node, letter by letter.
 *
 * Pasted HTML is read by the `parseDOM` rules, and what no rule names is dropped or becomes its text:
 * no style, no script, no picture, no address but http, https and mailto comes in (F-30, F-37).
 */
import { Schema, type DOMOutputSpec, type Node } from 'prosemirror-model';
import { safeAddress } from '#lib/draft/address.ts';

const block = (tag: string): (() => DOMOutputSpec) => {
	return () => [tag, { dir: 'auto' }, 0];
};
const cell = (tag: 'th' | 'td') => ({
	content: 'inline*',
	attrs: {
		colspan: { default: 1 },
		rowspan: { default: 1 },
		colwidth: { default: null },
		align: { default: null }
	},
	tableRole: tag === 'th' ? 'header_cell' : 'cell',
	isolating: true,
	parseDOM: [{ tag }],
	toDOM: (node: Node): DOMOutputSpec => [
		tag,
		{ dir: 'auto', ...(node.attrs.align ? { class: `align-${node.attrs.align}` } : {}) },
		0
	]
});

export const schema = new Schema({
	nodes: {
		doc: { content: '(block | top)+' },
		paragraph: {
			group: 'block',
			content: '(inline | hard_break)*',
			parseDOM: [{ tag: 'p' }],
			toDOM: block('p')
		},
		heading: {
			group: 'top',
			content: 'inline*',
			attrs: { level: { default: 2 } },
			defining: true,
			parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({
				tag: `h${level}`,
				attrs: { level: Math.max(2, level) }
			})),
			// One step down: the chapter's title is the heading above it.
			toDOM: (node) => [`h${Math.min(6, Number(node.attrs.level) + 1)}`, { dir: 'auto' }, 0]
		},
		bullet_list: {
			group: 'block',
			content: 'list_item+',
			attrs: { tight: { default: true } },
			parseDOM: [{ tag: 'ul' }],
			toDOM: block('ul')
		},
		ordered_list: {
			group: 'block',
			content: 'list_item+',
			attrs: { tight: { default: true }, order: { default: 1 } },
			parseDOM: [
				{ tag: 'ol', getAttrs: (dom) => ({ order: Number(dom.getAttribute('start') ?? 1) || 1 }) }
			],
			toDOM: (node) => ['ol', { dir: 'auto', start: String(node.attrs.order) }, 0]
		},
		list_item: {
			content: 'paragraph block*',
			attrs: { task: { default: null } },
			defining: true,
			parseDOM: [{ tag: 'li' }],
			toDOM: (node) => [
				'li',
				node.attrs.task === null ? {} : { class: node.attrs.task ? 'task done' : 'task' },
				0
			]
		},
		blockquote: {
			group: 'block',
			content: 'block+',
			defining: true,
			parseDOM: [{ tag: 'blockquote' }],
			toDOM: block('blockquote')
		},
		rule: { group: 'top', parseDOM: [{ tag: 'hr' }], toDOM: () => ['hr'] },
		source: {
			group: 'top',
			content: 'text*',
			marks: '',
			code: true,
			defining: true,
			parseDOM: [{ tag: 'pre', preserveWhitespace: 'full' }],
			toDOM: () => ['pre', { class: 'source', dir: 'auto' }, 0]
		},
		live: {
			group: 'top',
			atom: true,
			draggable: true,
			attrs: { block: {} },
			parseDOM: [
				{
					tag: 'div[data-live-block]',
					getAttrs: (dom) => ({ block: dom.getAttribute('data-live-block') ?? '' })
				}
			],
			toDOM: (node) => ['div', { 'data-live-block': String(node.attrs.block) }]
		},
		footnote: {
			group: 'top',
			content: 'inline*',
			attrs: { label: {} },
			defining: true,
			parseDOM: [
				{
					tag: 'div[data-footnote]',
					getAttrs: (dom) => ({ label: dom.getAttribute('data-footnote') ?? '1' })
				}
			],
			toDOM: (node) => [
				'div',
				{ 'data-footnote': String(node.attrs.label), class: 'footnote', dir: 'auto' },
				0
			]
		},
		table: {
			group: 'top',
			content: 'table_row+',
			tableRole: 'table',
			isolating: true,
			parseDOM: [{ tag: 'table' }],
			toDOM: () => ['div', { class: 'table' }, ['table', { dir: 'auto' }, ['tbody', 0]]]
		},
		table_row: {
			content: '(table_header | table_cell)*',
			tableRole: 'row',
			parseDOM: [{ tag: 'tr' }],
			toDOM: () => ['tr', 0]
		},
		table_header: cell('th'),
		table_cell: cell('td'),
		text: { group: 'inline' },
		hard_break: {
			inline: true,
			selectable: false,
			parseDOM: [{ tag: 'br' }],
			toDOM: () => ['br']
		},
		footnote_ref: {
			group: 'inline',
			inline: true,
			atom: true,
			attrs: { label: {} },
			parseDOM: [
				{
					tag: 'sup[data-ref]',
					getAttrs: (dom) => ({ label: dom.getAttribute('data-ref') ?? '1' })
				}
			],
			toDOM: (node) => [
				'sup',
				{ 'data-ref': String(node.attrs.label), class: 'ref' },
				`[${String(node.attrs.label)}]`
			]
		},
		/** A picture, or a link that may not be followed: as it is written in Markdown. */
		raw: {
			group: 'inline',
			inline: true,
			atom: true,
			attrs: { source: {} },
			toDOM: (node) => ['code', { class: 'raw' }, String(node.attrs.source)]
		}
	},
	marks: {
		link: {
			attrs: { href: {}, title: { default: null } },
			inclusive: false,
			parseDOM: [
				{
					tag: 'a[href]',
					getAttrs: (dom) => {
						const href = safeAddress(dom.getAttribute('href') ?? '');
						return href === null ? false : { href };
					}
				}
			],
			toDOM: (mark) => ['a', { href: String(mark.attrs.href), rel: 'noopener noreferrer' }, 0]
		},
		strong: {
			parseDOM: [
				{ tag: 'strong' },
				// Google Docs wraps whole texts in <b style="font-weight: normal">; see paste.ts.
				{ tag: 'b:not([data-normal])' },
				{ tag: 'span[data-bold]' }
			],
			toDOM: () => ['strong', 0]
		},
		em: {
			parseDOM: [{ tag: 'em' }, { tag: 'i' }, { tag: 'span[data-italic]' }],
			toDOM: () => ['em', 0]
		},
		strike: {
			parseDOM: [{ tag: 's' }, { tag: 'del' }],
			toDOM: () => ['s', 0]
		},
		code: { parseDOM: [{ tag: 'code' }], code: true, toDOM: () => ['code', 0] }
	}
});
