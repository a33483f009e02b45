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
