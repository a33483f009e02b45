/**
 * Rescue: the open workspace as a file, for a page that could not be shown (F-24). It asks nothing of
 * the page that failed, and is fetched only when somebody presses the button.
 */
import { saveFile } from '#lib/device/save.ts';
import { appVersion } from '#lib/ui/app-version.ts';
import { live } from '#lib/state/workspace.svelte.ts';

/** Saves the workspace that was open last; gives the file's name. Throws Problem where there is none. */
export async function rescue(): Promise<string> {
	await live.openCurrent();
	await live.flush();
	const file = await live.projectFile({ appVersion, guides: {} });
	saveFile(file.bytes, file.name, file.type);
	await live.copied();
	return file.name;
}
