/**
 * Reading: a part of a chapter's Markdown becomes a node of the editor. A part that a node could not
 * give back with the same meaning becomes a `source` node.
 */
import { Lexer, type Token, type Tokens } from 'marked';
import { Fragment, type Mark, type Node } from 'prosemirror-model';
import { safeAddress } from '#lib/draft/address.ts';
import { labelOf, noteMarks } from '#lib/draft/footnotes.ts';
import { decodeEntities } from '#lib/export/entities.ts';
import { isMarked } from '#lib/export/markdown-runs.ts';
import type { Part } from './cut.ts';
import { schema } from './schema.ts';

const { nodes, marks } = schema;

/** Thrown where the schema has no place for something; `readPart` catches it. */
class NoPlace extends Error {}

/** The node of a part, or null where it has to be shown as its source. */
export function readPart(part: Part): Node | null {
	try {
		switch (part.kind) {
			case 'live':
				return nodes.live.create({ block: part.block });
			case 'footnote':
				return nodes.footnote.createChecked(
					{ label: part.label },
					inline(Lexer.lexInline(part.text, { gfm: true }), [])
				);
			case 'token':
				return readBlock(part.token);
			default:
				return null;
		}
	} catch (thrown) {
		if (thrown instanceof NoPlace || thrown instanceof RangeError) return null;
		throw thrown;
	}
}

export const sourceNode = (source: string): Node =>
	nodes.source.create(null, source === '' ? [] : schema.text(source));

function readBlock(token: Token): Node {
	if (!isMarked(token)) throw new NoPlace();
	switch (token.type) {
		case 'paragraph':
			return nodes.paragraph.createChecked(null, inline(token.tokens, []));
		case 'text':
			return nodes.paragraph.createChecked(null, inline(token.tokens ?? [token], []));
		case 'heading':
			return nodes.heading.createChecked({ level: token.depth }, inline(token.tokens, []));
		case 'hr':
			return nodes.rule.create();
		case 'list':
			return readList(token);
		case 'blockquote':
			return nodes.blockquote.createChecked(null, blocksIn(token.tokens));
		case 'table':
			return readTable(token);
		default:
			throw new NoPlace();
	}
}

const blocksIn = (tokens: readonly Token[]): Node[] =>
	tokens.filter(({ type }) => type !== 'space' && type !== 'checkbox').map(readBlock);

function readList(list: Tokens.List): Node {
	const items = list.items.map((item) => {
		const content = blocksIn(item.tokens);
		if (content[0]?.type !== nodes.paragraph) content.unshift(nodes.paragraph.create());
		const task = item.task ? item.checked === true : null;
		return nodes.list_item.createChecked({ task }, content);
	});
	const tight = !list.loose;
	return list.ordered
		? nodes.ordered_list.createChecked({ tight, order: Number(list.start) || 1 }, items)
		: nodes.bullet_list.createChecked({ tight }, items);
}

function readTable(table: Tokens.Table): Node {
	const row = (cells: Tokens.TableCell[], type: typeof nodes.table_cell): Node =>
		nodes.table_row.createChecked(
			null,
			cells.map((cell) => type.createChecked({ align: cell.align }, inline(cell.tokens, [])))
		);
	return nodes.table.createChecked(null, [
		row(table.header, nodes.table_header),
		...table.rows.map((cells) => row(cells, nodes.table_cell))
	]);
}

function inline(tokens: readonly Token[], dress: readonly Mark[]): Fragment {
	return tokens.reduce((all, token) => all.append(one(token, dress)), Fragment.empty);
}

const plain = (text: string, dress: readonly Mark[]): Fragment =>
	text === '' ? Fragment.empty : Fragment.from(schema.text(text, dress));

/** Text in which `[^1]` stands for a note. */
function withNotes(text: string, dress: readonly Mark[]): Fragment {
	let all = Fragment.empty;
	let at = 0;
	for (const found of text.matchAll(noteMarks())) {
		all = all.append(plain(text.slice(at, found.index), dress));
		all = all.append(Fragment.from(nodes.footnote_ref.create({ label: found[1] }, null, dress)));
		at = found.index + found[0].length;
	}
	return all.append(plain(text.slice(at), dress));
}

function one(token: Token, dress: readonly Mark[]): Fragment {
	if (!isMarked(token)) throw new NoPlace();
	const within = (mark: Mark, tokens: readonly Token[]): Fragment =>
		inline(tokens, mark.addToSet(dress));
	switch (token.type) {
		case 'text':
			if (token.tokens) return inline(token.tokens, dress);
			return withNotes(decodeEntities(token.text).replace(/[ \t]*\n[ \t]*/g, ' '), dress);
		case 'escape':
			return plain(token.text, dress);
		case 'strong':
			return within(marks.strong.create(), token.tokens);
		case 'em':
			return within(marks.em.create(), token.tokens);
		case 'del':
			return within(marks.strike.create(), token.tokens);
		case 'codespan':
			return plain(token.text, marks.code.create().addToSet(dress));
		case 'br':
			return Fragment.from(nodes.hard_break.create(null, null, dress));
		case 'html':
			// Raw HTML is text, here as in every export.
			return plain(token.raw.replace(/\n/g, ' '), dress);
		case 'link': {
			const label = labelOf(token.raw);
			if (label) return Fragment.from(nodes.footnote_ref.create({ label }, null, dress));
			const href = safeAddress(decodeEntities(token.href));
			const title = token.title ? token.title : null;
			if (href === null) return raw(token.raw, dress);
			return within(marks.link.create({ href, title }), token.tokens);
		}
		case 'image':
			return raw(token.raw, dress);
		case 'checkbox':
			return Fragment.empty;
		default:
			throw new NoPlace();
	}
}

const raw = (source: string, dress: readonly Mark[]): Fragment =>
	Fragment.from(nodes.raw.create({ source: source.replace(/\s*\n\s*/g, ' ') }, null, dress));
