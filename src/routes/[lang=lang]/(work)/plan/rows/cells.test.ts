import { expect, it } from 'vitest';
import { below, beside } from './cells.ts';

it('Tab walks through the cells of a row, then to the next row, and ends with the list', () => {
	const ids = ['a', 'b'];
	expect(beside(ids, { id: 'a', field: 'title' }, 1)).toEqual({ id: 'a', field: 'owner' });
	expect(beside(ids, { id: 'a', field: 'state' }, 1)).toEqual({ id: 'b', field: 'title' });
	expect(beside(ids, { id: 'b', field: 'title' }, -1)).toEqual({ id: 'a', field: 'state' });
	expect(beside(ids, { id: 'b', field: 'state' }, 1)).toBeNull();
	expect(beside(ids, { id: 'a', field: 'title' }, -1)).toBeNull();
	expect(beside(ids, { id: 'gone', field: 'title' }, 1)).toBeNull();
});

it('Enter goes down in the same column', () => {
	expect(below(['a', 'b'], { id: 'a', field: 'cost' }, 1)).toEqual({ id: 'b', field: 'cost' });
	expect(below(['a', 'b'], { id: 'b', field: 'cost' }, 1)).toBeNull();
	expect(below(['a', 'b'], { id: 'gone', field: 'cost' }, 1)).toBeNull();
});
