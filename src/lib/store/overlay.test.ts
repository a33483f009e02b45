// @vitest-environment jsdom
import { beforeEach, expect, test } from 'vitest';
import { isOverlayOn } from '#lib/guide/overlay-flag.ts';
import type { Overlay } from '#lib/guide/overlay.ts';
import { MemoryStore } from './memory.ts';
import { keepOverlay, readKeptOverlay, removeOverlay } from './overlay.ts';
import type { WorkspaceStore } from './store.ts';

const overlay: Overlay = { id: 'numenia', title: { en: 'Numenia' }, guides: {} };
let store: WorkspaceStore;
const open = () => Promise.resolve(store);

beforeEach(() => {
	localStorage.clear();
	store = Object.assign(new MemoryStore(), { forgets: false, close: () => {} });
});

test('what is kept is read again, and removed it is off', async () => {
	expect(await readKeptOverlay(open)).toBeUndefined();
	await keepOverlay(overlay, open);
	expect(isOverlayOn()).toBe(true);
	expect(await readKeptOverlay(open)).toEqual(overlay);
	await removeOverlay(open);
	expect(isOverlayOn()).toBe(false);
	expect(await store.setting('overlay')).toBeNull();
});

test('without the flag the database is not opened', async () => {
	const opened = () => Promise.reject(new Error('opened'));
	expect(await readKeptOverlay(opened)).toBeUndefined();
});

test('where the browser keeps nothing, nothing is turned on', async () => {
	store = new MemoryStore();
	await expect(keepOverlay(overlay, open)).rejects.toMatchObject({ code: 'storage-blocked' });
	expect(isOverlayOn()).toBe(false);
});

test('an overlay of another form is none', async () => {
	await keepOverlay(overlay, open);
	await store.saveSetting('overlay', { form: 2, overlay });
	expect(await readKeptOverlay(open)).toBeUndefined();
});
