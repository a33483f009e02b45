/**
 * Leaving in the same moment: a page that goes takes its unfinished transactions with it, and what was
 * typed last must be there all the same (P3).
 */
import type { Page } from '@playwright/test';
import { alive, beginWorkspace, expect, saved, test } from './harness.ts';

const entry = (page: Page) => page.getByTestId('stakeholder-list').locator('button.title').first();
const open = async (page: Page): Promise<void> => {
	await page.goto('/en/stakeholders/');
	await alive(page);
};
/** What is left to the next window. */
const left = (page: Page) =>
	page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('unsaved')));

/** Types into the field and goes, in one task: no transaction can end between the two. */
const typeAndLeave = (page: Page, text: string) =>
	page.getByLabel('Organisation').evaluate((field: HTMLInputElement, words) => {
		field.value = words;
		field.dispatchEvent(new InputEvent('input', { bubbles: true }));
		location.assign('/en/plan/');
	}, text);

test('what was typed as the page was left is there, on a slow device, each time (P3, F-03)', async ({
	page,
	context
}) => {
	test.slow();
	await beginWorkspace(page, 'Testland');
	await open(page);
	await page.locator('.head button').first().click();
	await page.getByLabel('Organisation').fill('Agency');
	await saved(page);
	const slow = await context.newCDPSession(page);
	await slow.send('Emulation.setCPUThrottlingRate', { rate: 4 });
	for (let time = 1; time <= 3; time++) {
		await open(page);
		await entry(page).click();
		await typeAndLeave(page, `Agency ${time}`);
		await page.waitForURL('**/plan/');
		await open(page);
		await expect(entry(page)).toHaveText(`Agency ${time}`);
		await saved(page);
		expect(await left(page)).toEqual([]);
	}
	// As a person does it: the last key, and the button that loads anew.
	for (let time = 4; time <= 5; time++) {
		await entry(page).click();
		await page.getByLabel('Organisation').fill(`Agency ${time}`);
		await page.reload();
		await alive(page);
		await expect(entry(page)).toHaveText(`Agency ${time}`);
	}
});

test('behind a passphrase it is sealed until the passphrase is given (S-21)', async ({ page }) => {
	const passphrase = 'four plain words here';
	await beginWorkspace(page, 'Testland');
	await page.goto('/en/settings/');
	await alive(page);
	const lock = page.getByTestId('device-lock');
	await lock.getByText("Lock this browser's work").first().click();
	await lock.getByLabel('New passphrase').fill(passphrase);
	await lock.getByLabel('The same once more').fill(passphrase);
	await lock.getByRole('button', { name: "Lock this browser's work" }).click();
	await expect(lock).toHaveAttribute('data-state', 'open', { timeout: 20_000 });
	await page.goto('/en/assess/cybersecurity/');
	const unlock = async () => {
		await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
		await page.keyboard.press('Enter');
	};
	await unlock();
	await page.getByRole('button', { name: 'Begin' }).click();
	const note = page.getByRole('textbox', { name: 'Note', exact: true });
	const texts = await note.evaluate((field) => {
		if (!(field instanceof HTMLTextAreaElement)) return [];
		field.value = 'Kolibri-Hafen';
		field.dispatchEvent(new InputEvent('input', { bubbles: true }));
		// At the real one nobody can look any more.
		dispatchEvent(new Event('pagehide'));
		const texts = Object.values(localStorage).map(String);
		location.reload();
		return texts;
	});
	expect(texts.filter((text) => text.startsWith('sealed:'))).toHaveLength(1);
	expect(texts.filter((text) => text.startsWith('plain:'))).toEqual([]);
	await unlock();
	await expect(note).toHaveValue('Kolibri-Hafen');
	await saved(page);
	expect(await left(page)).toEqual([]);
});

test("a reader's note that was being typed as the page was left is there (P3)", async ({
	page,
	context
}) => {
	const path = '/en/guides/cybersecurity/lead-authority/';
	const note = page.getByLabel('My note on this section');
	const open = async () => {
		await page.goto(path);
		await alive(page);
		await page.getByRole('button', { name: 'My notes' }).click();
	};
	const slow = await context.newCDPSession(page);
	await slow.send('Emulation.setCPUThrottlingRate', { rate: 4 });
	await open();
	for (let time = 1; time <= 3; time++) {
		await note.pressSequentially(`${time} typed without a pause; `);
		await page.goto('/en/guides/');
		await open();
		await expect(note).toHaveValue(new RegExp(`${time} typed without a pause; $`));
	}
	expect(await left(page)).toEqual([]);
});

test('whoever types fast over the fields of an action loses no letter, on a slow device (P3)', async ({
	page,
	context
}) => {
	await beginWorkspace(page, 'Testland');
	await page.goto('/en/plan/');
	await alive(page);
	await page.getByRole('button', { name: 'Add an action of your own' }).click();
	await page.keyboard.type('Found it');
	const form = page.getByTestId('action-list').locator('form');
	await page.getByTestId('section-money').click();
	await form.getByRole('button', { name: 'Add a cost line' }).click();
	const slow = await context.newCDPSession(page);
	await slow.send('Emulation.setCPUThrottlingRate', { rate: 6 });
	// Each field's last letter is followed by a deed before a frame can be drawn.
	const amount = form.getByLabel('Amount');
	const funded = form.getByLabel('Of which funded');
	await amount.focus();
	await page.keyboard.type('12345');
	await page.keyboard.press('Tab');
	await page.keyboard.type('XOF');
	await page.keyboard.press('Tab');
	await page.keyboard.type('2345');
	await page.keyboard.press('Tab');
	await slow.send('Emulation.setCPUThrottlingRate', { rate: 1 });
	await saved(page);
	await page.reload();
	await alive(page);
	await page.getByTestId('action-list').locator('.title').first().click();
	await page.getByTestId('section-money').click();
	await expect(amount).toHaveValue(/^12.?345$/);
	await expect(form.getByLabel('Currency')).toHaveValue('XOF');
	await expect(funded).toHaveValue(/^2.?345$/);
});
