import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { alive, expect, openDemo, test } from './harness.ts';

const policies = JSON.parse(readFileSync('build/csp.json', 'utf8')) as Record<string, string>;

test('every page sends its policy as header and as meta element, and they agree (S-01, S-04)', async ({
	request
}) => {
	const pages = Object.keys(policies).filter(
		(name) => name.endsWith('index.html') && !name.includes('/guides/')
	);
	expect(pages.length).toBeGreaterThan(20);
	for (const name of pages) {
		const response = await request.get(`/${name.replace(/index\.html$/, '')}`, { maxRedirects: 0 });
		if (response.status() === 302) continue;
		const header = response.headers()['content-security-policy'] ?? '';
		expect(header, name).toContain(policies[name]);
		expect(header, name).toContain("frame-ancestors 'none'");
		expect(header, name).toContain("default-src 'none'");
		expect(header, name).toContain("require-trusted-types-for 'script'");
		expect(header, name).not.toMatch(/unsafe-inline|unsafe-eval/);
	}
});

const routes = [
	'',
	'guides/',
	'guides/cybersecurity/',
	'guides/cybersecurity/lead-authority/',
	'guides/cybersecurity/glossary/',
	'guides/cybersecurity/measures/',
	'guides/cybersecurity/print/initiation/',
	'guides/cybersecurity/print/',
	'guides/cybersecurity/indicators/',
	'notes/',
	'search/?q=incident',
	'method/',
	'settings/',
	'workspaces/',
	'facts/',
	'stakeholders/',
	'together/',
	'people/',
	'people/sheet/',
	'join/',
	'assess/cybersecurity/',
	'results/cybersecurity/',
	'plan/',
	'draft/',
	'export/'
];

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** The rules that a theme can break; the others read the same elements in light and in dark. */
const ofColours = ['color-contrast', 'link-in-text-block'];

for (const lang of ['en', 'ar']) {
	for (const theme of ['light', 'dark'] as const) {
		test(`axe finds nothing to object to in ${lang}, ${theme}`, async ({ page }) => {
			test.setTimeout(300_000);
			await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
			await openDemo(page, lang);
			for (const route of routes) {
				await page.goto(`/${lang}/${route}`);
				await alive(page);
				await expect(page.locator('#content h1').first()).toBeVisible();
				await page.waitForTimeout(150);
				const axe = new AxeBuilder({ page });
				const { violations } = await (
					theme === 'light' ? axe.withTags(standards) : axe.withRules(ofColours)
				).analyze();
				const found = violations.map(
					(v) =>
						`${v.id}: ${v.nodes
							.map((n) => n.target.join(' '))
							.slice(0, 3)
							.join(' | ')}`
				);
				expect.soft(found, `${lang}/${route}`).toEqual([]);
				const [width, inner] = await page.evaluate(() => [
					document.documentElement.scrollWidth,
					innerWidth
				]);
				expect.soft(width, `${route} scrolls sideways`).toBeLessThanOrEqual(inner);
			}
		});
	}
}

test('no page of 320 px scrolls sideways, in any language', async ({ page }) => {
	test.setTimeout(240_000);
	await page.setViewportSize({ width: 320, height: 640 });
	for (const lang of ['fr', 'ar']) {
		await openDemo(page, lang);
		for (const route of routes) {
			await page.goto(`/${lang}/${route}`);
			await alive(page);
			await expect(page.locator('#content h1').first()).toBeVisible();
			const width = await page.evaluate(() => document.documentElement.scrollWidth);
			expect.soft(width, `${lang}/${route}`).toBeLessThanOrEqual(320);
		}
	}
});
