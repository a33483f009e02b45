/**
 * Several people, no server: who answered what, agreeing, comments, history, and parts for another
 * ministry, with project files between browsers that never meet.
 */
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import type { Browser, Page } from '@playwright/test';
import { alive, beginWorkspace, expect, saved, test, watch } from './harness.ts';

/** The first question of the guide, with the one level that is said. */
async function answer(page: Page, level: number): Promise<void> {
	await page.goto('/en/assess/cybersecurity/#lead-authority');
	await alive(page);
	await page.locator(`input[name="answer"][value="${level}"]`).check();
	await saved(page);
}

/** The open workspace as a project file. */
async function copyOf(page: Page): Promise<{ bytes: Buffer; name: string }> {
	await page.goto('/en/export/');
	await alive(page);
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByTestId('export-project').click()
	]);
	return { bytes: readFileSync((await download.path())!), name: download.suggestedFilename() };
}

async function openFile(page: Page, bytes: Buffer, name = 'work.estrategy'): Promise<void> {
	await page.goto('/en/workspaces/');
	await alive(page);
	await page
		.locator('#project-file')
		.setInputFiles({ name, mimeType: 'application/zip', buffer: bytes });
}

async function sayName(page: Page, name: string, organisation: string): Promise<void> {
	await page.locator('summary', { hasText: 'Say who you are' }).click();
	await page.getByLabel('Your name').fill(name);
	await page.getByLabel('Your ministry or organisation').fill(organisation);
	await page.getByTestId('me-form').getByRole('button', { name: 'Save' }).click();
	await saved(page);
}

/** Somebody else's browser, with the same rules. */
async function elsewhere(
	browser: Browser,
	baseURL: string
): Promise<{ page: Page; end: () => Promise<void> }> {
	const context = await browser.newContext({ baseURL, acceptDownloads: true });
	const found = watch(context, baseURL);
	const end = async () => {
		expect(found, 'own origin only, no policy broken, nothing uncaught').toEqual([]);
		await context.close();
	};
	return { page: await context.newPage(), end };
}

test('alone, nobody is asked for a name, and nothing speaks of others', async ({ page }) => {
	await beginWorkspace(page, 'Testland');
	await answer(page, 2);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await expect(page.getByTestId('who-answered')).toHaveCount(0);
	await expect(page.getByTestId('me-form')).toHaveCount(0);
	await page.getByRole('button', { name: /List view/ }).click();
	await expect(page.getByRole('radio', { name: /Unproven/ })).toBeVisible();
	await expect(page.getByRole('radio', { name: /Not agreed/ })).toHaveCount(0);
	await page.goto('/en/settings/');
	await alive(page);
	await expect(page.getByRole('heading', { name: 'Your name in this workspace' })).toHaveCount(0);
});

test('two ministries differ, agree with dissent, and see when the agreed value is out of date', async ({
	page,
	browser,
	baseURL
}) => {
	test.setTimeout(180_000);
	await beginWorkspace(page, 'Testland');
	await answer(page, 2);
	const begun = await copyOf(page);

	const telecom = await elsewhere(browser, baseURL!);
	await openFile(telecom.page, begun.bytes, begun.name);
	await expect(telecom.page.getByText('was opened from the file')).toBeVisible();
	await answer(telecom.page, 3);
	await sayName(telecom.page, 'Kofi Mensah', 'Telecom regulator');
	const theirs = await copyOf(telecom.page);

	await openFile(page, theirs.bytes, theirs.name);
	const brought = page.getByTestId('brought');
	await expect(brought).toContainText('Kofi Mensah · Telecom regulator');
	await expect(brought).toContainText('1 answer, new or changed');
	await expect(page.getByTestId('new-disputes').getByRole('link')).toHaveCount(1);
	// The same file again brings nothing, and says so.
	await openFile(page, theirs.bytes, theirs.name);
	await expect(brought).toContainText('Nothing new');

	await page.goto('/en/assess/cybersecurity/#lead-authority');
	await alive(page);
	await sayName(page, 'Ama', 'Health');
	const agreement = page.getByTestId('agreement');
	await expect(agreement).toContainText('Health⁩: Level 2');
	await expect(agreement).toContainText('Telecom regulator⁩: Level 3');
	await expect(agreement).toContainText('Not agreed');
	await page.getByRole('button', { name: /List view/ }).click();
	await page.getByRole('radio', { name: /Not agreed/ }).check();
	await expect(page.getByTestId('dispute')).toHaveCount(1);
	await page.getByRole('link', { name: 'Lead authority' }).click();

	await page.getByLabel('Agreed answer').selectOption('2');
	await expect(page.getByText(/Will be recorded as saying otherwise/)).toContainText('Level 3');
	await page.getByLabel('Why', { exact: true }).fill('The decree is not signed.');
	await page.getByTestId('record-agreed').click();
	const record = page.getByTestId('agreed-record');
	await expect(record).toContainText('The decree is not signed.');
	await expect(record).toContainText('Said otherwise then');
	await expect(record).toContainText('Ama');
	await saved(page);

	// Telecom has not heard of it and goes on.
	await answer(telecom.page, 4);
	const later = await copyOf(telecom.page);
	await telecom.end();
	await openFile(page, later.bytes, later.name);
	await expect(brought).toContainText('not agreed now');
	await page.goto('/en/assess/cybersecurity/#lead-authority');
	await alive(page);
	await expect(page.getByTestId('agreed-stale')).toContainText('Telecom regulator');
	await page.goto('/en/history/');
	await alive(page);
	await page.getByLabel('Person').selectOption({ label: '⁨Kofi Mensah · Telecom regulator⁩' });
	const changes = page.getByTestId('change');
	await expect(changes.first()).toContainText('Level 4');
	await expect(changes.first()).toContainText('came by a file');
});

test('a ministry answers its part: it sees nothing else, and only its answers land', async ({
	page,
	browser,
	baseURL
}) => {
	test.setTimeout(180_000);
	await beginWorkspace(page, 'Testland');
	await answer(page, 1);
	await page.locator('#note').fill('PLANTED NOTE');
	await saved(page);
	await page.goto('/en/parts/');
	await alive(page);
	await page.getByTestId('make-part').click();
	await expect(page.getByText('Write which ministry is asked.')).toBeVisible();
	await page.getByLabel('Ministry or organisation').fill('Energy');
	await page.getByLabel('Wanted by').fill('2027-01-15');
	await page.getByRole('checkbox', { name: /Strategy lifecycle/ }).check();
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByTestId('make-part').click()
	]);
	const given = readFileSync((await download.path())!);
	const words = Object.values(unzipSync(given))
		.map((file) => new TextDecoder('latin1').decode(file))
		.join('\n');
	expect(words).toContain('lead-authority');
	expect(words).not.toContain('PLANTED');
	await expect(page.getByTestId('part-progress')).toHaveText('0 of 17 answered');

	const energy = await elsewhere(browser, baseURL!);
	await openFile(energy.page, given, 'part.estrategy');
	await energy.page.getByRole('link', { name: 'Answer the questions' }).click();
	await expect(energy.page.getByTestId('part-notice')).toContainText('17 questions');
	await energy.page.getByLabel('Your name').fill('Esi Owusu');
	await energy.page.getByTestId('me-form').getByRole('button', { name: 'Save' }).click();
	await answer(energy.page, 3);
	const [returned] = await Promise.all([
		energy.page.waitForEvent('download'),
		energy.page.getByTestId('part-return').click()
	]);
	const back = readFileSync((await returned.path())!);
	await energy.end();

	await openFile(page, back, 'part.estrategy');
	await page.getByRole('button', { name: 'See what it brings' }).click();
	await expect(page.getByTestId('landing')).toContainText('Esi Owusu · Energy');
	await page.getByTestId('take-in').click();
	await expect(page.getByTestId('landed')).toHaveText('1 answer was taken in.');
	await page.goto('/en/parts/');
	await alive(page);
	await expect(page.getByTestId('part-progress')).toHaveText('1 of 17 answered');
	await page
		.getByLabel('File that came back')
		.setInputFiles({ name: 'part.estrategy', mimeType: 'application/zip', buffer: back });
	await expect(page.getByTestId('landing')).toContainText('Nothing new');
	await page.goto('/en/assess/cybersecurity/#lead-authority');
	await alive(page);
	await expect(page.getByTestId('said')).toHaveCount(2);
	await expect(page.getByTestId('agreement')).toContainText('Energy');
});

test('what was changed is listed, and an earlier value comes back as a new edit', async ({
	page
}) => {
	await beginWorkspace(page, 'Testland');
	await answer(page, 2);
	await page.getByLabel('Note', { exact: true }).fill('as the decree says');
	await saved(page);
	await page.goto('/en/plan/');
	await alive(page);
	await page.goto('/en/history/');
	await alive(page);
	const changes = page.getByTestId('change');
	await expect(changes.first()).toContainText('Lead authority');
	await expect(changes.first()).toContainText('Level 2');
	await answer(page, 4);
	await page.goto('/en/history/');
	await alive(page);
	await page.getByLabel('What').selectOption({ label: 'Answers' });
	await expect(changes.first()).toContainText('Level 4');
	await page
		.getByRole('button', { name: /Restore what it was before.*Answer/ })
		.first()
		.click();
	await expect(page.getByText('It stands again as it was before.')).toBeVisible();
	await saved(page);
	await page.goto('/en/assess/cybersecurity/#lead-authority');
	await alive(page);
	await expect(page.locator('input[name="answer"][value="2"]')).toBeChecked();
});

test('a question and an action have comments, counted, settled and opened again', async ({
	page
}) => {
	await beginWorkspace(page, 'Testland');
	await answer(page, 2);
	const talk = page.getByTestId('talk');
	await page.getByRole('button', { name: 'Comment' }).click();
	await talk.getByLabel('Your comment').fill('Who signs the decree?');
	await talk.getByLabel('Your name').fill('Ama');
	await talk.getByRole('button', { name: 'Add comment' }).click();
	await expect(page.getByTestId('talk-count')).toHaveText('1 open');
	await expect(talk).toContainText('Ama');
	await saved(page);
	await page.reload();
	await alive(page);
	await expect(page.getByTestId('talk-count')).toHaveText('1 open');
	await talk.locator('summary').click();
	await talk.getByLabel('Answer', { exact: true }).fill('The prime minister.');
	await talk.getByRole('button', { name: 'Send' }).click();
	await expect(talk).toContainText('The prime minister.');
	await talk.getByRole('button', { name: 'Settled' }).click();
	await expect(page.getByTestId('talk-count')).toHaveText('0 open');
	await talk.getByLabel(/Show 1 settled comment/).check();
	await talk.getByRole('button', { name: 'Reopen' }).click();
	await expect(page.getByTestId('talk-count')).toHaveText('1 open');
	await saved(page);

	await page.goto('/en/plan/');
	await alive(page);
	await page.getByRole('button', { name: /^Add an action/ }).click();
	await page.locator('#action-title').fill('Sign the decree');
	await page.getByRole('button', { name: 'Add comment' }).click();
	await talk.getByLabel('Your comment').fill('By June?');
	await talk.getByRole('button', { name: 'Add comment' }).click();
	await expect(page.getByTestId('action-comments')).toContainText('1 open');
});
