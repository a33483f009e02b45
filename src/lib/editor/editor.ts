/**
 * ChapterEditor: a view on a chapter's Markdown. Every change is written at once as text (P3); what
 * comes from elsewhere is merged in. It keeps no history of its own: undo is the workspace's.
 */
import {
	EditorState,
	NodeSelection,
	TextSelection,
	type Command,
	type Transaction
} from 'prosemirror-state';
import { fixTables, tableEditing } from 'prosemirror-tables';
import { EditorView } from 'prosemirror-view';
import { isBlock } from '#lib/draft/blocks.ts';
import type { Block } from '#lib/model/guide.ts';
import { commands, insertBlock, linkAt, setLink, toolsOf, type CommandName } from './commands.ts';
import { keys } from './keys.ts';
import { marksIn, setMarks, type MarkIn } from './marks-in.ts';
import { mergeBody } from './merge.ts';
import { cleanHtml } from './paste.ts';
import { documentOf, readBody, rewrite, textOf, type Pieces } from './pieces.ts';
import { schema } from './schema.ts';
import { wordsIn, type WordsIn } from './words-in.ts';

export type Tools = ReturnType<typeof toolsOf>;
export type Surroundings = {
	place: HTMLElement;
	body: string;
	/** The attributes of the field: its name, language and direction. */
	attributes: Record<string, string>;
	/** Writes the text; false where it was refused, and nothing has changed then. */
	write: (body: string) => boolean;
	/** After each change and each move of the cursor. */
	moved: (tools: Tools) => void;
	act: (name: 'undo' | 'redo' | 'link' | 'comment' | 'find') => void;
	/** A paste that is beyond what a chapter holds, with its number of characters. */
	refused: (characters: number) => void;
	/** Shows a live block; gives what takes it away again. */
	show: (block: Block, place: HTMLElement, handle: BlockHandle) => () => void;
	/** Somebody pressed a mark with an id. */
	pressed: (id: string) => void;
};
export type BlockHandle = { move: (by: -1 | 1) => void; remove: () => void };

/** More is refused before it is read: F-20. */
const longestPaste = 300_000;
const outside = 'outside';

export class ChapterEditor {
	readonly view: EditorView;
	#pieces: Pieces;
	#around: Surroundings;
	#waiting: string | null = null;

	constructor(around: Surroundings) {
		this.#around = around;
		this.#pieces = readBody(around.body);
		let state = EditorState.create({
			doc: documentOf(this.#pieces),
			plugins: [...keys((name) => around.act(name)), tableEditing(), marksIn()]
		});
		const fixed = fixTables(state);
		if (fixed) state = state.apply(fixed);
		this.view = new EditorView(around.place, {
			state,
			attributes: around.attributes,
			dispatchTransaction: (tr) => this.#dispatch(tr),
			nodeViews: { live: (node, view, getPos) => this.#liveView(node.attrs.block, view, getPos) },
			transformPastedHTML: cleanHtml,
			handlePaste: (_view, event) => this.#paste(event),
			handleDrop: (_view, event) => this.#tooLong(event.dataTransfer),
			handleClick: (_view, _position, event) => this.#press(event.target),
			handleDOMEvents: {
				beforeinput: (_view, event) => this.#historyInput(event),
				compositionend: () => {
					setTimeout(() => this.#takeWaiting());
					return false;
				}
			}
		});
	}

	/** What the toolbar shows. */
	get tools(): Tools {
		return toolsOf(this.view.state);
	}
	get body(): string {
		return textOf(this.#pieces);
	}
	get words(): WordsIn {
		return wordsIn(this.view.state.doc);
	}
	/** The offsets of the selection in `words`. */
	get selection(): { from: number; to: number } {
		const { from, to } = this.view.state.selection;
		const words = this.words;
		return { from: words.offset(from), to: words.offset(to) };
	}
	/** The link at the cursor, and whether words are selected. */
	get link(): { href: string; hasWords: boolean } {
		const { state } = this.view;
		return { href: linkAt(state)?.href ?? '', hasWords: !state.selection.empty };
	}
	/** The offset in the Markdown of the top-level node with the cursor. */
	get offset(): number {
		return this.#offsets()[this.view.state.selection.$from.index(0)]?.from ?? 0;
	}

	/**
	 * Takes over a text that was written elsewhere; nothing where it is this editor's own. `follow`:
	 * the cursor goes to what changed, as it does after undo.
	 */
	take(body: string, follow = false): void {
		if (body === this.body) return;
		// A word that is being put together by an input method must not be taken apart.
		if (this.view.composing) this.#waiting = body;
		else {
			const { tr, after } = mergeBody(this.view.state, this.#pieces, body);
			this.#pieces = after;
			let end = -1;
			tr.mapping.maps.at(-1)?.forEach((_from, _to, _start, to) => (end = to));
			if (follow && end >= 0) {
				tr.setSelection(TextSelection.near(tr.doc.resolve(end), -1)).scrollIntoView();
			}
			this.view.dispatch(tr.setMeta(outside, true));
		}
	}

	run(name: Exclude<CommandName, 'link' | 'undo' | 'redo'>): void {
		this.#command(commands[name]);
	}
	insert(block: Block): void {
		this.#command(insertBlock(block));
	}
	setLink(href: string | null, words = ''): void {
		this.#command(setLink(href, words));
	}
	focus(): void {
		this.view.focus();
	}
	/** Selects a stretch of `words` and brings it into sight. */
	select(from: number, to: number, focus = true): void {
		const { words } = this;
		const { state } = this.view;
		const range = TextSelection.create(state.doc, words.position(from), words.position(to));
		this.view.dispatch(state.tr.setSelection(range).scrollIntoView());
		if (focus) this.view.focus();
	}
	/** Puts words in the place of stretches of `words`: one step. */
	replace(places: readonly { from: number; to: number; by: string }[]): void {
		const { words } = this;
		const { tr } = this.view.state;
		for (const { from, to, by } of [...places].sort((a, b) => b.from - a.from)) {
			const [start, end] = [words.position(from), words.position(to)];
			if (by === '') tr.delete(start, end);
			else tr.replaceWith(start, end, schema.text(by, tr.doc.resolve(start + 1).marks()));
		}
		this.view.dispatch(tr);
	}
	/** Marks stretches of `words`. */
	mark(
		layer: string,
		marks: readonly { from: number; to: number; class: string; id?: string }[]
	): void {
		const { words } = this;
		this.#marks(
			layer,
			marks.map((one) => ({ ...one, from: words.position(one.from), to: words.position(one.to) }))
		);
	}
	/** Marks the nodes that stretches of the Markdown stand for. */
	markParts(layer: string, parts: readonly { from: number; to: number; class: string }[]): void {
		const { doc } = this.view.state;
		let position = 0;
		const offsets = this.#offsets();
		const marks: MarkIn[] = [];
		doc.forEach((node, at, index) => {
			position = at + node.nodeSize;
			const { from, to } = offsets[index] ?? { from: 0, to: 0 };
			const part = parts.find((one) => to > from && from >= one.from && from < one.to);
			if (part) marks.push({ from: at, to: position, class: part.class, block: true });
		});
		this.#marks(layer, marks);
	}
	destroy(): void {
		this.view.destroy();
	}

	#marks(layer: string, marks: MarkIn[]): void {
		this.view.dispatch(setMarks(this.view.state, layer, marks));
	}

	#offsets(): { from: number; to: number }[] {
		let at = this.#pieces.head.length;
		return this.#pieces.pieces.map(({ source, gap }) => {
			const from = at;
			at += source.length + gap.length;
			return { from, to: from + source.length };
		});
	}

	#command(command: Command): void {
		command(this.view.state, (tr) => this.view.dispatch(tr), this.view);
		this.view.focus();
	}

	#dispatch(tr: Transaction): void {
		const { state } = this.view.state.applyTransaction(tr);
		if (tr.docChanged && !tr.getMeta(outside)) {
			const pieces = rewrite(state.doc, this.#pieces);
			const isNew = textOf(pieces) !== this.body;
			// Refused: the screen shows again what is kept.
			if (isNew && !this.#around.write(textOf(pieces)))
				return this.view.updateState(this.view.state);
			this.#pieces = pieces;
		}
		this.view.updateState(state);
		// Marks come from the screen: what they change it knows.
		if (tr.docChanged || tr.selectionSet || tr.storedMarksSet) this.#around.moved(toolsOf(state));
	}

	#takeWaiting(): void {
		const body = this.#waiting;
		this.#waiting = null;
		if (body !== null) this.take(body);
	}

	#paste(event: ClipboardEvent): boolean {
		return this.#tooLong(event.clipboardData);
	}
	#tooLong(data: DataTransfer | null): boolean {
		const length = data?.getData('text/plain').length ?? 0;
		const html = length > longestPaste ? 0 : (data?.getData('text/html').length ?? 0);
		if (length <= longestPaste && html <= longestPaste * 10) return false;
		this.#around.refused(Math.max(length, html));
		return true;
	}

	#press(target: EventTarget | null): boolean {
		const id =
			target instanceof Element ? target.closest('[data-id]')?.getAttribute('data-id') : null;
		if (id) this.#around.pressed(id);
		return false;
	}

	/** The menu's and a phone's "undo". */
	#historyInput(event: InputEvent): boolean {
		if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return false;
		event.preventDefault();
		this.#around.act(event.inputType === 'historyUndo' ? 'undo' : 'redo');
		return true;
	}

	#liveView(name: unknown, view: EditorView, getPos: () => number | undefined) {
		const dom = document.createElement('div');
		dom.className = 'live-block';
		dom.contentEditable = 'false';
		const block = String(name);
		const handle: BlockHandle = {
			move: (by) => this.#moveNode(getPos(), by),
			remove: () => {
				const at = getPos();
				const node = at === undefined ? null : view.state.doc.nodeAt(at);
				if (at === undefined || !node) return;
				const tr = view.state.tr.delete(at, at + node.nodeSize);
				if (tr.doc.childCount === 0) tr.insert(0, schema.nodes.paragraph.create());
				view.dispatch(tr);
				view.focus();
			}
		};
		const destroy = isBlock(block) ? this.#around.show(block, dom, handle) : () => {};
		return {
			dom,
			destroy,
			ignoreMutation: () => true,
			stopEvent: (event: Event) => isControl(event)
		};
	}

	/** Over the neighbour above or below. */
	#moveNode(at: number | undefined, by: -1 | 1): void {
		const { state } = this.view;
		const node = at === undefined ? null : state.doc.nodeAt(at);
		if (at === undefined || !node) return;
		const index = state.doc.resolve(at).index(0);
		const near = state.doc.maybeChild(index + by);
		if (!near) return;
		const to = by < 0 ? at - near.nodeSize : at + near.nodeSize;
		const tr = state.tr.delete(at, at + node.nodeSize).insert(to, node);
		this.view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, to)).scrollIntoView());
	}
}

const isControl = (event: Event): boolean =>
	event.target instanceof Element &&
	event.target.closest('button, a, [tabindex]') !== null &&
	!event.type.startsWith('drag');
