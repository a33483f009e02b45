import { expect, test } from 'vitest';
import { fileOn, lineOf } from './bundle-line.ts';

test.each([
	['an object', '{"a":"b c"}'],
	['several lines', 'let a = `\n`;\r\n'],
	['what looks like a JSON string', '"use strict";let a'],
	['nothing', ''],
	['other writing', 'اختبار  \u2028 é']
])('%s comes back from its line as it was', (_, body) => {
	const line = lineOf('/a/b.json', body);
	expect(line.match(/\n/g)).toHaveLength(1);
	expect(fileOn(line.slice(0, -1))).toEqual({ url: '/a/b.json', body });
});

test.each(['', '<!doctype html>', '/only-an-address', '/a "broken', '["/a","b"]'])(
	'%j is no line',
	(line) => expect(fileOn(line)).toBeUndefined()
);
