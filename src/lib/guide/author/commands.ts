/**
 * What `npm run content` does on disk, one function a verb. Each takes the content folder and the
 * words after the verb, prints, and gives the exit code. The rules are in the pure files beside.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { diskContent } from '../content-disk.ts';
import { languagesOf } from '../content.ts';
import { lineOfProblem } from '../content-problem.ts';
import { packsOf, shortHash } from '../packs-disk.ts';
import { rememberSizes, wireSize } from '../wire-size.ts';
import { newGuide } from './new-guide.ts';
import { planStamps } from './stamp.ts';
import { tableText } from './table.ts';
import { tally } from './tally.ts';
import { missedTerms } from './terms-used.ts';
import { withOf } from './translation-marks.ts';
import { translationsOf } from './translations.ts';

/** Checks everything and prints the table. */
export function check(root: string): number {
	const began = performance.now();
	const content = diskContent(root);
	const packs = packsOf(content, () => 0);
	const sizeOf = (what: string, lang: string): number | string => {
		const guide = packs.manifest.guides.find((one) => one.id === what && one.lang === lang);
		if (guide) return Math.ceil(wireSize(packs.files.get(guide.bundle.url) ?? '') / 1000);
		if (what !== 'interface') return '';
		const files = [...content.files.keys()].filter((p) => p.startsWith(`languages/${lang}/`));
		const sizes = files.map((path) => wireSize(content.read(path) ?? ''));
		return Math.ceil(sizes.reduce((sum, size) => sum + size, 0) / 1000);
	};
	const rows = tally(content, translationsOf(content, shortHash), missedTerms(content));
	console.log(
		tableText(
			'guide,language,pages,present,missing,stale,reviewed,terms,kB to keep'.split(','),
			rows.map((row) => [
				row.what,
				row.isSource ? `${row.lang} (source)` : row.lang,
				row.pages,
				row.present,
				row.missing,
				row.stale,
				row.reviewed,
				row.terms,
				sizeOf(row.what, row.lang)
			])
		)
	);
	console.log(
		'stale: older than its source. terms: established words that a page seems not to use.'
	);
	rememberSizes();
	for (const problem of packs.problems) console.error(lineOfProblem(problem));
	const count = packs.problems.length;
	const seconds = ((performance.now() - began) / 1000).toFixed(1);
	console.log(
		`content: ${count === 0 ? 'no' : count} mistake${count === 1 ? '' : 's'} (${seconds} s)`
	);
	return count === 0 ? 0 : 1;
}

/** Lists what is missing or stale, of `langs` where some are named. */
export function stale(root: string, langs: readonly string[]): number {
	const content = diskContent(root);
	const found = translationsOf(content, shortHash).filter(
		({ state, lang }) => state !== 'current' && (langs.length === 0 || langs.includes(lang))
	);
	for (const { state, path } of found) console.log(`${state.padEnd(8)}  content/${path}`);
	const unknown = langs.filter((lang) => !languagesOf(content).includes(lang));
	for (const lang of unknown) console.error(`${lang}: no language of content/languages`);
	console.log(`${found.length} ${found.length === 1 ? 'file' : 'files'}`);
	if (found.some(({ state }) => state === 'unmarked')) {
		console.log('unmarked: there, but without the mark of its source; stamp writes it');
	}
	return unknown.length > 0 ? 1 : 0;
}

/** Writes the mark of the source into translations. */
export function stamp(root: string, wishes: readonly string[]): number {
	const content = diskContent(root);
	const plan = planStamps(translationsOf(content, shortHash), wishes, languagesOf(content));
	for (const { path, hash } of plan.marked) {
		const file = join(root, path);
		writeFileSync(file, withOf(path, readFileSync(file, 'utf8').replaceAll('\r\n', '\n'), hash));
	}
	console.log(`translations marked with their source: ${plan.marked.length}`);
	for (const { path } of plan.left) {
		console.log(`left as it was, older than its source: content/${path}`);
	}
	if (plan.left.length > 0) {
		console.log('When one of these is up to date again, name the file itself.');
	}
	for (const wish of plan.unknown) {
		console.error(`${wish}: no translation, no folder of translations, and no language`);
	}
	return plan.unknown.length > 0 ? 1 : 0;
}

/** Lists pages that seem not to use an established term. */
export function terms(root: string, langs: readonly string[]): number {
	const missed = missedTerms(diskContent(root)).filter(
		({ lang }) => langs.length === 0 || langs.includes(lang)
	);
	for (const { path, term, wanted } of missed) {
		console.log(`content/${path}  ${term}: ${wanted.join(' / ')}`);
	}
	console.log(`${missed.length} places to look at; none is a mistake by itself`);
	return 0;
}

/** Makes a new guide: `<id> [--lang <code>]`. */
export function create(root: string, words: readonly string[]): number {
	const at = words.indexOf('--lang');
	const lang = at >= 0 ? (words[at + 1] ?? '') : 'en';
	const [id = ''] = at >= 0 ? words.toSpliced(at, 2) : words;
	const made = newGuide(diskContent(root), id, lang, `${new Date().getFullYear()}.1`);
	if ('refused' in made) {
		console.error(made.refused);
		return 1;
	}
	for (const [path, text] of made.files) {
		const file = join(root, path);
		mkdirSync(dirname(file), { recursive: true });
		// Never over a file that is there.
		writeFileSync(file, text, { flag: 'wx' });
	}
	console.log(`content/guides/${id}/ has ${made.files.size} files. Look for PLACEHOLDER in them.`);
	return 0;
}

/** The verbs of `npm run content`; without one it is `check`. */
export const verbs: Record<string, (root: string, words: string[]) => number> = {
	check,
	new: create,
	stale,
	stamp,
	terms
};
