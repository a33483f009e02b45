// How many tests passed, failed and were skipped, from the runners' own JSON reports. A runner that
// failed without a failing test (a file that did not load, a crash, no report) counts as one failure:
// a red run never reads green.

/** Counts of a Vitest JSON report; `null` stands for a report that was never written. */
export function countVitest(report, code) {
	if (!report) return { passed: 0, failed: 1, skipped: 0 };
	const unloaded = report.testResults.filter(
		({ status, assertionResults }) =>
			status === 'failed' && !assertionResults.some((test) => test.status === 'failed')
	);
	return redden(code, {
		passed: report.numPassedTests,
		failed: report.numFailedTests + unloaded.length,
		skipped: report.numPendingTests + report.numTodoTests
	});
}

/** Counts of a Playwright JSON report; a test that passed on a second try has passed. */
export function countPlaywright(report, code) {
	if (!report) return { passed: 0, failed: 1, skipped: 0 };
	const { expected, flaky, unexpected, skipped } = report.stats;
	const failed = unexpected + report.errors.length;
	return redden(code, { passed: expected + flaky, failed, skipped });
}

export function sum(counts) {
	const add = (key) => counts.reduce((total, count) => total + count[key], 0);
	return { passed: add('passed'), failed: add('failed'), skipped: add('skipped') };
}

export function describe({ passed, failed, skipped }) {
	return `${passed} passed, ${failed} failed` + (skipped ? `, ${skipped} skipped` : '');
}

function redden(code, counts) {
	return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
