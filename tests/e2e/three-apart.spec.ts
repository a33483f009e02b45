/**
 * Three people in three browsers, the second one without a network for the whole time: the same twenty
 * questions, actions and two chapters. Connected again, all three have the same, with everybody's words,
 * and each disagreement stands there in words.
 */
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import type { Page } from '@playwright/test';
import { alive, beginWorkspace, expect, saved, test } from './harness.ts';
import { invite, join, newDevice, share, synced } from './sharing.ts';

test.describe.configure({ timeout: 900_000 });

const questions = 20;
/** The path's first question. */
const first = 'Is one body formally in charge of drafting the strategy?';
const text = (page: Page) => page.getByTestId('chapter-text');
const list = (page: Page) => page.getByTestId('action-list');

/** Opens a page of the app, and waits until it is alive. */
async function go(page: Page, path: string): Promise<void> {
	await page.goto(`/en/${path}`);
	await alive(page);
}

/** The first twenty questions, one key each; `levels` go round. */
async function answerAll(page: Page, levels: readonly number[]): Promise<void> {
	await go(page, 'assess/cybersecurity/');
	const begin = page.getByRole('button', { name: 'Begin' });
	const level = page.getByRole('radio', { name: /^Level 0\b/ });
	await expect(begin.or(level).first()).toBeVisible();
	if (await begin.isVisible()) await begin.click();
	await expect(level).toBeVisible();
	// The path goes on where the team was; here all begin with its first question.
	await go(page, 'assess/cybersecurity/#lead-authority');
	const heading = page.locator('#content h1');
	await expect(heading).toHaveText(first);
	for (let n = 0; n < questions; n++) {
		const asked = await heading.innerText();
		await page.keyboard.press(String(levels[n % levels.length]! + 1));
		await expect(page.getByRole('radio', { checked: true })).toHaveCount(1);
		await page.keyboard.press('Enter');
		await expect(heading).not.toHaveText(asked);
	}
	await saved(page);
}

async function addAction(page: Page, title: string): Promise<void> {
	await go(page, 'plan/');
	await page.getByRole('button', { name: 'Add an action of your own' }).click();
	const field = list(page).locator('form').getByLabel('Action', { exact: true });
	await expect(field).toBeFocused();
	await page.keyboard.type(title);
	await expect(field).toHaveValue(title);
	await page.keyboard.press('Escape');
	await expect(list(page)).toContainText(title);
	await saved(page);
}

/** Gives the team's first action another owner. */
async function setOwner(page: Page, owner: string): Promise<void> {
	const row = list(page).locator('li').filter({ hasText: 'A law for all' });
	await row.locator('[data-cell=owner]').click();
	await row.locator('input:focus').fill(owner);
	await page.keyboard.press('Tab');
	await page.keyboard.press('Escape');
	await expect(row).toContainText(owner);
	await saved(page);
}

/** Writes a paragraph at the end of the first two chapters. */
async function write(page: Page, words: string): Promise<void> {
	await go(page, 'draft/');
	const chapters = page.getByRole('navigation', { name: 'Chapters' }).locator('li button');
	for (const at of [0, 1]) {
		await chapters.nth(at).click();
		await expect(chapters.nth(at)).toHaveAttribute('aria-current', 'true');
		await expect(text(page)).toBeVisible();
		await text(page).locator('p').first().click();
		await page.waitForTimeout(150);
		await page.keyboard.press('Control+End');
		await page.keyboard.press('Enter');
		await page.keyboard.type(`${words} ${at + 1}.`);
		await expect(text(page)).toContainText(`${words} ${at + 1}.`);
		await saved(page);
	}
}

/** What the device has, as its project file says it, without what says who made the file. */
async function stateOf(page: Page): Promise<unknown> {
	await go(page, 'export/');
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByTestId('export-project').click()
	]);
	const files = unzipSync(readFileSync((await download.path())!));
	return JSON.parse(new TextDecoder().decode(files['workspace.json']));
}

test('three work apart, one of them offline, and end with the same', async ({
	page,
	browser,
	baseURL
}) => {
	await beginWorkspace(page, 'Testland');
	await addAction(page, 'A law for all');
	await go(page, 'draft/');
	await page.getByRole('button', { name: 'Make the first draft' }).click();
	await expect(text(page)).toBeVisible();
	await share(page, 'Amina', 'Ministry of Digital Economy');
	const link = await invite(page, 'edit');
	const second = await newDevice(browser, baseURL!);
	const third = await newDevice(browser, baseURL!);
	await join(second.page, link, 'Jean', 'Regulator');
	await join(third.page, link, 'Souad', 'Ministry of Health');

	await go(second.page, 'guides/cybersecurity/');
	await second.page.getByTestId('keep-guide').first().click();
	await expect(second.page.getByTestId('offline-status')).toHaveAttribute('data-state', 'ready', {
		timeout: 60_000
	});
	await second.context.setOffline(true);

	const people = [
		{ page, name: 'Amina', levels: [1] },
		{ page: second.page, name: 'Jean', levels: [2] },
		{ page: third.page, name: 'Souad', levels: [1, 3] }
	];
	for (const { page, name, levels } of people) {
		await answerAll(page, levels);
		await addAction(page, `Action of ${name}`);
		await setOwner(page, `Office of ${name}`);
		await write(page, `Words of ${name} in chapter`);
	}
	await expect(second.page.getByTestId('sync-status')).toHaveAttribute(
		'data-state',
		/^(offline|pending)$/
	);
	await second.context.setOffline(false);
	await go(second.page, 'people/');
	for (const { page } of people) await synced(page);

	await expect(async () => {
		const states: unknown[] = [];
		for (const { page } of people) states.push(await stateOf(page));
		expect(states[1]).toEqual(states[0]);
		expect(states[2]).toEqual(states[0]);
		const said = JSON.stringify(states[0]);
		for (const { name } of people) {
			expect(said).toContain(`Action of ${name}`);
			for (const chapter of [1, 2])
				expect(said).toContain(`Words of ${name} in chapter ${chapter}.`);
		}
	}).toPass({ timeout: 60_000 });

	for (const { page } of people) {
		await go(page, 'assess/cybersecurity/');
		await page.getByRole('button', { name: /List view/ }).click();
		await page.getByRole('radio', { name: /Not agreed/ }).check();
		await expect(page.getByTestId('dispute')).toHaveCount(questions);
		await expect(page.getByTestId('dispute').first()).toContainText(
			/Regulator.*Level 2.*Not agreed/
		);
	}
	for (const { context, found } of [second, third]) {
		await context.close();
		expect(found, 'own origin only, no policy broken, nothing uncaught').toEqual([]);
	}
});
