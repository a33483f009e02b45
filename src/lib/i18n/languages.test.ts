import { expect, test, vi } from 'vitest';
import { languages, loadWords } from './languages.ts';
import { formatNumber, translate } from './words.ts';

test('the words of every page come in each language, all in one file, without the translators’ notes', async () => {
	for (const { code } of languages) {
		await loadWords(code, 'common', 'problems', 'reading');
		for (const key of ['common.skip', 'problems.pack-unreachable', 'reading.contents'] as const) {
			expect(translate(code, key)).not.toBe(key);
		}
	}
	expect(translate('fr', 'reading.contents')).not.toBe(translate('en', 'reading.contents'));
	const files = import.meta.glob<Record<string, object>>('/content/languages/*/language.json', {
		query: '?everyday',
		import: 'default'
	});
	const everyday = await files['/content/languages/en/language.json']!();
	expect(Object.keys(everyday)).toEqual(['common', 'problems', 'reading']);
	expect(JSON.stringify(everyday)).not.toContain('"$');
});

// The first here that writes a number: what the browser was asked once is kept.
test('a small whole number is written without asking the browser, where the digits are known', async ({
	onTestFinished
}) => {
	const asked = vi.spyOn(Intl, 'NumberFormat');
	onTestFinished(() => asked.mockRestore());
	expect(formatNumber('fr', 42)).toBe('42');
	expect(asked).not.toHaveBeenCalled();
	formatNumber('ar', 42, { minimumIntegerDigits: 4 });
	expect(asked).toHaveBeenCalledOnce();
});

test('and as the browser would write it, in each language', () => {
	for (const { code } of languages) {
		const browsers = new Intl.NumberFormat(code);
		for (const value of [0, 7, 999, 1000, 12_345]) {
			expect(formatNumber(code, value)).toBe(browsers.format(value));
		}
	}
});
