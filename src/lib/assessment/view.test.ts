import { expect, it } from 'vitest';
import { smallAssessment, smallView } from '../../../tests/fixtures/small-assessment.ts';
import { catalogueOf, isUnproven, targetsOf } from './view.ts';

it('targets of one guide are found among those of a workspace, by whole guide ids', () => {
	const targets = [
		{ key: 'cyber/law', level: 3, reason: '' } as const,
		{ key: 'cyber-two/law', level: 1, reason: '' } as const
	];
	expect([...targetsOf(targets, 'cyber')]).toEqual([['law', 3]]);
});

it('a measure that two topics list is one measure', () => {
	const [law] = smallAssessment.topics;
	expect(catalogueOf({ guide: 'g', topics: [law!, law!] }).size).toBe(law!.measures.length);
});

it('a level without evidence is unproven; level 0 and other answers are not', () => {
	const view = smallView(
		{ 'law-a': 2, 'law-b': 0, 'law-c': '?', 'team-a': 3 },
		{ proven: new Set(['team-a']) }
	);
	const unproven = ['law-a', 'law-b', 'law-c', 'team-a', 'team-b'].filter((id) =>
		isUnproven(view, id)
	);
	expect(unproven).toEqual(['law-a']);
});
