import { unzipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { openTemplate } from '#lib/device/template.ts';
import { compose } from './compose.ts';
import type { ExportBlock, ExportDocument, Run } from './document.ts';
import { leaves, partOf, wellFormed } from './fixtures/reading.ts';
import { sampleArabic } from './fixtures/sample-arabic.ts';
import { sample } from './fixtures/sample.ts';
import { templateFile, templateParts } from './fixtures/template.ts';
import { writeDocx } from './formats/docx.ts';
import { htmlOf } from './formats/html.ts';
import { markdownOf } from './formats/markdown.ts';
import type { ExportInput } from './input.ts';
import { blocksOf } from './markdown.ts';
import { prepare } from './prepare.ts';

vi.setConfig({ testTimeout: 60_000 });

const chapter = (title: string, body: string): ExportInput['chapters'][number] => ({
	title,
	body,
	blocks: [],
	topics: [],
	outline: null
});
const first =
	'## A goal[^law]\n\nAdopted in **2027**[^1], and again[^1]. Nobody wrote [^2].\n\n| a | b |\n| - | - |\n| x[^cell] | y |\n\n' +
	'{{score-table}}\n\nAfter it[^end].\n\n[^1]: Order 14, see the [gazette](https://gazette.example/14).\n[^law]: Act\n[^cell]: In a *cell*.\n\n[^end]: At the end.\n\n[^unused]: Kept as it is.';
const second = 'Of another chapter[^1].\n\n[^1]: Its own first note.';
const documentOf = (input: ExportInput = sample, more: Partial<ExportInput> = {}): ExportDocument =>
	compose(
		{ ...input, chapters: [chapter('One', first), chapter('Two', second)], ...more },
		{ parts: ['draft'] }
	);
const said = (runs: readonly Run[]): string => runs.map(({ text }) => text).join('');

describe('a footnote of a chapter', () => {
	it('hangs where its mark is, and its definition is no paragraph any more', () => {
		const blocks = blocksOf('Text[^1] goes on.\n\n[^1]: The **note**.');
		expect(blocks).toEqual([
			{
				kind: 'paragraph',
				runs: [
					{ text: 'Text' },
					{
						text: '',
						note: {
							key: ':1',
							label: '1',
							runs: [{ text: 'The ' }, { text: 'note', bold: true }, { text: '.' }]
						}
					},
					{ text: ' goes on.' }
				]
			}
		]);
	});

	it('of one word is a note too, and not the address of a link', () => {
		const [block] = blocksOf('Text[^a].\n\n[^a]: word');
		expect(JSON.stringify(block)).toContain('"runs":[{"text":"word"}]');
		expect(JSON.stringify(block)).not.toContain('"link"');
	});

	it('is counted through the whole document; the same note has the same number', () => {
		const { notes } = prepare(documentOf());
		expect(notes.map(({ number, runs }) => `${number} ${said(runs)}`)).toEqual([
			'1 Act',
			'2 Order 14, see the gazette.',
			'3 In a cell.',
			'4 At the end.',
			'5 Its own first note.'
		]);
	});

	it('without a definition stays text; a definition that nothing uses stays a paragraph (P9)', () => {
		const texts = leaves(documentOf().blocks);
		expect(texts.join('\n')).toContain('Nobody wrote [^2].');
		expect(texts).toContain('[^unused]: Kept as it is.');
		expect(texts.filter((text) => text.includes('Order 14'))).toHaveLength(1);
	});

	it.each([
		['a second definition of a label', 'A[^1].\n\n[^1]: One.\n\n[^1]: Two.', ['One.', 'Two.']],
		['a note that only a note mentions', 'A[^1].\n\n[^1]: See [^2].\n\n[^2]: Deep.', ['Deep.']],
		['a note that mentions itself', 'A.\n\n[^1]: See [^1].', ['See [^1].']],
		['a mark that is a paragraph', '[^1]\n\n[^1]: Alone.', ['Alone.']],
		['a mark in the words of a link', '[a[^1]](https://x.example)\n\n[^1]: There.', ['There.']],
		['a mark in code', '`[^1]`\n\n[^1]: There.', ['[^1]', 'There.']]
	])('loses nothing: %s (P9)', (_, markdown, words) => {
		const text = leaves(blocksOf(markdown)).join('\n');
		for (const word of words) expect(text).toContain(word);
	});

	it('has no name of a participant in an anonymous document', () => {
		const named = chapter('One', 'Text[^1].\n\n[^1]: As Ama **Mensah** said.');
		const input = { ...sample, chapters: [named], participants: ['Ama Mensah'] };
		const document = compose(input, { parts: ['draft'], anonymous: true });
		expect(JSON.stringify(document)).not.toMatch(/Mensah/);
		expect(leaves(document.blocks).join()).toContain('said.');
	});

	it('that a thousand marks refer to is there once (F-21)', () => {
		const long = 'word '.repeat(40_000);
		const blocks = blocksOf(`${'a[^1] '.repeat(1000)}\n\n[^1]: ${long}`);
		expect(JSON.stringify(blocks).length).toBeLessThan(long.length + 200_000);
	});
});

describe('in Word', () => {
	const every = (xml: string, pattern: RegExp): string[] =>
		[...xml.matchAll(pattern)].map(([, found = '']) => found);
	it.each([
		['our own styles', sample, undefined],
		['Arabic', sampleArabic, undefined],
		['a ministry’s template', sample, templateFile()],
		[
			'a template with its own style for notes',
			sample,
			templateFile({
				'word/styles.xml': String(templateParts()['word/styles.xml']).replace(
					'</w:styles>',
					'<w:style w:type="paragraph" w:styleId="Notedebasdepage"><w:name w:val="footnote text"/></w:style><w:style w:type="character" w:styleId="Appelnotedebasdep"><w:name w:val="footnote reference"/></w:style></w:styles>'
				)
			})
		]
	])('it is a footnote of the file, with %s', async (_, input, file) => {
		const bytes = await writeDocx(documentOf(input), file && openTemplate(file));
		const text = partOf(bytes, 'word/document.xml');
		const notes = partOf(bytes, 'word/footnotes.xml');
		expect(wellFormed(notes)).toBe(true);
		expect(every(text, /<w:footnoteReference w:id="(\d+)"\/>/g)).toEqual(['1', '2', '3', '4', '5']);
		expect(every(notes, /<w:footnote w:id="(\d+)">/g)).toEqual(['1', '2', '3', '4', '5']);
		expect(text).toContain(' NOTEREF _RefNote2 ');
		expect(text).toContain('w:name="_RefNote2"');
		expect(notes).toMatch(/w:type="separator" w:id="-1".*w:type="continuationSeparator" w:id="0"/);
		expect(partOf(bytes, 'word/settings.xml')).toMatch(/<w:footnotePr>.*<w:compat>/);
		expect(partOf(bytes, '[Content_Types].xml')).toContain('/word/footnotes.xml');
		expect(partOf(bytes, 'word/_rels/document.xml.rels')).toContain('Target="footnotes.xml"');
		const link = /<w:hyperlink r:id="([^"]+)"/.exec(notes)?.[1];
		expect(partOf(bytes, 'word/_rels/footnotes.xml.rels')).toContain(`Id="${link}"`);
		const styles = partOf(bytes, 'word/styles.xml');
		for (const id of every(notes + text, /<w:(?:pStyle|rStyle) w:val="([^"]+)"/g))
			expect([id, styles.split(`w:styleId="${id}"`).length]).toEqual([id, 2]);
		if (file && styles.includes('Notedebasdepage')) {
			expect(notes).toContain('<w:pStyle w:val="Notedebasdepage"/>');
			expect(text).toContain('<w:rStyle w:val="Appelnotedebasdep"/>');
		}
		if (input.direction === 'rtl') {
			for (const paragraph of every(notes, /<w:p>(.*?)<\/w:p>/g))
				expect(paragraph).toContain('<w:bidi/>');
		}
	});

	it('a document without notes has no part for them', async () => {
		const bytes = await writeDocx(documentOf(sample, { chapters: [chapter('One', 'Text.')] }));
		expect(Object.keys(unzipSync(bytes)).join()).not.toContain('footnotes');
		expect(partOf(bytes, 'word/settings.xml')).not.toContain('footnotePr');
	});
});

it('in a web page it is a link there and a link back', () => {
	const html = htmlOf(documentOf());
	for (const number of [1, 2, 3, 4, 5]) {
		expect(html.split(`id="note-${number}"`)).toHaveLength(2);
		expect(html.split(`id="ref-${number}"`)).toHaveLength(2);
		expect(html).toContain(`href="#ref-${number}" aria-label="Back to the text"`);
	}
	expect(html.split('href="#note-2"')).toHaveLength(3);
	expect(html).toContain('<section class="notes" aria-label="Notes">');
});

it('in Markdown its label is unique in the document, and it is read back', () => {
	const markdown = markdownOf(documentOf());
	expect(markdown.match(/^\[\^\d+\]: /gm)).toEqual([1, 2, 3, 4, 5].map((n) => `[^${n}]: `));
	expect(markdown).toContain('Adopted in **2027**[^2], and again[^2].');
	const back = leaves(blocksOf(markdown));
	expect(back.slice(-5)).toEqual([
		'Act',
		'Order 14, see the gazette.',
		'In a cell.',
		'At the end.',
		'Its own first note.'
	]);
});

it.each(['(x)', ': y', '[z]', ':'])(
	'in Markdown a text that follows it, as %s, is text',
	(after) => {
		const note = { text: '', note: { key: 'n', label: 'n', runs: [{ text: 'note' }] } };
		const blocks: ExportBlock[] = [{ kind: 'paragraph', runs: [note, { text: after }] }];
		const back = blocksOf(markdownOf({ ...documentOf(), blocks })).at(-1);
		expect(back).toMatchObject({ runs: [{ note: { label: '1' } }, { text: after }] });
	}
);
