import { expect, test } from 'vitest';
import english from '#content/languages/en/results.json' with { type: 'json' };
import { register, type Messages } from '#lib/i18n/words.ts';
import { methodNote } from './method-words.ts';

register('en', 'results', english as Messages);

test('the note on method names what adds to the urgency, each with its number', () => {
	const said = methodNote('en');
	const at = said.findIndex((one) => one.endsWith(':'));
	expect(said.slice(at + 1)).toEqual([
		'Another gap cannot be closed before this one (+0.25)',
		'The level is 0: there is nothing to build on (+0.25)',
		'The level is claimed without evidence, and may be lower (+0.1)'
	]);
});
