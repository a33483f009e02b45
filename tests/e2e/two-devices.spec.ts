/**
 * Several devices, several people, one workspace: shared, joined by link with each role, worked on
 * apart and together, revoked, left, and opened again from a sheet of paper.
 */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { alive, beginWorkspace, expect, saved, test } from './harness.ts';
import { invite, join, newDevice, share, synced, type Device } from './sharing.ts';

test.describe.configure({ timeout: 180_000 });

const level = (page: Page, number: number) =>
	page.getByRole('radio', { name: new RegExp(`^Level ${number}\\b`) });
const answered = (page: Page) => page.locator('nav ol small').nth(1);
const title = (page: Page) => page.locator('#content h1');

/** Opens the questions, and gives the first one's address. */
async function toQuestions(page: Page): Promise<void> {
	await page.goto('/en/assess/cybersecurity/');
	await alive(page);
	await expect(title(page)).toBeVisible();
	const begin = page.getByRole('button', { name: 'Begin' });
	if (await begin.isVisible()) await begin.click();
	await expect(level(page, 0)).toBeVisible();
}

async function ends(...devices: Device[]): Promise<void> {
	for (const { context, found } of devices) {
		await context.close();
		expect(found, 'own origin only, no policy broken, nothing uncaught').toEqual([]);
	}
}

test('one shares, another joins to edit: each sees what the other answers, and who is here', async ({
	page,
	browser,
	baseURL
}) => {
	await beginWorkspace(page, 'Testland');
	await share(page, 'Amina Diallo', 'Ministry of Digital Economy');
	const link = await invite(page, 'edit', { label: 'Regulator' });

	const other = await newDevice(browser, baseURL!);
	await other.page.goto(link);
	await expect(other.page.getByTestId('join-workspace')).toHaveText('Testland', {
		timeout: 20_000
	});
	await expect(other.page.getByTestId('join-role')).toHaveAttribute('data-role', 'edit');
	await join(other.page, link, 'Jean Kaboré', 'Regulator');

	await toQuestions(other.page);
	const question = await title(other.page).innerText();
	await level(other.page, 3).check();
	await saved(other.page);
	await synced(other.page);
	await expect(answered(page)).toHaveText(/^1\//, { timeout: 20_000 });

	await toQuestions(page);
	await expect(title(page)).toHaveText(question);
	await level(page, 1).check();
	await expect(other.page.locator('#others-title')).toBeVisible({ timeout: 20_000 });
	await expect(other.page.getByText('Not agreed', { exact: false }).first()).toBeVisible();

	await page.goto('/en/people/');
	const row = page.getByTestId('person').filter({ hasText: 'Jean Kaboré' });
	await expect(row).toContainText('Regulator');
	await expect(row).toContainText('Here now', { timeout: 30_000 });
	await ends(other);
});

test('the key leaves the address at once, and no request carries it (K-3)', async ({
	page,
	browser,
	baseURL
}) => {
	await beginWorkspace(page, 'Testland');
	await share(page, 'Amina');
	const link = await invite(page, 'view');
	const key = link.split('#')[1]!;
	const other = await newDevice(browser, baseURL!);
	const asked: string[] = [];
	other.context.on('request', (request) => {
		asked.push(`${request.url()} ${JSON.stringify(request.headers())} ${request.postData() ?? ''}`);
	});
	await other.page.addInitScript(() => {
		// What the address is when the page asks for its first module.
		addEventListener('DOMContentLoaded', () => Object.assign(window, { early: location.href }));
	});
	await other.page.goto(link);
	await expect(other.page.getByTestId('join')).toBeVisible({ timeout: 20_000 });
	expect(await other.page.evaluate(() => Reflect.get(window, 'early'))).toBe(link.split('#')[0]);
	expect(other.page.url()).toBe(link.split('#')[0]);
	expect(await other.page.evaluate(() => JSON.stringify(history.state))).not.toContain(key);
	expect(asked.length).toBeGreaterThan(3);
	expect(asked.filter((request) => request.includes(key))).toEqual([]);
	await ends(other);
});

test('who may read reads, and who may contribute answers: more is refused in words (R-1)', async ({
	page,
	browser,
	baseURL
}) => {
	await beginWorkspace(page, 'Testland');
	await share(page, 'Amina');
	const reading = await invite(page, 'view');
	const contributing = await invite(page, 'contribute');

	const reader = await newDevice(browser, baseURL!);
	await join(reader.page, reading, 'Reader');
	await expect(reader.page.getByTestId('role-notice')).toHaveAttribute('data-role', 'view');
	await toQuestions(reader.page);
	await level(reader.page, 2).click();
	await expect(reader.page.getByTestId('role-refused')).toContainText('Nothing was changed');
	await expect(level(reader.page, 2)).not.toBeChecked();

	const contributor = await newDevice(browser, baseURL!);
	await join(contributor.page, contributing, 'Health', 'Ministry of Health');
	await toQuestions(contributor.page);
	await level(contributor.page, 2).check();
	await synced(contributor.page);
	await expect(answered(page)).toHaveText(/^1\//, { timeout: 20_000 });
	await contributor.page.goto('/en/plan/');
	await contributor.page.getByRole('button', { name: 'Add an action of your own' }).click();
	await contributor.page.keyboard.type('A law');
	await expect(contributor.page.getByTestId('role-refused')).toContainText('was not changed');
	await ends(reader, contributor);
});

test('one works without a network, and both have everything afterwards', async ({
	page,
	browser,
	baseURL
}) => {
	await beginWorkspace(page, 'Testland');
	await share(page, 'Amina');
	const link = await invite(page, 'edit');
	const other = await newDevice(browser, baseURL!);
	await join(other.page, link, 'Jean');
	await toQuestions(other.page);
	await other.context.setOffline(true);
	await level(other.page, 2).check();
	await other.page.keyboard.press('Enter');
	await expect(other.page.getByTestId('sync-status')).toHaveAttribute(
		'data-state',
		/^(offline|pending)$/,
		{ timeout: 20_000 }
	);
	await expect(other.page.getByTestId('sync-status')).toContainText(/change/);

	await toQuestions(page);
	await page.keyboard.press('ArrowRight');
	await level(page, 4).check();
	await synced(page);
	await expect(answered(page)).toHaveText(/^1\//);

	await other.context.setOffline(false);
	await synced(other.page);
	await expect(answered(page)).toHaveText(/^2\//, { timeout: 30_000 });
	await expect(answered(other.page)).toHaveText(/^2\//, { timeout: 30_000 });
	await ends(other);
});

test('the list of workspaces says what waits in one that is not open, and why (F-01)', async ({
	page,
	context
}) => {
	await beginWorkspace(page, 'Testland');
	await share(page, 'Amina');
	await toQuestions(page);
	await context.route('**/api/sync/**', (route) => route.abort());
	await level(page, 3).check();
	await saved(page);
	await beginWorkspace(page, 'Elsewhere');
	await page.goto('/en/workspaces/');
	const row = page.getByRole('listitem').filter({ hasText: 'Testland' });
	const standing = row.getByTestId('workspace-exchange');
	await expect(standing).toHaveAttribute('data-waiting', /^[1-9]/, { timeout: 20_000 });
	await expect(row.getByTestId('workspace-reason')).toHaveAttribute(
		'data-code',
		'sync-unreachable',
		{
			timeout: 30_000
		}
	);
	await expect(page.getByTestId('workspace-exchange')).toHaveCount(1);

	await context.unroute('**/api/sync/**');
	await page.evaluate(() => dispatchEvent(new Event('online')));
	await expect(standing).toHaveAttribute('data-state', 'synced', { timeout: 30_000 });
	await expect(standing).toHaveAttribute('data-waiting', '0');
	await expect(row.getByTestId('workspace-reason')).toHaveCount(0);
	await page.goto('/ar/workspaces/');
	await expect(page.getByTestId('workspace-exchange')).toContainText(/\p{Script=Arabic}/u);
});

test('who is removed keeps the copy, gets nothing more, and cannot come back by the link (F-53)', async ({
	page,
	browser,
	baseURL
}) => {
	await beginWorkspace(page, 'Testland');
	await share(page, 'Amina');
	const link = await invite(page, 'contribute', { label: 'Health' });
	const other = await newDevice(browser, baseURL!);
	await join(other.page, link, 'Souad');
	const row = page.getByTestId('person').filter({ hasText: 'Souad' });
	await expect(row).toBeVisible({ timeout: 30_000 });
	await row.getByRole('button', { name: /^Remove/ }).click();
	await expect(page.getByTestId('remove-panel')).toContainText('Health');
	await page.getByTestId('remove-now').click();
	await expect(page.getByText('Souad was removed')).toBeVisible({ timeout: 20_000 });
	await expect(row).toHaveCount(0);
	// The invitation that they knew was replaced: another link.
	await expect(page.locator('#renewed-0')).toHaveValue(/#[\w-]{40,}$/);
	expect(await page.locator('#renewed-0').inputValue()).not.toBe(link);

	await expect(other.page.getByTestId('sync-status')).toHaveAttribute('data-state', 'refused', {
		timeout: 60_000
	});
	await other.page.goto('/en/people/');
	await expect(other.page.getByTestId('exchange-reason')).toContainText('stays on this device');

	const again = await newDevice(browser, baseURL!);
	await again.page.goto(link);
	await expect(again.page.getByTestId('join-problem')).toHaveAttribute(
		'data-code',
		'invitation-unknown',
		{ timeout: 20_000 }
	);
	await ends(other, again);
});

test('leaving keeps the copy; stopping ends it for everybody, in words', async ({
	page,
	browser,
	baseURL
}) => {
	await beginWorkspace(page, 'Testland');
	await share(page, 'Amina');
	const link = await invite(page, 'edit');
	const one = await newDevice(browser, baseURL!);
	const two = await newDevice(browser, baseURL!);
	await join(one.page, link, 'Jean');
	await join(two.page, link, 'Souad');

	await one.page.goto('/en/people/');
	await alive(one.page);
	await one.page.getByText('Leave this shared workspace').click();
	await one.page.getByTestId('leave-now').click();
	await expect(one.page.getByText('You have left')).toBeVisible({ timeout: 20_000 });
	await expect(one.page.getByTestId('share')).toBeVisible();

	await page.goto('/en/people/');
	await alive(page);
	await page.getByText('Stop sharing for everybody').click();
	await expect(page.getByTestId('stop-now')).toBeDisabled();
	await page.getByLabel('It ends for everybody').check();
	await page.getByTestId('stop-now').click();
	await expect(page.getByText('The server has deleted it')).toBeVisible({ timeout: 20_000 });
	await expect(page.getByTestId('sync-status')).toHaveAttribute('data-state', 'off');

	await expect(two.page.getByTestId('sync-status')).toHaveAttribute('data-state', 'refused', {
		timeout: 60_000
	});
	await two.page.goto('/en/people/');
	await expect(two.page.getByTestId('exchange-reason')).toContainText('Yours is whole');
	await ends(one, two);
});

test('24 words on paper open the workspace on a new device', async ({ page, browser, baseURL }) => {
	await beginWorkspace(page, 'Testland');
	await share(page, 'Amina');
	await toQuestions(page);
	await level(page, 3).check();
	await synced(page);
	await page.goto('/en/people/sheet/');
	await alive(page);
	await page.getByTestId('make-sheet').click();
	const words = page.getByTestId('recovery-words').locator('.word');
	await expect(words).toHaveCount(24, { timeout: 20_000 });
	const typed = (await words.allInnerTexts()).join(' ');

	const found = await newDevice(browser, baseURL!);
	await found.page.goto('/en/join/');
	await alive(found.page);
	await found.page.getByText('I have a recovery sheet').click();
	await found.page.getByLabel('The 24 words').fill(typed.replace(/^\w+/, 'zoo'));
	await found.page.getByLabel('Your name').fill('Amina');
	await found.page.getByTestId('restore').click();
	await expect(found.page.getByTestId('join-problem')).toContainText('Nothing was changed');
	await found.page.getByLabel('The 24 words').fill(typed.toUpperCase());
	await found.page.getByTestId('restore').click();
	await found.page.waitForURL('**/en/assess/**', { timeout: 30_000 });
	await expect(answered(found.page)).toHaveText(/^1\//, { timeout: 20_000 });
	await ends(found);
});

test('every link that does not open says why, and what to do', async ({ page, context }) => {
	await beginWorkspace(page, 'Testland');
	await share(page, 'Amina');
	const link = await invite(page, 'view', { uses: 1 });
	const problem = page.getByTestId('join-problem');

	await page.goto(link.slice(0, -3));
	await expect(problem).toHaveAttribute('data-code', 'invitation-damaged', { timeout: 20_000 });

	await page.getByRole('button', { name: 'Use another link' }).click();
	await page.getByLabel('Link of the invitation').fill('Dear colleague, the link is attached.');
	await page.getByRole('button', { name: 'Open the invitation' }).click();
	await expect(page.getByText('There is no invitation in this text')).toBeVisible();

	const foreign = link.replace(/^http:\/\/[^/]+/, 'https://elsewhere.example');
	await page.getByLabel('Link of the invitation').fill(foreign);
	await page.getByRole('button', { name: 'Open the invitation' }).click();
	await expect(page.getByText('belongs to another address')).toContainText('elsewhere.example');

	await page.getByLabel('Link of the invitation').fill(` ${link.slice(0, 30)}\n${link.slice(30)}`);
	await context.setOffline(true);
	await page.getByRole('button', { name: 'Open the invitation' }).click();
	await expect(problem).toHaveAttribute('data-code', 'sync-unreachable', { timeout: 20_000 });
	await context.setOffline(false);
	await page.getByRole('button', { name: 'Try again' }).click();
	await expect(page.getByTestId('join')).toBeVisible({ timeout: 20_000 });
});

test('an invitation for one device does not serve a second one', async ({
	page,
	browser,
	baseURL
}) => {
	await beginWorkspace(page, 'Testland');
	await share(page, 'Amina');
	const link = await invite(page, 'view', { uses: 1 });
	const one = await newDevice(browser, baseURL!);
	const two = await newDevice(browser, baseURL!);
	await join(one.page, link, 'First');
	await two.page.goto(link);
	await expect(two.page.getByTestId('join-problem')).toHaveAttribute(
		'data-code',
		'invitation-expired',
		{ timeout: 20_000 }
	);
	await ends(one, two);
});

test('a window that keeps nothing joins all the same, and says what that means (F-13)', async ({
	page,
	browser,
	baseURL
}) => {
	await beginWorkspace(page, 'Testland');
	await share(page, 'Amina');
	const link = await invite(page, 'contribute');
	const other = await newDevice(browser, baseURL!);
	await other.page.addInitScript(() => {
		Object.defineProperty(globalThis, 'indexedDB', { value: undefined });
	});
	await other.page.goto(link);
	await expect(other.page.getByTestId('join-forgets')).toBeVisible({ timeout: 20_000 });
	await other.page.getByLabel('Your name').fill('Private');
	await other.page.getByTestId('join').click();
	await other.page.waitForURL('**/en/assess/**', { timeout: 30_000 });
	await synced(other.page);
	await ends(other);
});

test('axe finds nothing on the pages of a shared workspace, light and dark', async ({
	page,
	browser,
	baseURL
}) => {
	/** What axe objects to, in both themes; and whether the page scrolls sideways. */
	async function look(at: Page, where: string): Promise<void> {
		for (const colorScheme of ['light', 'dark'] as const) {
			await at.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
			await at.waitForTimeout(150);
			const { violations } = await new AxeBuilder({ page: at })
				.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
				.analyze();
			const found = violations.map(
				({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`
			);
			expect.soft(found, `${where}, ${colorScheme}`).toEqual([]);
		}
		const width = await at.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		expect.soft(width, `${where} scrolls sideways`).toBeLessThanOrEqual(0);
	}
	await page.setViewportSize({ width: 360, height: 760 });
	await beginWorkspace(page, 'Testland');
	await share(page, 'Amina', 'Ministry of Digital Economy');
	const link = await invite(page, 'contribute', { label: 'Ministry of Health' });
	const other = await newDevice(browser, baseURL!);
	await other.page.setViewportSize({ width: 360, height: 760 });
	await other.page.goto(link);
	await expect(other.page.getByTestId('join')).toBeVisible({ timeout: 20_000 });
	await look(other.page, 'join');
	await join(other.page, link, 'سعاد');

	const row = page.getByTestId('person').filter({ hasText: 'سعاد' });
	await expect(row).toBeVisible({ timeout: 30_000 });
	await row.getByRole('button', { name: /^Remove/ }).click();
	await page.getByRole('button', { name: 'Change my name' }).click();
	for (const summary of await page.locator('main summary').all()) await summary.click();
	await look(page, 'people');
	await page.getByTestId('invite').click();
	await look(page, 'inviting');
	await page.goto('/ar/people/');
	await alive(page);
	await expect(page.getByTestId('person')).toHaveCount(2, { timeout: 20_000 });
	await look(page, 'people in Arabic');
	await page.goto('/en/people/sheet/');
	await alive(page);
	await page.getByTestId('make-sheet').click();
	await expect(page.getByTestId('recovery-sheet')).toBeVisible({ timeout: 20_000 });
	await look(page, 'sheet');
	await ends(other);
});
