/** Following the plan: what is due, a new reading, the report, the second assessment. */
import { readFile } from 'node:fs/promises';
import { alive, beginWorkspace, expect, openDemo, saved, test } from './harness.ts';

test('a plan without actions says so, and leads to the plan', async ({ page }) => {
	await beginWorkspace(page, 'Testland');
	await saved(page);
	await page.waitForLoadState('networkidle');
	await page.goto('/en/follow/');
	await expect(page.getByText('There is nothing to follow yet')).toBeVisible();
	await page.getByRole('link', { name: 'To the plan' }).click();
	await page.waitForURL('**/en/plan/');
});

test('a reading typed by keyboard is kept, a wrong one is refused in words', async ({ page }) => {
	await openDemo(page);
	await page.getByRole('link', { name: 'Follow' }).click();
	await expect(page.getByTestId('follow-summary')).toContainText(/^Actions: \d+ of \d+ done/);
	const overdue = page.getByText(/readings? (is|are) overdue/);
	await expect(overdue).toBeVisible();
	const row = page.getByTestId('indicator').first();
	const value = row.getByLabel('Value');
	await value.fill('soon');
	await value.press('Enter');
	await expect(row.getByRole('alert')).toContainText('This is no number');
	await expect(value).toBeFocused();
	await row.getByLabel('Day').fill('2100-01-01');
	await value.fill('٣');
	await value.press('Enter');
	await expect(row.getByRole('alert')).toContainText('has not come yet');
	const count = await row.getByText(/^\d+ readings?$/).innerText();
	await row.getByLabel('Day').fill('2026-01-15');
	await value.press('Enter');
	await expect(page.getByText(/^Kept: 3 on /)).toBeVisible();
	await expect(page.getByTestId('indicator').nth(1).getByLabel('Value')).toBeFocused();
	await saved(page);
	await expect(row.getByText(/^\d+ readings?$/)).not.toHaveText(count);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(row.getByText(/^\d+ readings?$/)).toHaveText(count);
});

test('a progress report for own dates is a file in the language that was chosen', async ({
	page
}) => {
	await openDemo(page);
	await page.getByRole('link', { name: 'Follow' }).click();
	const report = page.getByTestId('follow-report');
	await report.getByLabel('Own dates').check();
	await report.getByLabel('From').fill('2027-05-01');
	await report.getByLabel('To', { exact: true }).fill('2027-04-01');
	await expect(report.getByText('ends before it begins')).toBeVisible();
	await expect(page.getByTestId('report-markdown')).toBeDisabled();
	await report.getByLabel('Last budget year').check();
	await report.getByLabel('Language of the report').selectOption('fr');
	const [file] = await Promise.all([
		page.waitForEvent('download'),
		page.getByTestId('report-markdown').click()
	]);
	const text = await readFile(await file.path(), 'utf8');
	expect(text).toContain('# Rapport d’avancement');
	expect(text).toContain('Décisions à prendre');
	expect(text).toMatch(/n’existe/);
});

test('the second assessment keeps the first, and shows it beside each question', async ({
	page
}) => {
	await openDemo(page);
	await page.getByRole('link', { name: 'Follow' }).click();
	await page.getByLabel('Name of the baseline').fill('First round');
	await page.getByRole('button', { name: 'Start another assessment' }).click();
	await page.waitForURL('**/en/assess/cybersecurity/**');
	await page.goto('/en/assess/cybersecurity/#lead-authority');
	await alive(page);
	await expect(page.getByTestId('at-baseline')).toContainText('First round');
	await page.goto('/en/follow/');
	await expect(page.getByTestId('follow-again')).toContainText('First round');
	await expect(page.getByTestId('follow-again')).toContainText('No question has risen');
});
