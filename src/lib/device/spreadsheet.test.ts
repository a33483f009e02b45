/** Files that are none of ours, or want to do harm: each ends in a sentence, and nothing is run. */
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { writeXlsx } from '#lib/export/formats/xlsx.ts';
import { BadFile, badFileCodes } from '#lib/sheets/bad-file.ts';
import { compare } from '#lib/sheets/compare.ts';
import { rowLimit } from '#lib/sheets/read/book.ts';
import words from '#content/languages/en/sheets.json' with { type: 'json' };
import { partOf, withCells, withParts } from '../../../tests/fixtures/edited-sheet.ts';
import { plannedDocument, tablesOf } from '../../../tests/fixtures/planned-workspace.ts';
import { readSpreadsheet } from './spreadsheet.ts';

vi.setConfig({ testTimeout: 120_000 });

const tables = tablesOf(plannedDocument(3));
const made = await writeXlsx(tables);
const codeOf = (bytes: Uint8Array): string => {
	try {
		readSpreadsheet(bytes);
		return 'read';
	} catch (thrown) {
		if (thrown instanceof BadFile) return thrown.code;
		throw thrown;
	}
};
const plan = 'xl/worksheets/sheet3.xml';
const preview = (bytes: Uint8Array) => compare(readSpreadsheet(bytes), tables);

it('every reason has its words', () => {
	for (const code of badFileCodes) expect(Object.keys(words)).toContain(`bad-${code}`);
});

describe('refused before anything is read', () => {
	const ole = (name: string): Uint8Array =>
		Uint8Array.from([
			0xd0,
			0xcf,
			0x11,
			0xe0,
			0xa1,
			0xb1,
			0x1a,
			0xe1,
			...new Array<number>(512).fill(0),
			...[...name].flatMap((sign) => [sign.charCodeAt(0), 0])
		]);
	it.each<[string, string, Uint8Array]>([
		['nothing', 'empty', new Uint8Array()],
		['a password', 'locked', ole('EncryptedPackage')],
		['the format of before 2007', 'old', ole('Workbook')],
		['200 MB', 'too-large', new Uint8Array(200_000_000)],
		['the first half', 'damaged', made.slice(0, made.length / 2)],
		['a flipped bit', 'damaged', made.map((byte, i) => (i === 2000 ? byte ^ 4 : byte))],
		['a picture', 'damaged', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0xfd])],
		['a text', 'foreign', strToU8('name,amount\nA,1\n')],
		['a ZIP of something else', 'foreign', zipSync({ 'a.txt': strToU8('x') })],
		['a bomb of a ratio', 'too-large', zipSync({ 'a.xml': new Uint8Array(30_000_000) })],
		[
			'a bomb of a hundred parts',
			'too-large',
			zipSync(
				Object.fromEntries(
					Array.from({ length: 3000 }, (_, i) => [`${i}.xml`, strToU8(`<a>${i}</a>`)] as const)
				)
			)
		]
	])('%s', (_, code, bytes) => {
		expect(codeOf(bytes)).toBe(code);
	});

	it('a workbook that is none of ours', () => {
		const foreign = withParts(made, {
			'xl/sharedStrings.xml': partOf(made, 'xl/sharedStrings.xml').replace(
				/>([a-z]+)\.([A-Za-z0-9]+)</g,
				'>$1 $2<'
			)
		});
		expect(codeOf(foreign)).toBe('foreign');
	});

	it('a later format', () => {
		const newer = partOf(made, 'xl/worksheets/sheet12.xml').replace(
			/<c r="B1"[^>]*>.*?<\/c>/,
			'<c r="B1"><v>2</v></c>'
		);
		expect(codeOf(withParts(made, { 'xl/worksheets/sheet12.xml': newer }))).toBe('newer');
	});

	it('100,000 rows, with their number', () => {
		const rows = Array.from(
			{ length: 100_000 },
			(_, i) => `<row r="${i + 100}"><c r="C${i + 100}"><v>${i}</v></c></row>`
		).join('');
		const xml = partOf(made, plan).replace('</sheetData>', `${rows}</sheetData>`);
		let thrown: unknown;
		try {
			readSpreadsheet(withParts(made, { [plan]: xml }));
		} catch (problem) {
			thrown = problem;
		}
		expect(thrown).toBeInstanceOf(BadFile);
		const bad = thrown as BadFile;
		expect(bad.code).toBe('too-many-rows');
		expect(bad.values.limit).toBe(rowLimit);
		expect(bad.values.count).toBeGreaterThan(100_000);
	});

	it('a document type, with or without entities (S-08, F-37)', () => {
		const types = ['<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE x>'];
		for (const type of types) {
			const xml = partOf(made, plan).replace('<worksheet', `${type}<worksheet`);
			expect(codeOf(withParts(made, { [plan]: xml }))).toBe('damaged');
		}
		const entity = partOf(made, plan).replace('<v>0</v>', '<v>&a;</v>').replace('</c>', '&a;</c>');
		expect(codeOf(withParts(made, { [plan]: entity }))).toBe('damaged');
	});
});

describe('read as values, never run', () => {
	it('macros are said and left where they are', () => {
		const types = partOf(made, '[Content_Types].xml').replace(
			'spreadsheetml.sheet.main+xml',
			'x.sheet.macroEnabled.main+xml'
		);
		const file = withParts(made, {
			'[Content_Types].xml': types.replaceAll(
				'vnd.openxmlformats-officedocument.x.',
				'vnd.ms-excel.'
			),
			'xl/vbaProject.bin': 'Sub Auto_Open()'
		});
		expect(preview(file)).toMatchObject({ file: { macros: true }, changes: [] });
	});

	it('a formula is the value that was stored with it; without one it is not taken', () => {
		const title = (formula: string) =>
			withParts(withCells(made, { plan: [{ row: 'a1', set: { title: 'PLACE' } }] }), {}) &&
			withParts(made, {
				[plan]: partOf(
					withCells(made, { plan: [{ row: 'a1', set: { title: 'PLACE' } }] }),
					plan
				).replace(
					/<c r="(\w+)" t="inlineStr"><is><t[^>]*>PLACE<\/t><\/is><\/c>/,
					`<c r="$1" t="str">${formula}</c>`
				)
			});
		const stored = preview(title('<f>WEBSERVICE("http://evil.example")</f><v>Stored</v>'));
		expect(stored.changes).toMatchObject([{ set: { title: 'Stored' } }]);
		const none = preview(title('<f>HYPERLINK("http://evil.example")</f>'));
		expect(none).toMatchObject({ changes: [], notTaken: [{ reason: 'noValue' }] });
	});

	it('a cell with an error is not taken', () => {
		const xml = partOf(withCells(made, { plan: [{ row: 'a1', set: { title: 'PLACE' } }] }), plan);
		const broken = xml.replace(
			/<c r="(\w+)" t="inlineStr"><is><t[^>]*>PLACE<\/t><\/is><\/c>/,
			'<c r="$1" t="e"><v>#REF!</v></c>'
		);
		expect(preview(withParts(made, { [plan]: broken }))).toMatchObject({
			changes: [],
			notTaken: [{ reason: 'error', value: '#REF!' }]
		});
	});

	it('what lies outside of the file is not looked for', () => {
		const relations = partOf(made, 'xl/_rels/workbook.xml.rels').replace(
			'Target="worksheets/sheet3.xml"',
			'Target="http://evil.example/sheet3.xml" TargetMode="External"'
		);
		const { changes, missing } = preview(
			withParts(made, { 'xl/_rels/workbook.xml.rels': relations })
		);
		expect({ changes, missing }).toEqual({ changes: [], missing: [] });
	});

	it('dates that count from 1904 are the same days', () => {
		const workbook = partOf(made, 'xl/workbook.xml').replace(
			'<workbookPr',
			'<workbookPr date1904="1"'
		);
		const sheets: Record<string, string> = { 'xl/workbook.xml': workbook };
		for (const n of [2, 3, 5, 9, 11]) {
			const name = `xl/worksheets/sheet${n}.xml`;
			sheets[name] = partOf(made, name).replace(
				/<v>(4\d{4})<\/v>/g,
				(_, serial: string) => `<v>${Number(serial) - 1462}</v>`
			);
		}
		expect(preview(withParts(made, sheets)).changes).toEqual([]);
	});
});
