/** What the work header shows of the server: loaded where the open workspace is shared. */
export { sharing } from '#lib/state/sharing.svelte.ts';
export { default as SyncStatus } from './SyncStatus.svelte';
