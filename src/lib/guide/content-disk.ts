/** Content on disk: every file below a folder, read when asked for and once. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { largestFile, type Content } from './content.ts';

/** The content below `root`. A byte that is no UTF-8 reads as U+FFFD, which `tree.ts` reports. */
export function diskContent(root: string): Content {
	const files = new Map<string, number>();
	for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
		if (!entry.isFile()) continue;
		const file = join(entry.parentPath, entry.name);
		files.set(relative(root, file).split(sep).join('/'), statSync(file).size);
	}
	const texts = new Map<string, string>();
	return {
		files: new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))),
		read: (path) => {
			const size = files.get(path);
			if (size === undefined || size > largestFile) return undefined;
			if (!texts.has(path)) {
				texts.set(path, readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n'));
			}
			return texts.get(path);
		}
	};
}
