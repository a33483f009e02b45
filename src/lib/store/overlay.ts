/**
 * The overlay of this browser: one setting beside the workspaces, in no copy and no workspace.
 *
 * Every promise rejects with a Problem and nothing else.
 */
import { isOverlayOn, setOverlayOn } from '#lib/guide/overlay-flag.ts';
import type { Overlay } from '#lib/guide/overlay.ts';
import { Problem } from '#lib/model/problem.ts';
import { openStore } from './open.ts';
import type { WorkspaceStore } from './store.ts';

const key = 'overlay';
/** The form of what is kept: another version of the app may have another. */
const form = 1;

type Kept = { form: typeof form; overlay: Overlay };

/** The overlay that is on; undefined where there is none, or another version of the app kept it. */
export async function readKeptOverlay(open = openStore): Promise<Overlay | undefined> {
	if (!isOverlayOn()) return undefined;
	return within(open, async (store) => {
		const kept = await store.setting(key);
		return isKept(kept) ? kept.overlay : undefined;
	});
}

/** Keeps a checked overlay and turns it on. 'storage-blocked' where the browser keeps nothing. */
export function keepOverlay(overlay: Overlay, open = openStore): Promise<void> {
	return within(open, async (store) => {
		if (store.forgets) throw new Problem('storage-blocked');
		await store.saveSetting(key, { form, overlay } satisfies Kept);
		flag(true);
	});
}

/** Turns it off first: what then fails to be removed is not shown any more. */
export function removeOverlay(open = openStore): Promise<void> {
	flag(false);
	return within(open, (store) => store.saveSetting(key, null));
}

function flag(isOn: boolean): void {
	try {
		setOverlayOn(isOn);
	} catch (thrown) {
		throw new Problem('storage-blocked', {}, thrown);
	}
}

async function within<T>(open: typeof openStore, use: (store: WorkspaceStore) => Promise<T>) {
	const store = await open();
	try {
		return await use(store);
	} finally {
		store.close();
	}
}

// Only `keepOverlay` writes it, after `guide/overlay-read.ts` has checked it.
const isKept = (value: unknown): value is Kept =>
	typeof value === 'object' && value !== null && 'form' in value && value.form === form;
