/**
 * Front matter: the YAML between two `---` lines at the top of a content file.
 *
 * YAML is held short: core schema, no aliases, no custom tags, no duplicate keys, 16 KB (F-32).
 */
import { LineCounter, parseDocument } from 'yaml';
import type { ContentProblem } from './content-problem.ts';

export type FrontMatter = {
	data: Record<string, unknown>;
	body: string;
	/** Line of the file on which `body` starts, from 1. */
	bodyLine: number;
	/** Line of a top-level key, from 1; 1 where the key is absent. */
	lineOf: (key: string) => number;
};

const limit = 16 * 1024;

/** Splits and parses a content file, or says where it failed. */
export function parseFrontMatter(file: string, text: string): FrontMatter | ContentProblem {
	const match = /^---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text);
	if (!match) {
		return {
			file,
			line: 1,
			expected: 'front matter between two lines of ---',
			found: firstLine(text) || 'nothing',
			mend: 'begin the file with ---, the keys, and --- again'
		};
	}
	const yaml = match[1]!;
	if (yaml.length > limit) {
		return {
			file,
			line: 1,
			expected: `front matter of at most ${limit} characters`,
			found: `${yaml.length}`
		};
	}
	const counter = new LineCounter();
	const document = parseDocument(yaml, {
		schema: 'core',
		uniqueKeys: true,
		customTags: [],
		lineCounter: counter
	});
	const fault = document.errors[0] ?? document.warnings[0];
	if (fault) {
		const line = 1 + (fault.linePos?.[0].line ?? 1);
		return {
			file,
			line,
			expected: 'plain YAML',
			found: fault.message.split('\n')[0]!,
			mend: 'put a text that holds : or # or begins with a quote between double quotes'
		};
	}
	let data: unknown;
	try {
		data = document.toJS({ maxAliasCount: 0 });
	} catch (error) {
		return { file, line: 2, expected: 'YAML without aliases', found: (error as Error).message };
	}
	if (typeof data !== 'object' || data === null || Array.isArray(data)) {
		return { file, line: 2, expected: 'keys with values', found: firstLine(yaml) };
	}
	const lines = yaml.split('\n');
	if (lines.some((line) => /^["']?__proto__["']?\s*:/.test(line))) {
		return { file, line: 2, expected: 'a known key', found: '__proto__' };
	}
	return {
		data: data as Record<string, unknown>,
		body: text.slice(match[0].length),
		bodyLine: match[0].split('\n').length,
		lineOf: (key) =>
			2 +
			Math.max(
				-1,
				lines.findIndex((line) => line.startsWith(`${key}:`))
			)
	};
}

const firstLine = (text: string): string => text.split('\n', 1)[0]!.slice(0, 80);
