/** Edits of several actions as one step of undo, each with the way back. */
import { withoutGuide } from '#lib/draft/serving.ts';
import { newId } from '#lib/model/ids.ts';
import type { Action } from '#lib/model/workspace.ts';
import { live } from '#lib/state/workspace.svelte.ts';
import { patchAction, putAction, removeAction } from '#lib/sync/document.ts';
import type { ActionPatch } from '#lib/sync/edit-plan.ts';

export type Undo = () => void;

const storedOf = (ids: readonly string[]): Action[] => {
	const wanted = new Set(ids);
	return live.workspace?.actions.filter(({ id }) => wanted.has(id)) ?? [];
};

/** Changes each of the actions `ids`; those of which `change` says nothing stay as they are. */
export function changeAll(
	ids: readonly string[],
	change: (action: Action) => ActionPatch
): { count: number; undo: Undo } {
	const edits = storedOf(ids).flatMap((action) => {
		const patch = Object.fromEntries(
			Object.entries(change(action)).filter(([name, value]) => Reflect.get(action, name) !== value)
		);
		const before = Object.fromEntries(
			Object.keys(patch).map((name) => [name, Reflect.get(action, name)])
		);
		return Object.keys(patch).length > 0 ? [{ id: action.id, patch, before }] : [];
	});
	const write = (which: 'patch' | 'before'): void =>
		live.together(`several ${newId()}`, (doc, by) => {
			for (const edit of edits) patchAction(doc, by, edit.id, edit[which]);
		});
	if (edits.length > 0) write('patch');
	return { count: edits.length, undo: () => write('before') };
}

/** Takes actions out of a guide's plan; what serves another guide goes on there. */
export function removeAll(guide: string, ids: readonly string[]): { count: number; undo: Undo } {
	const actions = storedOf(ids);
	live.together(`several ${newId()}`, (doc, by) => {
		for (const action of actions) {
			const rest = withoutGuide(action, guide);
			if (rest) patchAction(doc, by, action.id, rest);
			else removeAction(doc, by, action.id);
		}
	});
	return {
		count: actions.length,
		undo: () =>
			live.together(`several ${newId()}`, (doc, by) => {
				for (const action of actions) putAction(doc, by, action);
			})
	};
}
