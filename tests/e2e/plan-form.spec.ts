/** An action in full, several at once, and the register that names who does it. */
import type { Locator, Page } from '@playwright/test';
import { alive, beginWorkspace, expect, openDemo, saved, test } from './harness.ts';

const list = (page: Page): Locator => page.getByTestId('action-list');
const titleOf = (page: Page, at: number): Locator => list(page).locator('.title').nth(at);

async function openPlan(page: Page): Promise<void> {
	await openDemo(page);
	await page.goto('/en/plan/');
	await alive(page);
	await expect(list(page)).toBeVisible();
	// A screenful is drawn first, the others after it.
	await expect(list(page)).not.toHaveAttribute('aria-busy');
}
const unfold = (page: Page, section: string): Promise<void> =>
	page.getByTestId(`section-${section}`).click();

test('owner by Enter into the register, tasks, costs with odd amounts, a circle refused', async ({
	page
}) => {
	await beginWorkspace(page, 'Testland');
	await page.goto('/en/plan/');
	await alive(page);
	const [one, two] = ['Found the agency', 'Write its rules'];
	for (const title of [one, two]) {
		await page.getByRole('button', { name: 'Add an action of your own' }).click();
		await page.keyboard.type(title);
		await page.keyboard.press('Escape');
	}
	await titleOf(page, 0).click();
	const form = list(page).locator('form');
	await form.getByLabel('Owner').fill('Agency for Digital Trust');
	await page.keyboard.press('Enter');
	await expect(form).toBeVisible();

	await unfold(page, 'tasks');
	await form.getByRole('button', { name: 'Add a task' }).click();
	await page.keyboard.type('Write the decree');
	await form.getByRole('checkbox', { name: 'Done' }).check();
	await expect(page.getByTestId('section-tasks')).toContainText('1 of 1 done');

	await unfold(page, 'money');
	await form.getByRole('button', { name: 'Add a cost line' }).click();
	await form.getByLabel('Amount').fill('١٬٢٠٠٬٠٠٠');
	await form.getByLabel('Currency').fill('xof');
	await form.getByLabel('Of which funded').fill('400.000');
	await page.keyboard.press('Tab');
	await expect(page.getByTestId('cost-total')).toContainText('1,200,000 XOF (800,000 not funded)');
	for (const [field, text, words] of [
		['Amount', '-5', 'cannot be below zero'],
		['Amount', '12345678901234567890', 'more than a spreadsheet can add up'],
		['Budget year', '9999', 'between 1990 and 2200'],
		['Budget year', '1900', 'between 1990 and 2200']
	] as const) {
		await form.getByLabel(field).fill(text);
		await page.keyboard.press('Tab');
		await expect(form.getByText(words)).toBeVisible();
		await expect(form.getByLabel(field)).toHaveValue(text);
	}
	await expect(page.getByTestId('cost-total')).toContainText('1,200,000 XOF');
	await form.getByLabel('Amount').fill('1200000');
	await form.getByLabel('Budget year').fill('2031');
	await page.keyboard.press('Tab');

	await unfold(page, 'before');
	await form.getByRole('combobox', { name: 'Has to be done first' }).fill(two);
	await page.keyboard.press('Enter');
	await expect(form.getByRole('button', { name: `No longer first: ${two}` })).toBeVisible();
	await form.getByRole('button', { name: 'Done', exact: true }).click();

	await titleOf(page, 1).click();
	await form.getByRole('combobox', { name: 'Has to be done first' }).fill(one);
	await page.keyboard.press('Enter');
	await expect(form.getByText(`“${two}” → “${one}” → “${two}”`)).toBeVisible();
	await page.keyboard.press('Escape');

	await saved(page);
	await page.goto('/en/stakeholders/');
	await alive(page);
	const entry = page
		.getByTestId('stakeholder-list')
		.getByRole('button', { name: 'Agency for Digital Trust' });
	await entry.click();
	await expect(page.getByTestId('named-in')).toContainText(one);
	await page.getByLabel('Organisation').fill('Agency for Trust');
	await page.goto('/en/plan/');
	await alive(page);
	await expect(list(page).getByRole('listitem').first()).toContainText('Agency for Trust');
	await expect(page.getByTestId('shown-sum')).toContainText('1,200,000 XOF');
});

test('cells are edited as in a spreadsheet: Tab, Enter, Escape', async ({ page }) => {
	await openPlan(page);
	const row = list(page).getByRole('listitem').first();
	const [was = ''] = await list(page).locator('.title').allInnerTexts();
	await titleOf(page, 0).focus();
	await page.keyboard.press('F2');
	await page.keyboard.type('A shorter name');
	await page.keyboard.press('Tab');
	await expect(page.locator(':focus')).toHaveRole('combobox');
	await page.keyboard.type('Nobody in particular');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Tab');
	await page.locator(':focus').selectOption('High: several years or a partner');
	await page.keyboard.press('Enter');
	await expect(row).toContainText('A shorter name');
	await expect(row).toContainText('Nobody in particular');
	await expect(row.locator('[data-cell="cost"]')).toContainText('High');
	// Enter went down, to the cell below.
	const below = list(page).getByRole('listitem').nth(1).locator('[data-cell="cost"]');
	await expect(below).toBeFocused();
	expect(was).not.toBe('A shorter name');

	await row.locator('[data-cell="state"]').click();
	await page.locator(':focus').selectOption('Dropped');
	await page.keyboard.press('Escape');
	await expect(row.locator('[data-cell="state"]')).toBeFocused();
	await expect(row.locator('[data-cell="state"]')).not.toContainText('Dropped');
});

test('several actions change in one step and come back in one', async ({ page }) => {
	await openPlan(page);
	const rows = list(page).getByRole('listitem');
	const before = await rows.allInnerTexts();
	await page.getByRole('checkbox', { name: 'Select all shown' }).check();
	const bulk = page.getByTestId('bulk');
	await bulk.getByLabel('Shift dates by months').fill('-12');
	await bulk.getByRole('button', { name: 'Shift', exact: true }).click();
	await expect(page.getByText(`${before.length} actions were changed.`)).toBeVisible();
	expect(await rows.allInnerTexts()).not.toEqual(before);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect.poll(() => rows.allInnerTexts()).toEqual(before);

	await bulk.getByRole('button', { name: 'Remove them' }).click();
	await expect(rows).toHaveCount(0);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(rows).toHaveCount(before.length);
	expect(await rows.allInnerTexts()).toEqual(before);
});

test('an objective gathers its actions, and the list stands under it', async ({ page }) => {
	await openPlan(page);
	const all = await list(page).locator('.title').count();
	await page.getByTestId('objectives').locator('summary').click();
	await page.getByRole('button', { name: 'Add an objective' }).click();
	await page.keyboard.type('Safer services');
	await list(page).getByRole('checkbox').nth(0).check();
	await list(page).getByRole('checkbox').nth(1).check();
	await page.getByTestId('bulk').getByLabel('Objective').selectOption('Safer services');
	await page.getByLabel('Under their objectives').check();
	const group = list(page).getByRole('region', { name: /^Safer services/ });
	await expect(group.getByRole('listitem')).toHaveCount(2);
	await expect(list(page).locator('.title')).toHaveCount(all);
});

test('owners that were typed join the register in one step, and leave it in one', async ({
	page
}) => {
	await beginWorkspace(page, 'Testland');
	await page.goto('/en/plan/');
	await alive(page);
	for (const [title, owner] of [
		['Pass the law', 'Ministry of Health'],
		['Train the nurses', 'ministry of health'],
		['Pay for it', 'Treasury']
	] as const) {
		await page.getByRole('button', { name: 'Add an action of your own' }).click();
		await page.keyboard.type(title);
		await list(page).locator('form').getByLabel('Owner').fill(owner);
		// The first Escape folds the names, the second the form.
		await page.keyboard.press('Escape');
		await page.keyboard.press('Escape');
	}
	await page.goto('/en/stakeholders/');
	await alive(page);
	const typed = page.getByTestId('typed-owners');
	await expect(typed.getByRole('listitem')).toHaveCount(2);
	await expect(typed.getByRole('listitem').first()).toContainText('in 2 actions');
	const entries = page.getByTestId('stakeholder-list').locator(':scope > li');
	await typed.getByRole('button', { name: 'Add and link all 2' }).click();
	await expect(entries).toHaveCount(2);
	await typed.getByRole('button', { name: 'Undo' }).click();
	await expect(entries).toHaveCount(0);
	await expect(typed.getByRole('listitem')).toHaveCount(2);
});
