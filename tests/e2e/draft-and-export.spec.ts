import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import type { Download, Page } from '@playwright/test';
import { alive, beginWorkspace, expect, inMarkdown, openDemo, saved, test } from './harness.ts';

/** The words of a Word file in reading order, a paragraph a line. */
async function readDocx(download: Download) {
	const files = unzipSync(readFileSync((await download.path())!));
	const xml = strFromU8(files['word/document.xml']!);
	const paragraphs = [...xml.matchAll(/<w:p[ >].*?<\/w:p>/gs)].map((p) =>
		[...p[0].matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map((t) => t[1]).join('')
	);
	const text = paragraphs
		.join('\n')
		.replaceAll('&amp;', '&')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&quot;', '"')
		.replaceAll('&apos;', "'")
		.replaceAll('&#39;', "'")
		.replace(/[\u2066-\u2069]/g, '');
	return { files, xml, text };
}

async function download(page: Page, format: string): Promise<Download> {
	const [file] = await Promise.all([
		page.waitForEvent('download', { timeout: 30_000 }),
		page.getByTestId(`export-${format}`).click()
	]);
	return file;
}

test('the Word file has every chapter, every action and every answer, the contents and the radar (P9)', async ({
	page
}) => {
	test.setTimeout(120_000);
	await openDemo(page);
	await page.goto('/en/draft/');
	await page.locator('nav[aria-label="Chapters"] bdi').first().waitFor();
	const chapters = await page.locator('nav[aria-label="Chapters"] bdi').allInnerTexts();
	expect(chapters.length).toBeGreaterThanOrEqual(12);
	await page.goto('/en/plan/');
	// A screenful is drawn first, the others after it.
	await expect(page.getByTestId('action-list').locator('h3')).toHaveCount(40);
	const actions = await page.getByTestId('action-list').locator('bdi, h3').allInnerTexts();
	expect(actions.length).toBeGreaterThan(5);

	await page.goto('/en/export/');
	const file = await download(page, 'docx');
	expect(file.suggestedFilename()).toMatch(/^Numenia.*\.docx$/);
	const { files, xml, text } = await readDocx(file);
	// After the contents table, which names the chapters too.
	let at = text.indexOf('Versions and approval', text.indexOf('How the scores are made'));
	for (const chapter of chapters) {
		const next = text.indexOf(chapter, at);
		expect(next, `${chapter} in its place`).toBeGreaterThan(-1);
		at = next;
	}
	for (const action of new Set(actions.map((a) => a.trim()).filter((a) => a.length > 12))) {
		expect(text, action).toContain(action);
	}
	expect(xml).toContain('TOC');
	expect(Object.keys(files).some((name) => /word\/media\/.*\.png/.test(name))).toBe(true);
	const headers = Object.keys(files).filter((name) => /^word\/header\d*\.xml$/.test(name));
	expect(headers.length).toBeGreaterThan(0);
	for (const name of headers) expect(strFromU8(files[name]!), name).toContain('Fictional');
});

test('what the public is not to see is listed before it leaves, and each purpose is its own file', async ({
	page
}) => {
	test.setTimeout(120_000);
	await openDemo(page);
	await page.goto('/en/export/');
	await alive(page);
	await page.getByTestId('profile-public').click();
	const list = page.getByTestId('left-out');
	await expect(list).toContainText(/\d+ notes/);
	// Tables hold working data that nobody could take out of all of it.
	await expect(page.getByTestId('export-xlsx')).toBeDisabled();
	await expect(page.getByText('For a donor, the public or without names')).toBeVisible();
	await list.locator('summary').first().click();
	const note = await list.locator('li').first().innerText();
	await page.locator('#marking').selectOption('restricted');
	await page.getByTestId('purpose-assessment').click();
	const { files, text } = await readDocx(await download(page, 'docx'));
	expect(text).toContain('Scores by topic');
	expect(text).not.toContain(note.slice(note.indexOf(': ') + 2));
	expect(strFromU8(files['word/header1.xml']!)).toContain('string="Restricted"');

	await page.getByTestId('purpose-minister').click();
	const minister = await readDocx(await download(page, 'docx'));
	expect(minister.text).toContain('What has to be decided');
	expect(minister.text).not.toContain('All answers');
});

test('a second press makes no second file, and cancel makes none (F-65)', async ({ page }) => {
	await openDemo(page);
	await page.goto('/en/export/');
	await alive(page);
	const files: string[] = [];
	page.on('download', (file) => files.push(file.suggestedFilename()));
	await page.getByTestId('export-docx').evaluate((button: HTMLButtonElement) => {
		button.click();
		button.click();
	});
	await expect.poll(() => files.length, { timeout: 30_000 }).toBe(1);
	await expect(page.getByTestId('export-status')).toContainText('was made');
	await page.getByTestId('export-docx').evaluate((button: HTMLButtonElement) => button.click());
	await page.getByTestId('export-cancel').click();
	await expect(page.getByTestId('export-status')).toContainText('No file was made');
	await page.waitForTimeout(1500);
	expect(files).toHaveLength(1);
});

test('a file that is no template is refused in words, and PDF opens the document for the printer', async ({
	page
}) => {
	await page.addInitScript(() => {
		window.print = () => document.documentElement.setAttribute('data-printed', 'yes');
	});
	await openDemo(page);
	await page.goto('/en/export/');
	await alive(page);
	await page.getByTestId('template-file').setInputFiles({
		name: 'ministry.docx',
		mimeType: 'application/octet-stream',
		buffer: Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3, 4])
	});
	await expect(page.getByTestId('template-status')).toContainText('protected by a password');
	await page.getByTestId('purpose-action-plan').click();
	await page.getByTestId('export-pdf').click();
	await expect(page.getByTestId('print-document')).toContainText('Action plan');
	await expect(page.locator('html')).toHaveAttribute('data-printed', 'yes');
});

test('an Arabic Word file runs from right to left in every paragraph (F-66)', async ({ page }) => {
	test.setTimeout(120_000);
	await openDemo(page, 'ar');
	await page.goto('/ar/export/');
	const { xml } = await readDocx(await download(page, 'docx'));
	const paragraphs = [...xml.matchAll(/<w:p[ >].*?<\/w:p>/gs)].map((p) => p[0]);
	expect(paragraphs.length).toBeGreaterThan(100);
	const leftToRight = paragraphs.filter((p) => p.includes('<w:t') && !p.includes('<w:bidi'));
	expect(leftToRight).toEqual([]);
	expect([...xml.matchAll(/<w:tbl>/g)].length).toBe([...xml.matchAll(/<w:bidiVisual/g)].length);
	const frenchChapter = readFileSync(
		'content/guides/cybersecurity/fr/outline/infrastructure.md',
		'utf8'
	);
	// Begun in another language, and the page opened without the draft's before it.
	await openDemo(page, 'fr');
	await page.goto('/ar/export/');
	const { text } = await readDocx(await download(page, 'docx'));
	expect(text).not.toMatch(/\b[a-z]+\.[a-z]+[A-Z]\w*/);
	expect(text).toContain('الوضع الراهن');
	// Nor in two languages: what the guide had named in French is nobody's own.
	expect(text).toContain('البنى التحتية الحرجة والخدمات الأساسية');
	expect(text).not.toContain(/^title: "?(.*?)"?$/m.exec(frenchChapter)![1]!);
});

test('the document is in French while the screen is in English, and own texts stay', async ({
	page
}) => {
	await openDemo(page);
	await page.goto('/en/export/');
	await alive(page);
	await page.locator('#document-language').selectOption('fr');
	await expect(page.locator('#document-language')).toBeEnabled();
	const file = await download(page, 'docx');
	const { files, text } = await readDocx(file);
	const say = JSON.parse(readFileSync('content/languages/fr/export.json', 'utf8'));
	expect(text).toContain(say.answersTitle);
	const question = readFileSync(
		'content/guides/cybersecurity/fr/questions/lead-authority.md',
		'utf8'
	);
	expect(text).toContain(/^question: "?(.*?)"?$/m.exec(question)![1]!);
	expect(text).not.toContain('Is one body formally in charge');
	expect(strFromU8(files['word/styles.xml']!)).toContain('fr-FR');
	// What Numenia's people noted is theirs, in their words.
	expect(text).toMatch(/It works in Salvara|Depends on two people|never been tested/);
});

test('what a document would only call empty is said before it is made', async ({ page }) => {
	await beginWorkspace(page, 'Testland');
	await page.goto('/en/export/');
	await expect(page.getByRole('link', { name: 'Start the assessment' })).toBeVisible();
	await expect(page.getByTestId('unfilled')).toHaveCount(0);
	await page.goto('/en/assess/cybersecurity/#lead-authority');
	await alive(page);
	await page.locator('input[name="answer"][value="2"]').check();
	await saved(page);
	await page.goto('/en/export/');
	const unfilled = page.getByTestId('unfilled').getByRole('link');
	await expect(unfilled).toHaveText(['Draft strategy', 'Action plan']);
	await unfilled.first().click();
	await page.waitForURL('**/en/draft/');
	await page.goto('/en/export/');
	await page.getByTestId('purpose-assessment').locator('input').check();
	await expect(page.getByTestId('unfilled')).toHaveCount(0);
});

test('a document language that cannot be had is said in words, and the field goes back', async ({
	page,
	context
}) => {
	await openDemo(page);
	await page.goto('/en/export/');
	await alive(page);
	await page.getByTestId('export-docx').waitFor();
	await context.setOffline(true);
	const field = page.locator('#document-language');
	await field.selectOption('fr');
	await expect(page.locator('[role=status] .notice.bad')).toContainText('The network did not give');
	await expect(field).toHaveValue('en');
	await context.setOffline(false);
});

test('Markdown and the web page say what the Word file says', async ({ page }) => {
	test.setTimeout(120_000);
	await openDemo(page);
	await page.goto('/en/export/');
	const markdown = readFileSync((await (await download(page, 'markdown')).path())!, 'utf8');
	const html = readFileSync((await (await download(page, 'html')).path())!, 'utf8');
	await page.goto('/en/draft/');
	await page.locator('nav[aria-label="Chapters"] bdi').first().waitFor();
	for (const chapter of await page.locator('nav[aria-label="Chapters"] bdi').allInnerTexts()) {
		expect(markdown).toContain(chapter);
		expect(html).toContain(chapter.replace('&', '&amp;'));
	}
	expect(html).not.toMatch(/<script/);
});

test('what people write as markup leaves as text (F-30)', async ({ page }) => {
	await beginWorkspace(page, '<img src=x onerror=alert(1)>');
	await page.goto('/en/draft/');
	await page.getByRole('button', { name: 'Make the first draft' }).click();
	await inMarkdown(page);
	await page
		.locator('#chapter-body')
		.fill('<script>alert(1)</script>\n\n[x](javascript:alert(1)) and **bold**');
	await saved(page);
	await page.getByLabel('Preview').check();
	await expect(page.locator('.sheet')).toContainText('<script>alert(1)</script>');
	await page.goto('/en/export/');
	const { text } = await readDocx(await download(page, 'docx'));
	expect(text).toContain('<script>alert(1)</script>');
	expect(text).toContain('<img src=x onerror=alert(1)>');
});

test('a draft flags what changed in its data, can be made again, and undone (P8)', async ({
	page
}) => {
	await beginWorkspace(page, 'Testland');
	await page.goto('/en/draft/');
	await page.getByRole('button', { name: 'Make the first draft' }).click();
	await expect(page.locator('nav[aria-label="Chapters"] li')).not.toHaveCount(0);
	await page.goto('/en/assess/cybersecurity/#cybersecurity-law');
	// A key means something once there is a question.
	await expect(page.locator('#question')).toContainText('cybersecurity law');
	await page.keyboard.press('2');
	await saved(page);
	await page.goto('/en/draft/');
	await page.getByRole('button', { name: /Law and regulation/ }).click();
	await expect(page.locator('.notice.warn strong')).toHaveText(
		'The data changed since this text was made'
	);
	await inMarkdown(page);
	await page.locator('#chapter-body').fill('Words of our own.');
	await page.getByRole('button', { name: 'Make the first text again' }).click();
	await expect(page.locator('#chapter-body')).not.toHaveValue('Words of our own.');
	await page.locator('article').getByRole('button', { name: 'Undo' }).click();
	await expect(page.locator('#chapter-body')).toHaveValue('Words of our own.');
});

test('a project file opens in another browser, and merges when it comes back (P5, P7)', async ({
	page,
	browser
}) => {
	test.setTimeout(120_000);
	await beginWorkspace(page, 'Roundtrip');
	await page.goto('/en/draft/');
	await page.getByRole('button', { name: 'Make the first draft' }).click();
	await inMarkdown(page);
	await page.locator('#chapter-body').fill('Written on the first computer.');
	await saved(page);
	await page.goto('/en/export/');
	const file = await download(page, 'project');
	expect(file.suggestedFilename()).toMatch(/\.estrategy$/);
	await expect(page.getByText(/Copy outside this browser/).first()).toBeVisible();

	const other = await browser.newContext({ baseURL: test.info().project.use.baseURL });
	const there = await other.newPage();
	await there.goto('/en/workspaces/');
	await alive(there);
	await there.setInputFiles('#project-file', (await file.path())!);
	await expect(there.locator('.list')).toContainText('Roundtrip');
	await there.goto('/en/draft/');
	await inMarkdown(there);
	await expect(there.locator('#chapter-body')).toHaveValue('Written on the first computer.');
	await other.close();

	await page.goto('/en/workspaces/');
	await alive(page);
	await page.setInputFiles('#project-file', (await file.path())!);
	await expect(page.getByText('was merged with the copy on this device')).toBeVisible();
	await expect(page.locator('.list li')).toHaveCount(1);
});
