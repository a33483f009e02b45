// `npm test`: the set-up, then the checks, the unit tests and the journeys in a browser. Every part
// runs, whatever failed before. `npm test -- unit` (or `e2e`, `check`) runs one part; what follows goes
// to its runner.
import './oldest.mjs';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { binOf } from './bin.mjs';
import { browserPath } from './browser.mjs';
import { ensureBuilt } from './build.mjs';
import { check } from './check.mjs';
import { countPlaywright, countVitest, describe, sum } from './count.mjs';
import { ensureInstalled } from './install.mjs';
import { postgresFolder } from './postgres.mjs';
import { root, runFile } from './runtime.mjs';
import { launch, Stop } from './stop.mjs';

const out = join(root, 'tests', '.out');

// What the journeys need. In a full run it is made before everything else, and a failure counts where
// it hurts: as the journeys that cannot be made.
let stage;

async function setStage() {
	await ensureBuilt();
	return browserPath();
}

const parts = {
	check: async () => {
		const { passed, failed } = await check();
		return { passed: passed.length, failed: failed.length, skipped: 0 };
	},

	unit: async (args) => {
		console.log('\n── unit tests ──');
		// Without one, the tests that need it say that they are skipped.
		const POSTGRES_BIN = (await postgresFolder()) ?? '';
		const report = fresh('vitest.json');
		const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
		const code = await runFile(binOf('vitest'), ['run', ...reporters, ...args], { POSTGRES_BIN });
		return countVitest(read(report), code);
	},

	e2e: async (args) => {
		console.log('\n── journeys in a browser ──');
		const CHROMIUM_PATH = await (stage ??= setStage());
		const report = fresh('playwright.json');
		const code = await runFile(binOf('playwright'), ['test', '--reporter=list,json', ...args], {
			CHROMIUM_PATH,
			PLAYWRIGHT_JSON_OUTPUT_FILE: report
		});
		return countPlaywright(read(report), code);
	}
};

launch(async () => {
	const [only, ...args] = process.argv.slice(2);
	if (only && !(only in parts)) {
		throw new Stop(
			`No part is named "${only}": ${Object.keys(parts).join(', ')}, or nothing for all.`
		);
	}
	const counts = [];
	try {
		await ensureInstalled();
		if (!only) await (stage = setStage()).catch(() => {});
		for (const part of only ? [only] : Object.keys(parts)) counts.push(await count(part, args));
	} catch (error) {
		counts.push(failure(error));
	}
	const total = sum(counts);
	console.log(`\n${describe(total)}`);
	return total.failed === 0 ? 0 : 1;
});

async function count(part, args) {
	try {
		return await parts[part](args);
	} catch (error) {
		return failure(error);
	}
}

function failure(error) {
	console.error(error instanceof Stop ? error.message : error);
	return { passed: 0, failed: 1, skipped: 0 };
}

function fresh(name) {
	mkdirSync(out, { recursive: true });
	rmSync(join(out, name), { force: true });
	return join(out, name);
}

function read(report) {
	try {
		return JSON.parse(readFileSync(report, 'utf8'));
	} catch {
		return null;
	}
}
