import { alive, expect, test } from './harness.ts';

const section = 'guides/cybersecurity/lead-authority/';

test.describe('reading without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('the library leads to the guide, the guide to a section, the section to the next', async ({
		page
	}) => {
		await page.goto('/en/guides/');
		await page.getByRole('link', { name: 'Read the guide' }).first().click();
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		await page.getByRole('main').locator('a[href$="/lead-authority/"]').first().click();
		await expect(page.locator('#do')).toBeVisible();
		const before = page.url();
		await page.locator('a[rel=next]').click();
		expect(page.url()).not.toBe(before);
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	});

	test('a glossary word leads to its meaning', async ({ page }) => {
		await page.goto(`/en/${section}`);
		const word = page.locator('a.term').first();
		const id = await word.getAttribute('data-term');
		await word.click();
		await expect(page.locator(`[id="${id}"]`)).toBeVisible();
	});

	test('a French reader reads French', async ({ page }) => {
		await page.goto(`/fr/${section}`);
		await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
		await expect(page.locator('article h2').first()).toHaveText('Que faire');
		await expect(page.locator('article')).not.toHaveAttribute('lang');
	});

	test('a reader whose language lacks the page sees the English text, and is told so', async ({
		page
	}) => {
		await page.goto(`/ar/${section}`);
		await expect(page.locator('html')).toHaveAttribute('lang', 'ar');
		await expect(page.locator('main .notice')).toContainText('الإنجليزية');
		await expect(page.locator('article')).toHaveAttribute('lang', 'en');
	});

	test('a step of the work says what it is, and that it needs scripts', async ({ page }) => {
		await page.goto('/fr/assess/cybersecurity/');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Évaluer');
		await expect(page.locator('main .lead')).toContainText('demi-heure');
		await expect(page.locator('main .notice')).toContainText('JavaScript');
	});

	test('Arabic runs from right to left, and the English text in it from left to right', async ({
		page
	}) => {
		await page.goto(`/ar/${section}`);
		await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
		await expect(page.locator('article')).toHaveAttribute('dir', 'ltr');
	});
});

test('a deep link opens at its heading', async ({ page }) => {
	await page.goto(`/en/${section}#pitfalls`);
	await expect(page.locator('#pitfalls')).toBeInViewport();
});

test('a term is explained in place, closes with Escape, and gives the focus back', async ({
	page
}) => {
	await page.goto(`/en/${section}`);
	await alive(page);
	const word = page.locator('a.term').first();
	await word.click();
	await expect(page.getByRole('dialog')).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('dialog')).toBeHidden();
	await expect(word).toBeFocused();
});

test('the next section is drawn without a new document, with its own text and title', async ({
	page
}) => {
	await page.goto(`/en/${section}`);
	await alive(page);
	await page.evaluate(() => (document.documentElement.dataset.same = 'yes'));
	const words = await page.locator('.prose').innerText();
	await page.locator('a[rel=next]').click();
	await expect(page.locator('.prose')).not.toHaveText(words);
	expect(await page.evaluate(() => document.documentElement.dataset.same)).toBe('yes');
	await expect(page.locator('.prose h2').first()).toBeVisible();
});

test('a page turned at its foot begins at its head, and does not run there', async ({ page }) => {
	await page.goto(`/en/${section}`);
	await alive(page);
	await page.locator('a[rel=next]').scrollIntoViewIfNeeded();
	expect(await page.evaluate(() => scrollY)).toBeGreaterThan(500);
	const seen = await page.evaluate(
		() =>
			new Promise<number>((resolve) => {
				const before = document.querySelector('h1')!.textContent;
				const look = () => {
					if (document.querySelector('h1')?.textContent === before) requestAnimationFrame(look);
					else requestAnimationFrame(() => resolve(scrollY));
				};
				document.querySelector<HTMLAnchorElement>('a[rel=next]')!.click();
				look();
			})
	);
	expect(seen).toBe(0);
});

test('the reader who comes back is offered the section that was open', async ({ page }) => {
	await page.goto(`/en/${section}`);
	await alive(page);
	const title = await page.getByRole('heading', { level: 1 }).innerText();
	await page.goto('/en/guides/cybersecurity/');
	await expect(page.getByRole('link', { name: title }).first()).toBeVisible();
	await expect(page.locator('.actions')).toContainText(title);
});

test('the language changes and the place stays', async ({ page }) => {
	await page.goto(`/en/${section}`);
	await alive(page);
	await page.locator('header summary').click();
	await page.getByRole('link', { name: 'العربية' }).click();
	await page.waitForURL(`**/ar/${section}`);
	await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
	await expect(page.locator('html')).toHaveAttribute('lang', 'ar');
});

test('the whole guide is laid out for paper once its size is known', async ({ page }) => {
	await page.goto('/en/guides/cybersecurity/print/');
	await alive(page);
	await expect(page.getByRole('main')).toContainText(/About \d+ pages .* \d+ kB/s);
	await page.getByRole('button', { name: 'Lay out the whole guide' }).click();
	await expect(page.getByRole('button', { name: 'Print or save as PDF' })).toBeVisible();
	expect(await page.locator('main article').count()).toBeGreaterThanOrEqual(45);
});

test('a link that was pressed leads on, also when what is kept changes in that moment', async ({
	page
}) => {
	// Whoever kept something once hears of it from other tabs.
	await page.addInitScript(() => localStorage.setItem('kept-guides', '["en/cybersecurity"]'));
	await page.goto(`/en/${section}`);
	await alive(page);
	await expect(page.getByRole('status').locator('.line')).toBeVisible();
	let release = () => {};
	const held = new Promise<void>((resolve) => (release = resolve));
	await page.route('**/*.json', async (route) => {
		await held;
		await route.continue();
	});
	const asked = page.waitForRequest('**/*.json');
	const next = page.locator('a[rel=next]');
	const address = (await next.getAttribute('href'))!;
	await next.click();
	await asked;
	await page.evaluate(async () => {
		new BroadcastChannel('e-strategy-offline').postMessage({ type: 'kept-changed' });
		await new Promise((resolve) => setTimeout(resolve, 500));
	});
	release();
	await page.waitForURL(`**${address}`, { timeout: 10_000 });
});

test('who reads, or only looks how one begins, is sent nothing that only work needs', async ({
	browser
}) => {
	const reading = ['', 'guides/', 'guides/cybersecurity/', section, 'search/', 'method/'];
	const work = ['assess/cybersecurity/', 'results/cybersecurity/', 'plan/', 'draft/', 'export/'];
	for (const path of [...reading, ...work]) {
		const context = await browser.newContext({ serviceWorkers: 'block' });
		const page = await context.newPage();
		await page.goto(`/en/${path}`, { waitUntil: 'networkidle' });
		await alive(page);
		const sent = await page.evaluate(() =>
			performance
				.getEntriesByType('resource')
				.filter((one) => one instanceof PerformanceResourceTiming)
				.filter(({ name }) => name.endsWith('.js'))
				.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)
		);
		expect.soft(sent, path).toBeGreaterThan(30_000);
		// Kit, Svelte and the frame are 42 kB of it; the store alone would be 87 more.
		expect.soft(sent, path).toBeLessThan(80_000);
		await context.close();
	}
});

test('what is typed into the search before the page lives is searched', async ({ page }) => {
	let send = () => {};
	const sent = new Promise<void>((resolve) => (send = resolve));
	await page.route('**/_app/immutable/**/*.js', async (route) => {
		await sent;
		await route.continue();
	});
	await page.goto('/en/search/', { waitUntil: 'commit' });
	const field = page.locator('#q');
	await field.fill('incident');
	send();
	await expect(page.locator('ol.results li').first()).toBeVisible();
	await expect(field).toHaveValue('incident');
	await expect(page.getByRole('status').filter({ hasText: /\d+ results/ })).toBeVisible();
});
