import { describe, expect, test } from 'vitest';
import { readerOf, smallGuide } from '../../../tests/fixtures/small-guide.ts';
import { compileGuide } from './compile.ts';

type Files = Record<string, string>;

/** The problems of the small guide after `change`. */
function problemsAfter(change: (files: Files) => void) {
	const files = smallGuide();
	change(files);
	return compileGuide('content/guides/small', 'en', readerOf(files)).problems;
}
const replace = (path: string, from: string, to: string) => (files: Files) => {
	if (!files[path]!.includes(from)) throw new Error(`${path} has no ${from}`);
	files[path] = files[path]!.replace(from, to);
};

test('a whole guide compiles without a problem', () => {
	const { guide, problems } = compileGuide('content/guides/small', 'en', readerOf(smallGuide()));
	expect(problems).toEqual([]);
	expect(guide.parts[0]!.sections.map((s) => s.id)).toEqual(['first', 'second']);
	expect(guide.topics[0]!.measures.map((m) => m.id)).toEqual(['begin', 'finish']);
	expect(guide.parts[0]!.sections[0]!.questions).toEqual([{ id: 'asked', title: 'Asked' }]);
});

test('links lead to the neighbours of the page, whatever its language', () => {
	const { guide } = compileGuide('x', 'en', readerOf(smallGuide()));
	expect(guide.parts[0]!.sections[0]!.html).toContain('href="../second/"');
	expect(guide.parts[0]!.sections[0]!.html).toContain('href="../glossary/#risk"');
});

test('a page that the language lacks comes from the source language and says so', () => {
	const files = smallGuide();
	files['fr/sections/first.md'] = files['en/sections/first.md']!.replace(
		'title: First',
		'title: Premier'
	);
	const { guide, problems } = compileGuide('x', 'fr', readerOf(files));
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
