import { describe, expect, test } from 'vitest';
import { figureKind, figureKinds, readTyped } from './figure.ts';

const percent = figureKind('rural')!;
const population = figureKind('population')!;

describe('a number is read as people write it', () => {
	test.each([
		['63.4', 63.4],
		['63,4 %', 63.4],
		['٦٣٫٤', 63.4],
		['۶۳', 63],
		[' ', null],
		['0', 0]
	])('%j as %j per cent', (text, value) => {
		expect(readTyped(text, percent)).toEqual({ value });
	});

	test.each([
		['12 345 678', 12345678],
		['12\u202f345\u00a0678', 12345678],
		['12,345,678', 12345678],
		['12.345.678', 12345678],
		['12’345’678', 12345678],
		['12,345', 12345]
	])('%j as %i people', (text, value) => {
		expect(readTyped(text, population)).toEqual({ value });
	});
});

test('what is no number, no whole one or out of range is refused, each for its reason', () => {
	expect(readTyped('about half', percent)).toEqual({ wrong: 'number' });
	expect(readTyped('1e2', percent)).toEqual({ wrong: 'number' });
	expect(readTyped('100.1', percent)).toEqual({ wrong: 'range' });
	expect(readTyped('-1', percent)).toEqual({ wrong: 'range' });
	expect(readTyped('12.5', population)).toEqual({ wrong: 'whole' });
	expect(readTyped('1066', figureKind('census')!)).toEqual({ wrong: 'range' });
});

test('every figure has an id of its own and a range that holds something', () => {
	expect(new Set(figureKinds.map(({ id }) => id)).size).toBe(figureKinds.length);
	for (const { min, max } of figureKinds) expect(min).toBeLessThan(max);
});
