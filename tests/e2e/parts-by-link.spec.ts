/** A part by link: another ministry opens it, answers, and its answers land when the asker says so. */
import AxeBuilder from '@axe-core/playwright';
import { alive, beginWorkspace, expect, saved, test } from './harness.ts';
import { newDevice, synced } from './sharing.ts';

test.describe.configure({ timeout: 180_000 });

test('asked by link, answered elsewhere, seen first and taken in; then the link is ended', async ({
	page,
	browser,
	baseURL
}) => {
	await beginWorkspace(page, 'Testland');
	await page.goto('/en/assess/cybersecurity/#lead-authority');
	await alive(page);
	await page.locator('input[name="answer"][value="1"]').check();
	await page.locator('#note').fill('PLANTED NOTE');
	await saved(page);

	await page.goto('/en/parts/');
	await alive(page);
	await page.getByLabel('Ministry or organisation', { exact: true }).fill('Energy');
	await page.getByLabel('Wanted by').fill('2027-01-15');
	await page.getByRole('checkbox', { name: /Strategy lifecycle/ }).check();
	await page.getByTestId('make-part-link').click();
	await page.getByTestId('part-link-make').click();
	const link = page.getByTestId('part-link');
	await expect(link).toContainText('Not opened yet', { timeout: 20_000 });
	const field = page.getByTestId('invitation-link').getByRole('textbox');
	const address = await field.inputValue();
	expect(address).toMatch(/\/en\/join\/#[\w-]{40,}$/);
	await page.goto('/en/workspaces/');
	await alive(page);
	await expect(page.getByRole('button', { name: 'Rename' })).toHaveCount(1);

	const energy = await newDevice(browser, baseURL!);
	await energy.page.goto(address);
	await expect(energy.page.getByTestId('join-part')).toContainText('17 questions of', {
		timeout: 20_000
	});
	await expect(energy.page.getByTestId('join-workspace')).toHaveText('Testland');
	const { violations } = await new AxeBuilder({ page: energy.page }).analyze();
	expect(violations).toEqual([]);
	await energy.page.getByLabel('Your name').fill('Esi Owusu');
	await energy.page.getByLabel('Organisation').fill('Energy');
	await energy.page.getByTestId('join').click();
	await energy.page.waitForURL(/\/en\/assess\/cybersecurity\//, { timeout: 30_000 });
	await expect(energy.page.getByTestId('part-by-link')).toContainText('by themselves');
	await energy.page.goto('/en/assess/cybersecurity/#lead-authority');
	await alive(energy.page);
	await expect(energy.page.locator('#note')).not.toHaveValue(/PLANTED/);
	await energy.page.locator('input[name="answer"][value="3"]').check();
	await saved(energy.page);
	await synced(energy.page);

	await page.goto('/en/parts/');
	await alive(page);
	await expect(link).toContainText('Esi Owusu · Energy', { timeout: 20_000 });
	await expect(page.getByTestId('part-link-news')).toHaveText('1 answer came back');
	await expect(page.getByTestId('part-progress')).toHaveText('0 of 17 answered');
	const { violations: here } = await new AxeBuilder({ page }).analyze();
	expect(here).toEqual([]);
	await page.getByTestId('part-link-see').click();
	await expect(page.getByTestId('landing')).toContainText('Esi Owusu · Energy');
	await page.getByTestId('take-in').click();
	await expect(page.getByTestId('landed')).toHaveText('1 answer was taken in.');
	await expect(page.getByTestId('part-progress')).toHaveText('1 of 17 answered');
	await expect(page.getByTestId('part-link-news')).toHaveCount(0);

	await page.context().setOffline(true);
	await page.getByTestId('part-link-end').click();
	await page.getByTestId('part-link-end-now').click();
	await expect(page.getByTestId('part-link-problem').last()).toContainText('still stands');
	await page.context().setOffline(false);
	await page.getByTestId('part-link-end-now').click();
	await expect(link).toHaveCount(0);
	await expect(page.getByTestId('part-progress')).toHaveText('1 of 17 answered');
	await expect(energy.page.getByTestId('part-link-over')).toContainText('stay on this device', {
		timeout: 40_000
	});
	await energy.context.close();
	expect(energy.found, 'own origin only, no policy broken, nothing uncaught').toEqual([]);
});
