/** Reading more comfortably: a second language, marks of one's own; and facts that are asked once. */
import type { Page } from '@playwright/test';
import { alive, beginWorkspace, expect, openDemo, saved, test } from './harness.ts';

const path = 'guides/cybersecurity/lead-authority/';

/** Selects some words of the section's first paragraph. */
async function select(page: Page): Promise<string> {
	return page
		.locator('.prose p')
		.first()
		.evaluate((paragraph) => {
			const range = document.createRange();
			const text = paragraph.firstChild!;
			range.setStart(text, 0);
			range.setEnd(text, 25);
			getSelection()!.removeAllRanges();
			getSelection()!.addRange(range);
			return range.toString();
		});
}

test.describe('a second language', () => {
	test('stands beside the first, after it has said what it costs, and is remembered', async ({
		page
	}) => {
		await page.goto(`/en/${path}`);
		await alive(page);
		await page.getByRole('button', { name: 'Side by side with …' }).click();
		await page.getByRole('button', { name: 'Français' }).click();
		const show = page.getByRole('button', { name: /Show it \(\d+ kB\)/ });
		await expect(show).toBeVisible();
		await show.click();

		const french = page.locator('.other[lang=fr]');
		await expect(french.filter({ hasText: 'Que faire' })).toHaveAttribute('dir', 'ltr');
		const row = page.locator('.pair', { hasText: 'Que faire' });
		await expect(row.locator('[lang=en] h2')).toHaveId('do');
		// Two columns where there is room; the same heading once under the other on a phone.
		const [left, right] = [row.locator('[lang=en]'), row.locator('.other')];
		const top = async (side: typeof left) => (await side.boundingBox())!.y;
		expect(await top(left)).toBe(await top(right));
		await page.setViewportSize({ width: 360, height: 740 });
		expect(await top(right)).toBeGreaterThan(await top(left));
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);

		await page.reload();
		await expect(page.getByRole('button', { name: /Show it/ })).toBeVisible();
	});

	test('that lacks the section says so', async ({ page }) => {
		await page.goto(`/en/${path}`);
		await alive(page);
		await page.getByRole('button', { name: 'Side by side with …' }).click();
		await page.getByRole('button', { name: 'العربية' }).click();
		await page.getByRole('button', { name: /Show it/ }).click();
		await expect(page.locator('#beside')).toContainText('does not exist yet in this language');
		await page.getByRole('button', { name: 'One language only' }).click();
		await expect(page.locator('#beside .notice')).toBeHidden();
	});
});

test('a bookmark, a highlight and a note stay with the section, and are listed', async ({
	page
}) => {
	await page.goto(`/en/${path}`);
	await alive(page);
	await page.getByRole('button', { name: 'Bookmark' }).click();
	await expect(page.getByRole('button', { name: 'Bookmark' })).toHaveAttribute(
		'aria-pressed',
		'true'
	);
	const words = await select(page);
	await page.getByRole('button', { name: 'Highlight', exact: true }).click();
	await page.getByRole('button', { name: 'My notes' }).click();
	await expect(page.locator('#marks blockquote')).toHaveText(words);
	await page.getByLabel('My note on this section').fill('Ask the ministry');
	await expect(page.locator('#marks')).toContainText('Saved on this device');

	// In another language the note and the bookmark are there; the highlight says where it belongs.
	await page.goto(`/ar/${path}`);
	await expect(page.getByRole('button', { name: 'علامة' })).toHaveAttribute('aria-pressed', 'true');

	await page.goto('/en/notes/');
	await expect(page.getByRole('main')).toContainText('3 entries');
	await page.getByLabel('Search my notes').fill('ministry');
	await expect(page.getByRole('main')).toContainText('1 entry');
	await page.getByRole('button', { name: /Delete the note/ }).click();
	await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('main')).toContainText('Ask the ministry');
	await page.getByLabel('Search my notes').fill('');
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save as a Markdown file' }).click();
	expect((await download).suggestedFilename()).toBe('My notes.md');
});

test('a highlight whose words are gone says so', async ({ page }) => {
	await page.goto(`/en/${path}`);
	await alive(page);
	await select(page);
	await page.getByRole('button', { name: 'Highlight', exact: true }).click();
	await expect(page.getByRole('button', { name: 'My notes' })).toContainText('1');
	await page.route('**/content/cybersecurity/en/lead-authority.*', async (route) => {
		const response = await route.fetch();
		const section = await response.json();
		section.html = section.html.replace(/<p>.*?<\/p>/s, '<p>Corrected.</p>');
		await route.fulfill({ response, json: section });
	});
	// By way of another section: its own page would still bring the old text.
	await page.goto('/en/guides/cybersecurity/steering-committee/');
	await alive(page);
	await page.locator('a[rel=prev]').click();
	await page.waitForURL(`**/${path}`);
	await expect(page.getByRole('button', { name: 'My notes' })).toContainText('1');
	await page.getByRole('button', { name: 'My notes' }).click();
	await expect(page.locator('#marks')).toContainText('The text has changed');
});

test('without JavaScript a section shows no tool that would do nothing', async ({ browser }) => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto(`/en/${path}`);
	await expect(page.locator('#do')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Bookmark' })).toBeHidden();
	await context.close();
});

test('figures of the country are checked, kept, and stand in the draft', async ({ page }) => {
	await openDemo(page);
	await page.goto('/en/facts/');
	const population = page.getByRole('group', { name: 'Population' });
	await population.getByLabel('Value').fill('1,240,000');
	await population.getByLabel('Source').fill('Census office');
	const rural = page.getByRole('group', { name: 'People who live in rural areas' });
	await rural.getByLabel('Value').fill('163');
	await page.keyboard.press('Tab');
	await expect(rural).toContainText('between 0 and 100');
	await saved(page);
	await page.reload();
	await expect(population.getByLabel('Value')).toHaveValue('1,240,000');
	await expect(rural.getByLabel('Value')).toHaveValue('');
	await page.goto('/en/assess/cybersecurity/');
	await page.getByRole('button', { name: 'Path and readiness' }).click();
	await expect(page.getByRole('main')).toContainText('1 of 15 given');
	await page.goto('/en/draft/');
	await page.getByRole('main').getByText('Context and where we stand').first().click();
	await expect(page.getByRole('main')).toContainText('Figures of the country');
});

test('a new workspace leads from the assessment to the figures', async ({ page }) => {
	await beginWorkspace(page, 'Numenia');
	await page.getByRole('link', { name: 'Figures of the country' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Figures of the country');
	await expect(page.getByRole('main')).toContainText('0 of 15 figures given');
});
