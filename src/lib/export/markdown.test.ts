import { describe, expect, it, vi } from 'vitest';
import type { ExportBlock } from './document.ts';
import { randomFrom, randomText } from './fixtures/random.ts';
import { leaves } from './fixtures/reading.ts';
import { xss } from './fixtures/xss.ts';
import { blocksOf, highestHeading } from './markdown.ts';

// Long runs on slow machines are no fault.
vi.setConfig({ testTimeout: 120_000 });

const textOf = (markdown: string): string => leaves(blocksOf(markdown), (text) => text).join('\n');
const only = (markdown: string): ExportBlock => {
	const blocks = blocksOf(markdown);
	expect(blocks).toHaveLength(1);
	return blocks[0]!;
};

describe('a chapter in Markdown', () => {
	it('has paragraphs with their dress', () => {
		expect(only('A **bold** and *italic*, `code`, ~~gone~~ [link](https://example.org).')).toEqual({
			kind: 'paragraph',
			runs: [
				{ text: 'A ' },
				{ text: 'bold', bold: true },
				{ text: ' and ' },
				{ text: 'italic', italic: true },
				{ text: ', ' },
				{ text: 'code', code: true },
				{ text: ', ' },
				{ text: 'gone', strike: true },
				{ text: ' ' },
				{ text: 'link', link: 'https://example.org/' },
				{ text: '.' }
			]
		});
	});

	it('has its highest heading on the level asked for, and no level below 3', () => {
		const blocks = blocksOf('### Three\n\n#### Four\n\n##### Five');
		expect(blocks).toMatchObject([{ level: 2 }, { level: 3 }, { level: 3 }]);
		expect(blocksOf('### Three', 2, 2)).toMatchObject([{ level: 3 }]);
		expect(highestHeading('text\n\n### Three\n\n## Two')).toBe(2);
	});

	it('has lists in lists, with their first number', () => {
		expect(only('3. a\n   - b\n4. c')).toEqual({
			kind: 'list',
			ordered: true,
			start: 3,
			items: [
				[
					{ kind: 'paragraph', runs: [{ text: 'a' }] },
					{
						kind: 'list',
						ordered: false,
						start: 1,
						items: [[{ kind: 'paragraph', runs: [{ text: 'b' }] }]]
					}
				],
				[{ kind: 'paragraph', runs: [{ text: 'c' }] }]
			]
		});
	});

	it('has tables, with the alignment of their columns', () => {
		expect(only('| a | b |\n| :-- | --: |\n| 1 | **2** |')).toMatchObject({
			kind: 'table',
			columns: [{ align: 'start' }, { align: 'end' }],
			header: [{ runs: [{ text: 'a' }] }, { runs: [{ text: 'b' }] }],
			rows: [[{ runs: [{ text: '1' }] }, { runs: [{ text: '2', bold: true }] }]]
		});
	});

	it.each([
		['.', '2 .'],
		['and **more**', '2 and more'],
		['3 | 4 |', '2 3 | 4'],
		['1 \\| 2 |', '2 1 | 2'],
		[' ', '2']
	])('keeps what follows the last column of a row: %s (P9)', (rest, last) => {
		const block = only(`| a | b |\n| - | - |\n| 1 | 2 | ${rest}\n| 5 | 6 |`);
		if (block.kind !== 'table') throw new Error(block.kind);
		const texts = block.rows.map((row) => row.map(({ runs }) => runs.map((r) => r.text).join('')));
		expect(texts).toEqual([
			['1', last],
			['5', '6']
		]);
	});

	it('breaks lines where it was told to, and nowhere else', () => {
		expect(textOf('one  \ntwo\\\nthree\nfour')).toBe('one\ntwo\nthree four');
	});

	it('shows entities as the screen does', () => {
		expect(textOf('R&amp;D &lt;b&gt; l&rsquo;&Eacute;tat &#233; &unknown;')).toBe(
			'R&D <b> l’&Eacute;tat é &unknown;'
		);
	});
});

describe('nothing that somebody wrote is lost (P9)', () => {
	it.each([
		['HTML', 'a <b>b</b>\n\n<script>alert(1)</script>\n\n<!-- c -->'],
		['a picture', '![a picture](photo.png "of us")'],
		['an address that may not be followed', '[words](javascript:alert) [file](file:///c)'],
		['a title', '[words](https://example.org "the title")'],
		['a definition that nothing uses', 'text\n\n[note]: https://example.org "budget"'],
		['a cell too many', '| a | b |\n| - | - |\n| 1 | 2 | three |'],
		['the name of a fence', '```important\ntext\n```'],
		['a task', '- [x] done\n- [ ] open'],
		['a heading in a quotation', '> # title\n> text'],
		['a table in a list', '- a\n\n  | b | c |\n  | - | - |\n  | d | e |'],
		[
			'a table too wide for a page',
			`|${' a |'.repeat(13)}\n|${' - |'.repeat(13)}\n|${' b |'.repeat(13)}`
		]
	])('not %s', (_, markdown) => {
		const words = markdown.match(/[\p{L}\p{N}]+/gu) ?? [];
		const text = textOf(markdown) + JSON.stringify(blocksOf(markdown));
		let at = 0;
		for (const word of words) {
			const found = text.indexOf(word, at);
			expect([word, found >= 0]).toEqual([word, true]);
			at = found;
		}
	});

	it('not a word of 500 random texts, in order', () => {
		const marks = [
			'',
			'# ',
			'- ',
			'1. ',
			'> ',
			'    ',
			'| a | b |\n| - | - |\n| ',
			'```\n',
			'**',
			'[x]: ',
			'* * *\n'
		];
		for (let seed = 1; seed <= 500; seed++) {
			const random = randomFrom(seed);
			let count = 0;
			// Numbered words: each is somewhere, and in its place.
			const line = (): string =>
				`${marks[Math.floor(random() * marks.length)]}w${++count}w ${randomText(random)} w${++count}w`;
			const markdown = Array.from({ length: 8 }, line).join(random() < 0.5 ? '\n' : '\n\n');
			const found = [...textOf(markdown).matchAll(/w(\d+)w/g)].map(([, n]) => Number(n));
			const all = Array.from({ length: count }, (_, i) => i + 1);
			expect({ seed, found: [...new Set(found)].sort((a, b) => a - b) }).toEqual({
				seed,
				found: all
			});
		}
	});
});

it('hostile Markdown gives text, and links that may be followed (F-30)', () => {
	const links = (blocks: ExportBlock[]): string[] =>
		[...JSON.stringify(blocks).matchAll(/"link":"([^"]*)"/g)].map(([, link = '']) => link);
	for (const text of xss) {
		for (const link of links(blocksOf(text))) expect(link).toMatch(/^(https?:|mailto:)/);
	}
	expect(blocksOf('[x](javascript:alert(1))')).toEqual([
		{ kind: 'paragraph', runs: [{ text: 'x (javascript:alert(1))' }] }
	]);
});

describe('no text takes the lexer down', () => {
	it.each([
		['3,000 nested quotations', `${'> '.repeat(3000)}end`],
		[
			'nested lists',
			Array.from({ length: 60 }, (_, i) => `${'  '.repeat(i)}- item${i}`).join('\n')
		],
		['50,000 brackets', `${'['.repeat(50_000)}end`],
		['60,000 open stars', `${'*a '.repeat(60_000)}end`],
		['200,000 characters', `${'word '.repeat(40_000)}end`]
	])('%s', (_, markdown) => {
		const begun = performance.now();
		expect(textOf(markdown)).toMatch(/end|item59/);
		expect(performance.now() - begun).toBeLessThan(20_000);
	});
});
