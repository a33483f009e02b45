/** Writing a chapter: the editor, what its paragraphs stand on, remarks, versions. */
import type { Page } from '@playwright/test';
import { alive, beginWorkspace, expect, inMarkdown, openDemo, saved, test } from './harness.ts';

const text = (page: Page) => page.getByTestId('chapter-text');
const markdown = async (page: Page): Promise<string> => {
	await inMarkdown(page);
	const body = await page.locator('#chapter-body').inputValue();
	await page.getByRole('radio', { name: 'Write' }).check();
	await expect(text(page)).toBeVisible();
	return body;
};
/** A press waits for the click: the field keeps the cursor that it had for a moment after it is focused. */
async function toEnd(
	page: Page,
	key: 'Control+End' | 'Control+Home' = 'Control+End'
): Promise<void> {
	await text(page).locator('p').first().click();
	await page.waitForTimeout(100);
	await page.keyboard.press(key);
}
async function openDraft(page: Page): Promise<void> {
	await page.goto('/en/draft/');
	await alive(page);
	await expect(text(page)).toBeVisible();
}

test('what is typed, formatted and undone is Markdown, and the rest keeps its letters', async ({
	page
}) => {
	await openDemo(page);
	await openDraft(page);
	const before = await markdown(page);
	await expect(text(page)).toHaveRole('textbox');
	await toEnd(page);
	await page.keyboard.press('Enter');
	await page.keyboard.type('## Our own words');
	await page.keyboard.press('Enter');
	await page.keyboard.type('Plain, ');
	await page.getByTestId('tool-strong').click();
	await expect(page.getByTestId('tool-strong')).toHaveAttribute('aria-pressed', 'true');
	await page.keyboard.type('bold');
	await page.keyboard.press('Control+b');
	await page.keyboard.press('Enter');
	await page.keyboard.type('- one');
	await page.keyboard.press('Enter');
	await page.keyboard.type('two');
	await page.keyboard.press('Enter');
	await page.keyboard.press('Enter');
	await page.getByTestId('tool-table').click();
	await page.keyboard.type('Year');
	await page.keyboard.press('Tab');
	await page.keyboard.type('Sum');
	await page.getByTestId('tool-columnRemove').click();
	await page.getByTestId('tool-rowRemove').click();
	await saved(page);
	const after = await markdown(page);
	expect(after.startsWith(before.trimEnd())).toBe(true);
	expect(after).toContain('## Our own words\n\nPlain, **bold**\n\n- one\n- two');

	await page.waitForTimeout(700);
	await toEnd(page);
	await page.keyboard.type('LAST WORDS');
	await expect(text(page)).toContainText('LAST WORDS');
	await page.keyboard.press('Control+z');
	await expect(text(page)).not.toContainText('LAST WORDS');
	await page.keyboard.press('Control+y');
	await expect(text(page)).toContainText('LAST WORDS');
});

test('pasted HTML brings words and headings, and runs nothing (F-30, F-37)', async ({ page }) => {
	await beginWorkspace(page, 'Testland');
	await page.goto('/en/draft/');
	await page.getByRole('button', { name: 'Make the first draft' }).click();
	await text(page).click();
	await text(page).evaluate((field) => {
		const data = new DataTransfer();
		data.setData('text/plain', 'Pasted');
		data.setData(
			'text/html',
			'<h1 style="color:red" onclick="window.ran=1">Pasted</h1><p class=MsoNormal>a <b>b</b><img src=x onerror="window.ran=1"><script>window.ran=1</script><a href="javascript:window.ran=1">c</a></p>'
		);
		field.dispatchEvent(
			new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
		);
	});
	await expect(text(page)).toContainText('Pasted');
	expect(await text(page).locator('img, script, [style*=color], [onclick]').count()).toBe(0);
	expect(await page.evaluate(() => 'ran' in window)).toBe(false);
	expect(await markdown(page)).not.toContain('javascript:');
	const begun = Date.now();
	await text(page).evaluate((field) => {
		const data = new DataTransfer();
		data.setData('text/plain', 'x'.repeat(50_000_000));
		field.dispatchEvent(
			new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
		);
	});
	await expect(page.getByText('50,000,000 characters')).toBeVisible();
	expect(Date.now() - begun).toBeLessThan(5000);
});

test('a paragraph says what it stands on, and takes the new text when an answer changes (P8)', async ({
	page
}) => {
	await beginWorkspace(page, 'Testland');
	await page.goto('/en/assess/cybersecurity/#cybersecurity-law');
	await expect(page.locator('#question')).toContainText('cybersecurity law');
	await page.keyboard.press('2');
	await saved(page);
	await page.goto('/en/draft/');
	await page.getByRole('button', { name: 'Make the first draft' }).click();
	await page.goto('/en/assess/cybersecurity/#cybersecurity-law');
	await expect(page.locator('#question')).toContainText('cybersecurity law');
	await page.keyboard.press('4');
	await saved(page);
	await page.goto('/en/draft/');
	await page.getByRole('button', { name: /Law and regulation/ }).click();
	const first = page.getByTestId('stale-paragraph').first();
	await expect(page.getByTestId('stale')).toContainText('Cybersecurity law');
	const count = await page.getByTestId('stale-paragraph').count();
	expect(count).toBeGreaterThan(1);
	if (!(await first.isVisible())) await page.getByTestId('stale').locator('summary').click();
	await expect(first.locator('ins')).not.toHaveCount(0);
	await page.getByRole('button', { name: 'Take all new texts' }).click();
	await expect(page.getByTestId('stale')).toHaveCount(0);
	await text(page).getByText('In place:').click();
	await page.getByTestId('stands-on').locator('summary').click();
	await expect(page.getByTestId('stands-on').getByRole('link').first()).toHaveAttribute(
		'href',
		/assess\/cybersecurity\/#/
	);
});

test('a remark finds its words again; words are found and replaced in all chapters', async ({
	page
}) => {
	await openDemo(page);
	await openDraft(page);
	await text(page).locator('p').first().dblclick();
	await page.getByTestId('open-remarks').click();
	await page.getByLabel('Your comment').fill('Who says so?');
	await page.getByLabel('Your name').fill('Amina');
	await page.getByTestId('remarks').getByRole('button', { name: 'Comment', exact: true }).click();
	await expect(page.getByTestId('remarks').locator('li')).toContainText('Who says so?');
	await toEnd(page, 'Control+Home');
	await page.keyboard.type('Before everything. ');
	await expect(text(page).locator('.is-remark')).toHaveCount(1);
	await saved(page);

	await page.getByTestId('open-find').click();
	await page.getByLabel('Find', { exact: true }).fill('numenia');
	await page.getByLabel('In all chapters').check();
	await page.getByLabel('Replace by').fill('Ruritania');
	await expect(page.getByTestId('found')).toContainText(/Found \d\d+ times/);
	await page.getByRole('button', { name: 'Replace all' }).click();
	await expect(text(page)).toContainText('Ruritania');
	await expect(page.getByTestId('found')).toContainText('Found 0 times');
	await text(page).press('Control+z');
	await expect(text(page)).toContainText('Numenia');
});

test('a version is kept, compared and restored; the text is there after a reload without a network', async ({
	page,
	context
}) => {
	test.setTimeout(120_000);
	await openDemo(page);
	await page.goto('/en/guides/cybersecurity/');
	await alive(page);
	await page.getByTestId('keep-guide').first().click();
	await expect(page.getByTestId('offline-status')).toHaveAttribute('data-state', 'ready', {
		timeout: 60_000
	});
	await openDraft(page);
	await page.getByTestId('part-versions').click();
	const kept = page.getByTestId('versions').locator('tbody tr');
	const before = await kept.count();
	await page.getByLabel('Name of the version').fill('For the minister');
	await page.getByRole('button', { name: 'Keep this version' }).click();
	await expect(page.getByTestId('versions')).toContainText('For the minister');
	await page.getByTestId('part-text').click();
	await toEnd(page, 'Control+Home');
	await page.keyboard.type('Changed since then. ');
	await page.getByTestId('part-versions').click();
	await page.getByRole('button', { name: 'Compare “For the minister”' }).click();
	await expect(page.getByTestId('compare')).toContainText('One chapter is different');
	await page.getByTestId('compare').locator('summary').click();
	await expect(page.getByTestId('compare').locator('ins')).toContainText('Changed since then');
	await page.getByRole('button', { name: 'Restore “For the minister”' }).click();
	// The one that was named, and the state before the other came back.
	await expect(kept).toHaveCount(before + 2);
	await page.getByTestId('part-text').click();
	await expect(text(page)).not.toContainText('Changed since then');
	await toEnd(page, 'Control+Home');
	await page.keyboard.type('Written without a network. ');
	await saved(page);
	await context.setOffline(true);
	await page.reload();
	await expect(text(page)).toContainText('Written without a network.');
	await context.setOffline(false);
});
