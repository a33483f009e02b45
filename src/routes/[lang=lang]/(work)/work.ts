/** What the frame of the work pages stands on where there is work: loaded by its `load` (work-code.ts). */
export { edition } from '#lib/state/edition.svelte.ts';
export { guide } from '#lib/state/guide.svelte.ts';
export { lock } from '#lib/state/lock.svelte.ts';
export { live } from '#lib/state/workspace.svelte.ts';
export { default as EditionLine } from './EditionLine.svelte';
export { default as WorkBar } from './WorkBar.svelte';
