import { expect, it } from 'vitest';
import { levels } from '#lib/model/guide.ts';
import { smallView, type Short } from '../../../tests/fixtures/small-assessment.ts';
import { firingHints } from './hints.ts';

const fires = (team: Short, law: Short): boolean =>
	firingHints(smallView({ 'team-a': team, 'law-a': law })).length > 0;

it('a hint fires exactly at its levels and beyond', () => {
	for (const team of levels) {
		for (const law of levels) {
			expect(fires(team, law), `${team} and ${law}`).toBe(team >= 3 && law <= 1);
		}
	}
});

it('"don’t know", "not applicable" and silence contradict nothing', () => {
	expect(fires('?', 0)).toBe(false);
	expect(fires(4, 'n')).toBe(false);
	expect(firingHints(smallView({ 'team-a': 4 }))).toEqual([]);
});

it('a hint names the two levels that set it off', () => {
	const [firing] = firingHints(smallView({ 'team-a': 4, 'law-a': 0 }));
	expect(firing).toMatchObject({ hint: { id: 'team-without-law' }, when: 4, but: 0 });
});
