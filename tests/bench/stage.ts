/** What the measurements stand on: the app's server, a slow line before it, a slow browser. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
	chromium,
	type Browser,
	type BrowserContext,
	type CDPSession,
	type Page
} from '@playwright/test';

export const args = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--no-first-run'
];

export type App = { origin: string; stop: () => Promise<void> };

/** The app's own server over `folder`, on a free port. */
export async function startApp(
	folder: string,
	port: number,
	env: Record<string, string> = {}
): Promise<App> {
	const child = spawn(process.execPath, ['src/server/main.ts', folder], {
		env: { ...process.env, PORT: String(port), HOST: '127.0.0.1', SYNC: 'off', ...env },
		stdio: ['ignore', 'ignore', 'inherit']
	});
	const origin = `http://127.0.0.1:${port}`;
	for (let tries = 0; ; tries++) {
		const isUp = await fetch(`${origin}/api/health`).then(
			(reply) => reply.ok,
			() => false
		);
		if (isUp) break;
		if (tries > 100) throw new Error(`the server over ${folder} did not start`);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	return {
		origin,
		stop: async () => {
			const ended = once(child, 'exit');
			child.kill('SIGTERM');
			await ended;
		}
	};
}

export const launch = (): Promise<Browser> =>
	chromium.launch({
		args,
		...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {})
	});

/** A phone of 360 px whose processor is `slow` times slower. */
export async function openPhone(
	browser: Browser,
	slow: number
): Promise<{ context: BrowserContext; page: Page; cdp: CDPSession }> {
	const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
	const page = await context.newPage();
	const cdp = await context.newCDPSession(page);
	await cdp.send('Emulation.setCPUThrottlingRate', { rate: slow });
	return { context, page, cdp };
}

export const median = (values: number[]): number =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** The value that `share` of the values do not exceed. */
export const percentile = (values: number[], share: number): number =>
	[...values].sort((a, b) => a - b)[
		Math.min(values.length - 1, Math.ceil(values.length * share) - 1)
	] ?? NaN;
