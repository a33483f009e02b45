/** Search: its first result on a first visit over the slow line, and each keystroke from then on. */
import type { Browser } from '@playwright/test';
import type { Figure } from './run.ts';
import { openSlowLine, twoG } from './slow-line.ts';
import { median, openPhone, percentile, startApp } from './stage.ts';

const queries = [
	'incident response',
	'ransomwear',
	'budget of the authority',
	'data protection law',
	'exercice'
];

export async function search(browser: Browser): Promise<Figure[]> {
	const app = await startApp('build', 4403);
	const line = await openSlowLine(app.origin, twoG);
	const first: number[] = [];
	for (let round = 0; round < 3; round++) {
		const { context, page } = await openPhone(browser, 4);
		await page.goto(`${line.origin}/en/search/?q=incident`, { waitUntil: 'commit' });
		await page.waitForSelector('ol.results li');
		first.push(await page.evaluate(() => performance.now()));
		await context.close();
	}
	line.setLine({ bytesPerSecond: 1e9, latency: 0 });
	const { context, page } = await openPhone(browser, 4);
	await page.goto(`${line.origin}/en/search/?q=cirt`, { waitUntil: 'networkidle' });
	await page.waitForTimeout(3000);
	const times: number[] = [];
	for (const query of queries) {
		await page.locator('#q').fill('');
		for (let end = 1; end <= query.length; end++) {
			times.push(
				await page.evaluate(
					(text) =>
						new Promise<number>((resolve) => {
							const field = document.querySelector<HTMLInputElement>('#q')!;
							field.value = text;
							const began = performance.now();
							field.dispatchEvent(new InputEvent('input', { bubbles: true }));
							// The keystroke's cost to the person: until the page can take the next one.
							requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
						}),
					query.slice(0, end)
				)
			);
		}
	}
	await context.close();
	await line.close();
	await app.stop();
	return [
		{ what: 'search, first visit: first result', value: median(first), unit: 'ms', limit: 2900 },
		{ what: 'search, keystroke p95', value: percentile(times, 0.95), unit: 'ms', limit: 50 }
	];
}
