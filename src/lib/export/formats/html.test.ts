// @vitest-environment jsdom
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { compose } from '../compose.ts';
import type { ExportDocument } from '../document.ts';
import { emptyDocument, randomDocument } from '../fixtures/random.ts';
import { squeezed } from '../fixtures/reading.ts';
import { sampleArabic } from '../fixtures/sample-arabic.ts';
import { sample } from '../fixtures/sample.ts';
import { xss } from '../fixtures/xss.ts';
import { parts } from '../input.ts';
import { style, styleHash } from './html-style.ts';
import { htmlOf } from './html.ts';

// Long runs on slow machines are no fault.
vi.setConfig({ testTimeout: 120_000 });

const parse = (html: string): Document => new DOMParser().parseFromString(html, 'text/html');
const allowed = new Set(
	(
		'html head meta title style body header nav main h1 h2 h3 h4 p ul ol li a strong em s code pre ' +
		'blockquote hr div span br table thead tbody tr th td figure figcaption img section sup ' +
		'svg desc rect circle line polygon polyline path text tspan g'
	).split(' ')
);

function expectHarmless(page: Document): void {
	for (const element of page.querySelectorAll('*')) {
		expect(allowed).toContain(element.tagName.toLowerCase());
		for (const { name, value } of element.attributes) {
			expect(name).not.toMatch(/^on|^style$|^srcdoc$|^formaction$/i);
			if (name === 'href') expect(value).toMatch(/^(https?:|mailto:|#(heading_|note-|ref-)\d+$)/);
			if (name === 'src') expect(value).toMatch(/^data:image\/png;base64,/);
		}
	}
}

describe('hostile text (F-30)', () => {
	it.each(xss)('%s is text everywhere', (text) => {
		const runs = [{ text, link: text }, { text }];
		const cell = { runs };
		const document: ExportDocument = {
			...emptyDocument,
			lang: text,
			title: text,
			subtitle: text,
			meta: { country: text, workspace: text, date: text, created: text, edition: text, app: text },
			accent: text,
			fictional: text,
			words: { contents: text, notes: text, back: text, pageOf: text },
			blocks: [
				{ kind: 'heading', level: 1, runs, numbered: true },
				{ kind: 'heading', level: 2, runs, numbered: true },
				{ kind: 'heading', level: 2, runs, numbered: true },
				{ kind: 'paragraph', runs },
				{ kind: 'list', ordered: false, start: 1, items: [[{ kind: 'paragraph', runs }]] },
				{
					kind: 'table',
					columns: [{ align: 'start', weight: 1 }],
					header: [cell],
					rows: [[cell]],
					caption: text
				},
				{
					kind: 'notice',
					title: text,
					blocks: [{ kind: 'quote', blocks: [{ kind: 'paragraph', runs }] }]
				},
				{ kind: 'code', text },
				{ kind: 'figure', svg: text, png: null, width: 1, height: 1, alt: text, caption: text }
			]
		};
		const page = parse(htmlOf(document));
		expectHarmless(page);
		expect(squeezed(page.title)).toBe(squeezed(text));
		expect(page.querySelector('pre')!.textContent).toBe(text);
		expect(page.querySelector('td')!.textContent).toBe(text + text);
	});

	it('in an SVG keeps the SVG out', () => {
		const svg = '<svg viewBox="0 0 1 1"><script>alert(1)</script></svg>';
		const blocks = [
			{ kind: 'figure', svg, png: null, width: 1, height: 1, alt: 'words', caption: '' }
		] as const;
		const page = parse(htmlOf({ ...emptyDocument, blocks: [...blocks] }));
		expectHarmless(page);
		expect(page.querySelector('figure')!.textContent).toBe('words');
	});

	it('is harmless in 100 random documents', () => {
		for (let seed = 1; seed <= 100; seed++) expectHarmless(parse(htmlOf(randomDocument(seed))));
	});
});

describe('the page', () => {
	let english: Document;
	let arabic: Document;
	beforeAll(() => {
		english = parse(htmlOf(compose(sample, { parts })));
		arabic = parse(htmlOf(compose(sampleArabic, { parts })));
	});

	it('has a policy that knows its style and nothing else', () => {
		const policy = english.querySelector('meta[http-equiv]')!.getAttribute('content');
		expect(policy).toBe(
			`default-src 'none'; style-src '${styleHash}'; img-src data:; base-uri 'none'; form-action 'none'`
		);
		expect(english.querySelector('style')!.textContent).toBe(style);
		expect(styleHash).toBe(`sha256-${createHash('sha256').update(style).digest('base64')}`);
	});

	it('loads nothing', () => {
		expect(english.querySelectorAll('link, script, iframe, img:not([src^="data:"])')).toHaveLength(
			0
		);
		expect(style).not.toMatch(/url\(|@import/);
	});

	it('says its language and direction (P10)', () => {
		expect([english.documentElement.lang, english.documentElement.dir]).toEqual(['en', 'ltr']);
		expect([arabic.documentElement.lang, arabic.documentElement.dir]).toEqual(['ar', 'rtl']);
	});

	it('has one h1, and below it no level is skipped', () => {
		const levels = [...english.querySelectorAll('h1, main h2, main h3, main h4')].map((h) =>
			Number(h.tagName[1])
		);
		expect(levels[0]).toBe(1);
		levels.slice(1).forEach((level, i) => {
			expect(level).toBeGreaterThan(1);
			expect(level - levels[i]!).toBeLessThanOrEqual(1);
		});
	});

	it('has contents that lead somewhere', () => {
		const links = [...english.querySelectorAll('nav a')];
		expect(links.length).toBeGreaterThan(8);
		for (const link of links)
			expect(english.querySelector(link.getAttribute('href')!)).not.toBeNull();
	});

	it('has heads to its tables, and words to its pictures', () => {
		for (const th of english.querySelectorAll('th'))
			expect(th.getAttribute('scope')).toMatch(/row|col/);
		for (const svg of english.querySelectorAll('figure [role=img][aria-label]')) {
			expect(svg.getAttribute('aria-label')!.length).toBeGreaterThan(10);
		}
		expect(english.querySelectorAll('figure svg').length).toBe(3);
	});

	it('says that a fictional country is one, on the screen and on every sheet', () => {
		expect(english.querySelector('.fictional')!.textContent).toContain('does not exist');
		expect(english.querySelector('.watermark')!.textContent).toContain('does not exist');
	});
});
