import { expect, it } from 'vitest';
import { turnOf } from './pace.ts';

it('C-6, H-2 a low lane goes first, and a high one does not wait for hours', () => {
	expect([1, 2, 3].map((lane) => turnOf(lane, 0.5))).toEqual([0.5, 1.5, 2.5]);
	expect(turnOf(1_006, 0.5)).toBeLessThan(31);
	expect(turnOf(1_006, 0.5)).not.toBe(turnOf(1_007, 0.5));
});
