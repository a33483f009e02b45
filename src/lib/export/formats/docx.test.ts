import { unzipSync, strFromU8 } from 'fflate';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { compose } from '../compose.ts';
import { plain, withPictures, type ExportDocument } from '../document.ts';
import { emptyDocument, onePixel, randomDocument } from '../fixtures/random.ts';
import {
	missingFrom,
	paragraphsOf,
	partOf,
	squeezed,
	unescaped,
	wellFormed
} from '../fixtures/reading.ts';
import { sampleArabic } from '../fixtures/sample-arabic.ts';
import { sample } from '../fixtures/sample.ts';
import { xss } from '../fixtures/xss.ts';
import { writeDocx } from './docx.ts';

// Long runs on slow machines are no fault.
vi.setConfig({ testTimeout: 120_000 });

const parts = ['results', 'plan', 'draft'] as const;
const body = 'word/document.xml';
const all = (xml: string, pattern: RegExp): string[] =>
	[...xml.matchAll(pattern)].map(([found]) => found);
const elements = (xml: string, name: string): string[] =>
	all(xml, new RegExp(`<w:${name}(?: [^>]*)?>.*?</w:${name}>`, 'gs'));
const xmlOf = async (document: ExportDocument): Promise<string> =>
	partOf(await writeDocx(document), body);

let document: ExportDocument;
let file: Uint8Array;
let xml: string;
beforeAll(async () => {
	document = await withPictures(compose(sample, { parts }), async () => onePixel);
	file = await writeDocx(document);
	xml = partOf(file, body);
});

describe('the text', () => {
	it('has every heading, answer and action in order (P9)', () => {
		const words = [
			...sample.chapters.map((chapter) => chapter.title),
			'Each action in detail',
			...sample.actions.flatMap((action) => [action.title, action.done, action.note]),
			'Annex: where we stand',
			...sample.topics.map((topic) => topic.title),
			...sample.gaps.map((gap) => gap.title),
			'All answers',
			...sample.topics.flatMap(({ id, title }) => [
				title,
				...sample.questions
					.filter((question) => question.topic === id)
					.flatMap(({ title: t, answer }) => [t, answer?.kind === 'level' ? answer.sentence : ''])
			]),
			...sample.method
		];
		// After the contents table, which has the headings too.
		const text = paragraphsOf(xml.slice(xml.indexOf('w:fldCharType="end"'))).join('\n');
		expect(missingFrom(text, words.map(squeezed).filter(Boolean))).toBeNull();
	});

	it('has headings in heading styles, which number them', () => {
		const headings = document.blocks.flatMap((b) =>
			b.kind === 'heading' ? [`Heading${b.level} ${plain(b.runs)}`] : []
		);
		const found = elements(xml, 'p').flatMap((p) => {
			const style = /<w:pStyle w:val="(Heading\d)"/.exec(p)?.[1];
			return style ? [`${style} ${paragraphsOf(p)[0]}`] : [];
		});
		expect(found).toEqual(headings);
		const styles = partOf(file, 'word/styles.xml');
		const numbering = partOf(file, 'word/numbering.xml');
		for (const level of [1, 2, 3]) {
			const style = elements(styles, 'style').find((s) =>
				s.includes(`w:styleId="Heading${level}"`)
			)!;
			expect(style).toContain(`<w:ilvl w:val="${level - 1}"/>`);
			expect(style).toContain(`<w:outlineLvl w:val="${level - 1}"/>`);
			expect(numbering).toContain(`<w:pStyle w:val="Heading${level}"/>`);
		}
		expect(numbering).toContain('<w:lvlText w:val="%1.%2.%3"/>');
	});

	it('takes hostile text for text (F-30, F-37)', async () => {
		const blocks = xss.map((text) => ({
			kind: 'paragraph' as const,
			runs: [{ text, link: text }]
		}));
		const hostile = await writeDocx({ ...emptyDocument, title: xss[0]!, blocks });
		const found = paragraphsOf(partOf(hostile, body));
		for (const text of xss) expect(found).toContain(text);
		expect(partOf(hostile, 'word/_rels/document.xml.rels')).not.toContain('TargetMode="External"');
	});
});

describe('the package', () => {
	it(
		'is well-formed XML, part by part, for the samples and for random documents (F-39)',
		{ timeout: 60_000 },
		async () => {
			const documents = [
				document,
				compose(sampleArabic, { parts }),
				...[1, 2, 3, 4, 5, 6, 7, 8].map(randomDocument)
			];
			for (const one of documents) {
				for (const [path, bytes] of Object.entries(unzipSync(await writeDocx(one)))) {
					if (!/\.(xml|rels)$/.test(path)) continue;
					expect([path, wellFormed(strFromU8(bytes))]).toEqual([path, true]);
				}
			}
		}
	);

	it('names title, country, language and the moment of the export', () => {
		const core = partOf(file, 'docProps/core.xml');
		expect(core).toContain('<dc:title>Assessment, action plan and draft strategy</dc:title>');
		expect(core).toContain('<dc:creator>Numenia</dc:creator>');
		expect(core).toContain('<dc:language>en</dc:language>');
		expect(core).toContain('2027-03-14T09:30:00Z');
		expect(core).not.toContain('Un-named');
	});

	it('asks Word to fill its fields', () => {
		expect(partOf(file, 'word/settings.xml')).toMatch(/<w:updateFields\/>/);
	});

	it('names fonts for Latin and for Arabic, and the language of the text (F-66)', () => {
		const defaults = elements(partOf(file, 'word/styles.xml'), 'docDefaults')[0]!;
		expect(defaults).toMatch(/<w:rFonts [^>]*w:ascii="Calibri"/);
		expect(defaults).toMatch(/<w:rFonts [^>]*w:cs="Arial"/);
		expect(defaults).toMatch(/<w:lang [^>]*w:val="en-GB"/);
	});
});

describe('the contents table', () => {
	it('is a field, and has its entries in it already', () => {
		const field = xml.slice(
			xml.indexOf('w:fldCharType="begin"'),
			xml.indexOf('w:fldCharType="end"')
		);
		expect(unescaped(field)).toContain('TOC \\o "1-2" \\h');
		const entries = paragraphsOf(xml).filter((_, i) =>
			/<w:pStyle w:val="TOC\d"/.test(elements(xml, 'p')[i]!)
		);
		expect(entries[0]).toBe('1\u2002Where the country stands');
		expect(entries).toContain('4.1\u2002Each action in detail');
		expect(entries).toHaveLength(
			document.blocks.filter((b) => b.kind === 'heading' && b.level < 3).length
		);
	});
	it('leads to its headings', () => {
		for (const anchor of all(xml, /(?<=w:anchor=")[^"]+/g))
			expect(xml).toContain(`<w:bookmarkStart w:name="${anchor}"`);
	});
	it('is not there for a document of two headings', async () => {
		const short = await xmlOf({ ...emptyDocument, blocks: document.blocks.slice(0, 1) });
		expect(short).not.toContain('instrText');
	});
});

describe('tables', () => {
	it('repeat their header rows and keep their rows whole', () => {
		const tables = elements(xml, 'tbl');
		expect(tables.length).toBe(document.blocks.filter((b) => b.kind === 'table').length);
		for (const table of tables) {
			const rows = elements(table, 'tr');
			for (const row of rows) expect(row).toContain('<w:cantSplit/>');
			const isFacts = !table.includes('TableHeading');
			expect(rows[0]!.includes('<w:tblHeader/>')).toBe(!isFacts);
			expect(table.match(/<w:tblHeader\/>/g)?.length ?? 0).toBe(isFacts ? 0 : 1);
		}
	});
	it('are as wide as the text', () => {
		for (const grid of elements(xml, 'tblGrid')) {
			const widths = all(grid, /(?<=<w:gridCol w:w=")\d+/g).map(Number);
			expect(widths.reduce((sum, width) => sum + width, 0)).toBe(9412);
		}
	});
	it('have the shade of a level behind its number', () => {
		const shaded = elements(xml, 'tc').filter((cell) => cell.includes('w:fill="93AFC9"'));
		expect(shaded.map((cell) => paragraphsOf(cell).join(''))).toEqual(['4']);
	});
});

describe('pictures', () => {
	it('are there as SVG and as PNG, with words for those who cannot see them', () => {
		const names = Object.keys(unzipSync(file)).filter((path) => path.startsWith('word/media/'));
		expect(names.some((name) => name.endsWith('.svg'))).toBe(true);
		expect(names.some((name) => name.endsWith('.png'))).toBe(true);
		expect(xml).toMatch(
			/<wp:docPr [^>]*descr="Scores by topic, from 0 to 4\. Lifecycle of the strategy: 2\.3/
		);
	});
	it('without a PNG are their words', async () => {
		const words = paragraphsOf(await xmlOf(compose(sample, { parts: ['results'] }))).join('\n');
		expect(words).toContain('Lifecycle of the strategy: 2.3, target 3.0.');
	});
});

describe('every page', () => {
	const frames = (bytes: Uint8Array, kind: string): string[] =>
		Object.keys(unzipSync(bytes))
			.filter((path) => new RegExp(`^word/${kind}\\d\\.xml$`).test(path))
			.map((path) => partOf(bytes, path));

	it('says that a fictional country is one, also the first', () => {
		const headers = frames(file, 'header');
		expect(headers).toHaveLength(2);
		for (const header of headers)
			expect(paragraphsOf(header).join()).toContain('Numenia does not exist');
	});
	it('has the title above and its number below', () => {
		expect(
			frames(file, 'header').some((h) => paragraphsOf(h).join().includes('Assessment, action plan'))
		).toBe(true);
		for (const footer of frames(file, 'footer')) {
			expect(footer).toMatch(/PAGE.*NUMPAGES/s);
			expect(paragraphsOf(footer).join()).toMatch(/Page .* of /);
		}
	});
	it('of a real country says nothing of the kind', async () => {
		const real = await writeDocx(
			compose({ ...sample, workspace: { ...sample.workspace, demo: false } }, { parts })
		);
		for (const header of frames(real, 'header')) expect(header).not.toContain('Fictional');
	});
});

describe('lists', () => {
	it('count from their own start, each for itself', async () => {
		const list = (start: number) => ({
			kind: 'list' as const,
			ordered: true,
			start,
			items: [[{ kind: 'paragraph' as const, runs: [{ text: 'a' }] }]]
		});
		const bytes = await writeDocx({ ...emptyDocument, blocks: [list(1), list(1), list(7)] });
		const ids = all(partOf(bytes, body), /(?<=<w:numId w:val=")\d+/g);
		expect(new Set(ids).size).toBe(3);
		expect(partOf(bytes, 'word/numbering.xml')).toContain('<w:start w:val="7"/>');
	});
});

describe('an Arabic document (P10, F-66)', () => {
	let arabic: Uint8Array;
	let pages: string[];
	beforeAll(async () => {
		arabic = await writeDocx(
			await withPictures(compose(sampleArabic, { parts }), async () => onePixel)
		);
		pages = Object.keys(unzipSync(arabic))
			.filter((path) => /^word\/(document|header\d|footer\d)\.xml$/.test(path))
			.map((path) => partOf(arabic, path));
		expect(pages).toHaveLength(5);
	});

	it('has every paragraph right to left', () => {
		for (const page of pages) {
			for (const paragraph of elements(page, 'p'))
				expect(paragraph).toMatch(/^<w:p(?: [^>]*)?><w:pPr>.*?<w:bidi\/>/s);
		}
	});

	it('has every run with Arabic, and every run without Latin letters, right to left', () => {
		let count = 0;
		for (const run of pages.flatMap((page) => elements(page, 'r'))) {
			const text = paragraphsOf(`<w:p>${run}</w:p>`)[0] ?? '';
			if (!run.includes('<w:t ') || text.trim() === '') continue;
			count++;
			const isLatin = /\p{Script=Latin}/u.test(text);
			const hasArabic = /\p{Script=Arabic}/u.test(text);
			expect([text, isLatin && hasArabic]).toEqual([text, false]);
			// ECMA-376 17.3.2.30: w:rtl is not for strong left-to-right text.
			expect([text, /<w:rtl\/>/.test(run)]).toEqual([text, !isLatin]);
			expect(run).toMatch(/<w:rtl(\/>| w:val="(false|0)"\/>)/);
		}
		expect(count).toBeGreaterThan(150);
	});

	it('has its tables and its section right to left', () => {
		const tables = elements(pages[0]!, 'tbl');
		expect(tables.length).toBeGreaterThan(5);
		for (const table of tables) expect(table).toContain('<w:bidiVisual/>');
		const section = elements(pages[0]!, 'sectPr')[0]!;
		// In the schema's order: after titlePg, before docGrid.
		expect(section).toMatch(/<w:titlePg\/>.*<w:bidi\/>.*<w:docGrid/s);
	});

	it('says its language to the proofing tools, and sizes for complex scripts', () => {
		const styles = partOf(arabic, 'word/styles.xml');
		expect(styles).toMatch(/<w:lang [^>]*w:bidi="ar-SA"/);
		expect(elements(styles, 'docDefaults')[0]).toMatch(/<w:szCs w:val="24"\/>/);
	});

	it('has an English one nothing of', () => {
		expect(xml).not.toMatch(/<w:bidi\/>|<w:bidiVisual\/>|<w:rtl/);
	});

	it('an Arabic name in an English document is right to left by itself', async () => {
		const runs = [{ text: 'By وزارة المالية today' }];
		const mixed = await xmlOf({ ...emptyDocument, blocks: [{ kind: 'paragraph', runs }] });
		expect(
			elements(mixed, 'r')
				.filter((run) => run.includes('<w:rtl/>'))
				.map((run) => paragraphsOf(`<w:p>${run}</w:p>`)[0])
		).toEqual(['وزارة المالية']);
	});
});
