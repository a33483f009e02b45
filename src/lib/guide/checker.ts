/**
 * A Checker opens JSON files of content for reading field by field (`fields.ts`) and keeps every mistake:
 * file, line, field, expected, found, how to mend. A wrong field yields a
 * harmless value, so that one run shows all mistakes. Pages: `page-checker.ts`.
 */
import { namesIn, type Content } from './content.ts';
import type { ContentProblem } from './content-problem.ts';
import { Fields } from './fields.ts';
import { duplicateKeys, lineOfId, lineOfKey } from './json-lines.ts';

/** What may go with an expectation: which field, and what to do. */
type More = { field?: string; mend?: string };

export class Checker {
	readonly content: Content;
	protected readonly problems: ContentProblem[];

	constructor(content: Content, problems: ContentProblem[]) {
		this.content = content;
		this.problems = problems;
	}

	report(path: string, line: number, expected: string, found: string, more: More = {}): void {
		this.problems.push({ file: `content/${path}`, line, expected, found, ...more });
	}

	/** Line of the `nth` place where the id stands as one, else where the word stands. */
	lineOf(path: string, id: string, nth = 1): number {
		return lineOfId(this.content.read(path) ?? '', id, nth);
	}

	json(path: string): Fields {
		const text = this.text(path);
		if (text === undefined) return new Fields(this, path, null, () => 1);
		let raw: unknown = null;
		try {
			raw = JSON.parse(text) ?? 'null';
			for (const { key, line } of duplicateKeys(text)) {
				this.report(path, line, 'a key used once', `${key} twice`, {
					field: key,
					mend: 'remove one of the two, or give one another id'
				});
			}
		} catch (thrown) {
			const message = (thrown as Error).message;
			const position = Number(/position (\d+)/.exec(message)?.[1] ?? 0);
			const line = text.slice(0, position).split('\n').length;
			this.report(path, line, 'JSON', message.slice(0, 100), {
				mend: 'look for a missing or extra comma, quote or bracket on this line or the one before'
			});
		}
		return new Fields(this, path, raw, (key) => lineOfKey(text, key));
	}

	/** Whether there is JSON in the file. Asks without reporting anything. */
	isReadable(path: string): boolean {
		return new Checker(this.content, []).json(path).isThere;
	}

	/** Files in `folder` that no skeleton names would never be shown: most likely a misspelt id. */
	orphans(folder: string, known: ReadonlySet<string>, where: string): void {
		for (const name of namesIn(this.content, folder)) {
			const id = name.replace(/\.md$/, '');
			// A page of another name is reported by `tree.ts`.
			if (known.has(id) || id === name) continue;
			this.report(folder + name, 1, 'a file that a skeleton names', id, {
				mend: `name ${id} in ${where}, or rename or remove the file`
			});
		}
	}

	protected text(path: string): string | undefined {
		const text = this.content.read(path);
		const size = this.content.files.get(path);
		if (text === undefined && size === undefined) {
			this.report(path, 1, 'a file', 'none', {
				mend: 'write it, or take its id out of the skeleton'
			});
		}
		// What is too large, or no text, is reported by `tree.ts`, as is a byte order mark.
		return text?.includes('\0') ? undefined : text?.replace(/^\uFEFF/, '');
	}
}
