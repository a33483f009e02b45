import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { contentWith, smallGuide } from '../../../../tests/fixtures/small-guide.ts';
import { lineOfProblem } from '../content-problem.ts';
import { checkTranslations } from './check-translations.ts';
import { planStamps } from './stamp.ts';
import { tally } from './tally.ts';
import { marksIn, sourceHash, withOf } from './translation-marks.ts';
import { translationsOf } from './translations.ts';

type Files = Record<string, string>;
const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 10);
const page = 'fr/questions/asked.md';

/** The small guide with a French question that is current, and French promised as far as said. */
function bilingual(promise?: string): Files {
	const files = smallGuide();
	const source = files['en/questions/asked.md']!;
	files[page] = withOf(page, source.replace('title: Asked', 'title: Demandé'), hash(source));
	if (promise) {
		const identity = files['guide.json']!;
		files['guide.json'] = identity.replace('{', `{"complete":{"fr":"${promise}"},`);
	}
	return files;
}
const find = (files: Files, path: string) =>
	translationsOf(contentWith(files), hash).find((one) => one.path === `guides/small/${path}`)!;
const problems = (files: Files) => checkTranslations(contentWith(files), hash).map(lineOfProblem);

describe('the state of a translation', () => {
	test('is current while it carries the mark of its source', () => {
		expect(find(bilingual(), page).state).toBe('current');
	});

	test('is stale when its source has changed since', () => {
		const files = bilingual();
		files['en/questions/asked.md'] += 'And one more reason.\n';
		expect(find(files, page).state).toBe('stale');
	});

	test('is not stale because somebody reviewed the source', () => {
		const files = bilingual();
		const source = files['en/questions/asked.md']!;
		files['en/questions/asked.md'] = source.replace('\n---\n', '\nreviewed: "2026-11-01"\n---\n');
		expect(find(files, page).state).toBe('current');
	});

	test('of names is stale when a hint has changed: it is translated there', () => {
		const files = smallGuide();
		const hint = (text: string) => {
			files['assessment.json'] = smallGuide()['assessment.json']!.replace(
				'"hints": []',
				`"hints": [{ "id": "odd", "text": "${text}" }]`
			);
		};
		hint('Odd.');
		files['fr/names.json'] = '{}';
		files['fr/names.json'] = `{ "$of": "${find(files, 'fr/names.json').hash}" }`;
		expect(find(files, 'fr/names.json').state).toBe('current');
		hint('Odder.');
		expect(find(files, 'fr/names.json').state).toBe('stale');
	});

	test('is unmarked without a mark, and missing without a file', () => {
		const files = bilingual();
		files[page] = files['en/questions/asked.md']!;
		expect(find(files, page).state).toBe('unmarked');
		expect(find(files, 'fr/measures/begin.md').state).toBe('missing');
	});

	test('line ends of Windows make nothing stale: the reader has taken them off', () => {
		expect(sourceHash('a.md', '---\na: b\n---\nc\n', hash)).toBe(hash('---\na: b\n---\nc\n'));
	});
});

describe('marks', () => {
	test.each([
		['a.md', '---\ntitle: A\n---\nbody\nof: no\n'],
		['a.json', '{\n\t"a": "b"\n}\n'],
		['a.json', '{"a":"b"}'],
		['a.json', '{\r\n  "a": "b"\r\n}\r\n']
	])('are written into %s and read again, once (%j)', (path, text) => {
		const once = withOf(path, text, '0123456789');
		expect(marksIn(path, once).of).toBe('0123456789');
		const twice = withOf(path, once, 'abcdefabcd');
		expect(marksIn(path, twice).of).toBe('abcdefabcd');
		expect(twice.length).toBe(once.length);
		if (path.endsWith('.json')) expect(JSON.parse(twice)).toMatchObject({ a: 'b' });
		else expect(twice).toContain('body\nof: no\n');
	});

	test('say that a second person has read the page', () => {
		const files = bilingual();
		files[page] = files[page]!.replace('\nof:', '\nreviewed: 2026-11-20, a lawyer\nof:');
		expect(find(files, page).isReviewed).toBe(true);
		expect(marksIn('a.json', '{ "$reviewed": "2026-11-20, editor" }').reviewed).toBeDefined();
	});

	test('that are no hash are a mistake', () => {
		const files = bilingual();
		files[page] = files[page]!.replace(/of: "\w+"/, 'of: yesterday');
		expect(problems(files)[0]).toBe(
			'content/guides/small/fr/questions/asked.md:7  of: expected ten hex digits between quotes, ' +
				'found yesterday\n    → let the command write it: ' +
				'npm run content -- stamp content/guides/small/fr/questions/asked.md'
		);
	});
});

describe('a promise', () => {
	test('where content promises nothing, what is missing or stale is only counted', () => {
		const files = bilingual();
		files['en/questions/asked.md'] += 'More.\n';
		expect(problems(files)).toEqual([]);
		const content = contentWith(files);
		const rows = tally(content, translationsOf(content, hash), []);
		expect(rows.find((row) => row.what === 'small' && row.lang === 'fr')).toMatchObject({
			pages: 10,
			present: 1,
			missing: 9,
			stale: 1,
			reviewed: 0
		});
		expect(rows.find((row) => row.what === 'small' && row.lang === 'en')).toMatchObject({
			isSource: true,
			present: 10,
			missing: 0
		});
	});

	test('of an assessment covers questions, measures, names, gates and owners, not sections', () => {
		const said = problems(bilingual('assessment')).join('\n');
		for (const name of ['fr/measures/begin.md', 'fr/names.json', 'fr/readiness.json']) {
			expect(said).toContain(`content/guides/small/${name}:1  expected a translation of`);
		}
		expect(said).toContain('content/shared/fr/owners.json:1  expected a translation of');
		expect(said).not.toContain('sections');
		expect(said).not.toContain('asked.md');
	});

	test('of all covers every page', () => {
		expect(problems(bilingual('all')).join('\n')).toContain('fr/sections/first.md');
	});

	test('is broken by a stale page: the message says how to mend it', () => {
		const files = bilingual('assessment');
		files['en/questions/asked.md'] += 'More.\n';
		const [said] = problems(files).filter((line) => line.includes('asked.md'));
		const mark = hash(files['en/questions/asked.md']!);
		expect(said).toBe(
			`content/guides/small/fr/questions/asked.md:1  of: expected ${mark}, the mark of ` +
				'content/guides/small/en/questions/asked.md as it is now, found the mark of an older text\n' +
				'    → compare the two, then: npm run content -- stamp ' +
				'content/guides/small/fr/questions/asked.md (content says that fr is complete here)'
		);
	});

	test('of one guide covers the shared pages that it takes, and no others', () => {
		const files = bilingual('assessment');
		const share = (name: string) => (text: string) =>
			text.replace(`"id": "${name}"`, `"id": "${name}", "shared": true`);
		files['measures.json'] = share('begin')(files['measures.json']!);
		files['shared/en/measures/begin.md'] = files['en/measures/begin.md']!;
		files['shared/en/measures/other.md'] = files['en/measures/begin.md']!;
		files['guides/other/guide.json'] = '{"id":"other","source":"en"}';
		files['guides/other/measures.json'] = '{"measures":[{"id":"other","shared":true}]}';
		const said = problems(files).join('\n');
		expect(said).toContain('content/shared/fr/measures/begin.md');
		expect(said).not.toContain('content/shared/fr/measures/other.md');
	});
});

describe('words by key', () => {
	const terms = 'fr/terms.json';
	const translated = (words: object) => JSON.stringify({ $of: '', ...words }, null, '\t');
	const withTerms = (words: object, of?: string) => {
		const files = bilingual();
		files[terms] = translated(words).replace('"$of": ""', `"$of": "${of ?? ''}"`);
		if (of === undefined)
			files[terms] = withOf(terms, files[terms]!, hash(files['en/terms.json']!));
		return problems(files);
	};

	test('that the translation lacks are named with line, field and source', () => {
		expect(withTerms({ risk: { term: 'Risque' } })).toEqual([
			'content/guides/small/fr/terms.json:3  risk.definition: expected the translation of ' +
				'content/guides/small/en/terms.json, found none\n    → add "definition"'
		]);
	});

	test('that the source lacks are named', () => {
		const risk = { term: 'Risque', definition: 'Ce qui peut mal tourner.' };
		expect(withTerms({ risk, peril: risk })).toEqual([
			'content/guides/small/fr/terms.json:7  peril: expected a key of ' +
				'content/guides/small/en/terms.json, found peril\n    → correct it as in the source, or remove it'
		]);
	});

	test('may be missing in a file that is known to be stale', () => {
		expect(withTerms({}, '0000000000')).toEqual([]);
	});

	test('of hints are translated in names.json', () => {
		const files = bilingual();
		files['assessment.json'] = files['assessment.json']!.replace(
			'"hints": []',
			'"hints": [{ "id": "odd", "text": "Odd." }]'
		);
		const names: unknown = JSON.parse(files['en/names.json']!);
		files['fr/names.json'] = JSON.stringify({ ...(names as object), hints: { even: 'Pair.' } });
		expect(problems(files).map((line) => /\s{2}(\S+): /.exec(line)?.[1])).toEqual([
			'hints.odd',
			'hints.even'
		]);
	});
});

describe('stamping', () => {
	const files = bilingual();
	const begin = 'fr/measures/begin.md';
	const finish = 'fr/measures/finish.md';
	files[begin] = files['en/measures/begin.md']!;
	files[finish] = withOf(finish, files['en/measures/finish.md']!, '0000000000');
	const plan = (...wishes: string[]) => {
		const found = planStamps(translationsOf(contentWith(files), hash), wishes, ['en', 'fr', 'ar']);
		const names = (of: { path: string }[]) => of.map(({ path }) => path.split('/').at(-1));
		return { marked: names(found.marked), left: names(found.left), unknown: found.unknown };
	};

	test('marks what has no mark, and leaves what is stale', () => {
		const expected = { marked: ['begin.md'], left: ['finish.md'], unknown: [] };
		expect(plan()).toEqual(expected);
		expect(plan('fr')).toEqual(expected);
		expect(plan('content/guides/small/fr/measures/')).toEqual(expected);
	});

	test('marks a stale file that the translator names', () => {
		expect(plan('content/guides/small/fr/measures/finish.md')).toMatchObject({
			marked: ['finish.md'],
			left: []
		});
	});

	test('says what it does not know', () => {
		expect(plan('ar', 'content/guides/small/fr/measures/gone.md')).toEqual({
			marked: [],
			left: [],
			unknown: ['ar', 'content/guides/small/fr/measures/gone.md']
		});
	});
});
