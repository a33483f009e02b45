import { describe, expect, test } from 'vitest';
import { contentWith, smallGuide } from '../../../tests/fixtures/small-guide.ts';
import { compileGuide } from './compile.ts';
import { checkShared } from './shared.ts';

type Files = Record<string, string>;

/** The problems of the small guide after `change`. */
function problemsAfter(change: (files: Files) => void) {
	const files = smallGuide();
	change(files);
	return compileGuide(contentWith(files), 'small', 'en').problems;
}
const replace = (path: string, from: string, to: string) => (files: Files) => {
	if (!files[path]!.includes(from)) throw new Error(`${path} has no ${from}`);
	files[path] = files[path]!.replace(from, to);
};

test('a whole guide compiles without a problem', () => {
	const { guide, problems } = compileGuide(contentWith(smallGuide()), 'small', 'en');
	expect(problems).toEqual([]);
	expect(guide.parts[0]!.sections.map((s) => s.id)).toEqual(['first', 'second']);
	expect(guide.topics[0]!.measures.map((m) => m.id)).toEqual(['begin', 'finish']);
	expect(guide.parts[0]!.sections[0]!.questions).toEqual([{ id: 'asked', title: 'Asked' }]);
});

test('links lead to the neighbours of the page, whatever its language', () => {
	const { guide } = compileGuide(contentWith(smallGuide()), 'small', 'en');
	expect(guide.parts[0]!.sections[0]!.html).toContain('href="../second/"');
	expect(guide.parts[0]!.sections[0]!.html).toContain('href="../glossary/#risk"');
});

test('a page that the language lacks comes from the source language and says so', () => {
	const files = smallGuide();
	files['fr/sections/first.md'] = files['en/sections/first.md']!.replace(
		'title: First',
		'title: Premier'
	);
	const { guide, problems } = compileGuide(contentWith(files), 'small', 'fr');
	expect(problems).toEqual([]);
	expect(guide.parts[0]!.sections.map((s) => [s.title, s.lang])).toEqual([
		['Premier', 'fr'],
		['Second', 'en']
	]);
});

describe('a mistake is reported with file, line, expected and found', () => {
	const cases: {
		name: string;
		change: (files: Files) => void;
		file: string;
		line: number;
		found: string;
	}[] = [
		{
			name: 'a missing level',
			change: replace('en/questions/asked.md', ', Tested.]', ']'),
			file: 'en/questions/asked.md',
			line: 4,
			found: '"4"'
		},
		{
			name: 'a dangling section id',
			change: replace('assessment.json', '"section": "first"', '"section": "third"'),
			file: 'assessment.json',
			line: 3,
			found: '"third"'
		},
		{
			name: 'a duplicate id',
			change: replace('measures.json', '"id": "finish"', '"id": "begin"'),
			file: 'measures.json',
			line: 4,
			found: 'begin twice'
		},
		{
			name: 'a broken link to a section',
			change: replace('en/sections/first.md', 'section:second', 'section:nowhere'),
			file: 'en/sections/first.md',
			line: 9,
			found: 'nowhere'
		},
		{
			name: 'a broken link to a term',
			change: replace('en/sections/second.md', 'term:risk', 'term:luck'),
			file: 'en/sections/second.md',
			line: 9,
			found: 'luck'
		},
		{
			name: 'a gap that no measure closes',
			change: replace('measures.json', '"from": 2, "to": 4', '"from": 2, "to": 3'),
			file: 'measures.json',
			line: 3,
			found: 'none'
		},
		{
			name: 'a measure for a question that is not there',
			change: replace(
				'measures.json',
				'"question": "asked", "from": 0',
				'"question": "gone", "from": 0'
			),
			file: 'measures.json',
			line: 3,
			found: 'gone'
		},
		{
			name: 'a cycle among prerequisites',
			change: replace('measures.json', '"requires": []', '"requires": ["finish"]'),
			file: 'measures.json',
			line: 3,
			found: 'begin → finish → begin'
		},
		{
			name: 'a missing heading',
			change: replace('en/sections/first.md', '## Pitfalls {#pitfalls}', '## Traps'),
			file: 'en/sections/first.md',
			line: 9,
			found: 'none'
		},
		{
			name: 'a file that no skeleton names',
			change: (files) => (files['en/measures/stray.md'] = files['en/measures/begin.md']!),
			file: 'en/measures/stray.md',
			line: 1,
			found: 'stray'
		},
		{
			name: 'a missing file',
			change: (files) => delete files['en/measures/begin.md'],
			file: 'en/measures/begin.md',
			line: 1,
			found: 'none'
		},
		{
			name: 'raw HTML (F-30)',
			change: replace('en/sections/first.md', 'Opening', 'Opening <script>alert(1)</script>'),
			file: 'en/sections/first.md',
			line: 9,
			found: 'HTML <script>'
		},
		{
			name: 'an id that leaves its folder (F-33)',
			change: replace('assessment.json', '"id": "asked"', '"id": "../../etc/passwd"'),
			file: 'assessment.json',
			line: 3,
			found: '../../etc/passwd'
		},
		{
			name: 'the key __proto__ (F-31)',
			change: replace('en/sections/first.md', 'title: First', 'title: First\n__proto__: x'),
			file: 'en/sections/first.md',
			line: 2,
			found: '__proto__'
		},
		{
			name: 'a YAML alias (F-32)',
			change: replace('en/sections/first.md', 'who: [Cabinet]', 'who: &a [Cabinet]\nwhy: *a'),
			file: 'en/sections/first.md',
			line: 2,
			found: 'Alias'
		},
		{
			name: 'front matter of 20 KB (F-32)',
			change: replace('en/sections/first.md', 'In short.', 'x'.repeat(20_000)),
			file: 'en/sections/first.md',
			line: 1,
			found: '20'
		}
	];
	for (const { name, change, file, line, found } of cases) {
		test(name, () => {
			const problems = problemsAfter(change);
			const hit = problems.find(
				(p) => p.file === `content/guides/small/${file}` && p.found.includes(found)
			);
			expect(hit, JSON.stringify(problems, null, 1)).toBeDefined();
			expect(hit!.line).toBe(line);
			expect(hit!.expected).not.toBe('');
		});
	}
});

describe('what guides share', () => {
	const shareQuestion = (files: Files) => {
		replace('assessment.json', '"id": "asked"', '"id": "asked", "shared": true')(files);
		files['shared/en/questions/asked.md'] = files['en/questions/asked.md']!;
		delete files['en/questions/asked.md'];
		return files;
	};

	test('a shared question has the words of content/shared, and says that it is shared', () => {
		const files = shareQuestion(smallGuide());
		const { guide, problems } = compileGuide(contentWith(files), 'small', 'en');
		expect(problems).toEqual([]);
		expect(guide.topics[0]!.questions[0]).toMatchObject({ title: 'Asked', shared: true });
		expect(guide.topics[0]!.measures[0]).not.toHaveProperty('shared');
	});

	test('a shared question that is translated is shown in the translation', () => {
		const files = shareQuestion(smallGuide());
		files['shared/fr/questions/asked.md'] = files['shared/en/questions/asked.md']!.replace(
			'title: Asked',
			'title: Demandé'
		);
		const { guide } = compileGuide(contentWith(files), 'small', 'fr');
		expect(guide.topics[0]!.questions[0]).toMatchObject({ title: 'Demandé', lang: 'fr' });
	});

	test('a guide cannot keep its own copy of a shared question', () => {
		const problems = problemsAfter((files) => {
			const own = files['en/questions/asked.md']!;
			shareQuestion(files)['en/questions/asked.md'] = own;
		});
		expect(problems).toEqual([
			expect.objectContaining({ file: 'content/guides/small/en/questions/asked.md' })
		]);
	});

	test('a shared page that no guide names is a mistake', () => {
		const files = shareQuestion(smallGuide());
		expect(checkShared(contentWith(files))).toEqual([]);
		files['shared/fr/measures/lost.md'] = files['en/measures/begin.md']!;
		expect(checkShared(contentWith(files))).toEqual([
			expect.objectContaining({ file: 'content/shared/fr/measures/lost.md', found: 'lost' })
		]);
	});

	test('owners are the keys of owners.json; a guide carries the words of those it names', () => {
		const files = smallGuide();
		files['shared/fr/owners.json'] = '{ "cabinet": "Conseil des ministres" }';
		const { guide } = compileGuide(contentWith(files), 'small', 'fr');
		expect(guide.owners).toEqual({ cabinet: 'Conseil des ministres' });
		replace('measures.json', '"owner": "cabinet"', '"owner": "nobody"')(files);
		const { problems } = compileGuide(contentWith(files), 'small', 'en');
		expect(problems).toEqual([
			expect.objectContaining({
				field: 'owner',
				expected: 'one of cabinet, parliament',
				found: '"nobody"'
			})
		]);
	});
});

describe('indicators', () => {
	test('have their words in the best language there is', () => {
		const files = smallGuide();
		const titles = () =>
			(['en', 'fr'] as const).map((lang) => {
				const [one] = compileGuide(contentWith(files), 'small', lang).guide.indicators;
				return [one!.title, one!.lang, one!.every, one!.owner];
			});
		expect(titles()[1]).toEqual(['Share begun', 'en', 12, 'cabinet']);
		files['fr/indicators.json'] = files['en/indicators.json']!.replace('Share begun', 'Part');
		expect(titles()[1]).toEqual(['Part', 'fr', 12, 'cabinet']);
	});

	test('need not be there', () => {
		const files = smallGuide();
		delete files['indicators.json'];
		delete files['en/indicators.json'];
		const { guide, problems } = compileGuide(contentWith(files), 'small', 'en');
		expect(problems).toEqual([]);
		expect(guide.indicators).toEqual([]);
	});

	test.each([
		['"topic": "topic"', '"topic": "none"', 'topic', '"none"'],
		['"unit": "percent"', '"unit": "miles"', 'unit', '"miles"'],
		['"owner": "cabinet"', '"owner": "me"', 'owner', '"me"'],
		['"every": 12', '"every": 0', 'every', '0'],
		['"id": "share"', '"id": "other"', 'other', 'nothing'],
		['"id": "share"', '"id": "other"', 'share', '"share"']
	])('%s → %s is a mistake of field %s', (from, to, field, found) => {
		const problems = problemsAfter(replace('indicators.json', from, to));
		expect(problems).toContainEqual(expect.objectContaining({ field, found }));
	});
});
