/**
 * The whole staircase in one evening: a phone, one visit, one click on "keep", then the server is gone
 * and the browser was closed. From the guide to the Word file, by what is on the device.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { alive, expect, saved, test, watch } from './harness.ts';
import { startApp } from './servers.ts';

const words = (lang: string, name: string): Record<string, string> =>
	JSON.parse(readFileSync(`content/languages/${lang}/${name}.json`, 'utf8'));

for (const { lang, forward } of [
	{ lang: 'fr', forward: 'ArrowRight' },
	{ lang: 'ar', forward: 'ArrowLeft' }
]) {
	test(`in ${lang}, on a phone, with the server gone: read, assess, results, six actions, draft, Word`, async ({
		browser
	}) => {
		test.setTimeout(240_000);
		const folder = mkdtempSync(join(tmpdir(), 'profile-'));
		const app = await startApp();
		const open = async () => {
			const context = await browser.browserType().launchPersistentContext(folder, {
				...test.info().project.use.launchOptions,
				viewport: { width: 360, height: 740 },
				acceptDownloads: true
			});
			return { context, found: watch(context, app.origin) };
		};
		let { context } = await open();
		let page = await context.newPage();
		await page.goto(`${app.origin}/${lang}/guides/cybersecurity/`);
		await alive(page);
		await page.getByTestId('keep-guide').first().click();
		await expect(page.getByTestId('offline-status')).toHaveAttribute('data-state', 'ready', {
			timeout: 30_000
		});
		await context.close();
		await app.stop();

		const again = await open();
		context = again.context;
		page = await context.newPage();
		try {
			const to = (path: string) => page.goto(`${app.origin}/${lang}/${path}`);
			await to('workspaces/');
			await page.locator('#country').fill('Testland');
			await page.locator('form button.primary').click();
			// Its words are those of the next button: where the page has gone tells them apart.
			await page.waitForURL('**/assess/cybersecurity/');
			await page.getByRole('button', { name: words(lang, 'assess').begin!, exact: true }).click();

			const progress = page.getByTestId('progress');
			await expect(progress).toHaveAttribute('aria-valuenow', '0');
			for (let question = 0; question < 24; question++) {
				if (question < 3) {
					// Once opened, the guide's text stays beside every question.
					if (question === 0) await page.keyboard.press('g');
					await expect(page.locator('.prose h2').first()).toBeVisible();
				}
				await page.keyboard.press(String(1 + (question % 4)));
				await page.keyboard.press(forward);
			}
			await expect(progress).toHaveAttribute('aria-valuenow', '100');
			await saved(page);

			await to('results/cybersecurity/');
			await expect(page.getByTestId('score')).toHaveCount(9);
			await expect(page.getByTestId('gap-list')).toBeVisible();
			await to('plan/');
			await page
				.getByRole('button', { name: words(lang, 'plan').takeAllSix!, exact: true })
				.click();
			// One task draws them: at a twentieth of the speed it takes seven seconds, and nothing is lost.
			await expect(page.getByTestId('action-list').locator('h3')).toHaveCount(6, {
				timeout: 30_000
			});
			await to('draft/');
			await page.getByRole('button', { name: words(lang, 'draft').begin!, exact: true }).click();
			await expect(page.getByTestId('chapter-text').locator('p').first()).not.toBeEmpty();
			await saved(page);

			await to('export/');
			const [file] = await Promise.all([
				page.waitForEvent('download', { timeout: 60_000 }),
				page.getByTestId('export-docx').click()
			]);
			const parts = unzipSync(readFileSync((await file.path())!));
			const xml = strFromU8(parts['word/document.xml']!);
			expect(xml).toContain('Testland');
			expect(xml.includes('<w:bidi/>')).toBe(lang === 'ar');
			expect(Object.keys(parts).some((name) => name.endsWith('.png'))).toBe(true);
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
				360
			);
			expect(again.found).toEqual([]);
			if (process.env.KEEP_DOCX)
				await file.saveAs(`${process.env.KEEP_DOCX}/staircase-${lang}.docx`);
		} finally {
			await context.close();
			rmSync(folder, { recursive: true, force: true });
		}
	});
}
