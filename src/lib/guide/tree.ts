/**
 * The tree of content: files that stand where nothing reads them, two files for one id, and files
 * that are no text. None of it is seen by whoever reads only what a skeleton names.
 */
import { largestFile, languagesOf, namesIn, type Content } from './content.ts';
import type { ContentProblem } from './content-problem.ts';

const pageFolders = ['sections', 'questions', 'measures', 'outline'];
const skeletons = 'guide assessment measures outline sources indicators migration'.split(' ');
const wordFiles = 'names terms readiness indicators'.split(' ');
const jsonOf = (names: readonly string[]): string[] => names.map((name) => `${name}.json`);
const forPeople = ['README.md', 'LICENSE'];

export type Report = (
	path: string,
	line: number,
	expected: string,
	found: string,
	mend: string
) => void;

/** Every mistake that the names, sizes and bytes of files show. */
export function checkTree(content: Content): ContentProblem[] {
	const problems: ContentProblem[] = [];
	const report: Report = (path, line, expected, found, mend) =>
		problems.push({ file: `content/${path}`, line, expected, found, mend });
	for (const [path, bytes] of content.files) checkFile(content, path, bytes, report);
	for (const guide of namesIn(content, 'guides/')) {
		const folder = `guides/${guide}/`;
		if (!content.files.has(`${folder}guide.json`)) {
			report(`${folder}guide.json`, 1, 'a file', 'none', 'see content/README.md, "A new guide"');
		}
		const allowed = { files: jsonOf(skeletons), folders: ['assets'], words: jsonOf(wordFiles) };
		checkFolder(content, folder, allowed, report);
	}
	for (const name of namesIn(content, 'overlays/')) {
		if (name.endsWith('.json') || forPeople.includes(name)) continue;
		unexpected(`overlays/${name}`, name, ['<overlay>.json', ...forPeople], report);
	}
	const shared = {
		files: ['workshops.json'],
		folders: [],
		words: ['owners.json', 'thesaurus.json', 'workshops.json']
	};
	checkFolder(content, 'shared/', shared, report);
	for (const code of namesIn(content, 'languages/')) checkCode(code, report);
	return problems;
}

/** What the size and the bytes of one file show. */
export function checkFile(content: Content, path: string, bytes: number, report: Report): void {
	if (bytes > largestFile) {
		const found = `${(bytes / 1e6).toFixed(1)} MB`;
		const mend = 'cut it into pages, or remove what is not text';
		return report(path, 1, `a file of at most ${largestFile / 1000} kB`, found, mend);
	}
	if (!/\.(?:md|json)$/i.test(path)) return;
	const text = content.read(path) ?? '';
	const mend = 'save it as UTF-8 (in most editors: Save as, Encoding, UTF-8)';
	if (text.startsWith('\uFEFF')) {
		report(path, 1, 'UTF-8 without a byte order mark', 'a byte order mark', mend);
	}
	// What a decoder puts for bytes that are no UTF-8; UTF-16 without a mark is full of zeros.
	const bad = text.search(/\uFFFD|\0/);
	if (bad < 0) return;
	const line = text.slice(0, bad).split('\n').length;
	report(path, line, 'UTF-8 text', 'bytes that are not', mend);
}

type Allowed = { files: readonly string[]; folders: readonly string[]; words: readonly string[] };

function checkFolder(content: Content, folder: string, allowed: Allowed, report: Report): void {
	const languages = languagesOf(content);
	for (const name of namesIn(content, folder)) {
		const path = folder + name;
		if (content.files.has(path)) {
			const files = [...allowed.files, ...forPeople];
			if (!files.includes(name)) unexpected(path, name, files, report);
		} else if (languages.includes(name)) {
			checkLanguage(content, `${path}/`, allowed.words, report);
		} else if (!allowed.folders.includes(name)) {
			const expected = `a language of content/languages (${languages.join(', ')})`;
			const mend = `add content/languages/${name}/, or rename or remove the folder`;
			report(path, 1, expected, name, mend);
		}
	}
}

function checkLanguage(
	content: Content,
	folder: string,
	words: readonly string[],
	report: Report
): void {
	for (const name of namesIn(content, folder)) {
		if (pageFolders.includes(name)) checkPages(content, `${folder}${name}/`, report);
		else if (!words.includes(name)) {
			unexpected(folder + name, name, [...words, ...pageFolders.map((f) => `${f}/`)], report);
		}
	}
}

function checkPages(content: Content, folder: string, report: Report): void {
	const byId = new Map<string, string>();
	// Those that have the right name first, so that the other is the one too many.
	const names = namesIn(content, folder);
	const pages = names.filter((name) => name.endsWith('.md'));
	for (const name of new Set([...pages, ...names])) {
		const id = name.replace(/\.[^.]*$/, '').toLowerCase();
		const twin = byId.get(id);
		if (twin) {
			const mend = `keep ${twin}, remove ${name}`;
			report(folder + name, 1, `one file for ${id}`, `${twin} and ${name}`, mend);
		} else if (!name.endsWith('.md')) {
			report(folder + name, 1, 'a page <id>.md', name, `rename it to ${id}.md`);
		}
		byId.set(id, twin ?? name);
	}
}

const unexpected = (path: string, name: string, known: readonly string[], report: Report): void =>
	report(path, 1, `one of ${known.join(', ')}`, name, 'rename it, or move it out of content/');

function checkCode(code: string, report: Report): void {
	if (/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(code)) return;
	const mend = 'rename the folder to the code of BCP 47';
	report(`languages/${code}`, 1, 'a language code such as fr or pt-BR', code, mend);
}
