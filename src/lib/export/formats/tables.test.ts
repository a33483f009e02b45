/** Tables as XLSX, CSV and JSON: what is in them, and that what people wrote stays what they wrote. */
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { budgetOf } from '#lib/plan/budget.ts';
import { readSpreadsheet } from '#lib/device/spreadsheet.ts';
import { csvField, readCsv } from '#lib/sheets/csv.ts';
import { readXml } from '#lib/sheets/read/xml.ts';
import { cellLimit } from '#lib/sheets/text.ts';
import { tableOf, valueOf } from '#lib/sheets/table.ts';
import * as document from '#lib/sync/document.ts';
import {
	by,
	plainAction,
	plannedDocument,
	tablesOf
} from '../../../../tests/fixtures/planned-workspace.ts';
import { writeCsv } from './csv.ts';
import { asJson } from './json.ts';
import { tableFormats } from './index.ts';
import { writeXlsx } from './xlsx.ts';

vi.setConfig({ testTimeout: 120_000 });

const doc = plannedDocument();
const tables = tablesOf(doc);
const parts = (bytes: Uint8Array): Record<string, string> =>
	Object.fromEntries(
		Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)])
	);
const xlsx = parts(await writeXlsx(tables));

/** F-38, F-39. */
const hostile = [
	'=1+1',
	'+1',
	'-1',
	'@SUM(A1)',
	'\ttab',
	'＝1',
	'＋1',
	'－1',
	'＠x',
	"'quoted",
	"'=1",
	'"',
	'a,b',
	'a;b',
	'=HYPERLINK("http://evil.example";"x")',
	'_x0041_',
	'<script>alert(1)</script>',
	']]>',
	'&amp;',
	'{=1}',
	'\u202Egnp.exe',
	'😀',
	'e\u0301',
	'العربية',
	' edges ',
	'line\nline'
];

describe('XLSX', () => {
	it('each part is XML, without a document type', () => {
		for (const xml of Object.values(xlsx)) {
			readXml(xml, { open: () => {}, close: () => {}, text: () => {} });
		}
	});

	it('sheets have names that programs take, heads that stay, filters and choices, and go right to left', async () => {
		for (const lang of ['en', 'fr', 'ar']) {
			const file = parts(await writeXlsx(tablesOf(doc, lang)));
			const names = [...file['xl/workbook.xml']!.matchAll(/<sheet name="([^"]*)"/g)].map(
				([, n]) => n!
			);
			expect(names).toHaveLength(12);
			expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(12);
			for (const name of names) expect(name).toMatch(/^[^[\]:*?/\\']{1,31}$/);
			for (let n = 2; n <= 10; n++) {
				const sheet = file[`xl/worksheets/sheet${n}.xml`]!;
				expect(sheet).toContain('ySplit="2"');
				expect(sheet).toContain('<autoFilter');
				expect(sheet.includes('rightToLeft="1"')).toBe(lang === 'ar');
			}
			const plan = file['xl/worksheets/sheet3.xml']!;
			expect(plan.match(/type="list"/g)!.length).toBeGreaterThan(6);
			expect(plan).toContain('type="date"');
			expect(plan).toContain('OFFSET(');
		}
	});

	it('what people wrote is never a formula, and comes back as it was (F-38, F-39)', async () => {
		const other = plannedDocument(2);
		for (const [i, text] of hostile.entries()) {
			document.putAction(
				other,
				by(),
				plainAction(100 + i, { title: text, owner: text, note: text })
			);
		}
		const now = tablesOf(other);
		const bytes = await writeXlsx(now);
		for (const [name, xml] of Object.entries(parts(bytes))) {
			for (const [, formula] of xml.matchAll(/<f>([^<]*)<\/f>/g)) {
				expect([name, formula]).toEqual([
					name,
					expect.stringMatching(/^(IF|IFERROR|ROUND)\(|^\$[A-Z]+\d+&amp;""$/)
				]);
				expect(formula).not.toContain('evil');
			}
		}
		const { compare } = await import('#lib/sheets/compare.ts');
		const preview = compare(readSpreadsheet(bytes), now);
		expect([preview.changes, preview.notTaken]).toEqual([[], []]);
		const rows = readSpreadsheet(bytes).tables.get('plan')!.rows;
		const titles = rows.map(({ cells }) => cells.get('title')?.value);
		for (const { title } of document.readWorkspace(other).actions) expect(titles).toContain(title);
	});

	it('stores the sums of the budget beside its formulas', () => {
		const workspace = document.readWorkspace(doc);
		const budget = budgetOf(workspace.actions, () => '', workspace.plan);
		const table = tableOf(tables, 'budget')!;
		const at = (name: string) => table.columns.findIndex((column) => column.name === name);
		const total = table.rows.filter(({ cells }) => valueOf(cells[at('by')]) === 'Total');
		expect(total.map(({ cells }) => [cells[at('currency')], valueOf(cells[at('all')])])).toEqual(
			[...budget.total.all].flatMap(([currency, { amount, funded, gap }]) =>
				[amount, funded, gap].map((value) => [currency, value])
			)
		);
		expect(xlsx['xl/worksheets/sheet6.xml']).toMatch(/<f>ROUND\(SUMIFS\([^<]*<\/f><v>[\d.]+<\/v>/);
	});

	it('a text longer than a cell holds is cut with a notice, and comes back unchanged', async () => {
		const other = plannedDocument(2);
		document.patchAction(other, by(), 'a1', { note: 'long '.repeat(15_000) });
		const now = tablesOf(other);
		const bytes = await writeXlsx(now);
		const strings = parts(bytes)['xl/sharedStrings.xml']!;
		const longest = Math.max(
			...[...strings.matchAll(/<t[^>]*>([^<]*)</g)].map(([, t]) => t!.length)
		);
		expect(longest).toBe(cellLimit);
		expect(strings).toContain('cut at their end: 1.');
		const { compare } = await import('#lib/sheets/compare.ts');
		expect(compare(readSpreadsheet(bytes), now).changes).toEqual([]);
	});

	it('leaves out what is left out, with what stands on it', async () => {
		const leaveOut = [
			'notes',
			'evidence',
			'disagreements',
			'people',
			'power',
			'costs',
			'risks',
			'contributors'
		];
		const less = tablesOf(doc, 'en', { leaveOut });
		expect(less.tables.map(({ id }) => id)).toEqual([
			'answers',
			'plan',
			'objectives',
			'logframe',
			'stakeholders',
			'tasks',
			'indicators'
		]);
		for (const format of tableFormats) {
			const bytes = await format.write(less);
			const text = bytes[0] === 0x50 ? Object.values(parts(bytes)).join('') : strFromU8(bytes);
			for (const secret of [
				'Director of security',
				'Line one',
				'State budget',
				'Staff leave',
				'Note 3',
				'person7'
			]) {
				expect([format.id, secret, text.includes(secret)]).toEqual([format.id, secret, false]);
			}
		}
	});

	it('10,000 rows are written and read', async () => {
		const other = document.createDocument({
			id: 'big',
			name: 'Big',
			country: '',
			createdAt: '2026-01-01T00:00:00.000Z',
			demo: false
		});
		const lines = Array.from({ length: 100 }, (_, i) => ({
			id: `c${i}`,
			title: `Line ${i} of many`,
			kind: 'one-off' as const,
			year: 2027,
			until: 2027,
			amount: i,
			currency: 'EUR',
			funded: 0,
			source: 'State',
			order: i
		}));
		const workspace = {
			...document.readWorkspace(other),
			actions: Array.from({ length: 100 }, (_, n) => plainAction(n, { costLines: lines }))
		};
		const big = tablesOf(other, 'en', { workspace, guides: [] });
		expect(tableOf(big, 'costs')!.rows).toHaveLength(10_000);
		const content = readSpreadsheet(await writeXlsx(big));
		expect(content.tables.get('costs')!.rows).toHaveLength(10_000);
	});
});

describe('CSV', () => {
	it('gives hostile texts back as they were, and lets none begin a formula (F-38)', () => {
		for (const separator of [',', ';']) {
			const line = [...hostile, 'end'].map((text) => csvField(text, separator)).join(separator);
			expect(readCsv(`x${separator.repeat(3)}\r\n${line}\r\n`)[1]).toEqual([...hostile, 'end']);
			for (const text of hostile) {
				const shown = csvField(text, separator).replace(/^"/, '');
				expect([text, /^[=+\-@\t\r＝＋－＠]/.test(shown)]).toEqual([text, false]);
			}
		}
	});

	it('has the mark of UTF-8, and the separator that the language expects', async () => {
		const first = async (lang: string) => {
			const bytes = unzipSync(await writeCsv(tablesOf(doc, lang)))['costs.csv']!;
			expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
			return strFromU8(bytes);
		};
		expect(await first('en')).toMatch(/costs\.id,costs\.no,[^]*,1000\.1,EUR/);
		expect(await first('fr')).toMatch(/costs\.id;costs\.no;[^]*;1000,1;EUR/);
		expect(await first('ar')).toMatch(/costs\.id;costs\.no;[^]*;1000\.1;EUR/);
	});
});

describe('JSON', () => {
	it('says its format and version, codes for choices, and the same values as the tables', () => {
		const json = asJson(tables);
		expect(json).toMatchObject({ format: 'e-strategy-guide/tables', version: 1 });
		expect(json.tables.plan![0]).toMatchObject({
			id: 'a1',
			no: 1,
			state: 'planned',
			end: '2027-12-31'
		});
		expect(json.lists.states).toMatchObject({ running: 'Running' });
		for (const table of tables.tables)
			expect(json.tables[table.id]).toHaveLength(table.rows.length);
		expect(json.contributions!.length).toBeGreaterThan(40);
	});
});
