/**
 * Phones in a workshop: half a day from the code on the projector to the report, and what phones are told
 * when something is wrong. The server listens to the room, so phones come over plain HTTP from an address
 * of the network: no secure context and no service worker, as in a real room.
 */
import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { alive, beginWorkspace, expect, saved, test as base, watch } from './harness.ts';
import { startApp, type Running } from './servers.ts';

/** One server for the room, and the facilitator's browser at its own address. */
const test = base.extend<{ room: Page }, { app: Running }>({
	app: [
		// Playwright wants the pattern, also where nothing is taken.
		// eslint-disable-next-line no-empty-pattern
		async ({}, use) => {
			const app = await startApp(0, '0.0.0.0');
			await use(app);
			await app.stop();
		},
		{ scope: 'worker' }
	],
	room: async ({ browser, app }, use) => {
		const context = await browser.newContext({ baseURL: app.origin, locale: 'en-GB' });
		const found = watch(context, app.origin);
		await use(await context.newPage());
		await context.close();
		expect(found, 'own origin only, no policy broken, nothing uncaught').toEqual([]);
	}
});
test.describe.configure({ timeout: 240_000 });
test.skip(
	!Object.values(networkInterfaces()).some((all) =>
		all?.some(({ internal, family }) => !internal && family === 'IPv4')
	),
	'this machine is in no network: no phone could reach it'
);

type Phone = { page: Page; context: BrowserContext; name: string };
const body = ({ page }: Phone) => page.getByTestId('phone-body');
const status = ({ page }: Phone) => page.getByTestId('phone-status');
const tap = ({ page }: Phone, level: number | 'unknown') =>
	page.locator(`[data-testid=phone-vote][data-level="${level}"]`).click();

/** A workshop of half a day with `papers` ballots handed out, and its room for phones; gives the link of the code. */
async function openRoom(page: Page, papers: number): Promise<string> {
	await beginWorkspace(page, 'Testland');
	await page.getByRole('link', { name: 'Workshop' }).click();
	await page.getByLabel('Half a day').check();
	await page.getByLabel('Title of the workshop').fill('National day');
	await page.getByTestId('make-workshop').click();
	await page.getByTestId('open-room').click();
	await page.getByTestId('open-phones').click();
	const field = page.locator('#room-link');
	await expect(field).toHaveValue(/^http:\/\/[\d.]+:\d+\/room\/#[\w-]{40,}$/, { timeout: 20_000 });
	// Whoever votes by phone needs no ballot.
	await page.locator('#room-papers').fill(String(papers));
	await page.locator('#room-papers').press('Enter');
	return field.inputValue();
}

/** Another phone, as small as they come. */
async function newPhone(browser: Browser, link: string, locale: string): Promise<Phone> {
	const context = await browser.newContext({
		locale,
		viewport: { width: 320, height: 640 },
		hasTouch: true
	});
	const page = await context.newPage();
	await page.goto(link);
	await alive(page);
	return { page, context, name: '' };
}

async function joins(
	browser: Browser,
	link: string,
	{ locale, name, organisation = '', consent = false }: Guest
): Promise<Phone> {
	const phone = { ...(await newPhone(browser, link, locale)), name };
	const { page } = phone;
	await expect(page.locator('#nickname')).toBeVisible({ timeout: 20_000 });
	await page.locator('#nickname').fill(name);
	await page.locator('#organisation').fill(organisation);
	if (consent) await page.locator('input[type=checkbox]').check();
	await page.getByTestId('phone-join').click();
	await expect(page.getByTestId('phone')).toHaveAttribute('data-phase', 'in', { timeout: 20_000 });
	return phone;
}
type Guest = { locale: string; name: string; organisation?: string; consent?: boolean };

const guests: Guest[] = [
	{ locale: 'en-GB', name: 'Ama Mensah', organisation: 'Regulator', consent: true },
	{ locale: 'en-GB', name: 'Ravi', organisation: 'Ministry of Health' },
	{ locale: 'en-GB', name: 'Tom', organisation: 'Bank' },
	{ locale: 'en-GB', name: 'Ngozi', organisation: 'Police' },
	{ locale: 'fr-FR', name: 'Hélène', organisation: 'Ministère des Finances', consent: true },
	{ locale: 'ar-EG', name: 'سارة', organisation: 'وزارة الصحة' },
	{ locale: 'ar-EG', name: 'عمر', organisation: 'الجامعة' }
];

test('half a day: seven phones in three languages and one on paper, from the code to the report', async ({
	room,
	browser
}) => {
	const link = await openRoom(room, 1);
	const projector = await room.context().newPage();
	await projector.goto('/en/workshop/projector/');
	await expect(projector.getByTestId('scene')).toHaveAttribute('data-kind', 'join');
	await expect(projector.getByTestId('qr')).toBeVisible();

	const phones = await Promise.all(guests.map((guest) => joins(browser, link, guest)));
	const [ama, ravi, tom, ngozi, helene, sara, omar] = phones as [
		Phone,
		Phone,
		Phone,
		Phone,
		Phone,
		Phone,
		Phone
	];
	await expect(room.getByTestId('phones-joined')).toHaveAttribute('data-count', '7');
	await expect(projector.getByTestId('scene-joined')).toHaveText('7 phones have joined');
	// Each in the phone's own language, whatever the trainer's; and no key stays in an address.
	expect(new URL(sara.page.url()).pathname).toBe('/ar/room/');
	expect(new URL(helene.page.url()).pathname).toBe('/fr/room/');
	for (const { page } of phones) expect(page.url()).not.toContain('#');
	await expect(body(sara)).toHaveAttribute('data-kind', 'welcome');

	const next = room.getByTestId('next');
	await next.click();
	await expect(body(ama)).toContainText('Arrival and sign-in');
	// While people arrive, the code stays.
	await expect(projector.getByTestId('scene')).toHaveAttribute('data-kind', 'join');
	await next.click();
	await next.click();
	await expect(room.getByRole('heading', { level: 1, name: 'Agreeing the levels' })).toBeVisible();
	await room
		.getByRole('button', { name: /^Vote by phone and paper/ })
		.first()
		.click();
	for (const phone of phones) await expect(body(phone)).toHaveAttribute('data-kind', 'ballot');
	await expect(projector.getByTestId('scene-count')).toHaveText('0 of 8');
	await expect(sara.page.locator('html')).toHaveAttribute('dir', 'rtl');
	await expect(sara.page.locator('h1')).toContainText(/[\u0600-\u06ff]/);
	await expect(helene.page.getByTestId('phone-say')).toContainText('Choisissez la phrase');

	// Two are cut off before they vote: what they say waits on their phones.
	for (const phone of [tom, omar]) await phone.context.setOffline(true);
	for (const [phone, level] of [
		[ama, 1],
		[ravi, 2],
		[ngozi, 2],
		[helene, 2],
		[sara, 'unknown'],
		[tom, 2],
		[omar, 4]
	] as const) {
		await tap(phone, level);
	}
	for (const phone of [tom, omar])
		await expect(status(phone)).toHaveAttribute('data-state', 'waits');
	for (const phone of [ama, ravi, ngozi, helene, sara]) {
		await expect(status(phone)).toHaveAttribute('data-state', 'in');
	}
	await expect(room.getByTestId('votes-in')).toHaveText('5 of 8');
	// A changed mind counts once.
	await tap(ravi, 3);
	await expect(status(ravi)).toContainText('Level 3');
	// One on paper, beside the phones.
	const code = (await room.getByTestId('missing-codes').innerText()).trim();
	await room.getByTestId('keyed').pressSequentially(`${code}2`);
	await expect(room.getByTestId('votes-from')).toHaveText('phones 5, paper 1');
	for (const phone of [tom, omar]) await phone.context.setOffline(false);
	await expect(room.getByTestId('votes-in')).toHaveText('8 of 8', { timeout: 15_000 });
	for (const phone of [tom, omar]) await expect(status(phone)).toHaveAttribute('data-state', 'in');
	await expect(projector.getByTestId('scene-count')).toHaveText('8 of 8');
	await expect(projector.getByTestId('scene-votes')).toHaveCount(0);
	for (const { page } of phones) await expect(page.getByTestId('phone-votes')).toHaveCount(0);

	// The laptop dies with the vote open, and goes on with its phones.
	await saved(room);
	await room.reload();
	await expect(room.getByTestId('votes-in')).toHaveText('8 of 8', { timeout: 20_000 });
	await expect(room.getByTestId('phones-joined')).toHaveAttribute('data-count', '7', {
		timeout: 20_000
	});

	await room.getByTestId('reveal').click();
	for (const { page } of phones) {
		await expect(page.locator('[data-testid=phone-votes][data-level="2"]')).toContainText('4');
	}
	await expect(sara.page.locator('[data-testid=phone-votes][data-level=unknown]')).toContainText(
		'1'
	);
	await expect(projector.getByTestId('scene-spread')).toBeVisible();
	await room.getByLabel(/votes? (is|are) for another level/).fill('The regulator sees level 1.');
	await room.getByTestId('record').click();
	await expect(ama.page.getByTestId('phone-say')).toHaveText('Agreed: level 2');
	await expect(ama.page.locator('main')).not.toContainText('regulator');

	// Somebody asks for help, and is helped.
	await ngozi.page.getByTestId('phone-help').click();
	await expect(ngozi.page.getByTestId('phone-help-on')).toBeVisible();
	const asking = room.getByTestId('phone-person').filter({ hasText: 'Ngozi' });
	await expect(asking).toHaveAttribute('data-kind', 'help');
	await ngozi.page.getByTestId('phone-help').click();
	await expect(asking).not.toHaveAttribute('data-kind', 'help');

	// A break, then cards from three phones, then dots on them.
	await next.click();
	await expect(body(tom)).toContainText('Break');
	await next.click();
	for (const [phone, text] of [
		[ama, 'A hotline for hospitals'],
		[helene, 'Former deux cents policiers'],
		[sara, 'فريق وطني للاستجابة']
	] as const) {
		await phone.page.locator('#card').fill(text);
		await phone.page.getByTestId('phone-card').click();
		await expect(phone.page.getByTestId('own-card')).toHaveAttribute('data-arrived', 'true');
	}
	const wall = room.getByTestId('wall');
	await expect(wall.getByRole('listitem')).toHaveCount(3);
	// Whoever closes the cards and loads the page anew finds them closed, and so do the phones.
	await room.getByTestId('collecting').uncheck();
	await expect(tom.page.locator('#card')).toHaveCount(0);
	await saved(room);
	await room.reload();
	await expect(room.getByTestId('collecting')).not.toBeChecked();
	await expect(room.getByTestId('phones-joined')).toHaveAttribute('data-count', '7');
	await expect(tom.page.locator('#card')).toHaveCount(0);
	await next.click();
	await expect(body(omar)).toHaveAttribute('data-kind', 'dots');
	for (const phone of [ama, ravi, omar]) {
		const card = phone.page.getByTestId('phone-dots').filter({ hasText: 'hotline' });
		await card.getByRole('button').last().click();
		await expect(card).toHaveAttribute('data-dots', '1');
	}
	await expect(room.getByTestId('dots-in')).toHaveAttribute('data-count', '3');
	const hotline = wall
		.getByRole('listitem')
		.filter({ has: room.locator('bdi', { hasText: 'hotline' }) });
	await expect(hotline.locator('b')).toHaveText('3');
	await hotline.getByRole('button', { name: 'Make it an action' }).click();

	// The decisions, then everybody's form; the paper one is keyed in afterwards.
	await next.click();
	await next.click();
	for (const phone of phones) {
		await phone.page.locator('input[type=radio][name=purpose][value="5"]').check({ force: true });
		await phone.page.getByTestId('phone-form').click();
		await expect(phone.page.getByTestId('form-given')).toBeVisible();
	}
	await expect(room.getByTestId('forms-in')).toHaveAttribute('data-count', '7');
	await room.getByRole('button', { name: 'Close the workshop' }).click();
	await expect(body(sara)).toHaveAttribute('data-kind', 'over');

	await saved(room);
	await room.getByRole('link', { name: 'After the workshop' }).first().click();
	await expect(room.getByTestId('side-by-side')).toContainText('Level 2');
	const [file] = await Promise.all([
		room.waitForEvent('download'),
		room.getByTestId('report-docx').click()
	]);
	const parts = unzipSync(await readFile(await file.path()));
	const report = strFromU8(parts['word/document.xml']!).replace(/<[^>]+>/g, ' ');
	for (const part of ['Ama Mensah', 'Hélène', 'The regulator sees level 1.', 'hotline']) {
		expect(report).toContain(part);
	}
	// Who did not agree to be named is counted, and not named.
	for (const name of ['Ravi', 'Ngozi', 'سارة']) expect(report).not.toContain(name);
	for (const { context } of phones) await context.close();
});

test('a phone goes on after a reload, and is told why when it is out', async ({
	room,
	browser
}) => {
	const link = await openRoom(room, 0);
	const first = await joins(browser, link, { locale: 'en-GB', name: 'Ama' });
	// The same name twice: two people.
	const second = await joins(browser, link, { locale: 'fr-FR', name: 'ama' });
	await expect(room.getByTestId('phone-people')).toContainText('(2)');

	for (let i = 0; i < 3; i++) await room.getByTestId('next').click();
	await room
		.getByRole('button', { name: /^Vote by phone:/ })
		.first()
		.click();
	await tap(first, 3);
	await expect(status(first)).toHaveAttribute('data-state', 'in');
	await first.page.reload();
	await expect(first.page.locator('[data-testid=phone-vote][data-level="3"]')).toHaveAttribute(
		'aria-pressed',
		'true',
		{ timeout: 20_000 }
	);

	// Written in a moment without a line, and after the reveal: it does not count, and says so.
	await second.context.setOffline(true);
	await tap(second, 0);
	await expect(status(second)).toHaveAttribute('data-state', 'waits');
	await room.getByTestId('reveal').click();
	await second.context.setOffline(false);
	await expect(status(second)).toHaveAttribute('data-state', 'late', { timeout: 20_000 });
	await expect(second.page.locator('[data-testid=phone-votes][data-level="0"]')).toContainText('0');

	const person = room.getByTestId('phone-person').filter({ hasText: '(2)' });
	await person.locator('summary').click();
	await person.getByRole('button', { name: /Take out/ }).click();
	await expect(second.page.getByTestId('phone')).toHaveAttribute('data-phase', 'removed', {
		timeout: 20_000
	});
	await expect(second.page.getByRole('heading', { level: 1 })).toContainText('n’est plus');

	// The door is locked: the code opens nothing, and who is in stays in.
	await room.getByTestId('room-door').evaluate((door: HTMLDetailsElement) => (door.open = true));
	await room.getByTestId('lock-door').check();
	await expect(room.locator('#room-link')).toHaveCount(0);
	const late = await newPhone(browser, link, 'ar-EG');
	await expect(late.page.getByTestId('phone-ended')).toBeVisible({ timeout: 20_000 });
	await expect(first.page.getByTestId('phone')).toHaveAttribute('data-phase', 'in');

	await room.getByTestId('close-phones').click();
	await room.getByRole('button', { name: 'Close it' }).click();
	await expect(first.page.getByTestId('phone')).toHaveAttribute('data-phase', 'closed', {
		timeout: 20_000
	});
	for (const { context } of [first, second, late]) await context.close();
});

test('the room goes on while the facilitator looks at another page, and says so there', async ({
	room,
	browser
}) => {
	const link = await openRoom(room, 0);
	const ama = await joins(browser, link, { locale: 'en-GB', name: 'Ama' });
	const sara = await joins(browser, link, { locale: 'ar-EG', name: 'سارة' });
	const projector = await room.context().newPage();
	await projector.goto('/en/workshop/projector/');
	for (let i = 0; i < 3; i++) await room.getByTestId('next').click();
	await room
		.getByRole('button', { name: /^Vote by phone:/ })
		.first()
		.click();
	await expect(body(sara)).toHaveAttribute('data-kind', 'ballot');

	await room.getByRole('navigation', { name: 'The steps' }).getByText('Plan').click();
	await room.waitForURL('**/en/plan/');
	const line = room.getByTestId('still-running');
	await expect(line).toContainText('0 of 2');
	await tap(ama, 2);
	await tap(sara, 3);
	await expect(line).toContainText('2 of 2');
	await expect(projector.getByTestId('scene-count')).toHaveText('2 of 2');
	await sara.page.getByTestId('phone-help').click();
	await expect(line).toContainText('1 person asks for help');
	// The clicker on the projector's window is heard, and so are the phones.
	await projector.keyboard.press('PageDown');
	await expect(ama.page.locator('[data-testid=phone-votes][data-level="2"]')).toContainText('1');
	// A second press does not leave a vote that nobody recorded.
	await projector.keyboard.press('PageDown');
	await expect(projector.getByTestId('scene')).toHaveAttribute('data-kind', 'ballot');

	await line.getByRole('link', { name: 'Back to the room' }).click();
	await expect(room.getByTestId('not-recorded')).toBeVisible();
	await expect(line).toHaveCount(0);
	await room.getByTestId('record').click();
	await expect(room.getByTestId('next-question')).toBeVisible();

	// A second window of the facilitator says where the room is run.
	const second = await room.context().newPage();
	await second.goto('/en/workshop/room/');
	await expect(second.getByTestId('room-elsewhere')).toBeVisible({ timeout: 20_000 });
	await expect(second.getByTestId('phones-joined')).toHaveAttribute('data-count', '2');
	for (const { context } of [ama, sara]) await context.close();
});

test('a link that is none is said to be none; a phone’s page is for everybody', async ({
	room,
	browser,
	app
}) => {
	const link = await openRoom(room, 0);
	const broken = await newPhone(browser, link.slice(0, -6), 'fr-FR');
	await expect(broken.page.getByRole('heading', { level: 1 })).toContainText('pas complet');
	const bare = await newPhone(browser, `${app.origin}/room/`, 'ar-EG');
	await expect(bare.page.getByRole('heading', { level: 1 })).toHaveText('الانضمام إلى ورشة');

	const phone = await newPhone(browser, link, 'ar-EG');
	const { page } = phone;
	await expect(page.locator('#nickname')).toBeVisible({ timeout: 20_000 });
	const fair = async () => {
		const { violations } = await new AxeBuilder({ page }).analyze();
		expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
		expect(
			await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
		).toBeLessThanOrEqual(0);
	};
	await fair();
	// Without a name nobody comes in; by keyboard alone somebody with one does.
	await page.getByTestId('phone-join').click();
	await expect(page.locator('#nickname')).toBeFocused();
	await page.keyboard.type('<b>سارة</b>');
	await page.keyboard.press('Enter');
	await expect(page.getByTestId('phone')).toHaveAttribute('data-phase', 'in', { timeout: 20_000 });
	await expect(room.getByTestId('phone-people')).toContainText('<b>سارة</b>');
	for (let i = 0; i < 3; i++) await room.getByTestId('next').click();
	await room
		.getByRole('button', { name: /^Vote by phone:/ })
		.first()
		.click();
	await expect(page.getByTestId('phone-vote').first()).toBeVisible();
	await fair();
	await page.getByTestId('phone-vote').first().focus();
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await expect(status(phone)).toHaveAttribute('data-state', 'in');
	// A question never grows or moves when it is answered.
	const top = () =>
		page
			.getByTestId('phone-vote')
			.last()
			.evaluate((row) => (row as HTMLElement).offsetTop);
	const before = await top();
	await tap(phone, 'unknown');
	await expect(status(phone)).toHaveAttribute('data-state', 'in');
	expect(await top()).toBe(before);
	await room.getByTestId('reveal').click();
	await expect(page.getByTestId('phone-votes').first()).toBeVisible();
	await fair();
	for (const { context } of [broken, bare, phone]) await context.close();
});
