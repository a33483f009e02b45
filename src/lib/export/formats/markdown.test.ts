// @vitest-environment jsdom
import { Marked } from 'marked';
import { describe, expect, it, vi } from 'vitest';
import { compose } from '../compose.ts';
import type { ExportBlock, Run } from '../document.ts';
import { emptyDocument, randomDocument } from '../fixtures/random.ts';
import { linesOf, missingFrom, squeezed, textOfMarkdown } from '../fixtures/reading.ts';
import { sample } from '../fixtures/sample.ts';
import { xss } from '../fixtures/xss.ts';
import { parts } from '../input.ts';
import { blocksOf } from '../markdown.ts';
import { literal } from './markdown-inline.ts';
import { markdownOf } from './markdown.ts';

// Long runs on slow machines are no fault.
vi.setConfig({ testTimeout: 120_000 });

const of = (...blocks: ExportBlock[]): string =>
	markdownOf({ ...emptyDocument, blocks })
		.split('Made with the app 0.1.0\n')[1]!
		.trim();
const paragraph = (...runs: Run[]): ExportBlock => ({ kind: 'paragraph', runs });

/** As a program shows it that lets HTML through: the worst reader of our file. */
const shown = (markdown: string): Document =>
	new DOMParser().parseFromString(String(new Marked({ gfm: true }).parse(markdown)), 'text/html');

describe('hostile text (F-30)', () => {
	it.each(xss)('%s is text, also for a reader that lets HTML through', (text) => {
		const page = shown(of(paragraph({ text }), paragraph({ text: 'a ' }, { text, bold: true })));
		expect(
			page.body.querySelectorAll('script, img, svg, iframe, math, style, base, meta, form, a')
		).toHaveLength(0);
		for (const element of page.body.querySelectorAll('*'))
			expect(element.attributes).toHaveLength(0);
		expect(squeezed(page.body.querySelector('p')!.textContent!)).toBe(squeezed(text));
	});
});

describe('every sign is itself', () => {
	it.each([
		'# no heading',
		'- no item',
		'+ no item',
		'1. no item',
		'12) no item',
		'2.3',
		'> no quotation',
		'a * b * c',
		'snake_case and _this_',
		'`tick`',
		'| no | table |',
		'~~kept~~',
		'[no](https://example.org)',
		'&amp; &copy; R&D',
		'back\\slash \\*',
		'=====',
		'---',
		'https://example.org/a_b*c',
		'www.example.org',
		'a_b@example.org',
		'50 % of < 3 > 2',
		'line one\nline two\n# line three'
	])('%s', (text) => {
		expect(blocksOf(of(paragraph({ text })))).toEqual([{ kind: 'paragraph', runs: [{ text }] }]);
	});

	it('and is not escaped without need', () => {
		expect(literal('A plain sentence, with a 2.3 (score) and snake_case: done!')).toBe(
			'A plain sentence, with a 2.3 (score) and snake_case: done!'
		);
	});

	it('in 300 random documents, read back by a Markdown reader (P9)', () => {
		for (let seed = 1001; seed <= 1300; seed++) {
			const document = randomDocument(seed);
			const missing = missingFrom(textOfMarkdown(markdownOf(document)), linesOf(document));
			expect({ seed, missing }).toEqual({ seed, missing: null });
		}
	});
});

describe('the form', () => {
	it('dresses words, with the space outside', () => {
		expect(
			of(
				paragraph(
					{ text: 'a ' },
					{ text: 'bold ', bold: true },
					{ text: 'b ' },
					{ text: 'both', bold: true, italic: true }
				)
			)
		).toBe('a **bold** b ***both***');
		expect(
			of(paragraph({ text: 'see ' }, { text: 'there', link: 'https://example.org/(a)' }))
		).toBe('see [there](https://example.org/%28a%29)');
	});
	it('reads back as the same lists', () => {
		const list: ExportBlock = {
			kind: 'list',
			ordered: true,
			start: 3,
			items: [
				[
					paragraph({ text: 'a' }),
					{
						kind: 'list',
						ordered: false,
						start: 1,
						items: [[paragraph({ text: 'b' })], [paragraph({ text: 'c' })]]
					}
				],
				[paragraph({ text: 'd' })]
			]
		};
		expect(of(list)).toBe('3. a\n   - b\n   - c\n4. d');
		expect(blocksOf(of(list))).toEqual([list]);
		expect(blocksOf(of(list, list))).toEqual([list, list]);
	});
	it('numbers headings as Word does', () => {
		const markdown = markdownOf(compose(sample, { parts: ['results'] }));
		expect(markdown).toContain('\n## 1 Where we stand\n');
		expect(markdown).toContain('\n### 1.4 All answers\n');
		expect(markdown).toContain('\n#### 1.4.1 Lifecycle of the strategy\n');
	});
	it('says at its head that a fictional country is one', () => {
		expect(markdownOf(compose(sample, { parts }))).toMatch(
			/^# [^\n]+\n\n[^\n]+\n\n> \*\*Fictional example/
		);
	});
});
