import { expect, it } from 'vitest';
import { example } from './example.ts';

it('the worked sum of the method page is the one that it prints: 10 ÷ 6 and 1 × 3 × 1.35', () => {
	const { score, gap } = example();
	expect(score.parts.map(({ level, weight }) => [level, weight])).toEqual([
		[1, 3],
		[2, 2],
		[3, 1]
	]);
	expect(score.value).toBeCloseTo(10 / 6);
	expect(gap.question.id).toBe('first');
	expect(gap.urgencyParts.map((part) => part.code)).toEqual(['base', 'blocks-others', 'unproven']);
	expect(gap.priority).toBe(4.05);
});
