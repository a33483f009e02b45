import * as Y from 'yjs';
import { describe, expect, test } from 'vitest';
import { noDetails } from '#lib/model/workspace.ts';
import type { Action } from '#lib/model/workspace.ts';
import * as d from './document.ts';

const now = '2026-03-01T08:00:00.000Z';
const me = { contributor: 'me', now, origin: 'mine' };
const action: Action = {
	...{ id: 'a1', guide: 'g', measure: '', closes: [], title: 'A team', owner: '', start: '' },
	...{ end: '', cost: 'low', effort: 'small', indicator: '', unit: 'count', target: '' },
	...{ state: 'proposed', note: '', order: 1 },
	...noDetails
};
const start = () =>
	d.createDocument({ id: 'w', name: 'N', country: 'N', createdAt: now, demo: false });

/** What is heard while `edit` runs. */
function heard(doc: Y.Doc, edit: () => void): d.Change[] {
	const all: d.Change[] = [];
	const listen = (done: Y.Transaction) => all.push(...d.labelled(doc, d.changesIn(done)));
	doc.on('afterTransaction', listen);
	edit();
	doc.off('afterTransaction', listen);
	return all;
}
const brief = (changes: d.Change[]) =>
	changes.map(({ collection, record, fields, added, label }) => ({
		...{ collection, record, added, label },
		fields: fields.map(({ field, before, after }) => [field, before, after])
	}));

describe('changes of a transaction', () => {
	test('an answer: what it was and what it is; its moment is none', () => {
		const doc = start();
		d.setAnswer(doc, me, 'g/q', { kind: 'level', level: 2 });
		const changes = heard(doc, () => d.setAnswer(doc, me, 'g/q', { kind: 'unknown' }));
		expect(brief(changes)).toEqual([
			{
				...{ collection: 'contributions', record: 'g/q/me', added: false, label: '' },
				fields: [['answer', { kind: 'level', level: 2 }, { kind: 'unknown' }]]
			}
		]);
		expect(changes[0]?.client).toBe(doc.clientID);
	});

	test('a text: whole before and after, though letters were deleted in the same transaction', () => {
		const doc = start();
		d.setNote(doc, me, 'g/q', 'as heard from the né 😀 CIRT');
		const note = () => d.setNote(doc, me, 'g/q', 'as read from the CIRT');
		expect(brief(heard(doc, note))[0]?.fields).toEqual([
			['note', 'as heard from the né 😀 CIRT', 'as read from the CIRT']
		]);
		expect(brief(heard(doc, () => d.setNote(doc, me, 'g/q', '')))[0]?.fields).toEqual([
			['note', 'as read from the CIRT', '']
		]);
	});

	test('a new action is one change that says so; a removed one keeps its title', () => {
		const doc = start();
		const [made] = heard(doc, () => d.putAction(doc, me, action));
		expect([made?.added, made?.label]).toEqual([true, 'A team']);
		const [moved] = brief(heard(doc, () => d.patchAction(doc, me, 'a1', { owner: 'CIRT' })));
		expect(moved).toMatchObject({ added: false, label: 'A team', fields: [['owner', '', 'CIRT']] });
		const [gone] = heard(doc, () => d.removeAction(doc, me, 'a1'));
		expect([gone?.label, gone?.fields[0]?.field]).toEqual(['A team', 'deleted']);
	});

	test('what nobody would call one is none: an order, a place to come back to, a signature', () => {
		const doc = start();
		d.putAction(doc, me, action);
		d.putContributor(doc, me, { id: 'me', name: 'Ama', organisation: '' });
		expect(heard(doc, () => d.patchAction(doc, me, 'a1', { order: 5 }))).toEqual([]);
		expect(heard(doc, () => d.setGuideWork(doc, me, 'g', { resume: 'q' }))).toEqual([]);
		expect(heard(doc, () => d.signClient(doc, me))).toEqual([]);
	});

	test("another device's carry its number, so that its person can be named", () => {
		const mine = start();
		const theirs = d.assemble([d.stateOf(mine)]).doc;
		const ama = { ...me, contributor: 'ama' };
		d.putContributor(theirs, ama, { id: 'ama', name: 'Ama', organisation: '' });
		d.signClient(theirs, ama);
		d.putAction(theirs, ama, action);
		d.setChapterBody(theirs, ama, 'g/vision', 'By 2030');
		const changes = heard(mine, () => Y.applyUpdate(mine, d.stateOf(theirs)));
		const clients = d.clientsOf(mine);
		expect(changes.map((one) => [one.collection, clients.get(one.client)])).toEqual(
			expect.arrayContaining([
				['contributors', 'ama'],
				['actions', 'ama'],
				['chapters', 'ama']
			])
		);
	});

	test('a value beyond 50,000 letters is only said to have been there', () => {
		const doc = start();
		const [change] = heard(doc, () => d.setChapterBody(doc, me, 'g/vision', 'x'.repeat(50_001)));
		expect(d.isTooLong(change?.fields[0]?.after)).toBe(true);
	});
});

describe('taking a field back', () => {
	test('is a new edit: of an answer, a text, an action, a removed action', () => {
		const doc = start();
		d.setAnswer(doc, me, 'g/q', { kind: 'level', level: 2 });
		d.setChapterBody(doc, me, 'g/vision', 'By 2030');
		d.putAction(doc, me, action);
		const changes = heard(doc, () => {
			d.setAnswer(doc, me, 'g/q', { kind: 'unknown' });
			d.setChapterBody(doc, me, 'g/vision', 'By 2040');
			d.patchAction(doc, me, 'a1', { owner: 'CIRT' });
			d.removeAction(doc, me, 'a1');
		});
		for (const change of changes) {
			for (const field of change.fields) {
				expect(d.canRestore(change, field, 'me')).toBe(true);
				d.restoreField(doc, { ...me, now: '2026-04-01T00:00:00.000Z' }, change, field);
			}
		}
		const after = d.readWorkspace(doc);
		expect(after.contributions[0]).toMatchObject({
			answer: { kind: 'level', level: 2 },
			at: '2026-04-01T00:00:00.000Z'
		});
		expect(after.chapters[0]?.body ?? d.readWorkspace(doc).chapters).toEqual(
			after.chapters[0] ? 'By 2030' : []
		);
		expect(after.actions.map(({ owner }) => owner)).toEqual(['']);
	});

	test("never of another person's own words, of snapshots, of what was too long", () => {
		const of = (collection: d.Change['collection'], record: string) => ({ collection, record });
		const field = { field: 'answer', before: { kind: 'unknown' }, after: null };
		expect(d.canRestore(of('contributions', 'g/q/you'), field, 'me')).toBe(false);
		expect(d.canRestore(of('contributions', 'g/q/me'), field, 'me')).toBe(true);
		expect(d.canRestore(of('snapshots', 's'), field, 'me')).toBe(false);
		expect(d.canRestore(of('comments', 'c'), field, 'me')).toBe(false);
		expect(d.canRestore(of('actions', 'a'), { ...field, before: d.tooLong }, 'me')).toBe(false);
		expect(d.canRestore(of('actions', 'a'), { ...field, before: undefined }, 'me')).toBe(false);
	});
});
