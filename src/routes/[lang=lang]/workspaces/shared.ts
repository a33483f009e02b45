/** What the list of workspaces shows of the server: loaded where any of them is shared. */
import '#lib/state/sharing.svelte.ts';

export { SharedList } from '#lib/state/shared-list.svelte.ts';
export { default as Exchanged } from './Exchanged.svelte';
