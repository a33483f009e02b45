/**
 * Results: the fictional country's scores show their sums, chart and table say the same, gaps become
 * actions, dates compare; and where nothing is answered, nothing is shown as 0.
 */
import type { Locator, Page } from '@playwright/test';
import { method } from '../../src/lib/assessment/method.ts';
import { beginWorkspace, expect, openDemo, saved, test } from './harness.ts';

const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const scores = (page: Page) => part(page, 'Scores');
const chart = (page: Page) => scores(page).getByRole('img', { name: /^Scores and targets/ });
const gapList = (page: Page) => page.getByTestId('gap-list');
const plain = (text: string) => text.replaceAll(/[\u2066-\u2069]/g, '').trim();

const shownScores = async (page: Page): Promise<string[]> =>
	(await scores(page).getByTestId('score').allInnerTexts()).map(plain);

test('the fictional country opens with one honest sentence and a score for every topic', async ({
	page
}) => {
	await openDemo(page);
	await expect(
		page.getByText(/^Answered \d+ of \d+, \d+ proven\. Strongest: .+ Widest gap: /)
	).toBeVisible();
	await expect(page.locator('[data-testid="score"][data-topic="overall"]')).toHaveText(/^\d\.\d$/);
	const shown = await shownScores(page);
	expect(shown.length).toBeGreaterThanOrEqual(3);
	for (const score of shown) expect(score).toMatch(/^\d\.\d$|^No score/);
});

test('the radar and its table twin show the same values', async ({ page }) => {
	await openDemo(page);
	const table = await shownScores(page);
	const radar = await chart(page).locator('text.note').allTextContents();
	expect(radar.map(plain)).toEqual(table);
	// The dots stand where the numbers say.
	const drawn = await chart(page).evaluate((svg) => {
		const of = (element: Element, name: string) => Number(element.getAttribute(name));
		const axes = [...svg.querySelectorAll('line')];
		return [...svg.querySelectorAll('circle')].map((dot, i) => {
			const axis = axes[i]!;
			const [x, y] = [of(axis, 'x1'), of(axis, 'y1')];
			const radius = Math.hypot(of(axis, 'x2') - x, of(axis, 'y2') - y);
			return (4 * Math.hypot(of(dot, 'cx') - x, of(dot, 'cy') - y)) / radius;
		});
	});
	expect(drawn.map((value) => value.toFixed(1))).toEqual(table);
	// So do the bars, and what is read aloud.
	const said = await chart(page).locator('desc').textContent();
	for (const score of table) expect(said).toContain(`score ${score},`);
	await scores(page).getByText('Bars', { exact: true }).click();
	expect((await chart(page).locator('text.note').allTextContents()).map(plain)).toEqual(table);
});

test('a number shows its sum: levels by weights', async ({ page }) => {
	await openDemo(page);
	const [score] = await shownScores(page);
	const sum = scores(page).locator('details').first();
	await sum.locator('summary').click();
	const rows = await sum
		.locator('tbody tr')
		.evaluateAll((all) =>
			all.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent)))
		);
	const points = rows.reduce((total, [level = 0, weight = 0]) => total + level * weight, 0);
	const weights = rows.reduce((total, [, weight = 0]) => total + weight, 0);
	await expect(sum.getByText(`${points} ÷ ${weights} = ${score}`)).toBeVisible();
	expect((points / weights).toFixed(1)).toBe(score);
});

test('another instrument’s headings group the same answers, and say that it is no score of theirs', async ({
	page
}) => {
	await openDemo(page);
	await page.getByLabel('View by').selectOption({ label: 'GCA and GCI pillars' });
	await expect(scores(page).getByText('It is no score of that instrument')).toBeVisible();
	await expect(scores(page).locator('[data-topic="gca:legal"]')).toBeVisible();
	const table = await shownScores(page);
	expect(table).toHaveLength(5);
	expect((await chart(page).locator('text.note').allTextContents()).map(plain)).toEqual(table);
	await page.getByLabel('View by').selectOption({ label: 'Topics' });
	await expect(scores(page).locator('[data-topic="law"]')).toBeVisible();
});

test('every question is a cell that says its answer and leads to it', async ({ page }) => {
	await openDemo(page);
	const cells = part(page, 'All questions at a glance').getByRole('link');
	const names = await cells.evaluateAll((all) =>
		all.map((a) => a.getAttribute('aria-label') ?? '')
	);
	expect(names.length).toBeGreaterThan(20);
	for (const state of [/: Level \d, proven$/, /: Level 0$/, /: Not answered$/, /: Don't know$/]) {
		expect(
			names.some((name) => state.test(name)),
			String(state)
		).toBe(true);
	}
	const address = await cells.first().getAttribute('href');
	await cells.first().click();
	await expect(page).toHaveURL(new RegExp(`${address}$`));
});

test('contradicting answers are named with links to both questions', async ({ page }) => {
	await openDemo(page);
	const hint = part(page, 'Answers that do not fit together').getByRole('listitem').first();
	await expect(hint.getByRole('link')).toHaveCount(2);
	for (const link of await hint.getByRole('link').all()) {
		await expect(link).toHaveAttribute('href', /\/en\/assess\/cybersecurity\/#[a-z-]+$/);
		await expect(link).toContainText(/Level \d/);
	}
});

test('a gap says why it ranks where it does, and the list is in that order', async ({ page }) => {
	await openDemo(page);
	const list = gapList(page);
	await expect(list.getByRole('heading')).toHaveCount(10);
	await page.getByRole('button', { name: /^Show all \d+ gaps$/ }).click();
	const sums = await list.getByText(/^Priority /).allInnerTexts();
	expect(sums.length).toBeGreaterThan(10);
	const priorities = sums.map((sum) => {
		const [priority, gap, importance, urgency] = [...sum.matchAll(/[\d.]+/g)].map(Number);
		expect(priority).toBeCloseTo(gap! * importance! * urgency!, 2);
		return priority!;
	});
	expect(priorities).toEqual(priorities.toSorted((a, b) => b - a));
});

const planned = async (page: Page): Promise<number> =>
	Number(await page.getByRole('link', { name: /^Plan/ }).locator('small').innerText());

test('a measure goes into the plan with one button, out of it, and back with undo', async ({
	page
}) => {
	await openDemo(page);
	const before = await planned(page);
	const take = gapList(page)
		.getByRole('button', { name: /^Take into the plan/ })
		.first();
	const title = (await take.getAttribute('aria-label'))!.replace('Take into the plan: ', '');
	await take.click();
	const remove = gapList(page).getByRole('button', { name: `Remove: ${title}` });
	await expect(remove).toBeFocused();
	expect(await planned(page)).toBe(before + 1);
	await saved(page);
	await page.reload();
	await gapList(page).waitFor();
	await remove.click();
	await expect.poll(() => planned(page)).toBe(before);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect.poll(() => planned(page)).toBe(before + 1);
	await expect(remove).toBeVisible();
});

test('the first six go into the plan at once, and nothing moves under the finger', async ({
	page
}) => {
	await openDemo(page);
	const before = await planned(page);
	const takeAll = page.getByRole('button', { name: 'Take all six' });
	const six = page.locator('.six');
	const titles = await six.locator('summary > span:first-child').allInnerTexts();
	expect(new Set(titles).size).toBe(method.firstSix);
	await takeAll.click();
	await expect(six.getByText('All of them are in the plan.')).toBeVisible();
	expect(await six.locator('summary > span:first-child').allInnerTexts()).toEqual(titles);
	await expect.poll(() => planned(page)).toBe(before + method.firstSix);
	await saved(page);
	await page.reload();
	await gapList(page).waitFor();
	await expect.poll(() => planned(page)).toBe(before + method.firstSix);
});

test('a snapshot and the present compare in words, and a deleted snapshot comes back', async ({
	page
}) => {
	await openDemo(page);
	const time = part(page, 'Over time');
	await time.getByLabel('Name of the snapshot').fill('Before the law');
	await time.getByRole('button', { name: 'Take a snapshot' }).click();
	await expect(time.getByText('Before the law', { exact: true }).first()).toBeVisible();
	await expect(time.getByText(/^\d+ questions did not change\.$/)).toBeVisible();

	const zero = part(page, 'All questions at a glance')
		.getByRole('link', { name: /: Level 0$/ })
		.first();
	const question = (await zero.getAttribute('aria-label'))!.replace(': Level 0', '');
	await zero.click();
	await page.getByRole('radio', { name: /^Level 2\b/ }).check();
	await saved(page);
	await page.getByRole('link', { name: /^Results/ }).click();

	const row = time.getByRole('row', { name: new RegExp(`^${question} `) });
	await expect(row).toContainText('Level 0');
	await expect(row).toContainText('Level 2');
	await expect(row).toContainText('risen');
	await expect(time.getByRole('table', { name: '1 question changed' })).toBeVisible();
	await expect(time.getByRole('table', { name: 'Topics' })).toContainText('up by');

	await time.getByLabel('Earlier').selectOption({ label: 'Now' });
	await expect(time.getByText('Choose two different dates.')).toBeVisible();

	const remove = time.getByRole('button', { name: 'Delete: Before the law' });
	await remove.click();
	await expect(remove).toHaveCount(0);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(remove).toBeVisible();
});

test('without answers there are no numbers but the way to the first one', async ({ page }) => {
	await beginWorkspace(page, 'Testland');
	await page.getByRole('link', { name: /^Results/ }).click();
	await expect(page.getByText('no question is answered')).toBeVisible();
	await expect(page.getByTestId('score')).toHaveCount(0);
	await page.getByRole('link', { name: 'Answer the first question' }).click();
	await expect(page).toHaveURL(/\/en\/assess\/cybersecurity\//);
	await page.getByRole('button', { name: 'Begin' }).click();
	await page.getByRole('radio', { name: /^Level 1\b/ }).check();
	await saved(page);
	await page.getByRole('link', { name: /^Results/ }).click();
	await expect(page.getByText(/^Answered 1 of \d+, 0 proven\.$/)).toBeVisible();
	const shown = await shownScores(page);
	expect(shown.length).toBeGreaterThan(2);
	for (const score of shown) expect(score).toMatch(/^No score yet: \d+ more answers? needed$/);
	await expect(page.locator('[data-topic="overall"]')).toHaveText(/^No overall score yet: /);
	await expect(gapList(page).getByRole('heading')).toHaveCount(1);
});

test('on paper: no buttons, but whose result it is, of which day, and that it is fictional', async ({
	page
}) => {
	await openDemo(page);
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByRole('button')).toHaveCount(0);
	await expect(page.getByText('Numenia (example)')).toBeVisible();
	await expect(page.getByText('Fictional example: Numenia does not exist.')).toBeVisible();
	await expect(page.getByText(/edition .+ · .*\b20\d\d\b/)).toBeVisible();
	await expect(chart(page)).toBeVisible();
	await expect(scores(page).getByRole('table').first()).toBeVisible();
});

for (const lang of ['en', 'fr', 'ar']) {
	test(`on a phone in ${lang} nothing runs off the side, and no label of the radar into another`, async ({
		page
	}) => {
		await page.setViewportSize({ width: 360, height: 740 });
		await openDemo(page, lang);
		const svg = page.locator('figure svg[role=img]');
		await expect(svg).toBeVisible();
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
			360
		);
		expect(await overlaps(svg)).toEqual([]);
		for (const crosswalk of ['gca', 'cmm', 'csf']) {
			await page.locator('#view-by').selectOption(crosswalk);
			await expect(page.locator(`[data-topic^="${crosswalk}:"]`).first()).toBeVisible();
			expect(await overlaps(svg)).toEqual([]);
		}
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
			360
		);
	});
}

/** Pairs of labels that cover each other, as the browser drew them; one pixel is forgiven. */
const overlaps = (svg: Locator): Promise<string[]> =>
	svg.evaluate((chart) => {
		const boxes = [...chart.querySelectorAll('text.label')].map((text) => ({
			words: text.textContent,
			box: text.getBoundingClientRect()
		}));
		return boxes.flatMap(({ words, box: a }, i) =>
			boxes
				.slice(i + 1)
				.filter(({ box: b }) => a.left < b.right - 1 && b.left < a.right - 1)
				// Lines of one label touch; their letters do not.
				.filter(({ box: b }) => a.top < b.bottom - a.height / 3 && b.top < a.bottom - a.height / 3)
				.map((other) => `${words} / ${other.words}`)
		);
	});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('the method page shows the very numbers of the rules, and a sum worked out', async ({
		page
	}) => {
		await page.goto('/en/method/');
		const text = await page.getByRole('main').innerText();
		const { urgency } = method;
		for (const number of [
			`${method.minutesPerQuestion} minutes`,
			`${method.minutesRoundedTo} minutes`,
			`${method.minimumShare * 100}%`,
			`at least ${method.minimumAnswers} of its questions`,
			`${method.overallShare * 100}% of the topics`,
			`${method.defaultStep} level above`,
			`begins at ${urgency.base}`,
			`takes ${method.firstSix} measures`,
			`at most ${method.firstSixHighCost} measures`,
			`level ${method.strengthLevel} on`,
			`up to ${method.strengthQuestions} are`,
			`score of ${method.strengthScore.toFixed(1)} on; up to ${method.strengthTopics} are`,
			`more than ${method.actionsPerHalfYear} actions`,
			'10 ÷ 6 = 1.7',
			'Priority 4.05 = gap 1 × importance 3 × urgency 1.35'
		]) {
			expect(text).toContain(number);
		}
		for (const code of ['blocks-others', 'nothing-there', 'unproven'] as const) {
			await expect(
				page.getByRole('cell', { name: String(urgency[code]), exact: true }).first()
			).toBeVisible();
		}
	});

	for (const lang of ['fr', 'ar']) {
		test(`the method page is there in ${lang}`, async ({ page }) => {
			await page.goto(`/${lang}/method/`);
			await expect(page.locator('html')).toHaveAttribute('lang', lang);
			await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
			expect(await page.getByRole('main').innerText()).not.toContain('results.');
		});
	}
});

test('a page that is loaded anew stands where it stood', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await openDemo(page);
	await page.locator('figure svg').first().waitFor();
	await page.evaluate(() => scrollTo(0, 3000));
	await page.reload();
	await expect(page.locator('figure svg').first()).toBeAttached();
	await expect.poll(() => page.evaluate(() => Math.round(scrollY / 100))).toBe(30);
	// And somebody who scrolls on is let go.
	await page.mouse.wheel(0, 500);
	await expect.poll(() => page.evaluate(() => Math.round(scrollY / 100))).toBe(35);
});
