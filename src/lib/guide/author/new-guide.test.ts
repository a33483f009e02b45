import { describe, expect, test } from 'vitest';
import { contentWith, smallGuide } from '../../../../tests/fixtures/small-guide.ts';
import { checkContent } from '../check-content.ts';
import { compileGuide } from '../compile.ts';
import { contentOf } from '../content.ts';
import { newGuide } from './new-guide.ts';

const owners = '{ "cabinet": "Cabinet", "lead-authority": "Lead authority" }';
const content = contentWith({ ...smallGuide(), 'shared/en/owners.json': owners });
const refusalOf = (id: string, lang = 'en') => {
	const made = newGuide(content, id, lang, '2026.1');
	return 'refused' in made ? made.refused : '';
};

describe.each(['en', 'fr'])('a new guide written first in %s', (source) => {
	const made = newGuide(content, 'e-justice', source, '2026.1');
	const files = 'files' in made ? made.files : new Map<string, string>();
	const all = contentOf({
		...Object.fromEntries([...content.files.keys()].map((path) => [path, content.read(path)!])),
		...Object.fromEntries(files)
	});

	test.each(['en', 'fr', 'ar'])('passes every check in %s', (lang) => {
		const { guide, problems } = compileGuide(all, 'e-justice', lang);
		expect(problems).toEqual([]);
		expect(guide.topics.map((topic) => topic.questions.length)).toEqual([2, 2]);
		expect(guide.indicators).toHaveLength(1);
	});

	test('leaves the rest of content without a mistake', () => {
		expect(checkContent(all, () => '0123456789')).toEqual([]);
	});

	test('says in every page that its text is a placeholder', () => {
		for (const [path, text] of files) {
			if (path.endsWith('.md')) expect(text, path).toContain('PLACEHOLDER');
		}
	});
});

test('an id that exists, or is malformed, or a language that is not there, is refused with a sentence', () => {
	expect(refusalOf('small')).toMatch(/There is a guide "small" already/);
	expect(refusalOf('E Justice')).toMatch(/"E Justice" is no id: use lower-case letters/);
	expect(refusalOf('../x')).toMatch(/is no id/);
	expect(refusalOf('')).toMatch(/is no id/);
	expect(refusalOf('e-justice', 'xx')).toBe(
		'"xx" is no language of content/languages. There are: ar, en, fr.'
	);
});
