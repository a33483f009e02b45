import { unzipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { anchorOf } from '#lib/draft/anchor.ts';
import { openTemplate } from '#lib/device/template.ts';
import { compose } from './compose.ts';
import { leaves, paragraphsOf, partOf, wellFormed } from './fixtures/reading.ts';
import { sampleArabic } from './fixtures/sample-arabic.ts';
import { sample } from './fixtures/sample.ts';
import { templateFile } from './fixtures/template.ts';
import { writeDocx } from './formats/docx.ts';
import { htmlOf } from './formats/html.ts';
import { markdownOf } from './formats/markdown.ts';
import type { ExportInput, ExportRemark } from './input.ts';
import { leavesOut, profiles } from './profiles.ts';

vi.setConfig({ testTimeout: 60_000 });

/** As the editor has the words: blocks on lines of their own, U+FFFC for a note. */
const words = 'A goal\nThe **team**'.replaceAll('*', '') + ' answers\uFFFC at night.\na\nb\nx y\nz';
const body =
	'## A goal\n\nThe **team** answers[^1] at night.\n\n{{score-table}}\n\n| a | b |\n| - | - |\n| x y | z |\n\n[^1]: Note.';
const remark = (quote: string, text: string, more: Partial<ExportRemark> = {}): ExportRemark => {
	const at = words.indexOf(quote);
	return {
		...anchorOf(words, at, at + quote.length),
		name: 'Ama Mensah',
		text,
		at: '2027-03-01T10:00:00.123Z',
		resolved: false,
		answers: [],
		...more
	};
};
const remarks = [
	remark('team answers\uFFFC at', 'Which team?\nSecond line & <more>', {
		answers: [{ name: 'Koffi', text: 'The national one.', at: '2027-03-02T10:00:00Z' }]
	}),
	remark('goal\nThe', 'Over two blocks'),
	remark('y', 'In a cell', { resolved: true }),
	{ ...remark('a', 'Words that are gone'), quote: 'gone for good', before: '', after: '' }
];
const withRemarks = (input: ExportInput = sample): ExportInput => ({
	...input,
	chapters: [{ title: 'One', body, blocks: [], topics: [], outline: null, remarks }]
});
const documentOf = (input = withRemarks()) => compose(input, { parts: ['draft'] });

/** The words between the marks of each comment. */
function ranges(xml: string): Map<number, string> {
	const found = new Map<number, string>();
	for (const [, id] of xml.matchAll(/<w:commentRangeStart w:id="(\d+)"\/>/g)) {
		const from = xml.indexOf(`<w:commentRangeStart w:id="${id}"/>`);
		const to = xml.indexOf(`<w:commentRangeEnd w:id="${id}"/>`);
		const texts = [...xml.slice(from, to).matchAll(/<w:t[ >][^<]*<\/w:t>|<\/w:p>/g)];
		found.set(
			Number(id),
			texts.map(([one]) => (one === '</w:p>' ? '|' : one.replace(/<[^>]*>/g, ''))).join('')
		);
	}
	return found;
}

describe.each([
	['our own styles', sample, undefined],
	['Arabic', sampleArabic, undefined],
	['a ministry’s template', sample, templateFile()]
])('a Word file for the team, with %s', (_, input, file) => {
	const made = writeDocx(documentOf(withRemarks(input)), file && openTemplate(file));

	it('has each remark at the words that it is about, and at the title where they are gone', async () => {
		const found = ranges(partOf(await made, 'word/document.xml'));
		const text = (id: number): string => (found.get(id) ?? '').replace(/^\|+|\|+$/g, '');
		expect(text(0)).toBe('team answers at');
		expect(text(1)).toBe(text(0));
		expect(text(2)).toBe('goal|The');
		expect(text(3)).toBe('y');
		expect(text(4)).toBe('One');
	});

	it('says who said what and when, what answers what, and what is settled', async () => {
		const comments = partOf(await made, 'word/comments.xml');
		const extended = partOf(await made, 'word/commentsExtended.xml');
		expect(wellFormed(comments)).toBe(true);
		expect(wellFormed(extended)).toBe(true);
		expect(paragraphsOf(comments.replaceAll(/<w:p w14[^>]*>/g, '<w:p>'))).toEqual([
			'Which team?',
			'Second line & <more>',
			'The national one.',
			'Over two blocks',
			'In a cell',
			'Words that are gone'
		]);
		expect(comments).toContain(
			'w:id="0" w:author="Ama Mensah" w:date="2027-03-01T10:00:00Z" w:initials="AM"'
		);
		expect(extended).toContain('w15:paraId="10000001" w15:paraIdParent="10000000" w15:done="0"');
		expect(extended).toContain('w15:paraId="10000003" w15:done="1"');
		const types = partOf(await made, '[Content_Types].xml');
		const relations = partOf(await made, 'word/_rels/document.xml.rels');
		for (const part of ['comments.xml', 'commentsExtended.xml']) {
			expect(types).toContain(`/word/${part}`);
			expect(relations).toContain(`Target="${part}"`);
		}
		const styles = partOf(await made, 'word/styles.xml');
		for (const [, id] of comments.matchAll(/<w:pStyle w:val="([^"]+)"/g))
			expect(styles).toContain(`w:styleId="${id}"`);
	});
});

it('the text is the same with remarks as without, in every format (P9)', async () => {
	const bare = withRemarks();
	const chapters = bare.chapters.map(({ remarks: _, ...chapter }) => chapter);
	const without = documentOf({ ...bare, chapters });
	expect(leaves(documentOf().blocks)).toEqual(leaves(without.blocks));
	const cut = (text: string): string => text.replace(/Content [0-9a-f]{12}/g, '');
	expect(cut(htmlOf(documentOf()))).toBe(cut(htmlOf(without)));
	expect(cut(markdownOf(documentOf()))).toBe(cut(markdownOf(without)));
	expect(Object.keys(unzipSync(await writeDocx(without))).join()).not.toContain('comments');
});

it.each(profiles.filter((profile) => profile !== 'team'))(
	'no remark leaves for the reader "%s", in no byte',
	async (profile) => {
		const document = compose(withRemarks(), {
			parts: ['draft'],
			leaveOut: leavesOut[profile],
			anonymous: profile === 'anonymous'
		});
		const text = Object.values(unzipSync(await writeDocx(document)))
			.map((bytes) => new TextDecoder().decode(bytes))
			.join('\n');
		for (const secret of ['Which team?', 'Koffi', 'Ama Mensah', 'commentRange'])
			expect([secret, text.includes(secret)]).toEqual([secret, false]);
	}
);
