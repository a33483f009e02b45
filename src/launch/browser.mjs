// The browser for tests and measurements: one that starts, wherever it comes from, else one installed
// by the way that works here.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { binOf } from './bin.mjs';
import { run } from './child.mjs';
import { root, runFile } from './runtime.mjs';
import { Stop } from './stop.mjs';

/** The path of a Chromium that runs. Call it after the installation. Stops when there is no way. */
export async function browserPath() {
	const path = findBrowser() ?? (await installBrowser());
	if (!path) {
		throw new Stop(
			'The tests need a Chromium, and none could be found or installed. Install one (on Debian: ' +
				'apt-get install chromium fonts-noto-core) or set CHROMIUM_PATH to the program.'
		);
	}
	await ensureArabicFont();
	return path;
}

function findBrowser() {
	const asked = process.env.CHROMIUM_PATH;
	if (asked && !runs(asked)) console.warn(`CHROMIUM_PATH is "${asked}", which does not run here.`);
	return [asked, ownPath(), 'chromium', 'chromium-browser', 'google-chrome']
		.map((name) => name && resolve(name))
		.find((path) => path && runs(path));
}

// Loaded late: this file must be readable before anything is installed.
const ownPath = () => createRequire(root + '/')('playwright-core').chromium.executablePath();

function resolve(name) {
	if (/[\\/]/.test(name)) return existsSync(name) ? name : undefined;
	if (process.platform === 'win32') return undefined;
	return spawnSync('sh', ['-c', 'command -v "$0"', name], { encoding: 'utf8' }).stdout.trim();
}

// Ubuntu's chromium-browser is a note that points to another package: existing is not running.
const runs = (path) => spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0;

async function installBrowser() {
	console.log('No Chromium found: trying to install one …');
	// Without a line, Playwright would try every mirror five times, half a minute each.
	const env = { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' };
	await runFile(binOf('playwright'), ['install', 'chromium'], env);
	const own = findBrowser();
	if (own) return own;
	await aptInstall('chromium', 'fonts-noto-core');
	return findBrowser();
}

async function ensureArabicFont() {
	const fonts = spawnSync('fc-list', [':lang=ar'], { encoding: 'utf8' });
	if (fonts.status === 0 && fonts.stdout.trim() === '') await aptInstall('fonts-noto-core');
}

/** Where that is possible: on Debian and its like, as root. */
export async function aptInstall(...packages) {
	if (process.platform !== 'linux' || process.getuid() !== 0 || !resolve('apt-get')) return;
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	await run('apt-get', ['update', '-q'], { env });
	await run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...packages], { env });
}
