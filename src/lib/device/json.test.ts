import { describe, expect, test } from 'vitest';
import { parseJson } from './json.ts';

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('JSON from a stranger (F-34)', () => {
	test('objects have no prototype and pollute nothing', () => {
		const parsed = parseJson(
			'{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"a":{"__proto__":[]}}'
		);
		expect(Object.getPrototypeOf(parsed)).toBeNull();
		expect(Object.keys(parsed as object)).toEqual(['constructor', 'a']);
		expect(JSON.stringify(parsed)).toBe('{"constructor":{"prototype":{"polluted":1}},"a":{}}');
		expect('polluted' in {}).toBe(false);
	});

	test('nesting is read to 32 and refused beyond, however deep', () => {
		expect(parseJson(nested(32))).toBeTruthy();
		expect(() => parseJson(nested(33))).toThrow('nested deeper');
		expect(() => parseJson(nested(5_000_000))).toThrow('nested deeper');
		expect(() => parseJson('{"a":'.repeat(40))).toThrow('nested deeper');
	});

	test('brackets in strings are letters', () => {
		expect(parseJson(JSON.stringify('[{"'.repeat(50)))).toHaveLength(150);
		expect(parseJson('["\\"[[[[", "\\\\"]')).toEqual(['"[[[[', '\\']);
	});

	test('of two equal names the last counts; huge numbers do not break it', () => {
		expect(parseJson('{"a":1,"a":2}')).toEqual(Object.assign(Object.create(null), { a: 2 }));
		expect(parseJson('[1e308, 1e999]')).toEqual([1e308, Infinity]);
	});

	test.each(['', 'NaN', '{', "{'a':1}", '[1,]'])('%j is refused', (text) => {
		expect(() => parseJson(text)).toThrow(SyntaxError);
	});
});
