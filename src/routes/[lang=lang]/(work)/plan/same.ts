/**
 * Actions that did not change, as the very values that they were: the workspace is read anew with
 * each keystroke, and a row whose value is the same one is not drawn again.
 */
import type { Action } from '#lib/model/workspace.ts';

/** A function that gives back its last result's values wherever they say the same. */
export function keepSame(): (actions: readonly Action[]) => Action[] {
	let known = new Map<string, { action: Action; mark: string }>();
	return (actions) => {
		const marked = actions.map((action) => {
			const before = known.get(action.id);
			if (before?.action === action) return before;
			const mark = JSON.stringify(action);
			return before?.mark === mark ? before : { action, mark };
		});
		known = new Map(marked.map((one) => [one.action.id, one]));
		return marked.map(({ action }) => action);
	};
}
