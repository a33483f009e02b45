/** The keys of the editor, and what typing `## ` or `- ` at the start of a line does. */
import { baseKeymap, chainCommands, exitCode } from 'prosemirror-commands';
import {
	InputRule,
	inputRules,
	textblockTypeInputRule,
	wrappingInputRule
} from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { liftListItem, splitListItem } from 'prosemirror-schema-list';
import type { MarkType } from 'prosemirror-model';
import type { Command, Plugin } from 'prosemirror-state';
import { goToNextCell } from 'prosemirror-tables';
import { commands } from './commands.ts';
import { schema } from './schema.ts';

const { nodes } = schema;

/** `**words**` becomes the words in bold; the sign before it must not belong to a word. */
const dress = (pattern: RegExp, mark: MarkType): InputRule =>
	new InputRule(pattern, (state, match, start, end) => {
		const [all = '', before = '', words = ''] = match;
		if (words === '') return null;
		const from = start + all.indexOf(before) + before.length;
		const text = state.schema.text(words, [mark.create()]);
		return state.tr.replaceWith(from, end, text).removeStoredMark(mark);
	});
const bold = dress(/(^|[\s(])\*\*([^*\s](?:[^*]*[^*\s])?)\*\*$/, schema.marks.strong);
const italic = dress(/(^|[\s(])\*([^*\s](?:[^*]*[^*\s])?)\*$/, schema.marks.em);

const lineBreak: Command = (state, dispatch) => {
	if (state.selection.$from.parent.type !== nodes.paragraph) return false;
	dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
	return true;
};

/**
 * `act`: undo, redo and the link's dialog, which are not the editor's own. Tab leaves the editor, but
 * goes from cell to cell in a table; lists are indented with Ctrl and ].
 */
export function keys(act: (name: 'undo' | 'redo' | 'link' | 'comment' | 'find') => void): Plugin[] {
	const outer =
		(name: Parameters<typeof act>[0]): Command =>
		(_state, dispatch) => {
			if (dispatch) act(name);
			return true;
		};
	return [
		keymap({
			'Mod-z': outer('undo'),
			'Mod-y': outer('redo'),
			'Shift-Mod-z': outer('redo'),
			'Mod-k': outer('link'),
			'Mod-f': outer('find'),
			'Mod-Alt-m': outer('comment'),
			'Mod-b': commands.strong,
			'Mod-i': commands.em,
			'Mod-Alt-0': commands.paragraph,
			'Mod-Alt-2': commands.heading2,
			'Mod-Alt-3': commands.heading3,
			'Mod-Alt-f': commands.footnote,
			'Mod-Shift-7': commands.numbers,
			'Mod-Shift-8': commands.bullets,
			'Mod-Shift-9': commands.quote,
			'Mod-]': commands.indent,
			'Mod-[': commands.outdent,
			Enter: splitListItem(nodes.list_item),
			'Shift-Enter': chainCommands(exitCode, lineBreak),
			Tab: goToNextCell(1),
			'Shift-Tab': goToNextCell(-1),
			Backspace: (state, dispatch) => {
				const { $from, empty } = state.selection;
				const isStart = empty && $from.parentOffset === 0 && $from.depth > 1;
				return isStart && $from.node(-1).type === nodes.list_item && $from.index(-1) === 0
					? liftListItem(nodes.list_item)(state, dispatch)
					: false;
			}
		}),
		keymap(baseKeymap),
		inputRules({
			rules: [
				textblockTypeInputRule(/^(#{2,3})\s$/, nodes.heading, (match) => ({
					level: (match[1] ?? '').length
				})),
				wrappingInputRule(/^\s*[-*+]\s$/, nodes.bullet_list),
				wrappingInputRule(/^(\d{1,3})[.)]\s$/, nodes.ordered_list, (match) => ({
					order: Number(match[1])
				})),
				wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
				bold,
				italic,
				new InputRule(/^---$/, (state, _match, start, end) => {
					const $start = state.doc.resolve(start);
					if ($start.depth !== 1 || $start.parent.type !== nodes.paragraph) return null;
					return state.tr.replaceRangeWith($start.before(), end, nodes.rule.create());
				})
			]
		})
	];
}
