/** One engine, three guides, one workspace: what was answered once is offered in the next guide. */
import { alive, beginWorkspace, expect, saved, test } from './harness.ts';

test('an answer of one guide is offered in another, taken over with a key, and stands in both', async ({
	page
}) => {
	await beginWorkspace(page, 'Testland');
	await page.goto('/en/assess/cybersecurity/#data-protection');
	await expect(page.locator('#question')).toContainText('personal-data law');
	await page.keyboard.press('3');
	await saved(page);

	await page.goto('/en/assess/ehealth/#data-protection');
	await expect(page.locator('#question')).toContainText('personal-data law');
	await expect(page.locator('main')).toContainText('National cybersecurity strategy');
	const levels = page.locator('[role=radiogroup] input[type=radio]');
	await expect(levels.nth(2)).not.toBeChecked();
	await page.keyboard.press('t');
	await expect(levels.nth(2)).toBeChecked();
	await saved(page);

	await page.goto('/en/together/');
	const row = page.getByRole('row', { name: /Personal data protection/ });
	await expect(row.getByRole('link', { name: '2' })).toHaveCount(2);
});

test('each work page of each guide is a file: its address can be kept and opened', async ({
	request
}) => {
	for (const guide of ['cybersecurity', 'ehealth', 'eagriculture']) {
		for (const page of ['guides', 'assess', 'results']) {
			const answer = await request.get(`/fr/${page}/${guide}/`);
			expect(answer.status(), `/fr/${page}/${guide}/`).toBe(200);
		}
	}
});

for (const guide of ['ehealth', 'eagriculture']) {
	test(`${guide} goes from the first answer to a Word file in French`, async ({ page }) => {
		await page.goto('/fr/workspaces/');
		await alive(page);
		await page.locator('#country').fill('Pays d’essai');
		await page.locator(`input[name=guide][value=${guide}]`).check();
		await page.locator('form button.primary').click();
		await page.waitForURL(`**/fr/assess/${guide}/`);
		await page.getByRole('button', { name: 'Commencer', exact: true }).click();
		const progress = page.getByTestId('progress');
		await expect(progress).toHaveAttribute('aria-valuenow', '0');
		for (let question = 0; question < 22; question++) {
			await page.keyboard.press(String(1 + (question % 4)));
			await page.keyboard.press('ArrowRight');
		}
		await expect(progress).toHaveAttribute('aria-valuenow', '100');
		await saved(page);
		await page.goto(`/fr/results/${guide}/`);
		await expect(page.getByTestId('gap-list')).toBeVisible();
		await expect(page.getByTestId('gap-list').locator('[lang=en]')).toHaveCount(0);
		await page.goto('/fr/export/');
		const [file] = await Promise.all([
			page.waitForEvent('download', { timeout: 30_000 }),
			page.getByTestId('export-docx').click()
		]);
		expect(file.suggestedFilename()).toMatch(/^Pays d’essai.*\.docx$/);
	});
}
