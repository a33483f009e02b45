/** What people do with each other, as steps of journeys: share, invite, join. */
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { alive, expect, watch } from './harness.ts';

export type Role = 'edit' | 'contribute' | 'view';
export type Device = { page: Page; context: BrowserContext; found: string[] };

/** Another browser profile: another device. */
export async function newDevice(browser: Browser, baseURL: string): Promise<Device> {
	const context = await browser.newContext({ baseURL, locale: 'en-GB', timezoneId: 'UTC' });
	const found = watch(context, baseURL);
	return { page: await context.newPage(), context, found };
}

/** Waits until the server has everything. */
export async function synced(page: Page): Promise<void> {
	await expect(page.getByTestId('sync-status')).toHaveAttribute('data-state', 'synced', {
		timeout: 20_000
	});
}

/** Shares the open workspace. */
export async function share(page: Page, name: string, organisation = ''): Promise<void> {
	await page.goto('/en/people/');
	await alive(page);
	await page.getByLabel('Your name').fill(name);
	await page.getByLabel('Organisation').fill(organisation);
	await page.getByTestId('share').click();
	await expect(page.getByTestId('people')).toContainText(name, { timeout: 20_000 });
	await synced(page);
}

/** Makes an invitation on the page "People", and gives its link. */
export async function invite(
	page: Page,
	role: Role,
	{ label = '', uses = 0 }: { label?: string; uses?: number } = {}
): Promise<string> {
	if (!page.url().endsWith('/people/')) {
		await page.goto('/en/people/');
		await alive(page);
	}
	await page.getByTestId('invite').click();
	await page.locator(`input[name=invite-role][value=${role}]`).check();
	await page.getByLabel('For whom').fill(label);
	if (uses) await page.getByLabel('How many devices').fill(String(uses));
	await page.getByTestId('make-invitation').click();
	const field = page.locator('#made');
	await expect(field).toHaveValue(/\/en\/join\/#[\w-]{40,}$/, { timeout: 20_000 });
	return field.inputValue();
}

/** Joins by a link, under a name; ends where the work is. */
export async function join(
	page: Page,
	link: string,
	name: string,
	organisation = ''
): Promise<void> {
	await page.goto(link);
	await expect(page.getByTestId('join')).toBeVisible({ timeout: 20_000 });
	await page.getByLabel('Your name').fill(name);
	await page.getByLabel('Organisation').fill(organisation);
	await page.getByTestId('join').click();
	await page.waitForURL(/\/en\/(assess|results)\//, { timeout: 30_000 });
	await synced(page);
}
