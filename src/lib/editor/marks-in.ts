/**
 * Marks in the text that are no part of it: prefilled paragraphs, remarks, places that were found,
 * terms. They move with the text while somebody types.
 */
import { Plugin, PluginKey, type EditorState } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';

/** `block`: the whole node that begins at `from`. */
export type MarkIn = { from: number; to: number; class: string; block?: boolean; id?: string };
type Layers = Record<string, DecorationSet>;

const key = new PluginKey<Layers>('marks');

export const marksIn = (): Plugin =>
	new Plugin<Layers>({
		key,
		state: {
			init: () => ({}),
			apply(tr, layers) {
				const set = tr.getMeta(key) as { layer: string; marks: MarkIn[] } | undefined;
				if (!tr.docChanged && !set) return layers;
				const moved: Layers = {};
				for (const [name, marks] of Object.entries(layers)) {
					moved[name] = tr.docChanged ? marks.map(tr.mapping, tr.doc) : marks;
				}
				if (set) moved[set.layer] = DecorationSet.create(tr.doc, set.marks.map(decoration));
				return moved;
			}
		},
		props: {
			decorations(state) {
				const all = Object.values(key.getState(state) ?? {}).flatMap((layer) => layer.find());
				return DecorationSet.create(state.doc, all);
			}
		}
	});

const decoration = ({ from, to, class: name, block, id }: MarkIn): Decoration => {
	const attributes = { class: name, ...(id ? { 'data-id': id } : {}) };
	return block ? Decoration.node(from, to, attributes) : Decoration.inline(from, to, attributes);
};

/** The transaction that sets one layer of marks. */
export const setMarks = (state: EditorState, layer: string, marks: MarkIn[]) =>
	state.tr.setMeta(key, { layer, marks }).setMeta('addToHistory', false);
