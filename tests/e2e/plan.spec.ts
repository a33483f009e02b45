/** The plan: from the first six to a list that people own, order, filter and print. */
import type { Locator, Page } from '@playwright/test';
import { alive, beginWorkspace, expect, openDemo, saved, test } from './harness.ts';

/** Answers the first twelve questions with levels 0, 1 and 2, by keyboard. */
async function answerTwelve(page: Page): Promise<void> {
	await page.goto('/en/assess/cybersecurity/#lead-authority');
	await alive(page);
	for (let i = 0; i < 12; i++) {
		const before = page.url();
		await expect(page.getByRole('radiogroup')).toBeVisible();
		await page.keyboard.press(String((i % 3) + 1));
		await page.keyboard.press('Enter');
		await expect(page).not.toHaveURL(before);
	}
	await saved(page);
}

async function openPlan(page: Page): Promise<void> {
	await page.goto('/en/plan/');
	await alive(page);
	await expect(page.getByRole('heading', { level: 1, name: 'Action plan' })).toBeVisible();
}

const list = (page: Page): Locator => page.getByTestId('action-list');
const rows = (page: Page): Locator => list(page).getByRole('listitem');
async function titles(page: Page): Promise<string[]> {
	// A screenful is drawn first, the others after it.
	await expect(page.locator('[data-testid=action-list][aria-busy]')).toHaveCount(0);
	return rows(page).locator('h3').allInnerTexts();
}
const row = (page: Page, title: string): Locator =>
	rows(page).filter({ has: page.getByRole('button', { name: title, exact: true }) });
const expand = (page: Page, title: string): Promise<void> =>
	page.getByRole('button', { name: title, exact: true }).click();

test('a plan without answers leads to the assessment', async ({ page }) => {
	await beginWorkspace(page, 'Testland');
	await openPlan(page);
	await expect(list(page)).toHaveCount(0);
	await page.getByRole('link', { name: 'To the assessment' }).click();
	await page.waitForURL('**/en/assess/cybersecurity/**');
});

test('the first six are taken with their reasons, get owners and dates, and are there after a reload', async ({
	page
}) => {
	await beginWorkspace(page, 'Testland');
	await answerTwelve(page);
	await openPlan(page);

	const band = page.getByRole('region', { name: 'The first six' });
	await expect(band.getByRole('listitem')).toHaveCount(6);
	await expect(band.getByRole('listitem').first()).toContainText(/from level 0 to level 1/);
	await band
		.getByRole('button', { name: /^Take:/ })
		.first()
		.click();
	await expect(rows(page)).toHaveCount(1);
	await expect(page.locator(':focus')).toContainText('In the plan');
	await band.getByRole('button', { name: 'Take the other 5' }).click();
	await expect(rows(page)).toHaveCount(6);
	await expect(page.getByText('The first six are in the plan')).toBeVisible();

	const [first = ''] = await titles(page);
	await expand(page, first);
	const form = list(page).locator('form');
	await expect(form.getByLabel('Action', { exact: true })).toBeFocused();
	await form.getByLabel('Owner').fill('Ministry of Everything');
	await form.getByLabel('Start').fill('2031-02-03');
	await form.getByLabel('End').fill('2031-12-31');
	await form.getByLabel('Target value').fill('7 ministries');
	await form.getByLabel('Note').fill('Ask the Treasury.\nThen the Cabinet.');
	await form.getByLabel('State').selectOption('Running');
	await page.keyboard.press('Escape');
	await expect(form).toHaveCount(0);
	await expect(page.getByRole('button', { name: first, exact: true })).toBeFocused();

	await saved(page);
	await page.reload();
	await alive(page);
	await expect(rows(page)).toHaveCount(6);
	for (const text of [
		'Ministry of Everything',
		/3\sFeb\s2031/,
		'7 ministries',
		'Ask the Treasury.',
		'Running'
	]) {
		await expect(row(page, first)).toContainText(text);
	}
});

test('an end before the start is said, and both days are kept', async ({ page }) => {
	await openDemo(page);
	await openPlan(page);
	// One that runs: what is done gives no hint any more.
	const first = (await titles(page))[9] ?? '';
	await expand(page, first);
	const form = list(page).locator('form');
	await form.getByLabel('Start').fill('2031-05-01');
	await form.getByLabel('End').fill('2030-05-01');
	await expect(form.getByLabel('End')).toHaveAttribute('aria-invalid', 'true');
	await expect(form.getByText('The end is before the start.')).toBeVisible();
	await form.getByRole('button', { name: 'Done', exact: true }).click();
	await expect(form.getByLabel('End')).toBeFocused();
	await saved(page);
	await page.reload();
	await alive(page);
	await expect(row(page, first)).toContainText('Ends before it starts');
	await expand(page, first);
	await expect(form.getByLabel('Start')).toHaveValue('2031-05-01');
	await expect(form.getByLabel('End')).toHaveValue('2030-05-01');
});

test('a year half typed is not stored, and carries no row away', async ({ page }) => {
	await openDemo(page);
	await openPlan(page);
	await page.getByLabel('Order', { exact: true }).selectOption('Start date');
	const before = await titles(page);
	const last = before.at(-1) ?? '';
	await expand(page, last);
	const start = list(page).locator('form').getByLabel('Start');
	const stored = await start.inputValue();
	await start.focus();
	// Day and month first or month first: either way the third group of digits is the year.
	await page.keyboard.type('01010020');
	await expect(start).toHaveValue('0020-01-01');
	await expect(list(page).locator('form')).not.toContainText('The end is before the start');
	expect(await titles(page)).toEqual(before);
	await start.fill('2001-01-01');
	await expect(start).toBeFocused();
	expect(await titles(page)).toEqual(before);
	await page.keyboard.press('Escape');
	expect((await titles(page))[0]).toBe(last);
	expect(stored).not.toBe('');
});

test('Alt and an arrow move an action, keep the focus, and say where it is', async ({ page }) => {
	await openDemo(page);
	await openPlan(page);
	const [one = '', two = '', three = '', ...others] = await titles(page);
	const handle = page.getByRole('button', { name: three, exact: true });
	await handle.focus();
	await page.keyboard.press('Alt+ArrowUp');
	await expect(handle).toBeFocused();
	await page.keyboard.press('Alt+ArrowUp');
	await expect(handle).toBeFocused();
	expect(await titles(page)).toEqual([three, one, two, ...others]);
	const said = page.locator('p[aria-live]');
	await expect(said.filter({ hasText: `${three}: now 1 of ${others.length + 3}` })).toHaveCount(1);
	await page.keyboard.press('Alt+ArrowUp');
	await expect(said.filter({ hasText: `${three} is the first.` })).toHaveCount(1);

	const down = page.getByRole('button', { name: `Move down: ${three}` });
	await down.click();
	await expect(down).toBeFocused();
	expect(await titles(page)).toEqual([one, three, two, ...others]);
	await saved(page);
	await page.reload();
	await alive(page);
	await expect(rows(page).first()).toContainText(one);
	expect(await titles(page)).toEqual([one, three, two, ...others]);
});

test('the filter narrows by words, topic, state and owner, and says how many of how many', async ({
	page
}) => {
	await openDemo(page);
	await openPlan(page);
	const all = await titles(page);
	const count = page.getByText(`of ${all.length}`, { exact: false }).and(page.getByRole('status'));
	await expect(count).toHaveText(`${all.length} of ${all.length}`);

	const filter = page.getByRole('search', { name: 'Filter' });
	await filter.getByLabel('Words in the action').fill(all[0] ?? '');
	await expect(rows(page)).toHaveCount(1);
	await expect(count).toHaveText(`1 of ${all.length}`);
	await page.getByRole('button', { name: 'Show all actions' }).click();
	await expect(rows(page)).toHaveCount(all.length);

	await filter.getByLabel('State').selectOption('Running');
	const running = await rows(page).count();
	expect(running).toBeGreaterThan(0);
	expect(running).toBeLessThan(all.length);
	await expand(page, (await titles(page))[0] ?? '');
	await list(page).locator('form').getByLabel('State').selectOption('Dropped');
	// What is being written does not vanish under the hand.
	await expect(list(page).locator('form')).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(rows(page)).toHaveCount(running - 1);

	await filter.getByLabel('State').selectOption('All states');
	await expand(page, all[1] ?? '');
	await list(page).locator('form').getByLabel('Owner').fill('');
	await page.keyboard.press('Escape');
	await expect(row(page, all[1] ?? '')).toContainText('Nobody yet');
	await filter.getByLabel('Owner').selectOption('Nobody yet');
	expect(await titles(page)).toEqual([all[1]]);
	await filter.getByLabel('Topic').selectOption({ index: 1 });
	await page.getByRole('button', { name: 'Show all actions' }).click();
	await expect(rows(page)).toHaveCount(all.length);
});

test('what is removed comes back whole', async ({ page }) => {
	await openDemo(page);
	await openPlan(page);
	const before = await titles(page);
	const words = await rows(page).first().innerText();
	await expand(page, before[0] ?? '');
	await list(page).locator('form').getByRole('button', { name: 'Remove', exact: true }).click();
	await expect(rows(page)).toHaveCount(before.length - 1);
	const undo = page.getByRole('button', { name: 'Undo' });
	await expect(undo).toBeFocused();
	await undo.click();
	expect(await titles(page)).toEqual(before);
	expect(await rows(page).first().innerText()).toBe(words);
	await expect(page.getByRole('button', { name: before[0] ?? '', exact: true })).toBeFocused();
	await saved(page);
	await page.reload();
	await alive(page);
	await expect(rows(page)).toHaveCount(before.length);
});

test('an action of one’s own is kept from its first letter on, and a blank one is not', async ({
	page
}) => {
	await beginWorkspace(page, 'Testland');
	await openPlan(page);
	const add = page.getByRole('button', { name: 'Add an action of your own' });
	await add.click();
	const form = list(page).locator('form');
	await expect(form.getByLabel('Action', { exact: true })).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(list(page)).toHaveCount(0);

	await add.click();
	await page.keyboard.type('T');
	await page.keyboard.press('Backspace');
	await page.keyboard.press('Escape');
	await expect(list(page)).toHaveCount(0);

	await add.click();
	await page.keyboard.type('Train the postal service');
	await saved(page);
	await page.reload();
	await alive(page);
	await expect(rows(page)).toHaveCount(1);
	await expect(rows(page)).toContainText('Nobody yet');
	await expand(page, 'Train the postal service');
	await form.getByLabel('Another question').selectOption('Lead authority');
	await form.getByRole('button', { name: 'Add', exact: true }).click();
	await form.getByRole('button', { name: 'Done', exact: true }).click();
	const gap = rows(page).getByRole('link', { name: 'Lead authority' });
	await expect(gap).toHaveAttribute('href', '/en/assess/cybersecurity/#lead-authority');
});

test('more proposals show ten gaps, then all, and mark what is taken', async ({ page }) => {
	await openDemo(page);
	await openPlan(page);
	const proposals = page.getByRole('region', { name: 'More proposals' });
	await expect(proposals.getByRole('listitem')).toHaveCount(10);
	const take = proposals.getByRole('button', { name: /^Take:/ }).first();
	const title = ((await take.getAttribute('aria-label')) ?? '').replace('Take: ', '');
	const before = await rows(page).count();
	await take.click();
	await expect(rows(page)).toHaveCount(before + 1);
	await expect(proposals.getByRole('button', { name: `In the plan: ${title}` })).toBeFocused();
	await proposals.getByRole('button', { name: /^Show all/ }).click();
	expect(await proposals.getByRole('listitem').count()).toBeGreaterThan(10);
});

test('on paper the plan is one table with everything in it, and says that it is fictional', async ({
	page
}) => {
	await openDemo(page);
	await openPlan(page);
	const all = await titles(page);
	await page.emulateMedia({ media: 'print' });
	const table = page.getByRole('table');
	await expect(table.locator('tbody tr')).toHaveCount(all.length);
	await expect(table.locator('tbody tr').first()).toContainText(all[0] ?? '');
	await expect(page.getByText('Fictional example: Numenia does not exist.')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
	await page.emulateMedia({ media: 'screen' });
	await expect(table).toHaveCount(0);
});
