/**
 * A Checker reads content files field by field and keeps every mistake: file, line, field, expected,
 * found, how to mend. A wrong field yields a harmless value, so that one run shows all mistakes.
 */
import { isContentId } from '#lib/model/ids.ts';
import { largestFile, namesIn, type Content } from './content.ts';
import type { ContentProblem } from './content-problem.ts';
import { parseFrontMatter } from './front-matter.ts';
import { duplicateKeys, lineOfId, lineOfKey } from './json-lines.ts';

/** What may go with an expectation: which field, and what to do. */
type More = { field?: string; mend?: string };

export class Checker {
	readonly content: Content;
	readonly #problems: ContentProblem[];

	constructor(content: Content, problems: ContentProblem[]) {
		this.content = content;
		this.#problems = problems;
	}

	report(path: string, line: number, expected: string, found: string, more: More = {}): void {
		this.#problems.push({ file: `content/${path}`, line, expected, found, ...more });
	}

	/** Line of the `nth` place where the id stands as one, else where the word stands. */
	lineOf(path: string, id: string, nth = 1): number {
		return lineOfId(this.content.read(path) ?? '', id, nth);
	}

	json(path: string): Fields {
		const text = this.#text(path);
		if (text === undefined) return new Fields(this, path, {}, () => 1);
		let raw: unknown = {};
		try {
			raw = JSON.parse(text);
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

	markdown(path: string): Page {
		const text = this.#text(path);
		if (text === undefined) return new Page(this, path, null, '', 1, () => 1);
		const parsed = parseFrontMatter(`content/${path}`, text);
		if ('expected' in parsed) {
			this.#problems.push(parsed);
			return new Page(this, path, null, text, 1, () => 1);
		}
		return new Page(this, path, parsed.data, parsed.body, parsed.bodyLine, parsed.lineOf);
	}

	/** Files in `folder` that no skeleton names would never be shown: most likely a misspelt id. */
	orphans(folder: string, known: ReadonlySet<string>, where: string): void {
		for (const name of namesIn(this.content, folder)) {
			const id = name.replace(/\.md$/, '');
			if (known.has(id)) continue;
			this.report(folder + name, 1, 'a file that a skeleton names', id, {
				mend: `name ${id} in ${where}, or rename or remove the file`
			});
		}
	}

	#text(path: string): string | undefined {
		const text = this.content.read(path);
		const size = this.content.files.get(path);
		if (text === undefined && size === undefined) {
			this.report(path, 1, 'a file', 'none', {
				mend: 'write it, or take its id out of the skeleton'
			});
		}
		// A file that is there and too large is reported with its size by `tree.ts`, as is a byte order mark.
		return size !== undefined && size > largestFile ? undefined : text?.replace(/^\uFEFF/, '');
	}
}

/** An object of a pack; each reader says what it expects. */
export class Fields {
	protected readonly checker: Checker;
	readonly path: string;
	readonly raw: Record<string, unknown>;
	readonly line: (key: string) => number;

	constructor(checker: Checker, path: string, raw: unknown, line: (key: string) => number) {
		this.checker = checker;
		this.path = path;
		this.line = line;
		if (!isRecord(raw)) this.wrong('', 'an object', raw);
		this.raw = isRecord(raw) ? raw : {};
	}

	wrong(key: string, expected: string, found: unknown, mend?: string): void {
		const shown = found === undefined ? 'nothing' : (JSON.stringify(found) ?? '').slice(0, 80);
		this.checker.report(this.path, this.line(key), expected, shown, {
			...(key ? { field: key } : {}),
			...(mend ? { mend } : {})
		});
	}

	/** Reports every key that is not in `known`; keys that begin with `$` are for people. */
	only(known: readonly string[]): void {
		for (const key of Object.keys(this.raw)) {
			if (known.includes(key) || key.startsWith('$')) continue;
			this.wrong(
				key,
				`one of ${known.join(', ')}`,
				key,
				'most likely a misspelt key: correct or remove it'
			);
		}
	}

	text(key: string): string {
		const value = this.raw[key];
		if (typeof value === 'string' && value.trim() !== '') return value.trim();
		this.wrong(key, 'a text', value);
		return '';
	}

	/** A text, or the empty text where there is none. */
	optional(key: string): string {
		return this.raw[key] === undefined || this.raw[key] === '' ? '' : this.text(key);
	}

	id(key: string): string {
		const value = this.text(key);
		if (value && !isContentId(value))
			this.wrong(key, 'an id of lower-case words and hyphens', value);
		return value;
	}

	flag(key: string): boolean {
		const value = this.raw[key];
		if (value !== undefined && typeof value !== 'boolean') this.wrong(key, 'true or false', value);
		return value === true;
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

	/**
	 * `length` sentences for the levels from `first`. A sentence may begin with the number of its level
	 * (`2. In force …`): then the number is checked and taken off.
	 */
	ladder(key: string, first: number, length: number): string[] {
		const value = this.texts(key);
		const last = first + length - 1;
		if (value.length !== length) {
			this.wrong(
				key,
				`${length} sentences, for levels ${first} to ${last}`,
				`${value.length}`,
				'write one sentence per level, the lowest first'
			);
		}
		return Array.from({ length }, (_, i) => {
			const sentence = value[i] ?? '';
			const number = /^([0-9])[.:)]\s+/.exec(sentence);
			if (!number) return sentence;
			if (Number(number[1]) !== first + i) {
				this.wrong(
					key,
					`the sentence for level ${first + i} in place ${i + 1}`,
					sentence.slice(0, 60),
					`put the sentences in order, from level ${first} to level ${last}`
				);
			}
			return sentence.slice(number[0].length);
		});
	}

	number(key: string, least: number, most: number): number {
		const value = this.raw[key];
		if (typeof value === 'number' && value >= least && value <= most) return value;
		this.wrong(key, `a number from ${least} to ${most}`, value);
		return least;
	}

	oneOf<T extends string | number>(key: string, allowed: readonly T[], mend?: string): T {
		const value = allowed.find((a) => a === this.raw[key]);
		if (value !== undefined) return value;
		this.wrong(key, `one of ${allowed.join(', ')}`, this.raw[key], mend);
		return allowed[0]!;
	}

	list(key: string): Fields[] {
		const value = this.raw[key];
		if (!Array.isArray(value)) {
			this.wrong(key, 'a list', value);
			return [];
		}
		return value.map((item: Record<string, unknown>) => {
			const id = typeof item?.id === 'string' ? item.id : undefined;
			return new Fields(this.checker, this.path, item, () =>
				id === undefined ? this.line(key) : this.checker.lineOf(this.path, id)
			);
		});
	}

	/** The keys that are words or things, not notes for people. */
	keys(): string[] {
		return Object.keys(this.raw).filter((key) => !key.startsWith('$'));
	}

	child(key: string): Fields {
		return new Fields(this.checker, this.path, this.raw[key] ?? {}, () => this.line(key));
	}

	record(key: string): Record<string, unknown> {
		return this.child(key).raw;
	}

	/**
	 * These fields, with those of `source` where they lack one. Which are missing is for
	 * `author/translations.ts` to say; a list is never taken over, as it may well be empty here.
	 */
	over(source: Fields): Fields {
		return new Fields(this.checker, this.path, mergeWords(source.raw, this.raw), this.line);
	}

	entries(key: string): [string, Fields][] {
		const child = this.child(key);
		return child.keys().map((name) => [name, child.child(name)]);
	}
}

function mergeWords(
	source: Record<string, unknown>,
	own: Record<string, unknown>
): Record<string, unknown> {
	const merged = { ...own };
	for (const [key, value] of Object.entries(source)) {
		const mine = own[key];
		if (mine === undefined && !Array.isArray(value)) merged[key] = value;
		else if (isRecord(mine) && isRecord(value)) merged[key] = mergeWords(value, mine);
	}
	return merged;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** The front matter of a Markdown file, with its body. */
export class Page extends Fields {
	readonly body: string;
	readonly bodyLine: number;
	/** Whether there is front matter to read: where there is none, that alone is the mistake. */
	readonly #isThere: boolean;

	constructor(
		checker: Checker,
		path: string,
		raw: unknown,
		body: string,
		bodyLine: number,
		line: (key: string) => number
	) {
		super(checker, path, raw ?? {}, line);
		this.#isThere = raw !== null;
		this.body = body;
		this.bodyLine = bodyLine;
	}

	override wrong(key: string, expected: string, found: unknown, mend?: string): void {
		if (this.#isThere) super.wrong(key, expected, found, mend);
	}

	/** Reports keys that are neither in `known` nor about the translation. */
	override only(known: readonly string[]): void {
		super.only([...known, 'of', 'reviewed']);
	}

	/** Line of the file on which `words` stand in the body. */
	lineIn(words: string): number {
		const at = this.body.split('\n').findIndex((line) => line.includes(words));
		return this.bodyLine + Math.max(at, 0);
	}
}
