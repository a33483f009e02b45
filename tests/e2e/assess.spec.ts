/**
 * Assessing: from an empty workspace through the questions by keyboard; what was said is there after
 * a reload, at the same question.
 */
import type { Page } from '@playwright/test';
import { beginWorkspace, expect, saved, test } from './harness.ts';

const address = 'assess/cybersecurity/';
const title = (page: Page) => page.getByRole('heading', { level: 1 });
const progress = (page: Page) => page.getByTestId('progress');
const note = (page: Page) => page.getByRole('textbox', { name: 'Note', exact: true });
const level = (page: Page, number: number) =>
	page.getByRole('radio', { name: new RegExp(`^Level ${number}\\b`) });

/** Begins on the core path, and gives the first question's words. */
async function begin(page: Page): Promise<string> {
	await beginWorkspace(page, 'Testland');
	await page.getByRole('button', { name: 'Begin' }).click();
	await expect(progress(page)).toHaveAttribute('aria-valuenow', '0');
	return title(page).innerText();
}

test('the readiness gate advises, is kept, and never blocks', async ({ page }) => {
	await beginWorkspace(page, 'Testland');
	const mandate = page.getByRole('group', { name: /^Mandate/ });
	const before = await mandate.innerText();
	await mandate.getByRole('radio', { name: 'No', exact: true }).check();
	expect((await mandate.innerText()).length).toBeGreaterThan(before.length);
	await expect(page.getByText('the result then is a rehearsal')).toBeVisible();
	await page.getByRole('button', { name: 'Begin' }).click();
	await expect(level(page, 0)).toBeVisible();
	await saved(page);
	await page.reload();
	await page.getByRole('button', { name: 'Path and readiness' }).click();
	await expect(mandate.getByRole('radio', { name: 'No', exact: true })).toBeChecked();
});

test('who begins where nothing is kept begins on the page itself; a line that breaks says so, and costs no word', async ({
	page,
	context
}) => {
	await page.goto('/en/assess/cybersecurity/');
	const country = page.getByLabel('Country');
	await expect(country).toBeVisible();
	// The store and the questions come only now, and the line is gone.
	await context.setOffline(true);
	await country.fill('Testland');
	await country.press('Enter');
	await expect(page.getByRole('status').filter({ hasText: 'The network did not' })).toBeVisible();
	await expect(country).toHaveValue('Testland');
	await context.setOffline(false);
	await country.press('Enter');
	await saved(page);
	await page.getByRole('button', { name: 'Begin' }).click();
	await expect(level(page, 0)).toBeVisible();
	await saved(page);
	await page.reload();
	await expect(level(page, 0)).toBeVisible();
});

test('on a narrow screen the page stands still while what is typed is saved', async ({ page }) => {
	await page.setViewportSize({ width: 360, height: 740 });
	await begin(page);
	await note(page).fill('Begun');
	await saved(page);
	for (const lang of ['en', 'fr', 'ar']) {
		await page.goto(`/${lang}/${address}`);
		const field = page.locator('#note');
		const top = () => field.evaluate((one) => one.getBoundingClientRect().top + scrollY);
		await field.press('End');
		await page.keyboard.type('x');
		await saved(page);
		const before = await top();
		await page.keyboard.type('x');
		await expect(page.getByTestId('save-status')).toHaveAttribute('data-state', 'saving');
		expect(await top()).toBe(before);
		await saved(page);
		expect(await top()).toBe(before);
	}
});

test('five questions by keyboard alone, and they are there after a reload', async ({ page }) => {
	const first = await begin(page);
	const total = Number(/of (\d+)/.exec(await page.locator('.line').innerText())?.[1]);
	for (const key of ['1', '3', '5', 'd']) {
		await page.keyboard.press(key);
		await page.keyboard.press('Enter');
	}
	await page.keyboard.press('n');
	await page.keyboard.type('No coast, 12d nj');
	const fifth = await title(page).innerText();
	expect(fifth).not.toBe(first);
	await expect(progress(page)).toHaveAttribute('aria-valuenow', String(Math.floor(500 / total)));
	await saved(page);
	await page.reload();
	await expect(title(page)).toHaveText(fifth);
	await expect(page.getByLabel('Why does this not apply?')).toHaveValue('No coast, 12d nj');
	// Not by the address alone: whoever comes by the staircase stands there too.
	await page.goto(`/en/${address}`);
	await expect(title(page)).toHaveText(fifth);
	await expect(progress(page)).toHaveAttribute('aria-valuenow', String(Math.floor(500 / total)));
	await page.keyboard.press('ArrowLeft');
	await expect(page.getByRole('radio', { name: "Don't know" })).toBeChecked();
	await page.keyboard.press('k');
	await expect(level(page, 4)).toBeChecked();
	await page.keyboard.press('j');
	await expect(page.getByRole('radio', { name: "Don't know" })).toBeChecked();
});

test('choosing stays on the question; the sideways arrows leave it even from a level', async ({
	page
}) => {
	const first = await begin(page);
	await page.getByText('Level 2', { exact: true }).click();
	await expect(level(page, 2)).toBeChecked();
	await expect(title(page)).toHaveText(first);
	await expect(page.getByText('To reach level 3 you need')).toBeVisible();
	await page.keyboard.press('ArrowDown');
	await expect(level(page, 3)).toBeChecked();
	await page.keyboard.press('ArrowRight');
	await expect(title(page)).not.toHaveText(first);
	await page.keyboard.press('ArrowLeft');
	await expect(level(page, 3)).toBeChecked();
	await page.getByRole('button', { name: 'Clear answer' }).click();
	await expect(level(page, 3)).not.toBeChecked();
	await expect(progress(page)).toHaveAttribute('aria-valuenow', '0');
});

test('note and evidence are kept as typed, also when the question changes at once', async ({
	page
}) => {
	await begin(page);
	await page.keyboard.press('3');
	await note(page).fill('Asked the ministry on Monday; ١٢ answers. 1d2n');
	await title(page).click();
	await page.keyboard.press('e');
	await page.keyboard.type('Decree 12');
	await page.getByLabel('Link (if there is one)').fill('javascript:alert(1)');
	await page.getByRole('button', { name: 'Done' }).click();
	await expect(page.getByText('This is not a web address')).toBeVisible();
	await page.getByLabel('Link (if there is one)').fill('https://example.org/decree');
	await page.getByLabel('Date of the document').fill('2024-02-29');
	await page.getByRole('checkbox', { name: /^Proven/ }).check();
	// The form is still open: no button has to be pressed for the words to be kept.
	await title(page).click();
	await page.keyboard.press('ArrowRight');
	await saved(page);
	await page.reload();
	await expect(progress(page)).toBeVisible();
	await page.keyboard.press('ArrowLeft');
	await expect(note(page)).toHaveValue('Asked the ministry on Monday; ١٢ answers. 1d2n');
	await expect(page.getByText('Decree 12', { exact: true })).toBeVisible();
	await expect(page.getByRole('link', { name: 'example.org' })).toHaveAttribute(
		'href',
		'https://example.org/decree'
	);
	await page.getByRole('button', { name: /^Remove ?: Decree 12/ }).click();
	await expect(page.getByRole('link', { name: 'example.org' })).toBeHidden();
	await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
	await expect(page.getByRole('link', { name: 'example.org' })).toBeVisible();
});

test('a note over its limit is refused with its count, and the note that was there stays (F-20)', async ({
	page
}) => {
	await begin(page);
	const field = note(page);
	await field.fill('Short and good.');
	await field.evaluate((area: HTMLTextAreaElement) => {
		area.value = 'x'.repeat(5_000_000);
		area.dispatchEvent(new InputEvent('input', { bubbles: true }));
	});
	await expect(page.getByText('5,000,000')).toBeVisible();
	await expect(field).toHaveValue('Short and good.');
	await saved(page);
	await page.reload();
	await expect(field).toHaveValue('Short and good.');
});

test('undo takes back the last answer and shows the question that it was', async ({ page }) => {
	const first = await begin(page);
	await page.keyboard.press('4');
	await page.keyboard.press('Enter');
	await expect(title(page)).not.toHaveText(first);
	await page.keyboard.press('u');
	await expect(title(page)).toHaveText(first);
	await expect(level(page, 3)).not.toBeChecked();
	await expect(progress(page)).toHaveAttribute('aria-valuenow', '0');
});

test('no shortcut fires with Ctrl, nor once single keys are turned off', async ({ page }) => {
	await begin(page);
	await page.keyboard.press('Control+2');
	await expect(level(page, 1)).not.toBeChecked();
	await page.keyboard.press('?');
	const sheet = page.getByRole('dialog');
	await expect(sheet).toBeVisible();
	await page.keyboard.press('2');
	await sheet.getByRole('checkbox').uncheck();
	await page.keyboard.press('Escape');
	await expect(sheet).toBeHidden();
	await page.keyboard.press('2');
	await expect(level(page, 1)).not.toBeChecked();
	await page.keyboard.press('ArrowRight');
	await expect(page.locator('.line')).toContainText('question 2');
});

test('the list shows every question of the path, filters, and takes a level in place', async ({
	page
}) => {
	const first = await begin(page);
	await page.keyboard.press('3');
	await page.keyboard.press('l');
	const rows = page.getByRole('main').locator('section li');
	const all = await rows.count();
	expect(all).toBeGreaterThanOrEqual(20);
	await page.getByRole('radio', { name: /^Not answered/ }).check();
	await expect(rows).toHaveCount(all - 1);
	const quick = rows.first().getByRole('radio', { name: /^Level 1:/ });
	await quick.check({ force: true });
	// It does not vanish under the finger.
	await expect(rows).toHaveCount(all - 1);
	await expect(progress(page)).toHaveAttribute('aria-valuenow', String(Math.floor(200 / all)));
	await page.getByRole('radio', { name: /^All/ }).check();
	await rows.first().getByRole('link').click();
	await expect(title(page)).toHaveText(first);
});

test('the guide’s text opens beside the question, and a link of the guide opens its question', async ({
	page
}) => {
	await begin(page);
	await page.keyboard.press('g');
	const guidance = page.getByRole('complementary', { name: 'Guidance' });
	await expect(guidance.getByRole('heading').first()).toBeVisible();
	await guidance.getByRole('link', { name: 'The whole page in the guide' }).click();
	await page.waitForURL('**/guides/cybersecurity/**');
	const link = page.locator(`a[href*="/${address}#"]`).last();
	const id = (await link.getAttribute('href'))?.split('#')[1];
	await link.click();
	await page.waitForURL(`**/${address}#${id}`);
	await expect(progress(page)).toBeVisible();
	await expect(page).toHaveURL(new RegExp(`#${id}$`));
});

test('what stands at the end of the guidance stays where it is once it is in view', async ({
	page
}) => {
	await begin(page);
	await page.keyboard.press('g');
	const link = page.getByRole('link', { name: 'The whole page in the guide' });
	await expect(link).toBeAttached();
	const tops = await link.evaluate(async (end) => {
		const frame = () => new Promise(requestAnimationFrame);
		await frame();
		end.scrollIntoView({ block: 'end', behavior: 'instant' });
		const found: number[] = [];
		for (let i = 0; i < 5; i++) {
			found.push(Math.round(end.getBoundingClientRect().top));
			await frame();
		}
		return found;
	});
	// A finger that goes down on it is still on it when it comes up.
	expect(new Set(tops).size, String(tops)).toBe(1);
});

test('after the last question there is a summary that leads to the open ones', async ({ page }) => {
	const first = await begin(page);
	await page.keyboard.press('l');
	await page.getByRole('main').locator('section li').last().getByRole('link').click();
	await page.keyboard.press('2');
	await page.keyboard.press('Enter');
	await expect(title(page)).toContainText('still open');
	await expect(page.getByRole('link', { name: 'See the results' })).toBeVisible();
	await page.getByRole('button', { name: 'Go to the first open question' }).click();
	await expect(title(page)).toHaveText(first);
});

test('in Arabic the left arrow leads forward, and the Arabic keyboard works', async ({ page }) => {
	await beginWorkspace(page, 'تجربة', 'ar');
	await page.locator('main > form button.primary').click();
	await expect(progress(page)).toBeVisible();
	const first = page.url();
	await page.keyboard.press('ArrowLeft');
	await expect(page).not.toHaveURL(first);
	await page.keyboard.press('ArrowRight');
	await expect(page).toHaveURL(first);
	await page.evaluate(() =>
		document.body.dispatchEvent(
			new KeyboardEvent('keydown', { key: '٣', code: 'Digit3', bubbles: true, cancelable: true })
		)
	);
	await expect(page.locator('input[name=answer][value="2"]')).toBeChecked();
});

test('60 answers with notes stand after going away and back, on a slow device too', async ({
	page
}) => {
	test.slow();
	await begin(page);
	await page.getByRole('button', { name: 'Path and readiness' }).click();
	await page.getByRole('radio', { name: /^Full path/ }).check();
	await page.locator('main > form button.primary').click();
	for (let i = 0; i < 60; i++) {
		await page.keyboard.press(String(1 + (i % 5)));
		await note(page).fill(`Note ${i}. `.repeat(60));
		await title(page).click();
		await page.keyboard.press('ArrowRight');
	}
	await saved(page);
	const slow = await page.context().newCDPSession(page);
	await slow.send('Emulation.setCPUThrottlingRate', { rate: 4 });
	// How long it takes is measured by `npm run bench -- work`.
	await page.getByRole('navigation').getByRole('link', { name: 'Read' }).last().click();
	await page.waitForURL('**/guides/cybersecurity/');
	await page.goBack();
	await expect(page.getByTestId('progress')).toHaveAttribute('aria-valuetext', /^60 of/);
	await note(page).pressSequentially('Twenty keys to press');
	await expect(note(page)).toHaveValue(/Twenty keys to press$/);
	await saved(page);
});
