/** The register of stakeholders: who is entered twice becomes one, and a name is dragged to where it belongs. */
import { alive, beginWorkspace, expect, saved, test } from './harness.ts';

test('two entries of one body are merged, and what named the other names the one; Undo takes it back', async ({
	page
}) => {
	await beginWorkspace(page, 'Testland');
	await saved(page);
	await page.goto('/en/plan/');
	await alive(page);
	await page.getByRole('button', { name: 'Add an action of your own' }).click();
	await page.keyboard.type('Pay for it');
	await page.getByTestId('action-list').locator('form').getByLabel('Owner').fill('Finance');
	await page.keyboard.press('Escape');
	await page.keyboard.press('Escape');
	await saved(page);
	await page.goto('/en/stakeholders/');
	await alive(page);
	await page
		.getByTestId('typed-owners')
		.getByRole('button', { name: /^Add and link/ })
		.first()
		.click();
	const list = page.getByTestId('stakeholder-list');
	await page.getByRole('button', { name: 'Add somebody' }).click();
	await page.getByLabel('Organisation').fill('Ministry of Finance');
	await page.getByRole('button', { name: 'Done' }).click();
	await expect(list.locator(':scope > li')).toHaveCount(2);

	await list.getByRole('button', { name: 'Finance', exact: true }).click();
	await page.getByLabel('The same as').selectOption({ label: 'Ministry of Finance' });
	await page.getByRole('button', { name: 'Merge' }).click();
	await expect(list.locator(':scope > li')).toHaveCount(1);
	const notice = page.getByTestId('merged');
	await expect(notice).toContainText('Merged into Ministry of Finance');
	await expect(notice.getByRole('button', { name: 'Undo' })).toBeFocused();
	await list.getByRole('button', { name: 'Ministry of Finance' }).click();
	await expect(page.getByTestId('named-in')).toContainText('Pay for it');

	await notice.getByRole('button', { name: 'Undo' }).click();
	await expect(list.locator(':scope > li')).toHaveCount(2);
	await list.getByRole('button', { name: 'Finance', exact: true }).click();
	await expect(page.getByTestId('named-in')).toContainText('Pay for it');
});

test('a name that is dragged into another field is judged so; the words of the entry say the same', async ({
	page
}) => {
	await beginWorkspace(page, 'Testland');
	await saved(page);
	await page.goto('/en/stakeholders/');
	await alive(page);
	await page.getByRole('button', { name: 'Add somebody' }).click();
	await page.getByLabel('Organisation').fill('Chamber of Commerce');
	await page.getByRole('button', { name: 'Done' }).click();
	const grid = page.getByTestId('power-grid');
	const name = grid.getByRole('button', { name: 'Chamber of Commerce' });
	for (const field of ['keep-informed', 'keep-satisfied', 'manage-closely'] as const) {
		await name.dragTo(page.getByTestId(`field-${field}`));
		await expect(page.getByTestId(`field-${field}`)).toContainText('Chamber of Commerce');
	}
	await saved(page);
	await page.reload();
	await alive(page);
	await expect(page.getByTestId('field-manage-closely')).toContainText('Chamber of Commerce');
	await expect(page.getByTestId('stakeholder-list')).toContainText('Work closely with');
});
