import { expect, it } from 'vitest';
import { countPlaywright, countVitest, describe, sum } from './count.mjs';

const file = (status: string, ...tests: string[]) => ({
	status,
	assertionResults: tests.map((status) => ({ status }))
});
const vitest = {
	numPassedTests: 3,
	numFailedTests: 1,
	numPendingTests: 1,
	numTodoTests: 1,
	testResults: [file('passed', 'passed', 'passed'), file('failed', 'failed', 'passed')]
};
const playwright = { stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 }, errors: [] };

it('counts are those of the reports', () => {
	expect(countVitest(vitest, 1)).toEqual({ passed: 3, failed: 1, skipped: 2 });
	expect(countPlaywright(playwright, 1)).toEqual({ passed: 5, failed: 1, skipped: 2 });
});

it('a file that did not load is a failure', () => {
	const report = { ...vitest, testResults: [...vitest.testResults, file('failed')] };
	expect(countVitest(report, 1).failed).toBe(2);
});

it('an error outside any journey is a failure', () => {
	expect(countPlaywright({ ...playwright, errors: [{}] }, 1).failed).toBe(2);
});

it('a runner that left no report has failed', () => {
	expect(countVitest(null, 0).failed).toBe(1);
	expect(countPlaywright(null, 0).failed).toBe(1);
});

it('a runner that ended red with no failing test has failed', () => {
	const green = { stats: { expected: 4, unexpected: 0, flaky: 0, skipped: 0 }, errors: [] };
	expect(countPlaywright(green, 0).failed).toBe(0);
	expect(countPlaywright(green, 1).failed).toBe(1);
	expect(countVitest({ ...vitest, numFailedTests: 0, testResults: [] }, 1).failed).toBe(1);
});

it('the last line is the sum, and speaks of skipped tests only if there are any', () => {
	const all = sum([
		{ passed: 3, failed: 1, skipped: 0 },
		{ passed: 5, failed: 0, skipped: 2 }
	]);
	expect(describe(all)).toBe('8 passed, 1 failed, 2 skipped');
	expect(describe({ passed: 1, failed: 0, skipped: 0 })).toBe('1 passed, 0 failed');
});
