import { expect, test } from 'vitest';
import { contentWith, smallGuide } from '../../../../tests/fixtures/small-guide.ts';
import { missedTerms } from './terms-used.ts';

/** What is missed in a French (or other) measure whose source names a term. */
function missedIn(source: string, own: string, lang = 'fr') {
	const files = smallGuide();
	const term = (name: string, ...also: string[]) => ({ term: name, definition: '…', also });
	files['en/terms.json'] = JSON.stringify({
		risk: term('Risk'),
		authority: term('Data-protection authority (DPA)'),
		policy: term('Policy')
	});
	files['fr/terms.json'] = JSON.stringify({
		risk: term('Risque'),
		authority: term('Autorité de protection des données', 'Autorité de contrôle'),
		policy: term('Politique publique')
	});
	files['ar/terms.json'] = JSON.stringify({ risk: term('المخاطر') });
	files['en/measures/begin.md'] += source;
	files[`${lang}/measures/begin.md`] = `---\ntitle: X\n---\n${own}\n`;
	return missedTerms(contentWith(files)).map(({ term }) => term);
}

test('a page whose source names a term should name its translation', () => {
	expect(missedIn('A risk.', 'Un danger.')).toEqual(['Risk']);
	expect(missedIn('A risk.', 'Un risque.')).toEqual([]);
	expect(missedIn('Nothing.', 'Un danger.')).toEqual([]);
});

test('inflection does not matter, on either side', () => {
	expect(missedIn('Many risks, many policies.', 'Des risques, des politiques publiques.')).toEqual(
		[]
	);
	expect(missedIn('Policies.', 'Des règles.')).toEqual(['Policy']);
});

test('a synonym will do, and what stands in brackets need not be named', () => {
	const source = 'The data protection authority decides.';
	expect(missedIn(source, 'L’autorité de contrôle décide.')).toEqual([]);
	expect(missedIn(source, 'L’autorité chargée de la protection des données décide.')).toEqual([]);
	expect(missedIn(source, 'La commission décide.')).toEqual(['Data-protection authority (DPA)']);
});

test('a word inside another word is not the term', () => {
	expect(missedIn('An asterisk.', 'Un signe.')).toEqual([]);
});

test('Arabic prefixes do not hide a term', () => {
	expect(missedIn('A risk.', 'وبالمخاطر', 'ar')).toEqual([]);
	expect(missedIn('A risk.', 'شيء', 'ar')).toEqual(['Risk']);
});
