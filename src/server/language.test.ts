import { expect, it } from 'vitest';
import { chooseLanguage } from './language.ts';

const available = ['ar', 'en', 'fr', 'pt-BR', 'zh-Hans'];

it.each<[string | undefined, string, string]>([
	[undefined, 'en', 'nothing is said'],
	['', 'en', 'nothing is preferred'],
	['fr', 'fr', 'the language is there'],
	['FR-ca', 'fr', 'its country is not there'],
	['de, fr;q=0.5', 'fr', 'the first is not there'],
	['en;q=0.2, ar;q=0.9', 'ar', 'the order is not the preference'],
	['fr;q=0, ar;q=0.1', 'ar', 'a language is refused'],
	['pt', 'pt-BR', 'only a variant is there'],
	['zh-Hans-CN', 'zh-Hans', 'the script is there'],
	['*', 'en', 'anything goes'],
	['de, ja', 'en', 'none is there'],
	['fr;q=abc', 'en', 'a quality is no number'],
	['../../etc, %00', 'en', 'it is no language at all'],
	[`${'x,'.repeat(4000)}fr`, 'fr', 'the list is long']
])('%j leads to %s when %s', (accepted, expected) => {
	expect(chooseLanguage(accepted, available)).toBe(expected);
});

it('without English the first language stands in', () => {
	expect(chooseLanguage('de', ['fr', 'ar'])).toBe('fr');
	expect(chooseLanguage('de', [])).toBe('en');
});
