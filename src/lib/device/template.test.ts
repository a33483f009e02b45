import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { compose } from '#lib/export/compose.ts';
import { withPictures } from '#lib/export/document.ts';
import { planned } from '#lib/export/fixtures/plan.ts';
import { onePixel } from '#lib/export/fixtures/random.ts';
import { paragraphsOf, partOf, wellFormed } from '#lib/export/fixtures/reading.ts';
import { sampleArabic } from '#lib/export/fixtures/sample-arabic.ts';
import { sample } from '#lib/export/fixtures/sample.ts';
import { templateFile, templateParts } from '#lib/export/fixtures/template.ts';
import { TemplateRefused } from '#lib/export/formats/docx/template.ts';
import { writeDocx } from '#lib/export/formats/docx.ts';
import type { Hand } from './export-run.ts';
import { openTemplate } from './template.ts';
import { openTemplateAside, openTemplateFile } from './template-run.ts';

vi.mock('./export-worker.ts?worker&url', () => ({ default: '/worker.js' }));
// Long runs on slow machines are no fault.
vi.setConfig({ testTimeout: 60_000 });

const made = async (file = templateFile(), input = planned(sample), marking = 'Restricted') =>
	writeDocx(
		await withPictures(
			compose(input, { parts: [], purpose: 'strategy', marking }),
			async () => onePixel
		),
		openTemplate(file)
	);
const textOf = (bytes: Uint8Array): string =>
	Object.entries(unzipSync(bytes))
		.map(([path, part]) => path + strFromU8(part))
		.join('\n');

describe('a document in a ministry’s template', () => {
	it('stands on its styles, whatever their ids are in its language', async () => {
		const xml = partOf(await made(), 'word/document.xml');
		for (const id of ['Titre1', 'Titre2', 'Titre3', 'Titre', 'Lgende', 'Corpsdetexte'])
			expect(xml).toContain(`<w:pStyle w:val="${id}"/>`);
		expect(xml).toContain('<w:tblStyle w:val="TableauMinistere"/>');
		expect(xml).not.toMatch(/w:val="(Heading1|BodyText|GuideTable)"/);
		expect(xml).not.toContain('Text of the template');
	});

	it('has every style that it uses, once', async () => {
		const bytes = await made();
		const styles = partOf(bytes, 'word/styles.xml');
		const ids = [...styles.matchAll(/w:styleId="([^"]*)"/g)].map(([, id]) => id!);
		expect(new Set(ids).size).toBe(ids.length);
		for (const path of ['word/document.xml', 'word/headerGuide1.xml'])
			for (const [, id] of partOf(bytes, path).matchAll(/<w:(?:pStyle|tblStyle) w:val="([^"]*)"/g))
				expect(ids).toContain(id);
		for (const [, id] of styles.matchAll(/<w:basedOn w:val="([^"]*)"/g)) expect(ids).toContain(id);
	});

	it('keeps page, header with its logo, and footer, and says its marking in the header', async () => {
		const bytes = await made();
		const xml = partOf(bytes, 'word/document.xml');
		expect(xml).toContain('<w:pgSz w:w="12240" w:h="15840"/>');
		expect(xml).not.toContain('w:start="7"');
		const header = partOf(bytes, 'word/headerGuide1.xml');
		expect(paragraphsOf(header).join(' ')).toMatch(/Ministry of Numenia.*Numenia does not exist/s);
		expect(header).toContain('string="Restricted"');
		expect(partOf(bytes, 'word/_rels/headerGuide1.xml.rels')).toContain('media/frame1-1.png');
		expect(Object.keys(unzipSync(bytes))).toContain('word/media/frame1-1.png');
		expect(textOf(bytes)).toContain('Footer of the ministry');
		// The template has a first page of its own and no header for it: it must say the marking too.
		const first = /w:headerReference w:type="first" r:id="(\w+)"/.exec(xml)?.[1];
		const target = new RegExp(`Id="${first}"[^>]*Target="([^"]*)"`).exec(
			partOf(bytes, 'word/_rels/document.xml.rels')
		)?.[1];
		expect(partOf(bytes, `word/${target}`)).toContain('Restricted');
		for (const grid of xml.match(/<w:tblGrid>.*?<\/w:tblGrid>/gs) ?? []) {
			const widths = [...grid.matchAll(/w:w="(\d+)"/g)].map(([, width]) => Number(width));
			expect(widths.reduce((a, b) => a + b, 0)).toBe(12240 - 1500 - 2000);
		}
	});

	it('is a whole package: well-formed, every relationship there, every list known', async () => {
		for (const input of [planned(sample), sampleArabic]) {
			const bytes = await made(templateFile(), input);
			const files = unzipSync(bytes);
			for (const [path, part] of Object.entries(files)) {
				if (!/\.(xml|rels)$/.test(path)) continue;
				expect([path, wellFormed(strFromU8(part))]).toEqual([path, true]);
				if (!path.endsWith('.rels')) continue;
				for (const [, target] of strFromU8(part).matchAll(/Target="([^"]*)"(?! TargetMode)/g)) {
					const folder = path.startsWith('word/') ? 'word/' : '';
					expect(files).toHaveProperty([folder + target!]);
				}
			}
			const xml = partOf(bytes, 'word/document.xml');
			const numbering = partOf(bytes, 'word/numbering.xml');
			for (const [, id] of xml.matchAll(/<w:numId w:val="([1-9]\d*)"/g))
				expect(numbering).toContain(`<w:num w:numId="${id}">`);
			expect(numbering).toContain('upperRoman');
			expect(numbering.lastIndexOf('<w:abstractNum ')).toBeLessThan(numbering.indexOf('<w:num '));
		}
	});

	it('brings no macro, no link to elsewhere, no field that fetches, and says so (F-37)', async () => {
		const { notes } = openTemplate(
			templateFile({
				'[Content_Types].xml': String(templateParts()['[Content_Types].xml']).replace(
					'openxmlformats-officedocument.wordprocessingml.document.main',
					'ms-word.document.macroEnabled.main'
				)
			})
		);
		expect([...notes].sort()).toEqual(['external', 'fields', 'macros']);
		const text = textOf(await made());
		for (const bad of [
			'vbaProject',
			'tracker.example',
			'ministry.dotm',
			'DDEAUTO',
			'Secretary Name'
		])
			expect(text).not.toContain(bad);
		expect(text).toContain('PAGE');
	});

	it('runs from right to left in an Arabic document, in the schema’s order', async () => {
		const xml = partOf(await made(templateFile(), sampleArabic), 'word/document.xml');
		expect(xml).toMatch(/<w:titlePg\/><w:bidi\/><w:docGrid/);
	});

	it('that has no styles, header or numbering is filled up with ours', async () => {
		const rels = String(templateParts()['word/_rels/document.xml.rels']);
		const bare = templateFile({
			'word/_rels/document.xml.rels': rels.replace(/<Relationship [^>]*\/>/g, '')
		});
		const text = textOf(await made(bare));
		expect(text).toContain('w:styleId="Heading1"');
		expect(text).toMatch(/NUMPAGES/);
	});
});

describe('what is no template is refused with its reason', () => {
	const faultOf = (file: Uint8Array): string => {
		try {
			openTemplate(file);
		} catch (thrown) {
			if (thrown instanceof TemplateRefused) return thrown.fault;
			throw thrown;
		}
		return 'none';
	};
	const document = (change: (xml: string) => string) =>
		templateFile({ 'word/document.xml': change(String(templateParts()['word/document.xml'])) });

	it.each([
		['nothing at all', new Uint8Array(), 'empty'],
		['a text', new TextEncoder().encode('Dear colleague'), 'not-docx'],
		['a ZIP of something else', templateFile({ 'word/document.xml': null }), 'not-docx'],
		['a spreadsheet', templateFile({ 'word/document.xml': '<workbook/>' }), 'not-docx'],
		[
			'a file with a password',
			Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1),
			'password'
		],
		['half a file', templateFile().slice(0, 2000), 'damaged'],
		['a broken part', document((xml) => xml.replace('</w:body>', '')), 'damaged'],
		[
			'entities',
			document((xml) => `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${xml}`),
			'entities'
		],
		[
			'Strict Open XML',
			document((xml) =>
				xml.replace(
					/http:\/\/schemas[^"]*wordprocessingml\/2006\/main/,
					'http://purl.oclc.org/ooxml/wordprocessingml/main'
				)
			),
			'strict'
		],
		['a bomb', templateFile({ 'word/media/image1.png': new Uint8Array(60_000_000) }), 'too-large']
	])('%s', (_, file, fault) => expect(faultOf(file)).toBe(fault));

	it('200 MB, before a byte of it is read', async () => {
		const file = { size: 200_000_000, arrayBuffer: () => Promise.reject(new Error('read')) };
		await expect(openTemplateFile(file as unknown as File)).rejects.toMatchObject({
			fault: 'too-large'
		});
	});

	it('also away from the window, where a worker that dies is a Problem and is ended (F-22)', async () => {
		const listeners = new Map<string, (event: never) => void>();
		const terminate = vi.fn();
		const say = (type: string, data?: unknown) => listeners.get(type)?.({ data } as never);
		const worker = (answer: () => void) => () =>
			({
				postMessage: answer,
				terminate,
				addEventListener: (type: string, listener: (event: never) => void) =>
					listeners.set(type, listener)
			}) as unknown as Hand;
		const bytes = templateFile();
		const template = openTemplate(bytes);
		const good = worker(() => say('message', { kind: 'template', template }));
		expect(await openTemplateAside(bytes, good)).toBe(template);
		const refusing = worker(() => say('message', { kind: 'refused', fault: 'strict', detail: '' }));
		await expect(openTemplateAside(bytes, refusing)).rejects.toMatchObject({ fault: 'strict' });
		const dying = worker(() => say('error'));
		const died = { code: 'export-failed', values: { what: 'worker' } };
		await expect(openTemplateAside(bytes, dying)).rejects.toMatchObject(died);
		expect(terminate).toHaveBeenCalledTimes(3);
		const none = () => {
			throw new Error('no worker');
		};
		await expect(openTemplateAside(bytes, none)).rejects.toMatchObject(died);
	});

	it('a byte that flipped never breaks out of these reasons', () => {
		const file = templateFile();
		for (let i = 0; i < file.length; i += 37) {
			const other = file.slice();
			other[i] = (other[i] ?? 0) ^ 0xff;
			expect(typeof faultOf(other)).toBe('string');
		}
	});
});
