/**
 * A workspace that somebody else shares opens on a device for the first time: from the press on "Join" until its
 * answers are on the screen. At 400 kbit/s and 400 ms, processor slowed four times; the app and the guide are
 * kept already, because what is measured is the workspace. See the README of this folder.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import type { Figure } from './run.ts';
import { openSlowLine, twoG, type Line } from './slow-line.ts';
import { median, openPhone, startApp } from './stage.ts';

const rounds = 5;
const quick: Line = { bytesPerSecond: 1e9, latency: 0 };
/** How many of the guide's questions are answered: with the demo country's answers, more than none. */
const answers = '[data-testid=progress]:not([aria-valuenow="0"])';

export async function opening(browser: Browser): Promise<Figure[]> {
	const folder = mkdtempSync(join(tmpdir(), 'bench-opening-'));
	const app = await startApp('build', 4408, { SYNC: 'on', DATA_DIR: folder });
	const slow = await openSlowLine(app.origin, quick);
	const { key, close } = await sharedDemo(browser, app.origin.replace('127.0.0.1', 'localhost'));

	const took: number[] = [];
	const bytes: number[] = [];
	const requests: number[] = [];
	for (let round = 0; round < rounds; round++) {
		const { context, page, cdp } = await openPhone(browser, 1);
		slow.setLine(quick);
		await page.goto(`${slow.origin}/en/guides/cybersecurity/`, { waitUntil: 'networkidle' });
		await page.getByTestId('keep-guide').first().click();
		await page.waitForSelector('[data-testid=offline-status][data-state=ready]', {
			timeout: 60_000
		});
		slow.setLine(twoG);
		await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
		await toTheButton(page, slow.origin, key, `Person ${round}`);
		// What the page loads by the way is not what the press costs.
		await page.waitForTimeout(2000);
		slow.reset();
		took.push(await joined(page));
		bytes.push(slow.bytes);
		requests.push(slow.requests.length);
		await context.close();
	}

	// A device that has never seen the app, with nothing to wait for but what it has to load.
	slow.setLine(twoG);
	const { context, page } = await openPhone(browser, 4);
	slow.reset();
	const began = performance.now();
	await toTheButton(page, slow.origin, key, 'Somebody new');
	const asked = performance.now() - began;
	const pressed = await joined(page);
	const all = slow.bytes;
	await context.close();

	await close();
	await slow.close();
	await app.stop();
	rmSync(folder, { recursive: true, force: true });
	return [
		{
			what: 'demo workspace, first opening: from "Join" to its answers',
			value: median(took),
			unit: 'ms',
			limit: 4000
		},
		{ what: '  the slowest of them', value: Math.max(...took), unit: 'ms' },
		{ what: '  bytes', value: median(bytes) / 1000, unit: 'kB' },
		{ what: '  requests', value: median(requests), unit: 'count' },
		{ what: 'app never seen: from the link to "Join"', value: asked, unit: 'ms' },
		{ what: 'app never seen: from "Join" to the answers', value: pressed, unit: 'ms' },
		{ what: 'app never seen: bytes from the link to the answers', value: all / 1000, unit: 'kB' }
	];
}

/** Another device makes a workspace from the demo country, shares it, and invites to it. */
async function sharedDemo(
	browser: Browser,
	origin: string
): Promise<{ key: string; close: () => Promise<void> }> {
	const context = await browser.newContext();
	const page = await context.newPage();
	await page.goto(`${origin}/en/workspaces/`);
	await alive(page);
	await page.locator('#demo + p + button').click();
	await page.waitForURL('**/results/cybersecurity/');
	await page.goto(`${origin}/en/people/`);
	await alive(page);
	await page.getByLabel('Your name').fill('Amina');
	await page.getByTestId('share').click();
	const status = '[data-testid=sync-status][data-state=synced]';
	await page.waitForSelector(status, { timeout: 60_000 });
	await page.getByTestId('invite').click();
	await page.locator('input[name=invite-role][value=edit]').check();
	await page.getByTestId('make-invitation').click();
	await page.waitForFunction(() =>
		document.querySelector<HTMLInputElement>('#made')?.value.includes('#')
	);
	const link = await page.locator('#made').inputValue();
	return { key: link.slice(link.indexOf('#')), close: () => context.close() };
}

const alive = (page: Page) => page.waitForSelector('html[data-alive=yes]', { timeout: 60_000 });

/** The invitation is open, and a name is there: all but the press. */
async function toTheButton(page: Page, origin: string, key: string, name: string): Promise<void> {
	await page.goto(`${origin}/en/join/${key}`, { waitUntil: 'commit', timeout: 60_000 });
	await page.getByTestId('join').waitFor({ timeout: 60_000 });
	await page.getByLabel('Your name').fill(name);
}

/** Presses; milliseconds in the page until the answers are there. */
const joined = (page: Page): Promise<number> =>
	page.evaluate(
		(answers) =>
			new Promise<number>((resolve) => {
				const began = performance.now();
				// Watching must cost nothing: a look in every frame would make every frame.
				const watch = new MutationObserver(() => {
					if (!document.querySelector(answers)) return;
					watch.disconnect();
					// The next frame shows what this one has put into the page.
					requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
				});
				const attributeFilter = ['aria-valuenow'];
				watch.observe(document, { subtree: true, childList: true, attributeFilter });
				document.querySelector<HTMLButtonElement>('[data-testid=join]')!.click();
			}),
		answers
	);
