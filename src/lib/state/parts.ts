/** Parts of the open workspace as files: given out, looked at when they come back, taken in. */
import { broughtBy, type Brought } from '#lib/assessment/brought.ts';
import { safeFileName } from '#lib/device/names.ts';
import { landReturned, partOfFile, readReturned, writePartFile } from '#lib/device/part-file.ts';
import type { Returned } from '#lib/device/part-file.ts';
import { projectExtension, projectType } from '#lib/device/project.ts';
import { zipLimits } from '#lib/device/zip.ts';
import { Problem } from '#lib/model/problem.ts';
import type { Part, PartOf } from '#lib/model/workspace.ts';
import { readWorkspace } from '#lib/sync/document.ts';
import { live } from './workspace.svelte.ts';

export type { Returned } from '#lib/device/part-file.ts';

/** The file of a part. Rejects with the Problem of why there is none. */
export async function partFile(
	part: Part,
	about: { appVersion: string; guides: Record<string, string> }
): Promise<{ bytes: Uint8Array<ArrayBuffer>; name: string; type: string }> {
	await live.flush();
	const bytes = await writePartFile(live.document(), part, about);
	const name = `${live.workspace?.name ?? ''} · ${part.organisation}`;
	return { bytes, name: safeFileName(name, projectExtension), type: projectType };
}

export type Looked = {
	bytes: Uint8Array;
	/** Whose part the file is; null for a workspace of its own. */
	of: PartOf | null;
	/** The workspace that asked for it is on this device. */
	isHere: boolean;
};

/** What kind of file it is. Rejects with the Problem of a bad one. */
export async function lookAt(file: Blob): Promise<Looked> {
	if (file.size > zipLimits.packed) throw new Problem('file-too-large', { limit: '20 MB' });
	const bytes = new Uint8Array(await file.arrayBuffer());
	const of = await partOfFile(bytes);
	if (of) await live.refreshList();
	const isHere = live.list.some(({ id, deletedAt }) => id === of?.workspace && !deletedAt);
	return { bytes, of, isHere };
}

/**
 * Opens the workspace that asked, and reads what came back for it. Null where it has no such part (any
 * more). Nothing is taken in.
 */
export async function readBack({ bytes, of }: Looked): Promise<Returned | null> {
	if (!of) return null;
	await live.open(of.workspace);
	await live.flush();
	return readReturned(live.document(), bytes);
}

/** Takes it in: one step of undo. Gives what it brought. Throws a Problem; nothing has changed then. */
export function takeIn(returned: Returned): Brought {
	const before = readWorkspace(live.document());
	live.together(`back ${returned.part.id} ${Date.now()}`, (doc, by) =>
		landReturned(doc, by, returned)
	);
	return broughtBy(before, readWorkspace(live.document()));
}
