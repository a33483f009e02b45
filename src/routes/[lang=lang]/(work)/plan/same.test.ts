import { expect, test } from 'vitest';
import { ownAction } from '#lib/draft/actions.ts';
import { keepSame } from './same.ts';

const read = (titles: string[]) =>
	titles.map((title, i) => ownAction({ id: `id-${i}`, guide: 'small', title, plan: [] }));

test('an action that says the same is the same value, and one that changed is the new one', () => {
	const keep = keepSame();
	const first = keep(read(['a', 'b']));
	const second = keep(read(['a', 'B']));
	expect(second[0]).toBe(first[0]);
	expect(second[1]).not.toBe(first[1]);
	expect(second[1]?.title).toBe('B');
});

test('the order is that of the new reading, and what is gone is gone', () => {
	const keep = keepSame();
	const [a, b] = read(['a', 'b']);
	keep([a!, b!]);
	expect(keep([b!, a!]).map(({ title }) => title)).toEqual(['b', 'a']);
	expect(keep([b!])).toHaveLength(1);
});
