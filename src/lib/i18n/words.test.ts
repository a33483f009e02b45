import { describe, expect, test } from 'vitest';
import { checkLanguages } from './check.ts';
import type { MessageKey } from './namespaces.ts';
import { formatBytes, formatDate, formatNumber, register, translate } from './words.ts';

register('en', 'common', {
	hello: 'Hello {name}',
	files: { one: '{count} file', other: '{count} files' }
});
register('ar', 'common', {
	files: {
		zero: 'لا ملفات',
		one: 'ملف',
		two: 'ملفان',
		few: '{count} ملفات',
		many: '{count} ملفًا',
		other: '{count} ملف'
	}
});
const key = (name: string) => `common.${name}` as MessageKey;

test('a place is filled with its value', () => {
	expect(translate('en', key('hello'), { name: '{name}' })).toBe('Hello {name}');
});

test('a plural is chosen by the language, not by English', () => {
	expect(translate('en', key('files'), { count: 1 })).toBe('1 file');
	expect(translate('en', key('files'), { count: 0 })).toBe('0 files');
	expect(translate('ar', key('files'), { count: 2 })).toBe('ملفان');
	expect(translate('ar', key('files'), { count: 3 })).toContain('ملفات');
	expect(translate('ar', key('files'), { count: 11 })).toContain('ملفًا');
});

test('a missing message is visible, never absent', () => {
	expect(translate('en', key('gone'))).toBe('common.gone');
});

test('a day does not move with the time zone (F-19)', () => {
	expect(formatDate('en', '2026-03-01')).toContain('1');
	expect(formatDate('en', '2026-03-01')).toContain('2026');
	expect(formatDate('en', 'not a date')).toBe('not a date');
	expect(formatDate('en', '')).toBe('');
});

test('the first of a month is an ordinal in French, and only the first', () => {
	expect(formatDate('fr', '2026-05-01')).toBe('1er mai 2026');
	expect(formatDate('fr', '2026-05-01T10:00:00Z', 'moment')).toMatch(/^1er mai 2026/);
	expect(formatDate('fr', '2026-05-11')).toBe('11 mai 2026');
	expect(formatDate('en', '2026-05-01')).toBe('1 May 2026');
});

test('numbers and sizes are written as the language does', () => {
	expect(formatNumber('fr', 1234.5)).toMatch(/1.234,5/u);
	expect(formatBytes('en', 231_000)).toBe('231 kB');
});

describe('the check of languages', () => {
	const english = { 'x.json': '{\n"a": "A {n}",\n"b": { "one": "1", "other": "n" }\n}' };
	const check = (text: string) => checkLanguages({ en: english, ar: { 'x.json': text } });

	test('a key that is missing or left over is named with its file and line', () => {
		const found = check('{\n"a": "ا {n}",\n"c": "?"\n}');
		expect(found).toContainEqual({
			file: 'content/languages/ar/x.json',
			line: 1,
			field: 'b',
			expected: 'a message',
			found: 'none',
			mend: 'translate "b" of content/languages/en/x.json'
		});
		expect(found).toContainEqual(expect.objectContaining({ line: 3, found: 'none such' }));
	});

	test('a lost place and a lost plural form are mistakes', () => {
		const found = check('{"a": "ا", "b": { "one": "1", "other": "n" }}').map(
			(p) => `${p.field}: ${p.expected}`
		);
		expect(found).toContain('a: {n}');
		expect(found).toContain('b: plural form few');
	});
});
