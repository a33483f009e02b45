import { expect, test } from 'vitest';
import { languages, loadWords } from './languages.ts';
import { translate } from './words.ts';

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
