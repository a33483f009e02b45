import { describe, expect, it } from 'vitest';
import { heading, limits, paragraph, withPictures, type ExportBlock } from './document.ts';
import { emptyDocument, onePixel } from './fixtures/random.ts';
import { prepare } from './prepare.ts';

const numbersOf = (blocks: ExportBlock[]): string[] =>
	prepare({ ...emptyDocument, blocks }).blocks.flatMap((block) =>
		block.kind === 'heading' ? [`${'#'.repeat(block.level)} ${block.number}`] : []
	);

describe('headings', () => {
	it('are numbered by their place', () => {
		const blocks = [
			heading(1, 'a'),
			heading(2, 'b'),
			heading(2, 'c'),
			heading(3, 'd'),
			heading(1, 'e'),
			heading(2, 'f')
		];
		expect(numbersOf(blocks)).toEqual(['# 1', '## 1.1', '## 1.2', '### 1.2.1', '# 2', '## 2.1']);
	});

	it('form a tree that begins at the top and skips no level', () => {
		expect(numbersOf([heading(3, 'a'), heading(3, 'b'), heading(1, 'c'), heading(3, 'd')])).toEqual(
			['# 1', '## 1.1', '# 2', '## 2.1']
		);
	});

	it('have no number under one without a number, and go on counting after it', () => {
		const blocks = [
			heading(1, 'a'),
			heading(1, 'b', false),
			heading(2, 'c'),
			heading(1, 'd'),
			heading(2, 'e')
		];
		expect(numbersOf(blocks)).toEqual(['# 1', '# ', '## ', '# 2', '## 2.1']);
	});

	it('have names of their own', () => {
		const { blocks } = prepare({ ...emptyDocument, blocks: [heading(1, 'a'), heading(1, 'a')] });
		expect(blocks).toMatchObject([{ anchor: 'heading_1' }, { anchor: 'heading_2' }]);
	});

	it('inside a quotation are paragraphs', () => {
		const { blocks } = prepare({
			...emptyDocument,
			blocks: [{ kind: 'quote', blocks: [heading(1, 'a')] }]
		});
		expect(blocks).toMatchObject([{ blocks: [{ kind: 'paragraph', runs: [{ text: 'a' }] }] }]);
	});
});

it('all texts are clean, and unsafe links are text (F-30, F-39)', () => {
	const { title, blocks } = prepare({
		...emptyDocument,
		title: 'a\u0000b',
		blocks: [
			{
				kind: 'paragraph',
				runs: [{ text: 'e\u0301\u0001', link: 'javascript:alert(1)' }, { text: '\u0002' }]
			},
			{
				kind: 'table',
				columns: [
					{ align: 'start', weight: 1 },
					{ align: 'start', weight: 1 }
				],
				header: [],
				rows: [[{ runs: [{ text: 'x\u0003' }] }]],
				caption: 'y\u0004'
			}
		]
	});
	expect(title).toBe('ab');
	expect(blocks[0]).toEqual({ kind: 'paragraph', runs: [{ text: 'é', link: undefined }] });
	expect(blocks[1]).toMatchObject({
		rows: [[{ runs: [{ text: 'x' }] }, { runs: [] }]],
		caption: 'y'
	});
});

describe('a document beyond the limits is refused with the number (F-21)', () => {
	const deep = (levels: number): ExportBlock => {
		let block: ExportBlock = paragraph('end');
		for (let i = 0; i < levels; i++) block = { kind: 'quote', blocks: [block] };
		return block;
	};
	const wide = (columns: number, rows: number): ExportBlock => ({
		kind: 'table',
		columns: Array.from({ length: columns }, () => ({ align: 'start', weight: 1 })),
		header: [],
		rows: Array.from({ length: rows }, () => Array.from({ length: columns }, () => ({ runs: [] }))),
		caption: ''
	});
	it.each([
		['depth', deep(limits.depth + 1)],
		['columns', wide(limits.columns + 1, 1)],
		['cells', wide(8, limits.cells / 8 + 1)],
		['characters', paragraph('x'.repeat(limits.characters + 1))]
	])('%s', (what, block) => {
		const make = () => prepare({ ...emptyDocument, blocks: [block] });
		expect(make).toThrow(expect.objectContaining({ code: 'export-failed' }));
		expect(make).toThrow(expect.objectContaining({ values: expect.objectContaining({ what }) }));
	});

	it('10,000 nested quotations do not take the check down', () => {
		expect(() => prepare({ ...emptyDocument, blocks: [deep(10_000)] })).toThrow('export-failed');
	});

	it('what is at the limit passes', () => {
		expect(() => prepare({ ...emptyDocument, blocks: [deep(limits.depth)] })).not.toThrow();
	});
});

it('pictures are drawn once, three dots to the pixel, and a device that cannot is no error', async () => {
	const figure = {
		kind: 'figure',
		svg: '<svg/>',
		png: null,
		width: 100,
		height: 50,
		alt: '',
		caption: ''
	} as const;
	const asked: number[][] = [];
	const drawn = await withPictures(
		{ ...emptyDocument, blocks: [figure, paragraph('a'), figure] },
		async (_, width, height) => {
			asked.push([width, height]);
			return asked.length === 1 ? onePixel : null;
		}
	);
	expect(asked).toEqual([
		[300, 150],
		[300, 150]
	]);
	expect(drawn.blocks.map((block) => (block.kind === 'figure' ? block.png : block.kind))).toEqual([
		onePixel,
		'paragraph',
		null
	]);
});
