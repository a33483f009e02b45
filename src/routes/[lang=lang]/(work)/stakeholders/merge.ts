/** Merging parties of the open workspace: one step of undo. */
import { mergeParties } from '#lib/plan/register.ts';
import { newId } from '#lib/model/ids.ts';
import type { Workspace } from '#lib/model/workspace.ts';
import { live } from '#lib/state/workspace.svelte.ts';
import {
	patchAction,
	putIndicator,
	putStakeholder,
	readWorkspace,
	removeStakeholder
} from '#lib/sync/document.ts';

/**
 * What names one of `others` names `kept` then; they are gone. No effect on ids that are not there. Gives a
 * function that puts back what the merge changed, and nothing that was written since.
 */
export function mergeInto(kept: string, others: readonly string[]): () => void {
	let before: Workspace | undefined;
	let after: Workspace | undefined;
	live.together(`merge ${newId()}`, (doc, by) => {
		before = readWorkspace(doc);
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
		after = readWorkspace(doc);
	});
	return () => {
		if (before && after) unmerge([kept, ...others], before, after);
	};
}

function unmerge(parties: readonly string[], before: Workspace, after: Workspace): void {
	const then = new Map(after.actions.map((action) => [action.id, action]));
	live.together(`unmerge ${newId()}`, (doc, by) => {
		for (const party of before.stakeholders) {
			if (parties.includes(party.id)) putStakeholder(doc, by, party);
		}
		for (const action of before.actions) {
			const changed = then.get(action.id);
			if (!changed) continue;
			const { ownerId, owner, sponsorId, partnerIds, tasks } = action;
			const patch = { ownerId, owner, sponsorId, partnerIds, tasks };
			const isSame = (Object.keys(patch) as (keyof typeof patch)[]).every(
				(field) => JSON.stringify(patch[field]) === JSON.stringify(changed[field])
			);
			if (!isSame) patchAction(doc, by, action.id, patch);
		}
		for (const { id, collector } of before.indicators) {
			const changed = after.indicators.find((one) => one.id === id);
			if (changed && changed.collector !== collector) putIndicator(doc, by, id, { collector });
		}
	});
}
