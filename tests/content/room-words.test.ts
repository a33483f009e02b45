/**
 * A phone in a room has words of its own, so that it need not load the workshop's: those that stand on the
 * projector too must be the same there, and every problem of a room has a sentence.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { problemCodes } from '#lib/model/problem.ts';
import { boards, criteria } from '#lib/model/workshop.ts';
import { spreads } from '#lib/workshop/ballot.ts';

const folder = join(import.meta.dirname, '../../content/languages');
const wordsOf = (lang: string, name: string): Record<string, unknown> =>
	JSON.parse(readFileSync(join(folder, lang, `${name}.json`), 'utf8'));

describe.each(readdirSync(folder).filter((name) => !name.includes('.')))('%s', (lang) => {
	const room = wordsOf(lang, 'room');
	const workshop = wordsOf(lang, 'workshop');
	const shared = [
		...criteria.map((id) => `criterion-${id}`),
		...Object.values(boards).flatMap((columns) => columns.map((id) => `column-${id}`)),
		...spreads.map((id) => `spread-${id}`),
		'agreedLevel',
		'level',
		'secondVote'
	];

	it.each(shared)('a phone says %s as the projector and the report do', (key) => {
		expect(room[key]).toBeDefined();
		expect(room[key]).toEqual(workshop[key]);
	});

	const codes = problemCodes.filter((code) => /^(room|nickname|vote|cards?|dots)-/.test(code));
	it.each(codes)('%s has words where it is met', (code) => {
		// The one that only the facilitator meets stands with the facilitator's words.
		const words = code === 'room-lost' ? workshop[code] : room[code];
		expect(words).toEqual(expect.any(String));
	});
});
