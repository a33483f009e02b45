/** A temporary folder with some files, for the tests here. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Its path; it goes away with the test. A value that is no text is written as JSON. */
export function folderWith(files: Record<string, unknown>): string {
	const folder = mkdtempSync(join(tmpdir(), 'launch-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	for (const [name, value] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value), {
			mode: 0o755
		});
	}
	return folder;
}
