/**
 * The Word template of this browser: one setting beside the workspaces, in no copy and no workspace.
 *
 * Every promise rejects with a Problem and nothing else.
 */
import { Problem } from '#lib/model/problem.ts';
import { openStore } from './open.ts';
import type { WorkspaceStore } from './store.ts';

const key = 'word-template';
export type KeptTemplate = { name: string; bytes: Uint8Array<ArrayBuffer> };

/** Undefined where there is none, or what is kept is none. */
export const readKeptTemplate = (open = openStore): Promise<KeptTemplate | undefined> =>
	within(open, async (store) => {
		const kept = await store.setting(key);
		return isKept(kept) ? kept : undefined;
	});

/** 'storage-blocked' where the browser keeps nothing. */
export const keepTemplate = (template: KeptTemplate, open = openStore): Promise<void> =>
	within(open, async (store) => {
		if (store.forgets) throw new Problem('storage-blocked');
		await store.saveSetting(key, { name: template.name, bytes: template.bytes });
	});

export const removeTemplate = (open = openStore): Promise<void> =>
	within(open, (store) => store.saveSetting(key, null));

async function within<T>(open: typeof openStore, use: (store: WorkspaceStore) => Promise<T>) {
	const store = await open();
	try {
		return await use(store);
	} finally {
		store.close();
	}
}

const isKept = (value: unknown): value is KeptTemplate =>
	typeof value === 'object' &&
	value !== null &&
	'name' in value &&
	typeof value.name === 'string' &&
	'bytes' in value &&
	value.bytes instanceof Uint8Array;
