/**
 * Undo on the draft page: the workspace's own, but never beyond the draft. Who presses Ctrl+Z over a
 * chapter does not mean the answer that they gave on another page.
 */
import { tick } from 'svelte';
import { live } from '#lib/state/workspace.svelte.ts';

/** Whether there was something of the draft to undo, or to do again. */
export async function stepBack(kind: 'undo' | 'redo', guide: string): Promise<boolean> {
	if (kind === 'undo' ? !live.canUndo : !live.canRedo) return false;
	const before = draftOf(guide);
	live[kind]();
	// The workspace is read again in the next turn.
	await tick();
	if (draftOf(guide) !== before) return true;
	live[kind === 'undo' ? 'redo' : 'undo']();
	return false;
}

function draftOf(guide: string): string {
	const workspace = live.workspace;
	if (!workspace) return '';
	return JSON.stringify([
		workspace.chapters.filter((one) => one.guide === guide),
		workspace.comments,
		workspace.approvals,
		workspace.versions.map(({ id }) => id)
	]);
}
