import { alive, beginWorkspace, expect, openDemo, saved, test } from './harness.ts';

test('two tabs agree: what one writes the other shows (F-07)', async ({ page, context }) => {
	await openDemo(page);
	await page.goto('/en/plan/');
	const other = await context.newPage();
	await other.goto('/en/plan/');
	await expect(other.getByTestId('action-list')).toBeVisible();
	const before = await other.locator('nav ol small').nth(3).innerText();
	await page.goto('/en/results/cybersecurity/');
	await alive(page);
	await page
		.getByRole('button', { name: /take into the plan/i })
		.first()
		.click();
	await saved(page);
	await expect(other.locator('nav ol small').nth(3)).not.toHaveText(before);
});

test('where IndexedDB is denied the window says that it forgets, and the work goes on (F-13)', async ({
	page
}) => {
	await page.addInitScript(() => {
		Object.defineProperty(globalThis, 'indexedDB', { value: undefined });
	});
	await beginWorkspace(page, 'Nowhere');
	await expect(page.getByTestId('save-status')).toContainText('forgets');
});

test('with localStorage blocked the app starts and reads (F-14)', async ({ page }) => {
	await page.addInitScript(() => {
		Object.defineProperty(globalThis, 'localStorage', {
			get() {
				throw new DOMException('denied', 'SecurityError');
			}
		});
	});
	await page.goto('/en/guides/cybersecurity/lead-authority/');
	await alive(page);
	await page.locator('a[rel=next]').click();
	await expect(page.locator('.prose h2').first()).toBeVisible();
});

test('a workspace is renamed, duplicated, deleted, and comes back', async ({ page }) => {
	await beginWorkspace(page, 'Testland');
	await page.goto('/en/workspaces/');
	await alive(page);
	await page.getByRole('button', { name: /^Rename/ }).click();
	await page.locator('input[id^=rename]').fill('Strategy 🛡️ ‮/..');
	await page.locator('input[id^=rename]').press('Enter');
	await expect(page.locator('.list')).toContainText('Strategy 🛡️');
	await page.getByRole('button', { name: /^Duplicate/ }).click();
	await expect(page.locator('.list li')).toHaveCount(2);
	await page
		.getByRole('button', { name: /^Delete/ })
		.first()
		.click();
	await expect(page.locator('.list li')).toHaveCount(1);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(page.locator('.list li')).toHaveCount(2);
});

test('an impatient second press on "Start" makes no second workspace', async ({ page }) => {
	await page.goto('/en/workspaces/');
	await alive(page);
	await page.locator('#country').fill('Testland');
	await page.locator('form button.primary').dblclick();
	await page.waitForURL('**/assess/**');
	await page.goto('/en/workspaces/');
	await expect(page.locator('.list li')).toHaveCount(1);
});

for (const [name, bytes] of [
	['empty.estrategy', ''],
	['letter.estrategy', 'Dear colleague, please find attached'],
	['cut.estrategy', 'PK\x03\x04\x14\x00\x00\x00\x08\x00'],
	['‮<img src=x onerror=alert(1)>.estrategy', 'PK']
] as const) {
	test(`a bad file is refused in a sentence and changes nothing: ${JSON.stringify(name)} (F-35)`, async ({
		page
	}) => {
		await page.goto('/en/workspaces/');
		await alive(page);
		await page.setInputFiles('#project-file', {
			name,
			mimeType: 'application/zip',
			buffer: Buffer.from(bytes, 'latin1')
		});
		await expect(page.locator('[role=status] .notice.bad')).toContainText('Nothing was changed');
		await expect(page.locator('.list li')).toHaveCount(0);
	});
}

test('a page whose code cannot be had says so, and the work leaves as a file (F-24)', async ({
	page
}) => {
	await openDemo(page);
	await page.route('**/_app/immutable/nodes/**', (route) => route.abort());
	await page.evaluate(() =>
		document.querySelector<HTMLAnchorElement>('a[href="/en/plan/"]')!.click()
	);
	await expect(page.getByRole('heading', { name: 'Something went wrong' })).toBeVisible();
	await expect(page.locator('main')).toContainText('What you wrote before is saved');
	const [file] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('button', { name: 'Save a copy' }).click()
	]);
	expect(file.suggestedFilename()).toMatch(/\.estrategy$/);
});
