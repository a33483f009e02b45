/**
 * Every page loads the words that it says. A namespace that nobody loads shows as `draft.whereWeStand` on
 * the screen, or in a minister's Word file, and only where no other page has loaded it before: a journey
 * that comes from there does not see it.
 *
 * The test follows the imports of each page. Words must have been loaded by its `load` functions, or by
 * the component that says them or shows the one that does.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const namespaces = new Set(
	readdirSync('content/languages/en')
		.map((name) => name.replace('.json', ''))
		.filter((name) => name !== 'language')
);

/** Where a component says words that another file has loaded before it is shown. */
const loadedElsewhere = ['settings/+page.svelte answers'];
/** What looks like a word in these is the name of a file. */
const noWords = /formats\/docx\/(package|template-package)\.ts$/;
/** Not in a browser; the demo, told by a voice that whoever opens it brings; and pages, each with words of its own. */
const notFollowed = /guide\/packs-disk\.ts$|store\/demo\.ts$|\/Page\.svelte$/;

type Source = { imports: string[]; lazy: string[]; says: Set<string>; loads: Set<string> };
const sources = new Map<string, Source>();

function read(file: string): Source {
	const known = sources.get(file);
	if (known) return known;
	const text = readFileSync(file, 'utf8')
		.replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->/g, '')
		.replace(/(^|\s)\/\/.*$/gm, '$1');
	const found = (pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1]!);
	const files = (paths: string[]) => paths.flatMap((path) => resolved(file, path));
	const source = {
		imports: files([
			...found(/(?:import|export)\s+(?!type\s)[^'"();]*?from\s*'([^']+)'/g),
			...found(/import\s*'([^']+)'/g)
		]),
		lazy: files(found(/import\(\s*'([^']+)'/g)),
		says: new Set(
			noWords.test(file)
				? []
				: found(/['"`]([a-z]+)\.[a-zA-Z]/g).filter((name) => namespaces.has(name))
		),
		loads: new Set(
			found(/loadWords\(((?:[^()]|\([^()]*\))*)\)/g).flatMap((list) =>
				[...list.matchAll(/'([a-z]+)'/g)].map((match) => match[1]!)
			)
		)
	};
	sources.set(file, source);
	return source;
}

function resolved(from: string, path: string): string[] {
	const file = path.startsWith('#lib/')
		? join('src/lib', path.slice(5))
		: path.startsWith('.')
			? resolve(dirname(from), path).slice(process.cwd().length + 1)
			: '';
	const isSource = /\.(ts|svelte)$/.test(file) && existsSync(file) && statSync(file).isFile();
	return isSource ? [file] : [];
}

/** What the load functions of a page load, themselves or through a file of theirs. */
function loadedBy(file: string): string[] {
	if (!existsSync(file)) return [];
	const { imports, loads } = read(file);
	return [...loads, ...imports.flatMap((other) => [...read(other).loads])];
}

/** The components that the load function of a work page brings. */
const shownBy = (file: string): string[] => (existsSync(file) ? read(file).lazy : []);

/** `<namespace>: <the way to the file that says it>` for what is said and not loaded. */
function unloaded(page: string): string[] {
	const chain: string[] = [];
	const shown = [page];
	for (let at = dirname(page); at !== 'src'; at = dirname(at)) {
		chain.push(...loadedBy(join(at, '+layout.ts')));
		shown.push(...shownBy(join(at, '+layout.ts')));
		if (existsSync(join(at, '+layout.svelte'))) shown.push(join(at, '+layout.svelte'));
	}
	chain.push(...loadedBy(join(dirname(page), '+page.ts')));
	shown.push(...shownBy(join(dirname(page), '+page.ts')));
	const missing = new Map<string, string>();
	const seen = new Set<string>();
	const walk = (file: string, loaded: ReadonlySet<string>, way: string[]): void => {
		const { imports, lazy, says, loads } = read(file);
		const all = new Set([...loaded, ...loads]);
		const mark = `${file} ${[...all].sort().join(' ')}`;
		if (seen.has(mark)) return;
		seen.add(mark);
		for (const name of says) {
			const excuse = loadedElsewhere.some((one) => `${file} ${name}`.endsWith(one));
			if (!all.has(name) && !excuse && !missing.has(name)) missing.set(name, way.join(' > '));
		}
		for (const next of [...imports, ...lazy]) {
			if (!notFollowed.test(next)) walk(next, all, [...way, next]);
		}
	};
	for (const file of shown) walk(file, new Set(chain), [file]);
	return [...missing].map(([name, way]) => `${name}: ${way}`);
}

const pages = readdirSync('src/routes', { recursive: true, encoding: 'utf8' })
	.filter((path) => /\+page(@[^/]*)?\.svelte$/.test(path))
	.map((path) => join('src/routes', path));

test('there are pages', () => expect(pages.length).toBeGreaterThan(25));

test.each(pages)('%s loads the words that it says', (page) => {
	expect(unloaded(page)).toEqual([]);
});
