/** The plan looked at in other ways: in time, by state, by priority, by cost, as a log-frame. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { alive, beginWorkspace, expect, openDemo, saved, test } from './harness.ts';

async function openView(page: Page, name: string): Promise<void> {
	await openDemo(page);
	await page.goto('/en/plan/');
	await alive(page);
	await page.getByTestId('plan-views').getByRole('link', { name }).click();
	await expect(page.getByTestId('plan-views').locator('[aria-current]')).toHaveText(name);
}
const said = (page: Page) => page.locator('main [aria-live="polite"]');

test('a view stands in the address, comes back by history and is remembered', async ({ page }) => {
	await openView(page, 'Board');
	await expect(page).toHaveURL(/view=board/);
	await expect(page.getByTestId('plan-board')).toBeVisible();
	await page.getByTestId('plan-views').getByRole('link', { name: 'Budget' }).click();
	await expect(page.getByTestId('plan-budget')).toBeVisible();
	await page.goBack();
	await expect(page.getByTestId('plan-board')).toBeVisible();
	await page.goto('/en/plan/');
	await expect(page.getByTestId('plan-budget').or(page.getByTestId('plan-board'))).toBeVisible();
});

test('a bar is moved by arrow keys and by pointer, one step of undo each', async ({ page }) => {
	await openView(page, 'Timeline');
	const bar = page.getByTestId('plan-timeline').locator('[data-bar]').first();
	const before = (await bar.getAttribute('aria-label')) ?? '';
	await bar.focus();
	await page.keyboard.press('ArrowRight');
	await expect(bar).not.toHaveAttribute('aria-label', before);
	await expect(bar).toBeFocused();
	await expect(said(page)).toContainText('now');
	await saved(page);
	await page.keyboard.press('ArrowLeft');
	await expect(bar).toHaveAttribute('aria-label', before);

	const box = (await bar.boundingBox())!;
	await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
	await page.mouse.down();
	await page.mouse.move(box.x + box.width / 2 + 120, box.y + box.height / 2, { steps: 5 });
	await page.mouse.up();
	await expect(bar).not.toHaveAttribute('aria-label', before);
});

test('a card goes to another state by key, by menu and by pointer', async ({ page }) => {
	await openView(page, 'Board');
	const board = page.getByTestId('plan-board');
	const title = board.locator('[data-drop="proposed"] li button').first();
	const name = await title.innerText();
	const card = board.locator('li').filter({ has: page.getByRole('button', { name, exact: true }) });
	const column = (state: string) =>
		board.locator(`[data-drop="${state}"]`).getByRole('button', { name, exact: true });
	await title.focus();
	await page.keyboard.press('Shift+ArrowRight');
	await expect(column('planned')).toBeFocused();
	await expect(said(page)).toContainText(`${name}: now Planned`);
	await card.getByLabel(`State of ${name}`).selectOption('Done');
	await expect(column('done')).toBeVisible();

	await card.scrollIntoViewIfNeeded();
	const from = (await card.boundingBox())!;
	const to = (await board.locator('[data-drop="running"]').boundingBox())!;
	await page.mouse.move(from.x + 30, from.y + 15);
	await page.mouse.down();
	await page.mouse.move(to.x + 40, from.y + 40, { steps: 6 });
	await page.mouse.up();
	await expect(column('running')).toBeVisible();
	await expect(card).toContainText('since');
});

test('a proposed place is nobody’s until somebody moves it', async ({ page }) => {
	// Numenia has judged all of its actions: this one is new.
	await beginWorkspace(page, 'Testland');
	await page.goto('/en/plan/');
	await alive(page);
	await page.getByRole('button', { name: 'Add an action of your own' }).click();
	await page.keyboard.type('Found the agency');
	await page.keyboard.press('Escape');
	await page.getByTestId('plan-views').getByRole('link', { name: 'Priorities' }).click();
	const chip = page.getByTestId('plan-grid').locator('button.proposed').first();
	const id = await chip.getAttribute('data-card');
	await chip.focus();
	await page.keyboard.press('ArrowLeft');
	const placed = page.getByTestId('plan-grid').locator(`[data-card="${id}"]`);
	await expect(placed).toBeFocused();
	await expect(placed).not.toHaveClass(/proposed/);
	await expect(said(page)).toContainText('feasibility');
});

test('a hint narrows every view to the actions that have it', async ({ page }) => {
	await openView(page, 'Log-frame');
	await page.getByTestId('plan-hints').locator('summary').first().click();
	const hint = page.getByTestId('plan-hints').locator('button').first();
	await hint.click();
	await expect(hint).toHaveAttribute('aria-pressed', 'true');
	await page.getByRole('button', { name: 'Show all actions' }).click();
	await expect(hint).toHaveAttribute('aria-pressed', 'false');
});

test('the dates go into a calendar file with lines that end as they must', async ({ page }) => {
	await openView(page, 'Timeline');
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByTestId('plan-ics').click()
	]);
	expect(download.suggestedFilename()).toMatch(/\.ics$/);
	const text = await readFile(await download.path(), 'utf8');
	expect(text.startsWith('BEGIN:VCALENDAR\r\n')).toBe(true);
	expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
	expect(text).toContain('BEGIN:VEVENT');
});
