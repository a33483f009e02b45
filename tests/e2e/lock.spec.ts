/** The passphrase of a shared computer, and leaving it (S-21). */
import { alive, expect, openDemo, saved, test } from './harness.ts';

const passphrase = 'four plain words here';

test('a locked browser shows nothing without the passphrase, and everything with it (S-21)', async ({
	page,
	context
}) => {
	await openDemo(page);
	await page.goto('/en/settings/');
	await alive(page);
	const lock = page.getByTestId('device-lock');
	await lock.getByText("Lock this browser's work").first().click();
	await lock.getByLabel('New passphrase').fill('short');
	await lock.getByLabel('The same once more').fill('short');
	await expect(lock.getByText('A passphrase has at least 10 characters.')).toBeVisible();
	await lock.getByLabel('New passphrase').fill(passphrase);
	await lock.getByLabel('The same once more').fill(passphrase);
	await lock.getByRole('button', { name: "Lock this browser's work" }).click();
	await expect(lock).toHaveAttribute('data-state', 'open', { timeout: 20_000 });

	// The key is in the memory of this window and nowhere else: a new page asks for it.
	await page.goto('/en/plan/');
	await page.getByLabel('Passphrase', { exact: true }).fill('four plain words');
	await page.getByRole('button', { name: 'Unlock' }).click();
	await expect(page.getByText('That is not the passphrase.')).toBeVisible();
	await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
	await page.keyboard.press('Enter');
	await expect(page.getByTestId('action-list')).toBeVisible();
	await saved(page);
	// A second window of the same browser gets the key from this one.
	const second = await context.newPage();
	await second.goto('/en/plan/');
	await expect(second.getByTestId('action-list')).toBeVisible();

	await page.getByTestId('lock-now').click();
	for (const window of [page, second]) {
		await expect(window.getByRole('heading', { name: 'This work is locked' })).toBeVisible();
		expect(await window.content()).not.toContain('Numenia');
	}
	await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
	await page.keyboard.press('Enter');
	await expect(page.getByTestId('action-list')).toBeVisible();
	await expect(second.getByTestId('action-list')).toBeVisible();
});

test('erasing leaves no database, no cache, no worker and no setting behind (S-21)', async ({
	page
}) => {
	await openDemo(page);
	await page.goto('/en/settings/');
	await alive(page);
	const erase = page.getByTestId('erase-device');
	await expect(erase.getByText('Numenia').first()).toBeVisible();
	const button = erase.getByRole('button', { name: 'Erase everything' });
	await expect(button).toBeDisabled();
	await erase.getByLabel('I have what I need outside this browser').check();
	await button.click();
	await expect(erase.getByText('Nothing of this app is left')).toBeVisible();
	const left = await page.evaluate(async () => ({
		databases: (await indexedDB.databases()).map(({ name }) => name),
		caches: await caches.keys(),
		workers: (await navigator.serviceWorker.getRegistrations()).length,
		settings: localStorage.length
	}));
	expect(left).toEqual({ databases: [], caches: [], workers: 0, settings: 0 });
	await page.goto('/en/workspaces/');
	await expect(page.getByText('Numenia', { exact: true })).toHaveCount(0);
});
