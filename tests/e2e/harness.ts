/**
 * What every journey stands on: the app's own origin only (P11, S-22), and a page that breaks
 * neither the content security policy nor Trusted Types (S-01, S-02).
 */
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';

type Fixtures = { watched: void };

const offences = new WeakMap<BrowserContext, string[]>();

/** Notes each foreign request and each violation of a policy in `context`. */
export function watch(context: BrowserContext, origin: string): string[] {
	const found: string[] = [];
	offences.set(context, found);
	context.on('request', (request) => {
		const url = request.url();
		if (/^(data|blob|about):/.test(url)) return;
		if (!url.startsWith(origin)) found.push(`foreign request: ${url}`);
	});
	context.on('console', (message) => {
		const text = message.text();
		if (/Content Security Policy|TrustedHTML|TrustedScript|Trusted Type/.test(text)) {
			found.push(`policy: ${text}`);
		}
	});
	context.on('weberror', (error) =>
		found.push(`uncaught: ${error.error().stack ?? error.error()}`)
	);
	return found;
}

export const test = base.extend<Fixtures>({
	watched: [
		async ({ context, baseURL }, use) => {
			const found = watch(context, baseURL!);
			await use();
			expect(found, 'own origin only, no policy broken, nothing uncaught').toEqual([]);
		},
		{ auto: true }
	]
});

export { expect };

/** Waits until the app has come alive: links are followed without a new document from then on. */
export async function alive(page: Page): Promise<void> {
	await page.waitForFunction(() => document.documentElement.dataset.alive === 'yes');
}

/** Waits until everything typed is in the browser's storage. */
export async function saved(page: Page): Promise<void> {
	await expect(page.getByTestId('save-status')).toHaveAttribute('data-state', 'saved');
}

/** Opens the fictional country's workspace. */
export async function openDemo(page: Page, lang = 'en'): Promise<void> {
	await page.goto(`/${lang}/workspaces/`);
	await alive(page);
	await page.locator('#demo + p + button').click();
	await page.waitForURL(`**/${lang}/results/cybersecurity/`);
}

/** Shows the open chapter as the Markdown that it is, once its editor is there. */
export async function inMarkdown(page: Page): Promise<void> {
	await expect(page.getByTestId('chapter-text')).toBeVisible();
	await page.getByRole('radio', { name: 'Markdown' }).check();
	await expect(page.locator('#chapter-body')).toBeVisible();
}

/** Begins a workspace for `country` through the form. */
export async function beginWorkspace(
	page: Page,
	country: string,
	lang = 'en',
	origin = ''
): Promise<void> {
	await page.goto(`${origin}/${lang}/workspaces/`);
	await alive(page);
	await page.locator('#country').fill(country);
	await page.locator('form button.primary').click();
	await page.waitForURL(`**/${lang}/assess/cybersecurity/**`);
}
