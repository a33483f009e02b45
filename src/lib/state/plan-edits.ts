/**
 * Edits of the plan of one guide, in which an action of another guide may stand too: that guide's
 * part of it is changed, not the action's own.
 */
import { withoutGuide } from '#lib/draft/serving.ts';
import type { Action } from '#lib/model/workspace.ts';
import { live } from './workspace.svelte.ts';

const stored = (id: string): Action | undefined =>
	live.workspace?.actions.find((action) => action.id === id);

export function patchFor(guide: string, id: string, change: Partial<Omit<Action, 'id'>>): void {
	const action = stored(id);
	if (!action || action.guide === guide) return live.patchAction(id, change);
	const { closes, ...rest } = change;
	delete rest.guide;
	live.patchAction(id, closes ? { ...rest, also: { [guide]: closes } } : rest);
}

/** Takes an action out of a guide's plan; gives the way to bring it back as it was. */
export function removeFor(guide: string, id: string): () => void {
	const action = stored(id);
	if (!action) return () => {};
	const change = withoutGuide(action, guide);
	if (change) live.patchAction(id, change);
	else live.removeAction(id);
	return () => live.putAction(action);
}
