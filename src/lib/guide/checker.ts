/**
 * A Checker reads a pack's files field by field and keeps every mistake: file, line, expected, found.
 * A wrong field yields a harmless value, so that one run shows all mistakes.
 */
import { parseFrontMatter, type ContentProblem } from './front-matter.ts';
import { isContentId } from '#lib/model/ids.ts';

type Read = ((path: string) => string | undefined) & { list?: (folder: string) => string[] };

export class Checker {
	readonly #folder: string;
	readonly #read: Read;
	readonly #problems: ContentProblem[];

	constructor(folder: string, read: Read, problems: ContentProblem[]) {
		this.#folder = folder;
		this.#read = read;
		this.#problems = problems;
	}

	report(path: string, line: number, expected: string, found: string): void {
		this.#problems.push({ file: `${this.#folder}/${path}`, line, expected, found });
	}

	/** Line of the `nth` place where `"word"` stands in a file, from 1. */
	lineOf(path: string, word: string, nth = 1): number {
		const lines = (this.#read(path) ?? '').split('\n');
		let left = nth;
		const at = lines.findIndex((line) => line.includes(`"${word}"`) && --left === 0);
		return at < 0 ? 1 : at + 1;
	}

	json(path: string): Fields {
		const text = this.#read(path);
		let raw: unknown = {};
		if (text === undefined) this.report(path, 1, 'a file', 'none');
		else {
			try {
				raw = JSON.parse(text);
			} catch (error) {
				const position = Number(/position (\d+)/.exec((error as Error).message)?.[1] ?? 0);
				this.report(
					path,
					text.slice(0, position).split('\n').length,
					'JSON',
					(error as Error).message.slice(0, 100)
				);
			}
		}
		return new Fields(this, path, raw, (key) => this.lineOf(path, key));
	}

	markdown(path: string): Page {
		const text = this.#read(path);
		if (text === undefined) {
			this.report(path, 1, 'a file', 'none');
			return new Page(this, path, {}, '', 1, () => 1);
		}
		const parsed = parseFrontMatter(path, text);
		if ('expected' in parsed) {
			this.report(path, parsed.line, parsed.expected, parsed.found);
			return new Page(this, path, {}, text, 1, () => 1);
		}
		return new Page(this, path, parsed.data, parsed.body, parsed.bodyLine, parsed.lineOf);
	}

	/** Files in `folder` that no skeleton names would never be shown: most likely a misspelt id. */
	orphans(folder: string, known: Set<string>): void {
		for (const name of this.#read.list?.(folder) ?? []) {
			const id = name.replace(/\.md$/, '');
			if (!known.has(id)) this.report(folder + name, 1, 'a file that a skeleton names', id);
		}
	}
}

/** An object of a pack; each reader says what it expects. */
export class Fields {
	protected readonly checker: Checker;
	protected readonly path: string;
	readonly raw: Record<string, unknown>;
	readonly line: (key: string) => number;

	constructor(checker: Checker, path: string, raw: unknown, line: (key: string) => number) {
		this.checker = checker;
		this.path = path;
		this.line = line;
		const isObject = typeof raw === 'object' && raw !== null && !Array.isArray(raw);
		if (!isObject) this.wrong('', 'an object', raw);
		this.raw = isObject ? (raw as Record<string, unknown>) : {};
	}

	wrong(key: string, expected: string, found: unknown): void {
		const shown = found === undefined ? 'nothing' : (JSON.stringify(found) ?? '').slice(0, 80);
		this.checker.report(this.path, this.line(key), key ? `${key}: ${expected}` : expected, shown);
	}

	text(key: string): string {
		const value = this.raw[key];
		if (typeof value === 'string' && value.trim() !== '') return value.trim();
		this.wrong(key, 'a text', value);
		return '';
	}

	id(key: string): string {
		const value = this.text(key);
		if (value && !isContentId(value))
			this.wrong(key, 'an id of lower-case words and hyphens', value);
		return value;
	}

	texts(key: string, optional = false): string[] {
		const value = this.raw[key];
		if (value === undefined && optional) return [];
		if (Array.isArray(value) && value.every((v) => typeof v === 'string' && v.trim() !== '')) {
			return value.map((v: string) => v.trim());
		}
		this.wrong(key, 'a list of texts', value);
		return [];
	}

	textsOf(key: string, length: number): string[] {
		const value = this.texts(key);
		if (value.length !== length) this.wrong(key, `${length} sentences`, `${value.length}`);
		return Array.from({ length }, (_, i) => value[i] ?? '');
	}

	number(key: string, least: number, most: number): number {
		const value = this.raw[key];
		if (typeof value === 'number' && value >= least && value <= most) return value;
		this.wrong(key, `a number from ${least} to ${most}`, value);
		return least;
	}

	oneOf<T extends string | number>(key: string, allowed: readonly T[]): T {
		const value = allowed.find((a) => a === this.raw[key]);
		if (value !== undefined) return value;
		this.wrong(key, `one of ${allowed.join(', ')}`, this.raw[key]);
		return allowed[0]!;
	}

	list(key: string): Fields[] {
		const value = this.raw[key];
		if (!Array.isArray(value)) {
			this.wrong(key, 'a list', value);
			return [];
		}
		return value.map((item: Record<string, unknown>) => {
			const name = typeof item?.id === 'string' ? item.id : key;
			return new Fields(this.checker, this.path, item, () => this.line(name));
		});
	}

	child(key: string): Fields {
		return new Fields(this.checker, this.path, this.raw[key] ?? {}, () => this.line(key));
	}

	record(key: string): Record<string, unknown> {
		return this.child(key).raw;
	}

	entries(key: string): [string, Fields][] {
		const child = this.child(key);
		return Object.keys(child.raw).map((name) => [name, child.child(name)]);
	}
}

/** The front matter of a Markdown file, with its body. */
export class Page extends Fields {
	readonly body: string;
	readonly bodyLine: number;

	constructor(
		checker: Checker,
		path: string,
		raw: unknown,
		body: string,
		bodyLine: number,
		line: (key: string) => number
	) {
		super(checker, path, raw, line);
		this.body = body;
		this.bodyLine = bodyLine;
	}

	/** Line of the file on which `words` stand in the body. */
	lineIn(words: string): number {
		const at = this.body.split('\n').findIndex((line) => line.includes(words));
		return this.bodyLine + Math.max(at, 0);
	}
}
