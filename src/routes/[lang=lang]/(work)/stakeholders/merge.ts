/** Merging parties of the open workspace: one step of undo. */
import { mergeParties } from '#lib/plan/register.ts';
import { newId } from '#lib/model/ids.ts';
import { live } from '#lib/state/workspace.svelte.ts';
import {
	patchAction,
	putIndicator,
	putStakeholder,
	readWorkspace,
	removeStakeholder
} from '#lib/sync/document.ts';

/** What names one of `others` names `kept` then; they are gone. No effect on ids that are not there. */
export function mergeInto(kept: string, others: readonly string[]): void {
	live.together(`merge ${newId()}`, (doc, by) => {
		for (const other of others) {
			// Each merge stands on the one before it.
			const { stakeholders, actions, indicators } = readWorkspace(doc);
			const into = stakeholders.find(({ id }) => id === kept);
			const gone = stakeholders.find(({ id }) => id === other);
			if (!into || !gone || kept === other) continue;
			const merge = mergeParties(into, gone, actions, indicators);
			putStakeholder(doc, by, merge.kept);
			for (const { id, patch } of merge.actions) patchAction(doc, by, id, patch);
			for (const { id, collector } of merge.indicators) putIndicator(doc, by, id, { collector });
			removeStakeholder(doc, by, other);
		}
	});
}
