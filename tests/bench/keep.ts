/**
 * Keeping the guide: what one click costs in bytes and time, what a corrected sentence costs a
 * reader who kept it, and how fast a page follows a page from then on.
 */
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { Browser, Page } from '@playwright/test';
import { compilePacks } from '../../src/lib/guide/packs-disk.ts';
import type { Figure } from './run.ts';
import { openSlowLine, twoG } from './slow-line.ts';
import { openPhone, percentile, startApp } from './stage.ts';

const brotli = promisify(zlib.brotliCompress);

export async function keep(browser: Browser): Promise<Figure[]> {
	const folder = mkdtempSync(join(tmpdir(), 'bench-'));
	cpSync('build', join(folder, 'build'), { recursive: true });
	let app = await startApp(join(folder, 'build'), 4402);
	const line = await openSlowLine(app.origin, { bytesPerSecond: 1e9, latency: 0 });
	const { context, page } = await openPhone(browser, 4);
	const figures: Figure[] = [];

	await page.goto(`${line.origin}/en/guides/cybersecurity/`, { waitUntil: 'networkidle' });
	await page.getByTestId('keep-guide').first().waitFor();
	line.setLine(twoG);
	line.reset();
	const began = performance.now();
	await page.getByTestId('keep-guide').first().click();
	await ready(page, 60_000);
	const took = performance.now() - began;
	const bytes = line.bytes;
	figures.push(
		{
			what: 'keep shell + guide + assessment, one language',
			value: bytes / 1000,
			unit: 'kB',
			limit: 500
		},
		{ what: '  requests', value: line.requests.length, unit: 'score' },
		{
			what: '  time beyond what its bytes take',
			value: took - (bytes / twoG.bytesPerSecond) * 1000,
			unit: 'ms',
			limit: 3000
		}
	);

	figures.push(...(await turnPages(page, line.origin)));

	line.setLine({ bytesPerSecond: 1e9, latency: 0 });
	figures.push(...(await switchLanguages(page, line.origin)));

	// A corrected sentence: the same build with one section's text changed.
	await app.stop();
	await correctSentence(folder);
	app = await startApp(join(folder, 'build'), 4402);
	await page.goto(`${line.origin}/en/guides/cybersecurity/`);
	await page.waitForSelector('[data-testid=offline-status][data-state=update-ready]', {
		timeout: 30_000
	});
	line.reset();
	await page.getByTestId('keep-guide').first().click();
	await ready(page, 60_000);
	figures.push({ what: 'one corrected sentence', value: line.bytes / 1000, unit: 'kB', limit: 20 });

	await context.close();
	await line.close();
	await app.stop();
	rmSync(folder, { recursive: true });
	return figures;
}

const ready = (page: Page, timeout: number) =>
	page.waitForSelector('[data-testid=offline-status][data-state=ready]', { timeout });

/**
 * From a page to the next, forty times, with the line as slow as it is: all from the device. First after a
 * pause, as somebody reads; then each as soon as the one before is drawn, as somebody leafs.
 */
async function turnPages(page: Page, origin: string): Promise<Figure[]> {
	const figures: Figure[] = [];
	for (const [what, pause, limit] of [
		['page to page when kept', 1000, 100],
		['page to page when kept, leafing', 0]
	] as const) {
		await page.goto(`${origin}/en/guides/cybersecurity/what-is-a-strategy/`);
		await page.waitForSelector('html[data-alive=yes]');
		const times: number[] = [];
		for (let turn = 0; turn < 40; turn++) {
			await page.waitForTimeout(pause);
			times.push(await turnPage(page));
		}
		for (const [name, share] of [
			['median', 0.5],
			['p95', 0.95]
		] as const) {
			const value = percentile(times, share);
			figures.push({ what: `${what}, ${name}`, value, unit: 'ms', ...(limit && { limit }) });
		}
	}
	return figures;
}

/** Clicks on what follows and waits until it is painted; milliseconds in the page. */
const turnPage = (page: Page): Promise<number> =>
	page.evaluate(
		() =>
			new Promise<number>((resolve) => {
				const before = document.querySelector('h1')!.textContent;
				const began = performance.now();
				const look = () => {
					if (document.querySelector('h1')?.textContent === before) requestAnimationFrame(look);
					else setTimeout(() => resolve(performance.now() - began));
				};
				document.querySelector<HTMLAnchorElement>('a[rel=next]')!.click();
				requestAnimationFrame(look);
			})
	);

/** A section in the other language and back, twenty times, the guide kept in both. */
async function switchLanguages(page: Page, origin: string): Promise<Figure[]> {
	await page.goto(`${origin}/fr/guides/cybersecurity/`);
	await page.getByTestId('keep-guide').first().click();
	await ready(page, 60_000);
	const path = 'guides/cybersecurity/lead-authority/';
	await page.goto(`${origin}/en/${path}`);
	await page.waitForSelector('html[data-alive=yes]');
	const times: number[] = [];
	for (let turn = 0; turn < 20; turn++) {
		await page.waitForTimeout(1000);
		times.push(
			await page.evaluate(
				([path, lang]) =>
					new Promise<number>((resolve) => {
						const heading = document.querySelector('h1')!.textContent;
						const link = document.querySelector<HTMLAnchorElement>(
							`header a[href="/${lang}/${path}"]`
						)!;
						const began = performance.now();
						link.click();
						const look = () => {
							const now = document.querySelector('h1');
							if (document.documentElement.lang === lang && now && now.textContent !== heading)
								requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
							else requestAnimationFrame(look);
						};
						look();
					}),
				[path, turn % 2 ? 'en' : 'fr'] as const
			)
		);
	}
	const what = 'another language of a kept section';
	return [
		{ what: `${what}, median`, value: percentile(times, 0.5), unit: 'ms', limit: 300 },
		{ what: `${what}, p95`, value: percentile(times, 0.95), unit: 'ms', limit: 300 }
	];
}

/** Changes a sentence of the content in a copy, and puts what it compiles to into the copied build. */
async function correctSentence(folder: string): Promise<void> {
	const content = join(folder, 'content');
	cpSync('content', content, { recursive: true });
	const file = join(content, 'guides/cybersecurity/en/sections/lead-authority.md');
	const text = readFileSync(file, 'utf8');
	const corrected = text.replace(
		'{#pitfalls}\n',
		'{#pitfalls}\n\nThis sentence was corrected after a reader wrote to us.\n'
	);
	if (corrected === text) throw new Error('no sentence was corrected');
	writeFileSync(file, corrected);
	const target = join(folder, 'build');
	rmSync(join(target, 'content'), { recursive: true });
	const packs = compilePacks(content);
	// The translations of the page are older now: that is the authors' affair.
	const mistake = packs.problems.find(({ field }) => field !== 'of');
	if (mistake) throw new Error(JSON.stringify(mistake));
	for (const [url, body] of packs.files) {
		const path = join(target, url);
		const { mkdirSync } = await import('node:fs');
		mkdirSync(join(path, '..'), { recursive: true });
		writeFileSync(path, body);
		const params = { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 };
		writeFileSync(`${path}.br`, await brotli(body, { params }));
	}
	if (readdirSync(join(target, 'content')).length === 0) throw new Error('nothing compiled');
}
