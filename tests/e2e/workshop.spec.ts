/** A workshop with paper alone: from a template through one vote to the assessment and the report. */
import { readFile } from 'node:fs/promises';
import { beginWorkspace, expect, saved, test } from './harness.ts';

test('a room votes on paper, agrees a level, and takes a report home', async ({
	page,
	context
}) => {
	await beginWorkspace(page, 'Testland');
	await page.getByRole('link', { name: 'Workshop' }).click();
	await page.getByLabel('Half a day').check();
	await page.getByLabel('Title of the workshop').fill('National day');
	await page.getByLabel('How many people vote').fill('5');
	await page.getByTestId('make-workshop').click();
	await expect(page.getByTestId('feasibility')).toContainText('The agenda fits its time');
	await expect(page.getByTestId('agenda').getByRole('listitem')).toHaveCount(8);

	await page.getByTestId('open-room').click();
	const projector = await context.newPage();
	await projector.goto('/en/workshop/projector/');
	await expect(projector.getByTestId('scene')).toHaveAttribute('data-kind', 'welcome');

	// A clicker: three times forward is the vote.
	const next = page.getByTestId('next');
	await expect(next).toHaveText('Begin');
	for (const title of [
		'Arrival and sign-in',
		'Opening, purpose and rules',
		'Agreeing the levels'
	]) {
		await page.keyboard.press('PageDown');
		await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
	}
	await page
		.getByRole('button', { name: /^Vote on paper/ })
		.first()
		.click();
	const question = await page
		.getByTestId('ballot-desk')
		.getByRole('heading', { level: 3 })
		.innerText();
	await expect(projector.getByTestId('scene-count')).toHaveText('0 of 5');

	const codes = (await page.getByTestId('missing-codes').innerText()).trim().split(/\s+/);
	expect(codes).toHaveLength(5);
	const keyed = page.getByTestId('keyed');
	const said = page.getByTestId('keyed-said');
	const key = async (digits: string) => keyed.pressSequentially(digits);
	await key(codes[0]!.slice(0, 3) + ((Number(codes[0]![3]) + 1) % 10));
	await expect(said).toContainText('one digit is wrong');
	for (const [i, level] of [1, 2, 2, 4].entries()) {
		await key(`${codes[i]}${level}`);
		await expect(said).toHaveText(`${codes[i]}: counted`);
	}
	await key(`${codes[0]}2`);
	await expect(said).toContainText('the vote is corrected');
	await expect(page.getByTestId('votes-in')).toHaveText('4 of 5');
	await expect(projector.getByTestId('scene-count')).toHaveText('4 of 5');
	await expect(projector.getByTestId('scene-votes')).toHaveCount(0);

	// The laptop dies with the vote open, and goes on where it was (F-68).
	await saved(page);
	await page.reload();
	await expect(page.getByRole('heading', { level: 1, name: 'Agreeing the levels' })).toBeVisible();
	await expect(page.getByTestId('votes-in')).toHaveText('4 of 5');

	await page.getByTestId('reveal').click();
	await expect(page.getByTestId('spread')).toHaveAttribute('data-spread', 'agree');
	await expect(projector.getByTestId('scene-spread')).toHaveText('The room agrees');
	await expect(projector.locator('[data-testid=scene-votes][data-level="2"]')).toContainText('3');
	await page.getByLabel('1 vote is for another level').fill('The regulator sees level 4.');
	await page.getByTestId('record').click();
	await expect(projector.getByTestId('scene')).toContainText('Agreed: level 2');
	await expect(projector.getByTestId('scene')).not.toContainText('regulator');

	// One key, then the words.
	await page.getByRole('heading', { level: 1 }).click();
	await page.keyboard.press('e');
	await page.getByLabel('Which evidence').fill('The signed decree');
	await page.getByLabel('Who', { exact: true }).fill('Ama Mensah');
	await page.getByTestId('note-save').click();
	await saved(page);

	await page.getByRole('link', { name: 'After the workshop' }).click();
	await expect(page.getByTestId('side-by-side')).toContainText('Level 2');
	await expect(page.getByTestId('promises')).toContainText('Ama Mensah');
	const [file] = await Promise.all([
		page.waitForEvent('download'),
		page.getByTestId('report-markdown').click()
	]);
	const report = await readFile(await file.path(), 'utf8');
	for (const part of ['# Workshop report', 'The regulator sees level 4.', 'The signed decree']) {
		expect(report).toContain(part);
	}

	await page.getByTestId('side-by-side').getByRole('link').first().click();
	await page.waitForURL('**/en/assess/cybersecurity/**');
	await expect(page.getByText(/Agreed: .*2/)).toBeVisible();
	expect(question).not.toBe('');
	await projector.close();

	// The report stands where documents are made, too.
	await page.getByRole('navigation', { name: 'The steps' }).getByText('Export').click();
	await page.getByTestId('purpose-workshop').click();
	const [again] = await Promise.all([
		page.waitForEvent('download'),
		page.getByTestId('report-markdown').click()
	]);
	expect(await readFile(await again.path(), 'utf8')).toContain('The signed decree');
	await page.getByTestId('purpose-action-plan').click();
	await expect(page.getByTestId('export-docx')).toBeVisible();
	await expect(page.getByTestId('report-markdown')).toHaveCount(0);
});

test('a rehearsal is marked on the projector and on paper, and begins again', async ({ page }) => {
	await beginWorkspace(page, 'Testland');
	await page.getByRole('link', { name: 'Workshop' }).click();
	await page.getByTestId('rehearse').click();
	await expect(page.getByTestId('agenda')).toBeVisible();
	await page.getByTestId('open-room').click();
	await expect(page.getByTestId('preview')).toContainText('nothing here is real');
	await page.getByTestId('next').click();
	await page.getByRole('link', { name: 'Print pack' }).click();
	await expect(page.getByTestId('pack')).toContainText('nothing here is real');
	await page.getByRole('link', { name: 'Prepare' }).click();
	await page.getByTestId('reset-rehearsal').click();
	await page.getByTestId('open-room').click();
	await expect(page.getByTestId('next')).toHaveText('Begin');
});
