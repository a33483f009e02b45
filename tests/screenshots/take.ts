/**
 * Takes the pictures of the README anew from the build: `npx node tests/screenshots/take.ts`. With the fonts of
 * the machine: Debian's fonts-noto-core is what a phone has.
 */
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { alive, openDemo, saved } from '../e2e/harness.ts';
import { launch, startApp } from '../bench/stage.ts';

type Shot = {
	name: string;
	width: number;
	height: number;
	dark?: boolean;
	visit: (page: Page) => Promise<void>;
};

const shots: Shot[] = [
	{
		name: 'results',
		width: 1280,
		height: 1150,
		visit: async (page) => {
			await openDemo(page);
			await page.locator('figure svg').first().waitFor();
		}
	},
	{
		name: 'assess',
		width: 1280,
		height: 900,
		visit: async (page) => {
			await openDemo(page);
			await page.goto('/en/assess/cybersecurity/');
			await page.getByRole('radio').first().waitFor();
			await page.keyboard.press('3');
			await saved(page);
		}
	},
	{
		name: 'phone',
		width: 360,
		height: 740,
		visit: async (page) => {
			await page.goto('/en/guides/cybersecurity/lead-authority/');
			await alive(page);
		}
	},
	{
		name: 'arabic',
		width: 360,
		height: 740,
		dark: true,
		visit: async (page) => {
			await openDemo(page, 'ar');
			await page.locator('figure svg').first().waitFor();
		}
	}
];

const app = await startApp('build', 4490);
const browser = await launch();
for (const { name, width, height, dark = false, visit } of shots) {
	const context = await browser.newContext({
		baseURL: app.origin,
		viewport: { width, height },
		colorScheme: dark ? 'dark' : 'light',
		serviceWorkers: 'block'
	});
	const page = await context.newPage();
	await visit(page);
	await page.screenshot({ path: join(import.meta.dirname, `${name}.png`) });
	await context.close();
}
await browser.close();
await app.stop();
