/**
 * The check of translations: promised ones are there and current, and a file of words by key has the
 * keys of its source, no more and no fewer.
 */
import type { ContentProblem } from '../content-problem.ts';
import type { Content } from '../content.ts';
import { lineOfKey } from '../json-lines.ts';
import { marksIn, type HashText } from './translation-marks.ts';
import { hintTexts, isObject, objectIn, translationsOf, type Translation } from './translations.ts';

/** Mistakes in what `translationsOf` found; elsewhere a missing or stale page is only counted. */
export function checkTranslations(content: Content, hash: HashText): ContentProblem[] {
	return translationsOf(content, hash).flatMap((translation) => [
		...promiseProblems(translation),
		...markProblems(content, translation),
		...keyProblems(content, translation)
	]);
}

function promiseProblems({
	path,
	source,
	state,
	isPromised,
	hash,
	lang
}: Translation): ContentProblem[] {
	if (!isPromised || state === 'current') return [];
	const file = `content/${path}`;
	const stamp = `npm run content -- stamp content/${path}`;
	const why = `content says that ${lang} is complete here`;
	if (state === 'missing') {
		const expected = `a translation of content/${source}`;
		return [{ file, line: 1, expected, found: 'none', mend: `translate it: ${why}` }];
	}
	return [
		{
			file,
			line: 1,
			field: path.endsWith('.json') ? '$of' : 'of',
			expected: `${hash}, the mark of content/${source} as it is now`,
			found: state === 'stale' ? 'the mark of an older text' : 'none',
			mend:
				state === 'stale'
					? `compare the two, then: ${stamp} (${why})`
					: `compare the two, then: ${stamp}, or all that have no mark: npm run content -- stamp ${lang} (${why})`
		}
	];
}

function markProblems(content: Content, { path }: Translation): ContentProblem[] {
	const text = content.read(path);
	const { of } = marksIn(path, text ?? '');
	if (text === undefined || of === undefined || /^[0-9a-f]{10}$/.test(of)) return [];
	const field = path.endsWith('.json') ? '$of' : 'of';
	const line = 1 + text.split('\n').findIndex((one) => /^\s*"?\$?of"?\s*:/.test(one));
	return [
		{
			file: `content/${path}`,
			line,
			field,
			expected: 'ten hex digits between quotes',
			found: of,
			mend: `let the command write it: npm run content -- stamp content/${path}`
		}
	];
}

/** The interface has a check of its own (`i18n/check.ts`). A stale file may lack the newest keys. */
function keyProblems(content: Content, translation: Translation): ContentProblem[] {
	const { path, source, state, scope, isPromised } = translation;
	if (!path.endsWith('.json') || scope === 'interface' || state === 'missing') return [];
	const text = content.read(path) ?? '';
	const problems: ContentProblem[] = [];
	const mayLack = state === 'stale' && !isPromised;
	const report = (field: string, expected: string, found: string, mend: string) =>
		problems.push({
			file: `content/${path}`,
			line: lineOfKey(text, field.split('.').at(found === 'none' ? -2 : -1) ?? ''),
			field,
			expected,
			found,
			mend
		});
	compare(wordsOf(content, source), objectIn(content, path), '');
	return problems;

	function compare(
		wanted: Record<string, unknown>,
		own: Record<string, unknown>,
		above: string
	): void {
		for (const [key, value] of Object.entries(wanted)) {
			if (key.startsWith('$')) continue;
			const mine = own[key];
			if (isObject(value) && isObject(mine)) compare(value, mine, `${above}${key}.`);
			// A list may well be empty in another language: synonyms.
			else if (mine === undefined && !Array.isArray(value) && !mayLack) {
				report(above + key, `the translation of content/${source}`, 'none', `add "${key}"`);
			}
		}
		for (const key of Object.keys(own)) {
			if (key.startsWith('$') || key in wanted) continue;
			const mend = 'correct it as in the source, or remove it';
			report(above + key, `a key of content/${source}`, key, mend);
		}
	}
}

/** The words of a source file, with those of hints. */
function wordsOf(content: Content, source: string): Record<string, unknown> {
	const hints = hintTexts(content, source);
	const words = objectIn(content, source);
	return hints.length > 0 ? { ...words, hints: Object.fromEntries(hints) } : words;
}
