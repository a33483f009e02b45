import type { Browser, BrowserContext, Page } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alive, beginWorkspace, expect, saved, test, watch } from './harness.ts';
import { startApp, startBroken, startPortal, startSilent, type Running } from './servers.ts';

/**
 * After one visit and one click everything works from a cold start of the browser, whatever the
 * server does (P2). Each case has a browser profile of its own on disk, which is closed and opened.
 */
const servers: { name: string; start?: (port: number) => Promise<Running> }[] = [
	{ name: 'gone' },
	{ name: 'accepting and never answering', start: startSilent },
	{ name: 'answering 500', start: startBroken },
	{ name: 'a sign-in page in its place (F-26, F-27)', start: startPortal }
];

async function openProfile(
	browser: Browser,
	folder: string,
	origin: string
): Promise<BrowserContext> {
	const use = test.info().project.use;
	const context = await browser.browserType().launchPersistentContext(folder, {
		...use.launchOptions,
		viewport: { width: 360, height: 740 },
		acceptDownloads: true
	});
	watch(context, origin);
	return context;
}

async function keepGuide(page: Page): Promise<void> {
	await page.getByTestId('keep-guide').first().click();
	await expect(page.getByTestId('offline-status')).toHaveAttribute('data-state', 'ready', {
		timeout: 30_000
	});
}

for (const server of servers) {
	test(`everything kept works with the server ${server.name}`, async ({ browser }) => {
		const folder = mkdtempSync(join(tmpdir(), 'profile-'));
		const app = await startApp();
		let context = await openProfile(browser, folder, app.origin);
		let page = await context.newPage();
		await page.goto(`${app.origin}/fr/guides/cybersecurity/`);
		await alive(page);
		await keepGuide(page);
		await context.close();
		await app.stop();

		const other = await server.start?.(app.port);
		context = await openProfile(browser, folder, app.origin);
		page = await context.newPage();
		try {
			// A cold start at an address that was never opened, with a query and without its slash.
			await page.goto(`${app.origin}/fr/guides/cybersecurity/crisis-plan?x=1`, { timeout: 15_000 });
			await expect(page.locator('#pitfalls')).toBeVisible();
			await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
			await page.locator('a[rel=next]').click();
			await expect(page.locator('h1')).toBeVisible();

			// Where an installed app opens, on a browser that prefers English.
			await page.goto(`${app.origin}/`);
			await page.waitForURL('**/fr/');
			await alive(page);

			await page.goto(`${app.origin}/fr/workspaces/`);
			await alive(page);
			await page.locator('#country').fill('Pays d’essai');
			await page.locator('form button.primary').click();
			await page.waitForURL('**/fr/assess/cybersecurity/**');
			await saved(page);

			await page.goto(`${app.origin}/fr/search/?q=incident`);
			await expect(page.locator('ol.results li').first()).toBeVisible();
			// A word that no page has: what people say instead is kept as well.
			await page.locator('#q').fill('gendarmerie');
			await expect(page.locator('ol.results')).toContainText('Former les policiers');
			await page.goto(`${app.origin}/fr/export/`);
			await expect(page.getByTestId('export-docx')).toBeVisible();
			const [file] = await Promise.all([
				page.waitForEvent('download'),
				page.getByTestId('export-docx').click()
			]);
			expect(file.suggestedFilename()).toMatch(/\.docx$/);
		} finally {
			await context.close();
			await other?.stop();
			rmSync(folder, { recursive: true, force: true });
		}
	});
}

test('what this device does not keep is said in the language that it keeps, with the way there', async ({
	browser
}) => {
	const folder = mkdtempSync(join(tmpdir(), 'profile-'));
	const app = await startApp();
	const context = await openProfile(browser, folder, app.origin);
	const page = await context.newPage();
	try {
		await page.goto(`${app.origin}/fr/guides/cybersecurity/`);
		await alive(page);
		await keepGuide(page);
		await beginWorkspace(page, 'Pays d’essai', 'fr', app.origin);
		await page.goto(`${app.origin}/fr/assess/ehealth/#data-protection`);
		await page.locator('input[name="answer"]').first().check();
		await saved(page);
		// What the browser happens to have of the guide that is not kept would hide that it is missing.
		await (await context.newCDPSession(page)).send('Network.clearBrowserCache');
		await app.stop();

		await page.goto(`${app.origin}/ar/settings/`);
		await expect(page.getByText('Le réseau n’a pas fourni')).toBeVisible();
		await page.getByRole('link', { name: 'Français' }).click();
		await page.waitForURL('**/fr/settings/');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Paramètres');

		// A guide that is not kept is asked for once, not without end.
		let asked = 0;
		context.on('request', (request) => {
			if (request.url().includes('/ehealth/')) asked++;
		});
		for (const path of ['assess/ehealth/', 'together/']) {
			asked = 0;
			await page.goto(`${app.origin}/fr/${path}`);
			await expect(page.getByRole('alert')).toContainText('Le réseau n’a pas fourni');
			await page.waitForTimeout(1500);
			expect(asked, path).toBeLessThan(20);
		}
		await page.goto(`${app.origin}/fr/no-such-page/`);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Cette page n’existe pas');
		await expect(page.getByRole('link', { name: 'Français' })).toHaveCount(0);
	} finally {
		await context.close();
		await app.stop();
		rmSync(folder, { recursive: true, force: true });
	}
});

test('a download that breaks says so, and goes on by itself when the line is back (F-23)', async ({
	page,
	context
}) => {
	await page.goto('/en/guides/cybersecurity/');
	await alive(page);
	await context.setOffline(true);
	await page.getByTestId('keep-guide').first().click();
	await expect(page.locator('.keep [role=alert]').first()).toBeVisible({ timeout: 30_000 });
	await expect(page.getByTestId('offline-status')).not.toHaveAttribute('data-state', 'ready');
	await context.setOffline(false);
	await expect(page.getByTestId('offline-status')).toHaveAttribute('data-state', 'ready', {
		timeout: 45_000
	});
});

test('what is kept can be removed, and nothing is called ready that is not', async ({ page }) => {
	await page.goto('/en/settings/');
	await alive(page);
	await expect(page.getByTestId('offline-status')).toHaveAttribute('data-state', 'not-kept');
	await keepGuide(page);
	// Not even for the moment until the caches were asked: every state that could be seen, picture by picture.
	await page.addInitScript(() => {
		const seen: string[] = [];
		Object.assign(window, { statesSeen: seen });
		const look = () => {
			const status = document.querySelector('[data-testid=offline-status]');
			if (status?.checkVisibility({ visibilityProperty: true }))
				seen.push(status.getAttribute('data-state') ?? '');
			requestAnimationFrame(look);
		};
		look();
	});
	await page.reload();
	await alive(page);
	await expect(page.getByTestId('offline-status')).toHaveAttribute('data-state', 'ready');
	await expect(page.getByTestId('offline-status')).toBeVisible();
	await page.waitForFunction(() => 'statesSeen' in window && String(window.statesSeen) !== '');
	expect(await page.evaluate(() => 'statesSeen' in window && String(window.statesSeen))).toMatch(
		/^ready(,ready)*$/
	);
	await page.getByRole('button', { name: 'Remove from this device' }).click();
	await expect(page.getByTestId('offline-status')).toHaveAttribute('data-state', 'not-kept');
});
