// A reason to stop that the person at the terminal can act on: printed as a sentence, without a stack.
import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export class Stop extends Error {}

/** Runs an entry file's work; its number is the exit code. Only what nobody foresaw shows a stack. */
export async function launch(work) {
	try {
		process.exitCode = await work();
	} catch (error) {
		console.error(error instanceof Stop ? `\n${error.message}` : error);
		process.exitCode = 1;
	}
}

/** True in the file that was started, false in one that was imported. */
export function isEntry(meta) {
	const [, started] = process.argv;
	return started !== undefined && realpathSync(fileURLToPath(meta.url)) === realpathSync(started);
}
