/** A spreadsheet leaves, and comes back: nothing where nobody edited it, a sentence where it is none. */
import { readFileSync } from 'node:fs';
import { expect, openDemo, saved, test } from './harness.ts';

test('the spreadsheet that was made changes nothing when it comes back', async ({ page }) => {
	await openDemo(page);
	await saved(page);
	await page.goto('/en/export/');
	const download = page.waitForEvent('download');
	await page.getByTestId('export-xlsx').click();
	const path = await (await download).path();
	await page.goto('/en/import/');
	const file = page.getByTestId('import-spreadsheet');
	await file.setInputFiles({ name: 'plan.xlsx', mimeType: '', buffer: readFileSync(path) });
	await expect(page.getByText('This file changes nothing')).toBeVisible();
	await expect(page.getByTestId('change')).toHaveCount(0);

	await file.setInputFiles({
		name: 'x.xlsx',
		mimeType: '',
		buffer: Buffer.from('PK, and no more')
	});
	await expect(page.getByTestId('import-problem')).toContainText('x.xlsx is damaged');
});

test('what LibreOffice changed is offered, taken over, and taken back in one step', async ({
	page
}) => {
	await openDemo(page);
	await saved(page);
	await page.goto('/en/import/');
	// A file of another workspace: all that differs is offered, and nothing ticked.
	await page
		.getByTestId('import-spreadsheet')
		.setInputFiles('tests/fixtures/sheets/libreoffice-edited.xlsx');
	await expect(page.getByText('comes from another workspace')).toBeVisible();
	const first = page.getByTestId('change').first().getByRole('checkbox');
	await expect(first).not.toBeChecked();
	await expect(page.getByTestId('apply-changes')).toBeDisabled();
	await first.check();
	await page.getByTestId('apply-changes').click();
	await expect(page.getByTestId('import-done')).toContainText('1 change was taken over');
	await page.getByTestId('import-done').getByRole('button').click();
	await expect(page.getByText('Taken back')).toBeVisible();
});
