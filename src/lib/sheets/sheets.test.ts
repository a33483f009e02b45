/** A spreadsheet out and in again: what people changed is offered, and nothing else. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { readSpreadsheet } from '#lib/device/spreadsheet.ts';
import { writeCsv } from '#lib/export/formats/csv.ts';
import { writeXlsx } from '#lib/export/formats/xlsx.ts';
import * as document from '#lib/sync/document.ts';
import {
	by,
	plainAction,
	plannedDocument,
	tablesOf
} from '../../../tests/fixtures/planned-workspace.ts';
import { withCells, type Edits } from '../../../tests/fixtures/edited-sheet.ts';
import { applyChanges } from './apply.ts';
import { compare } from './compare.ts';
import type { Preview } from './change.ts';

vi.setConfig({ testTimeout: 120_000 });

const doc = plannedDocument();
const tables = tablesOf(doc);
const made = await writeXlsx(tables);
const fixtures = join(import.meta.dirname, '../../../tests/fixtures/sheets');
const read = (bytes: Uint8Array, now = tables): Preview => compare(readSpreadsheet(bytes), now);
const offered = ({ changes }: Preview): string[] =>
	changes.map(
		({ table, isNew, conflict, title, fields }) =>
			`${table}${isNew ? ' new' : ''}${conflict ? ' conflict' : ''} ${title}: ` +
			fields.map(({ name, before, after }) => `${name} ${before}→${after}`).join(', ')
	);
const edited = (edits: Edits): Preview => read(withCells(made, edits));
const refused = ({ notTaken }: Preview): string[] =>
	notTaken.map(({ table, title, value, reason }) => `${table} ${title}: ${value}: ${reason}`);
const copy = (): Y.Doc => {
	const other = new Y.Doc();
	Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
	return other;
};

describe('a file that nobody edited', () => {
	it.each(['en', 'fr', 'ar'])('in %s changes nothing', async (lang) => {
		const preview = read(await writeXlsx(tablesOf(doc, lang)));
		expect(preview).toMatchObject({ changes: [], notTaken: [], missing: [], twice: [] });
		expect(preview.file).toMatchObject({ isOurs: true, hasStamp: true, macros: false });
	});

	it('as CSV changes nothing either', async () => {
		expect(read(await writeCsv(tables))).toMatchObject({ changes: [], notTaken: [] });
	});

	it('changes nothing after LibreOffice wrote it anew and computed its sums', () => {
		const preview = read(readFileSync(join(fixtures, 'libreoffice-saved.xlsx')));
		expect(preview).toMatchObject({ changes: [], notTaken: [], missing: [] });
	});
});

describe('a file that LibreOffice wrote', () => {
	it('offers three cells and one row, although a column was moved (shown by 2)', () => {
		const preview = read(readFileSync(join(fixtures, 'libreoffice-edited.xlsx')));
		expect(offered(preview)).toEqual([
			'plan Action 1, edited in LibreOffice: title Action 1→Action 1, edited in LibreOffice',
			'plan Action 2: end 2027-12-31→2028-06-30',
			'plan new New action from the spreadsheet: title →New action from the spreadsheet, owner →وزارة الصحة',
			'costs Staff: amount 1000.1→4321.5'
		]);
		expect(preview.notTaken).toEqual([]);
	});

	it('offers nothing where rows were sorted, a sheet renamed and another removed; says what is missing', () => {
		const preview = read(readFileSync(join(fixtures, 'libreoffice-sorted.xlsx')));
		expect(offered(preview)).toEqual([]);
		expect(preview.missing).toEqual([{ table: 'stakeholders', title: 'Régulateur des télécoms' }]);
	});
});

describe('applying', () => {
	it('writes what was chosen in one step of undo and leaves everything else', () => {
		const other = copy();
		const before = document.readWorkspace(other);
		const undo = new Y.UndoManager([...other.share.values()], {
			trackedOrigins: new Set(['me']),
			captureTimeout: 0
		});
		const preview = read(readFileSync(join(fixtures, 'libreoffice-edited.xlsx')));
		const author = { ...by('2026-11-21T09:00:00.000Z'), origin: 'me' };
		other.transact(() => applyChanges(other, author, preview.changes), 'me');
		const after = document.readWorkspace(other);
		expect(after.actions).toHaveLength(before.actions.length + 1);
		expect(after.actions.find(({ id }) => id === 'a1')).toMatchObject({
			title: 'Action 1, edited in LibreOffice',
			end: '2027-12-31',
			costLines: [{ id: 'c1', amount: 4321.5, funded: 500.05 }, { id: 'c2' }]
		});
		expect(after.actions.find(({ id }) => id === 'a2')?.end).toBe('2028-06-30');
		const added = after.actions.find(({ title }) => title.startsWith('New action'));
		expect(added).toMatchObject({ guide: 'cybersecurity', ownerId: 's2', state: 'proposed' });
		// What was taken over is no news, and a new row is not new twice.
		const again = read(readFileSync(join(fixtures, 'libreoffice-edited.xlsx')), tablesOf(other));
		expect(offered(again)).toEqual([]);
		expect(again.taken.map(({ title }) => title)).toEqual(['New action from the spreadsheet']);
		undo.undo();
		expect(document.readWorkspace(other)).toEqual(before);
	});

	it('makes each new row once, with what hangs on it, whatever the app did to it since', () => {
		const rows: Edits = {
			plan: [{ add: { no: 50, title: 'New one' } }, { add: { title: 'Twin' } }],
			costs: [{ add: { no: 50, title: 'Its cost', year: 2028, amount: 10, currency: 'EUR' } }],
			stakeholders: [{ add: { name: 'New body' } }]
		};
		const file = withCells(made, rows);
		const other = copy();
		const first = read(file);
		expect(first.taken).toEqual([]);
		applyChanges(other, by(), first.changes);
		const added = document.readWorkspace(other).actions.find(({ title }) => title === 'New one')!;
		document.patchAction(other, by(), added.id, { title: 'New one, renamed in the app' });
		const again = read(file, tablesOf(other));
		expect(offered(again)).toEqual([]);
		expect(again.taken.map(({ table, title }) => `${table} ${title}`).sort()).toEqual([
			'costs Its cost',
			'plan New one',
			'plan Twin',
			'stakeholders New body'
		]);
		// Rows that were sorted are the same rows; one more of the same is one more.
		const more = withCells(made, {
			...rows,
			plan: [{ add: { title: 'Twin' } }, { add: { title: 'Twin' } }, ...[...rows.plan!].slice(0, 1)]
		});
		expect(offered(read(more, tablesOf(other)))).toEqual(['plan new Twin: title →Twin']);
		// A cost that is added later to an action that is there by now finds its action.
		const later = withCells(made, {
			...rows,
			costs: [{ add: { no: 50, title: 'Later', year: 2029, amount: 5, currency: 'EUR' } }]
		});
		applyChanges(other, by(), read(later, tablesOf(other)).changes);
		const after = document.readWorkspace(other).actions.find(({ id }) => id === added.id);
		expect(after?.costLines.map(({ title }) => title)).toEqual(['Its cost', 'Later']);
	});

	it('takes objectives: their words, their place, new ones, and actions that serve them', () => {
		const first = document.readWorkspace(doc).objectives.sort((a, b) => a.order - b.order);
		expect(first.length).toBeGreaterThan(1);
		const preview = edited({
			objectives: [
				{ row: first[0]!.id, set: { title: 'Changed title', note: 'Why', order: 2 } },
				{ add: { title: 'A new objective', note: 'What for' } }
			],
			plan: [{ row: 'a1', set: { objective: 'A new objective' } }]
		});
		expect(preview.notTaken).toEqual([]);
		const other = copy();
		applyChanges(other, by(), preview.changes);
		const { objectives, actions } = document.readWorkspace(other);
		const sorted = [...objectives].sort((a, b) => a.order - b.order);
		expect(sorted.map(({ title }) => title)).toEqual([
			first[1]!.title,
			'Changed title',
			...first.slice(2).map(({ title }) => title),
			'A new objective'
		]);
		const added = sorted.at(-1)!;
		expect(added).toMatchObject({ note: 'What for', guide: first[0]!.guide });
		expect(actions.find(({ id }) => id === 'a1')?.objective).toBe(added.id);
		expect(sorted[1]).toMatchObject({ id: first[0]!.id, note: 'Why' });
		// Without the tick at the new objective, the action serves none that is not there.
		const without = copy();
		const chosen = preview.changes.filter(({ isNew }) => !isNew);
		applyChanges(without, by(), chosen, preview.changes);
		const kept = document.readWorkspace(without);
		expect(kept.objectives).toHaveLength(first.length);
		expect(kept.actions.find(({ id }) => id === 'a1')?.objective).toBe('');
	});

	it('leaves out what was not ticked, and what hangs on a new row that was not', () => {
		const preview = edited({
			plan: [{ add: { no: 50, title: 'New one' } }],
			costs: [{ add: { no: 50, title: 'Its cost', year: 2028, amount: 10, currency: 'EUR' } }],
			tasks: [{ row: 'a1/t1', set: { title: 'Other step' } }]
		});
		expect(preview.changes.map(({ table, isNew }) => [table, isNew])).toEqual([
			['plan', true],
			['costs', true],
			['tasks', false]
		]);
		const other = copy();
		const [, cost, task] = preview.changes;
		applyChanges(other, by(), [cost!, task!], preview.changes);
		const after = document.readWorkspace(other);
		expect(after.actions).toHaveLength(12);
		expect(after.actions.flatMap(({ costLines }) => costLines)).toHaveLength(24);
		expect(after.actions[0]!.tasks[0]!.title).toBe('Other step');
		const whole = copy();
		applyChanges(whole, by(), preview.changes);
		const added = document.readWorkspace(whole).actions.find(({ title }) => title === 'New one');
		expect(added?.costLines).toMatchObject([{ title: 'Its cost', amount: 10, until: 2028 }]);
	});

	it('writes answers, reasons, notes and targets as the person who imports', () => {
		const keys = tables.tables[0]!.rows.map(({ id }) => id);
		const preview = edited({
			answers: [
				{ row: keys[0]!, set: { answer: 3, note: '=cmd|calc', target: 4 } },
				{ row: keys[1]!, set: { answer: 'Not applicable', reason: 'No such thing' } },
				{ row: keys[2]!, set: { answer: null } }
			]
		});
		const other = copy();
		applyChanges(other, by(), preview.changes);
		const { contributions, targets } = document.readWorkspace(other);
		const of = (key: string) => contributions.find((one) => one.key === key);
		expect(of(keys[0]!)).toMatchObject({ answer: { kind: 'level', level: 3 }, note: '=cmd|calc' });
		expect(of(keys[1]!)?.answer).toEqual({ kind: 'not-applicable', reason: 'No such thing' });
		expect(of(keys[2]!)?.answer).toBeNull();
		expect(targets).toContainEqual({ key: keys[0], level: 4, reason: '' });
	});
});

describe('a workspace that went on', () => {
	it('keeps its own changes: only what was edited in the file is offered, conflicts with both values', () => {
		const other = copy();
		document.patchAction(other, by(), 'a1', { title: 'Changed in the app', target: '90' });
		document.removeAction(other, by(), 'a3');
		document.putAction(other, by(), plainAction(40));
		const bytes = withCells(made, {
			plan: [
				{ row: 'a1', set: { title: 'Changed in the file' } },
				{ row: 'a2', set: { title: 'Second' } },
				{ row: 'a3', set: { title: 'Third' } }
			]
		});
		const preview = read(bytes, tablesOf(other));
		expect(offered(preview)).toEqual([
			'plan conflict Changed in the file: title Changed in the app→Changed in the file',
			'plan Second: title Action 2→Second'
		]);
		expect(refused(preview)).toEqual(['plan Third: : gone']);
		// The new action of the app is not missing in a file that never had it.
		expect(preview.missing).toEqual([]);
	});

	it('is told from another workspace', () => {
		const other = document.createDocument({
			id: 'w-other',
			name: 'Other',
			country: 'Elsewhere',
			createdAt: '2026-01-01T00:00:00.000Z',
			demo: false
		});
		const preview = read(made, tablesOf(other));
		expect(preview.file).toMatchObject({ isOurs: false, hasStamp: true, country: 'Numenia' });
		expect(preview.changes.filter(({ table }) => table === 'plan')).toHaveLength(12);
		expect(preview.missing).toEqual([]);
	});
});

describe('values that are not taken', () => {
	const one = (table: string, row: string, set: Record<string, string | number | boolean | null>) =>
		edited({ [table]: [{ row, set }] });

	it.each([
		['plan', 'a1', { state: 'Nearly' }, 'choice'],
		['plan', 'a1', { start: '03/04/2027' }, 'day'],
		['plan', 'a1', { start: 'soon' }, 'day'],
		['plan', 'a1', { start: 45 }, 'dayUnsure'],
		['plan', 'a1', { end: 5_000_000 }, 'dayUnsure'],
		['plan', 'a1', { title: null }, 'empty'],
		['plan', 'a1', { title: 'x'.repeat(1001) }, 'long'],
		['plan', 'a1', { sponsor: 'Nobody known' }, 'party'],
		['plan', 'a1', { requires: '99' }, 'noAction'],
		['plan', 'a1', { requires: 'the second' }, 'noAction'],
		['plan', 'a1', { requires: 1 }, 'itself'],
		['plan', 'a1', { state: true }, 'choice'],
		['costs', 'a1/c1', { amount: -5 }, 'range'],
		['costs', 'a1/c1', { amount: 1e20 }, 'range'],
		['costs', 'a1/c1', { amount: '12345678901234567890' }, 'range'],
		['costs', 'a1/c1', { amount: 'much' }, 'number'],
		['costs', 'a1/c1', { amount: true }, 'number'],
		['costs', 'a1/c1', { currency: 'EUR/USD' }, 'long'],
		['costs', 'a1/c1', { currency: 'E1' }, 'currency'],
		['costs', 'a1/c1', { funded: 2000 }, 'fundedMore'],
		['costs', 'a1/c1', { year: 2040 }, 'untilBefore'],
		['costs', 'a1/c1', { year: 1066 }, 'range'],
		['costs', 'a1/c1', { year: 2027.5 }, 'whole'],
		['costs', 'a1/c1', { no: 2 }, 'moved'],
		['risks', 'a1/r1', { likelihood: 9 }, 'choice']
	])('%s %s %j: %s', (table, row, set, reason) => {
		const preview = one(table, row, set);
		expect(preview.changes).toEqual([]);
		expect(preview.notTaken.map((not) => not.reason)).toEqual([reason]);
	});

	it('a circle of prerequisites is named and not taken', () => {
		const preview = edited({
			plan: [
				{ row: 'a1', set: { requires: '2' } },
				{ row: 'a2', set: { requires: '3; 4' } },
				{ row: 'a3', set: { requires: 1 } }
			]
		});
		expect(preview.changes.map(({ id }) => id)).toEqual(['a1', 'a2']);
		expect(preview.notTaken).toMatchObject([
			{ reason: 'cycle', values: { circle: 'Action 3 → Action 1 → Action 2 → Action 3' } }
		]);
	});

	it('a copied row is offered as new, and said', () => {
		const preview = edited({ plan: [{ add: { id: 'a1', no: 1, title: 'Copied' } }] });
		expect(preview.twice).toMatchObject([{ table: 'plan', title: 'Copied' }]);
		expect(preview.changes).toMatchObject([{ isNew: true, title: 'Copied' }]);
	});
});

describe('values that are taken', () => {
	it.each([
		['plan', 'a1', { start: '31/12/2026' }, { start: '2026-12-31' }],
		['plan', 'a1', { start: '٢٠٢٧-٠١-٣١' }, { start: '2027-01-31' }],
		['plan', 'a1', { start: 2_958_465 }, { start: '9999-12-31' }],
		['plan', 'a1', { start: '1900-01-15' }, { start: '1900-01-15' }],
		['plan', 'a1', { state: ' running ' }, { state: 'running' }],
		['plan', 'a1', { owner: 'A new office' }, { owner: 'A new office', ownerId: '' }],
		['plan', 'a1', { impact: null }, { impact: null }],
		['plan', 'a1', { note: '<script>alert(1)</script>' }, { note: '<script>alert(1)</script>' }],
		['costs', 'a1/c1', { amount: '1 234,50' }, { amount: 1234.5 }],
		['costs', 'a1/c1', { currency: 'usd' }, { currency: 'USD' }],
		['tasks', 'a2/t1', { done: true }, { done: 'yes' }]
	])('%s %s %j', (table, row, set, wanted) => {
		const preview = edited({ [table]: [{ row, set }] });
		expect(preview.notTaken).toEqual([]);
		expect(preview.changes.map((change) => change.set)).toEqual([wanted]);
	});
});
