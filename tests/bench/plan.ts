/** The plan of a large workspace (`plan-fixture.ts`), processor slowed four times: views, a key, the files. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { planFile } from './plan-fixture.ts';
import type { Figure } from './run.ts';
import { median, openPhone, startApp } from './stage.ts';
import { typeKeys } from './typing.ts';

/** Each view with its first useful drawing: the first of what it is made of. */
const views = {
	timeline: '[data-testid=plan-timeline] li',
	board: '[data-testid=plan-board] li',
	grid: '[data-testid=plan-grid] .chip',
	budget: '[data-testid=plan-budget-table] td',
	'log-frame': '[data-testid=plan-log-frame] li'
};
const list = '[data-testid=action-list] li';
const rounds = 3;

export async function plan(browser: Browser): Promise<Figure[]> {
	const folder = mkdtempSync(join(tmpdir(), 'bench-'));
	const { bytes, size } = await planFile();
	console.log(`  ${JSON.stringify(size)}`);
	const file = join(folder, 'large.estrategy');
	writeFileSync(file, bytes);
	const app = await startApp('build', 4406);
	const origin = app.origin.replace('127.0.0.1', 'localhost');
	const { context, page } = await openPhone(browser, 4);
	page.setDefaultTimeout(60_000);
	await page.goto(`${origin}/en/workspaces/`);
	await page.waitForSelector('html[data-alive=yes]');
	await page.locator('#project-file').setInputFiles(file);
	await page.waitForSelector('[role=status] .notice');
	await page.goto(`${origin}/en/plan/`);
	await page.waitForSelector(list);

	const times = new Map<string, number[]>();
	const note = (what: string, ms: number) => times.set(what, [...(times.get(what) ?? []), ms]);
	for (let round = 0; round < rounds; round++) {
		await quiet(page);
		await page.locator('a[href="/en/facts/"], a[href="/en/stakeholders/"]').first().click();
		await page.waitForSelector('main h1');
		await quiet(page);
		note('the list', await follow(page, 'a[href="/en/plan/"]', list));
		for (const [view, drawn] of Object.entries(views)) {
			await quiet(page);
			note(
				`the ${view}`,
				await follow(page, `[data-testid=plan-views] a[href*="=${view}"]`, drawn)
			);
		}
		await quiet(page);
		note('the list again', await follow(page, '[data-testid=plan-views] a[href*="=list"]', list));
	}
	const figures: Figure[] = [...times].map(([what, all]) => ({
		what: `plan of 150: ${what} opens`,
		value: median(all),
		unit: 'ms',
		limit: 400
	}));

	await quiet(page);
	await page.locator(`${list} [data-cell=owner]`).first().click();
	figures.push(...(await keys(page, `${list} [data-cell=owner] input`, 'a key in a cell')));
	await page.keyboard.press('Escape');
	await quiet(page);
	await page.locator(`${list} .title`).first().click();
	figures.push(...(await keys(page, `${list} form input`, 'a key in an action’s form')));

	figures.push(...(await makeFiles(page, origin)));
	await context.close();
	await app.stop();
	rmSync(folder, { recursive: true });
	return figures;
}

/** What was begun before is drawn, and nothing is under way. */
async function quiet(page: Page): Promise<void> {
	await page.waitForTimeout(1500);
	await page.evaluate(
		() => new Promise<void>((resolve) => requestIdleCallback(() => resolve(), { timeout: 20_000 }))
	);
}

/** Clicks the link and waits until what `selector` means is there and painted; milliseconds in the page. */
const follow = (page: Page, link: string, selector: string): Promise<number> =>
	page.evaluate(
		([link, selector]) =>
			new Promise<number>((resolve) => {
				const began = performance.now();
				document.querySelector<HTMLAnchorElement>(link!)!.click();
				const look = () =>
					document.querySelector(selector!)
						? requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)))
						: setTimeout(look);
				look();
			}),
		[link, selector]
	);

/** Keys into the field, once nothing else is under way. */
async function keys(page: Page, selector: string, what: string): Promise<Figure[]> {
	await page.locator(selector).first().focus();
	await quiet(page);
	return typeKeys(page, `plan of 150: ${what}`);
}

/** The files that are made of it, and the longest time in which the page did not answer meanwhile. */
async function makeFiles(page: Page, origin: string): Promise<Figure[]> {
	await page.goto(`${origin}/en/export/`);
	const figures: Figure[] = [];
	for (const [format, limit] of [
		['docx', 8000],
		['xlsx', 3000]
	] as const) {
		await page.getByTestId(`export-${format}`).waitFor();
		await quiet(page);
		await page.evaluate(() => {
			const tasks: number[] = [];
			Object.assign(window, { tasks });
			new PerformanceObserver((found) => {
				for (const { duration } of found.getEntries()) tasks.push(duration);
			}).observe({ type: 'longtask' });
		});
		const began = performance.now();
		const [download] = await Promise.all([
			page.waitForEvent('download', { timeout: 120_000 }),
			page.getByTestId(`export-${format}`).click()
		]);
		await download.path();
		const took = performance.now() - began;
		const longest = await page.evaluate(() =>
			Math.max(0, ...(Reflect.get(window, 'tasks') as number[]))
		);
		const what = format.toUpperCase();
		figures.push(
			{ what: `plan of 150: ${what} is made`, value: took, unit: 'ms', limit },
			{
				what: `plan of 150: longest task while ${what} is made`,
				value: longest,
				unit: 'ms',
				limit: 200
			}
		);
	}
	return figures;
}
