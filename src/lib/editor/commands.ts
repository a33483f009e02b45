/** What the toolbar and the keys do: commands by name, and what of them is on or possible now. */
import { lift, setBlockType, toggleMark, wrapIn } from 'prosemirror-commands';
import type { Attrs, MarkType, Node, NodeType } from 'prosemirror-model';
import { liftListItem, sinkListItem, wrapInList } from 'prosemirror-schema-list';
import { TextSelection, type Command, type EditorState } from 'prosemirror-state';
import * as tables from 'prosemirror-tables';
import type { Block } from '#lib/model/guide.ts';
import { schema } from './schema.ts';

const { nodes, marks } = schema;

export const commandNames = [
	'paragraph',
	'heading2',
	'heading3',
	'strong',
	'em',
	'bullets',
	'numbers',
	'quote',
	'indent',
	'outdent',
	'link',
	'footnote',
	'table',
	'rowAdd',
	'rowRemove',
	'columnAdd',
	'columnRemove',
	'tableRemove',
	'undo',
	'redo'
] as const;
export type CommandName = (typeof commandNames)[number];

/** A list of the other kind becomes this kind; a list of this kind is taken apart. */
const list =
	(type: NodeType): Command =>
	(state, dispatch) => {
		const { $from } = state.selection;
		for (let depth = $from.depth; depth > 0; depth--) {
			const node = $from.node(depth);
			if (node.type === type) return liftListItem(nodes.list_item)(state, dispatch);
			if (node.type === nodes.bullet_list || node.type === nodes.ordered_list) {
				dispatch?.(state.tr.setNodeMarkup($from.before(depth), type, { tight: node.attrs.tight }));
				return true;
			}
		}
		return wrapInList(type)(state, dispatch);
	};

const toggleBlock =
	(type: NodeType, attrs: Attrs): Command =>
	(state, dispatch) => {
		const isOn = state.selection.$from.parent.hasMarkup(type, attrs);
		return isOn
			? setBlockType(nodes.paragraph)(state, dispatch)
			: setBlockType(type, attrs)(state, dispatch);
	};

const quote: Command = (state, dispatch) =>
	isWithin(state, nodes.blockquote)
		? lift(state, dispatch)
		: wrapIn(nodes.blockquote)(state, dispatch);

/** A node after the top-level node with the cursor. */
const insertAfter =
	(make: () => Node, within: boolean): Command =>
	(state, dispatch) => {
		if (state.selection.$from.depth === 0 && !state.selection.$from.nodeAfter) return false;
		if (dispatch) {
			const { $from } = state.selection;
			const index = $from.index(0);
			const current = state.doc.child(index);
			const isEmpty = current.type === nodes.paragraph && current.content.size === 0;
			const start = $from.posAtIndex(index, 0);
			const node = make();
			const tr = isEmpty
				? state.tr.replaceWith(start, start + current.nodeSize, node)
				: state.tr.insert(start + current.nodeSize, node);
			const at = isEmpty ? start : start + current.nodeSize;
			// Something to write in has to follow.
			if (at + node.nodeSize >= tr.doc.content.size) {
				tr.insert(at + node.nodeSize, nodes.paragraph.create());
			}
			const place = within ? at + 1 : at + node.nodeSize;
			tr.setSelection(TextSelection.near(tr.doc.resolve(place)));
			dispatch(tr.scrollIntoView());
		}
		return true;
	};

const newTable = (): Node => {
	const row = (type: NodeType): Node =>
		nodes.table_row.create(
			null,
			[1, 2, 3].map(() => type.create())
		);
	return nodes.table.create(null, [
		row(nodes.table_header),
		row(nodes.table_cell),
		row(nodes.table_cell)
	]);
};

/** The cursor stays in the table of which a part goes away. */
const staying =
	(command: Command): Command =>
	(state, dispatch) =>
		command(
			state,
			dispatch &&
				((tr) => {
					const { $from } = state.selection;
					const start = $from.before(1);
					const table = tr.doc.nodeAt(start);
					const isOut = tr.selection.$from.depth === 0 || tr.selection.$from.before(1) !== start;
					if (table?.type === nodes.table && isOut) {
						const end = start + table.nodeSize - 1;
						const at = Math.max(start + 1, Math.min(tr.mapping.map($from.pos), end));
						tr.setSelection(TextSelection.near(tr.doc.resolve(at), at >= end ? -1 : 1));
					}
					dispatch(tr);
				})
		);

export const insertBlock = (block: Block): Command =>
	insertAfter(() => nodes.live.create({ block }), false);

/** A note at the cursor, and its empty text at the chapter's end with the cursor in it. */
const footnote: Command = (state, dispatch) => {
	const { $to } = state.selection;
	if (!$to.parent.inlineContent || $to.parent.type === nodes.source) return false;
	if ($to.parent.type === nodes.footnote) return false;
	if (dispatch) {
		const used = new Set<string>();
		state.doc.descendants((node) => {
			if (node.attrs.label !== undefined) used.add(String(node.attrs.label));
		});
		let number = 1;
		while (used.has(String(number))) number++;
		const label = String(number);
		const tr = state.tr.insert($to.pos, nodes.footnote_ref.create({ label }));
		const end = tr.doc.content.size;
		tr.insert(end, nodes.footnote.create({ label }));
		tr.setSelection(TextSelection.create(tr.doc, end + 1));
		dispatch(tr.scrollIntoView());
	}
	return true;
};

/** Links the selected words, or writes the address where none are selected; null takes the link off. */
export const setLink =
	(href: string | null, words: string): Command =>
	(state, dispatch) => {
		const { from, to, empty, $from } = state.selection;
		if (!$from.parent.inlineContent) return false;
		if (dispatch) {
			const range = linkAt(state) ?? { from, to };
			const tr = state.tr;
			if (href === null) tr.removeMark(range.from, range.to, marks.link);
			else if (empty && range.from === range.to) {
				tr.replaceSelectionWith(schema.text(words || href, [marks.link.create({ href })]), false);
			} else {
				tr.removeMark(range.from, range.to, marks.link);
				tr.addMark(range.from, range.to, marks.link.create({ href }));
			}
			dispatch(tr.scrollIntoView());
		}
		return true;
	};

/** The link with the cursor in it, or the selection in it. */
export function linkAt(state: EditorState): { from: number; to: number; href: string } | null {
	const { $from } = state.selection;
	const mark =
		marks.link.isInSet($from.marks()) ?? marks.link.isInSet($from.nodeAfter?.marks ?? []);
	if (!mark) return null;
	let found: { from: number; to: number } | null = null;
	$from.parent.forEach((child, offset) => {
		if (!mark.isInSet(child.marks)) return;
		const at = $from.start() + offset;
		if (found && found.to === at) found.to = at + child.nodeSize;
		else if (!found || $from.pos > found.to) found = { from: at, to: at + child.nodeSize };
	});
	return found
		? { ...(found as { from: number; to: number }), href: String(mark.attrs.href) }
		: null;
}

export const commands: Record<Exclude<CommandName, 'link' | 'undo' | 'redo'>, Command> = {
	paragraph: setBlockType(nodes.paragraph),
	heading2: toggleBlock(nodes.heading, { level: 2 }),
	heading3: toggleBlock(nodes.heading, { level: 3 }),
	strong: toggleMark(marks.strong),
	em: toggleMark(marks.em),
	bullets: list(nodes.bullet_list),
	numbers: list(nodes.ordered_list),
	quote,
	indent: sinkListItem(nodes.list_item),
	outdent: liftListItem(nodes.list_item),
	footnote,
	table: (state, dispatch) =>
		!tables.isInTable(state) && insertAfter(newTable, true)(state, dispatch),
	rowAdd: tables.addRowAfter,
	rowRemove: (state, dispatch) =>
		tables.isInTable(state) && staying(tables.deleteRow)(state, dispatch),
	columnAdd: tables.addColumnAfter,
	columnRemove: (state, dispatch) =>
		tables.isInTable(state) && staying(tables.deleteColumn)(state, dispatch),
	tableRemove: tables.deleteTable
};

function isWithin(state: EditorState, type: NodeType): boolean {
	const { $from } = state.selection;
	for (let depth = $from.depth; depth > 0; depth--)
		if ($from.node(depth).type === type) return true;
	return false;
}

function hasMark(state: EditorState, type: MarkType): boolean {
	const { from, to, empty, $from } = state.selection;
	if (empty) return Boolean(type.isInSet(state.storedMarks ?? $from.marks()));
	return state.doc.rangeHasMark(from, to, type);
}

/** Which buttons are pressed, and which can be pressed. */
export function toolsOf(state: EditorState): { on: Set<CommandName>; can: Set<CommandName> } {
	const { parent } = state.selection.$from;
	const isHeading = (level: number): boolean => parent.hasMarkup(nodes.heading, { level });
	const on = {
		paragraph: parent.type === nodes.paragraph,
		heading2: isHeading(2),
		heading3: isHeading(3),
		strong: hasMark(state, marks.strong),
		em: hasMark(state, marks.em),
		link: linkAt(state) !== null,
		bullets: isWithin(state, nodes.bullet_list),
		numbers: isWithin(state, nodes.ordered_list),
		quote: isWithin(state, nodes.blockquote),
		table: tables.isInTable(state)
	};
	const names = Object.keys(commands) as (keyof typeof commands)[];
	return {
		on: new Set(commandNames.filter((name) => name in on && on[name as keyof typeof on])),
		can: new Set([
			...names.filter((name) => commands[name](state)),
			...(parent.inlineContent && parent.type !== nodes.source ? (['link'] as const) : [])
		])
	};
}
