import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { urgencyCodes } from './gaps.ts';
import { method } from './method.ts';

it('every urgency has its number, and none is left over', () => {
	expect(Object.keys(method.urgency)).toEqual([...urgencyCodes]);
});

it('the README of this room states the very numbers', () => {
	const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
	const { urgency } = method;
	for (const statement of [
		`${method.minutesPerQuestion} minutes a question`,
		`at least ${method.minimumShare * 100} % of`,
		`and at least ${method.minimumAnswers} levels`,
		`${urgency['blocks-others']} if it blocks`,
		`${urgency['nothing-there']} at level 0`,
		`${urgency.unproven} if unproven`
	]) {
		expect(readme).toContain(statement);
	}
});
