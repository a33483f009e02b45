import { describe, expect, it } from 'vitest';
import type { Action } from '#lib/model/workspace.ts';
import { forSeeds } from '../../../tests/fixtures/seeds.ts';
import { smallAssessment } from '../../../tests/fixtures/small-assessment.ts';
import { ownAction } from './actions.ts';
import { actionsOfTopic, filterActions, moveAction, sortActions, topicsOfAction } from './plan.ts';

const action = (id: string, more: Partial<Action> = {}): Action => ({
	...ownAction({ id, guide: 'small', title: `Action ${id}`, plan: [] }),
	...more
});
const ids = (actions: readonly { id: string }[]): string => actions.map((a) => a.id).join(' ');

describe('sorting', () => {
	it('is by position, and by id among equals, whatever order they came in', () => {
		const plan = [action('c', { order: 1 }), action('b', { order: 2 }), action('a', { order: 1 })];
		expect(ids(sortActions(plan))).toBe('a c b');
		expect(ids(sortActions([...plan].reverse()))).toBe('a c b');
	});

	it('puts what is empty last', () => {
		const plan = [action('none'), action('zebra', { owner: 'Z' }), action('ant', { owner: 'A' })];
		expect(ids(sortActions(plan, 'owner'))).toBe('ant zebra none');
		const dated = [action('never'), action('soon', { start: '2026-01-01' })];
		expect(ids(sortActions(dated, 'start'))).toBe('soon never');
	});

	it('by state begins with what runs', () => {
		const plan = (['done', 'proposed', 'running', 'dropped', 'planned'] as const).map((state) =>
			action(state, { state })
		);
		expect(ids(sortActions(plan, 'state'))).toBe('running planned proposed done dropped');
	});

	it('of texts follows the reader’s language', () => {
		const plan = [action('1', { title: 'Zoo' }), action('2', { title: 'Élan' })];
		const { compare } = new Intl.Collator('fr');
		expect(ids(sortActions(plan, 'title', compare))).toBe('2 1');
	});
});

describe('filtering', () => {
	const plan = [
		action('a', { title: 'Écrire la loi', owner: 'Justice', state: 'running', closes: ['law-a'] }),
		action('b', { title: 'Train staff', note: 'with Justice', closes: ['skills-a', 'law-b'] }),
		action('c', { title: 'Buy (a+)+ tools', closes: [] })
	];
	const filter = (by: Parameters<typeof filterActions>[1]): string =>
		ids(filterActions(plan, by, (a) => topicsOfAction(a, smallAssessment)));

	it('without conditions lets everything through', () => {
		expect(filter({})).toBe('a b c');
		expect(filter({ states: [], topics: [], owners: [], text: '  ' })).toBe('a b c');
	});

	it('by state, topic, owner or words narrows, and all conditions hold at once', () => {
		expect(filter({ states: ['running', 'done'] })).toBe('a');
		expect(filter({ topics: ['law'] })).toBe('a b');
		expect(filter({ owners: [''] })).toBe('b c');
		expect(filter({ text: 'justice' })).toBe('a b');
		expect(filter({ text: 'justice', topics: ['skills'] })).toBe('b');
	});

	it('finds words without their accents and in any order', () => {
		expect(filter({ text: 'LOI ecrire' })).toBe('a');
	});

	it('takes words as words, never as a pattern (F-41)', () => {
		expect(filter({ text: '(a+)+' })).toBe('c');
		expect(filter({ text: '.*' })).toBe('');
	});
});

it('an action belongs to the topics of the questions that it closes, in its own guide only', () => {
	const two = action('a', { closes: ['skills-a', 'law-b', 'gone'] });
	expect(topicsOfAction(two, smallAssessment)).toEqual(['law', 'skills']);
	expect(topicsOfAction({ ...two, guide: 'other' }, smallAssessment)).toEqual([]);
	expect(actionsOfTopic([two], 'law', smallAssessment)).toEqual([two]);
	expect(actionsOfTopic([{ ...two, state: 'dropped' }], 'law', smallAssessment)).toEqual([]);
});

describe('moving', () => {
	const plan = ['a', 'b', 'c', 'd'].map((id, i) => action(id, { order: i + 1 }));
	const after = (changes: { id: string; order: number }[], of: Action[] = plan): string =>
		ids(sortActions(of.map((a) => ({ ...a, ...changes.find((c) => c.id === a.id) }))));

	it('changes one position, between the new neighbours', () => {
		expect(moveAction(plan, 'd', 1)).toEqual([{ id: 'd', order: 1.5 }]);
		expect(moveAction(plan, 'a', 3)).toEqual([{ id: 'a', order: 5 }]);
		expect(moveAction(plan, 'c', 0)).toEqual([{ id: 'c', order: 0 }]);
	});

	it('to where it is, or of what is not there, changes nothing', () => {
		expect(moveAction(plan, 'b', 1)).toEqual([]);
		expect(moveAction(plan, 'ghost', 1)).toEqual([]);
	});

	it('beyond the ends stops at the ends', () => {
		expect(after(moveAction(plan, 'b', 99))).toBe('a c d b');
		expect(after(moveAction(plan, 'b', -5))).toBe('b a c d');
		expect(after(moveAction(plan, 'b', Number.NaN))).toBe('b a c d');
	});

	it('between two equal positions numbers all anew', () => {
		const equal = ['a', 'b', 'c'].map((id) => action(id, { order: 7 }));
		expect(after(moveAction(equal, 'c', 1), equal)).toBe('a c b');
	});

	it('works with positions so large that nothing fits beside them', () => {
		const huge = ['a', 'b', 'c'].map((id, i) => action(id, { order: 1e308 * (1 + i / 10) }));
		expect(after(moveAction(huge, 'a', 2), huge)).toBe('b c a');
		expect(after(moveAction(huge, 'a', 1), huge)).toBe('b a c');
		expect(after(moveAction(huge, 'c', 0), huge)).toBe('c a b');
	});

	it('always leads to the place that was asked for, hundreds of times in a row', () => {
		forSeeds(20, (random) => {
			let actions = Array.from({ length: 2 + random.number(8) }, (_, i) =>
				action(`a${i}`, { order: random.pick([1, 2, 3, i]) })
			);
			let renumbered = 0;
			for (let turn = 0; turn < 200; turn++) {
				const before = sortActions(actions);
				const moved = random.pick(before);
				const to = random.number(before.length);
				const changes = moveAction(actions, moved.id, to);
				if (changes.length > 1) renumbered++;
				actions = actions.map((a) => ({ ...a, ...changes.find((c) => c.id === a.id) }));
				const wanted = before.filter((a) => a.id !== moved.id);
				wanted.splice(to, 0, moved);
				expect(ids(sortActions(actions))).toBe(ids(wanted));
			}
			expect(renumbered).toBeLessThan(30);
		});
	});
});
