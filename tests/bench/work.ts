/** The work pages with the fictional country's answers, processor slowed four times, all kept. */
import type { Browser, Page } from '@playwright/test';
import type { Figure } from './run.ts';
import { median, openPhone, startApp } from './stage.ts';
import { typeKeys } from './typing.ts';

export async function work(browser: Browser): Promise<Figure[]> {
	const app = await startApp('build', 4405);
	const origin = app.origin.replace('127.0.0.1', 'localhost');
	const { context, page } = await openPhone(browser, 4);
	await page.goto(`${origin}/en/workspaces/`);
	await page.waitForSelector('html[data-alive=yes]');
	await page.locator('#demo + p + button').click();
	await page.waitForURL('**/results/cybersecurity/');
	await page.goto(`${origin}/en/guides/cybersecurity/`);
	await page.getByTestId('keep-guide').first().click();
	await page.waitForSelector('[data-testid=offline-status][data-state=ready]', { timeout: 60_000 });

	const opening: number[] = [];
	for (let round = 0; round < 5; round++) {
		await page.goto(`${origin}/en/guides/cybersecurity/`);
		await page.waitForSelector('html[data-alive=yes]');
		// The page before has to be done: what is measured is this one's opening, after a click.
		await page.waitForTimeout(2000);
		opening.push(await follow(page, '/en/assess/cybersecurity/', '[data-testid=progress]'));
	}

	await page.goto(`${origin}/en/assess/cybersecurity/`);
	await page.waitForSelector('[data-testid=progress]');
	await page.locator('textarea').first().focus();
	await page.waitForTimeout(1000);
	const keys = await typeKeys(page, 'a keystroke in a note');

	await page.goto(`${origin}/en/export/`);
	await page.getByTestId('export-docx').waitFor();
	const began = performance.now();
	const [download] = await Promise.all([
		page.waitForEvent('download', { timeout: 30_000 }),
		page.getByTestId('export-docx').click()
	]);
	await download.path();
	const docx = performance.now() - began;

	await context.close();
	await app.stop();
	return [
		{
			what: 'assessment with the demo country opens',
			value: median(opening),
			unit: 'ms',
			limit: 500
		},
		...keys,
		{ what: 'Word file of the demo country', value: docx, unit: 'ms', limit: 5000 }
	];
}

/** Clicks a link to `path` and waits for `selector`; milliseconds in the page. */
const follow = (page: Page, path: string, selector: string): Promise<number> =>
	page.evaluate(
		([path, selector]) =>
			new Promise<number>((resolve) => {
				const began = performance.now();
				document.querySelector<HTMLAnchorElement>(`a[href="${path}"]`)!.click();
				const look = () =>
					document.querySelector(selector!)
						? resolve(performance.now() - began)
						: requestAnimationFrame(look);
				look();
			}),
		[path, selector]
	);
