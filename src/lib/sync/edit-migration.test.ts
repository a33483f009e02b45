/** Carrying over to a new edition: what stays, what comes, and that devices agree after it (P5, P7). */
import { describe, expect, test } from 'vitest';
import { noDetails } from '#lib/model/workspace.ts';
import * as Y from 'yjs';
import { carrying } from '#lib/assessment/carrying.ts';
import { findMigration } from '#lib/assessment/migration.ts';
import type { MigrationStep } from '#lib/model/guide.ts';
import type { Action } from '#lib/model/workspace.ts';
import * as d from './document.ts';

const steps: MigrationStep[] = [
	{
		from: '1',
		to: '2',
		note: '',
		titles: {},
		sections: {},
		questions: { law: 'act', cirt: null },
		measures: { draft: 'write' },
		chapters: { one: 'opening' }
	}
];
const by = (contributor: string, now: string): d.Author => ({ contributor, now, origin: 'mine' });
const ana = by('ana', '2026-01-01T00:00:00.000Z');
const ben = by('ben', '2026-01-02T00:00:00.000Z');
const later = by('ana', '2026-05-05T00:00:00.000Z');
const action: Action = {
	id: 'a1',
	guide: 'g',
	measure: 'draft',
	closes: ['law'],
	also: { h: ['law'] },
	title: 'Write it',
	owner: '',
	start: '',
	end: '',
	cost: 'none',
	effort: 'small',
	indicator: '',
	unit: 'count',
	target: '',
	state: 'planned',
	note: '',
	...noDetails,
	order: 0
};
const evidence = { id: 'e1', reference: 'Act 12', link: '', date: '2025-03-01', proven: true };

function firstEdition(): Y.Doc {
	const doc = d.createDocument({
		id: 'w',
		name: 'W',
		country: '',
		createdAt: ana.now,
		demo: false
	});
	d.setAnswer(doc, ana, 'g/law', { kind: 'level', level: 2 });
	d.setNote(doc, ana, 'g/law', 'In force since May.');
	d.putEvidence(doc, ana, 'g/law', evidence);
	d.setAnswer(doc, ben, 'g/law', { kind: 'level', level: 3 });
	d.setAnswer(doc, ana, 'g/cirt', { kind: 'unknown' });
	d.setAgreed(doc, ana, {
		key: 'g/law',
		answer: { kind: 'level', level: 2 },
		why: 'The act',
		by: 'Ana',
		at: ben.now,
		saw: { ana: ana.now, ben: ben.now }
	});
	d.setTarget(doc, ana, { key: 'g/law', level: 4, reason: 'Two\nyears' });
	d.putAction(doc, ana, action);
	d.putChapter(doc, ana, {
		id: 'g/one',
		guide: 'g',
		title: 'One',
		body: 'The law is young.',
		hidden: false,
		order: 1,
		sources: [{ ref: 'question:law', value: '2>4+' }],
		blocks: [],
		goal: 0
	});
	d.setGuideWork(doc, ana, 'g', { resume: 'law', edition: '1' });
	return doc;
}
const apply = (doc: Y.Doc, author = later) =>
	d.carryOver(doc, author, 'g', carrying(d.readWorkspace(doc), 'g', steps));
const pending = (doc: Y.Doc) => findMigration(d.readWorkspace(doc), 'g', steps).pending;
const copyOf = (doc: Y.Doc) => {
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	return copy;
};
const merged = (a: Y.Doc, b: Y.Doc) => {
	const both = copyOf(a);
	Y.applyUpdate(both, Y.encodeStateAsUpdate(b));
	return d.readWorkspace(both);
};

describe('carrying over', () => {
	test('brings each contributor’s own words, what was recorded, links and chapters; nothing is lost', () => {
		const doc = firstEdition();
		const before = d.readWorkspace(doc);
		expect(pending(doc)).toBe(6);
		apply(doc);
		const now = d.readWorkspace(doc);
		for (const old of before.contributions) expect(now.contributions).toContainEqual(old);
		const [anas, bens] = now.contributions.filter(({ key }) => key === 'g/act');
		expect(anas).toEqual({
			...before.contributions.find((one) => one.key === 'g/law' && one.contributor === 'ana'),
			key: 'g/act',
			was: { question: 'law', at: ana.now }
		});
		expect(bens).toMatchObject({ contributor: 'ben', answer: { level: 3 }, at: ben.now });
		const agreed = before.agreed[0]!;
		expect(now.agreed).toEqual([{ ...agreed, key: 'g/act' }, agreed]);
		expect(now.targets.map(({ key, level }) => [key, level])).toEqual([
			['g/act', 4],
			['g/law', 4]
		]);
		expect(now.actions).toEqual([{ ...action, measure: 'write', closes: ['act'] }]);
		expect(
			now.chapters.map(({ id, body, hidden, sources }) => [id, body, hidden, sources])
		).toEqual([
			['g/one', 'The law is young.', true, [{ ref: 'question:act', value: '2>4+' }]],
			['g/opening', 'The law is young.', false, [{ ref: 'question:act', value: '2>4+' }]]
		]);
		expect(now.guides.g).toMatchObject({ edition: '2', resume: 'act' });
	});

	test('twice is once', () => {
		const doc = firstEdition();
		apply(doc);
		const once = d.readWorkspace(doc);
		expect(pending(doc)).toBe(0);
		const state = Y.encodeStateVector(doc);
		apply(doc, ben);
		expect(d.readWorkspace(doc)).toEqual(once);
		expect(Y.encodeStateVector(doc)).toEqual(state);
	});

	test('two devices that both do it merge to one copy of everything (P5)', () => {
		const a = firstEdition();
		const b = copyOf(a);
		apply(a);
		apply(b, by('ben', '2026-06-06T00:00:00.000Z'));
		const here = merged(a, b);
		expect(here).toEqual(merged(b, a));
		expect(here).toEqual(d.readWorkspace(a));
	});

	test('a colleague with the old edition goes on answering there: it is offered, and nobody is overwritten', () => {
		const a = firstEdition();
		const b = copyOf(a);
		apply(a);
		d.setAnswer(a, later, 'g/act', { kind: 'level', level: 4 });
		const c = by('cleo', '2026-04-04T00:00:00.000Z');
		d.setAnswer(b, c, 'g/law', { kind: 'level', level: 1 });
		d.setAnswer(b, by('ben', '2026-04-05T00:00:00.000Z'), 'g/law', { kind: 'level', level: 0 });
		d.setAnswer(b, by('ana', '2026-04-06T00:00:00.000Z'), 'g/law', { kind: 'level', level: 0 });
		Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
		Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
		// Ben's words changed here alone, Cleo's are new; Ana's changed at both places.
		expect(pending(a)).toBe(2);
		apply(a);
		apply(b);
		expect(merged(a, b)).toEqual(merged(b, a));
		const levels = merged(a, b).contributions.flatMap(({ key, contributor, answer }) =>
			key === 'g/act' && answer?.kind === 'level' ? [`${contributor} ${answer.level}`] : []
		);
		expect(levels).toEqual(['ana 4', 'ben 0', 'cleo 1']);
		expect(pending(a)).toBe(0);
	});

	test('one step of undo takes all of it back, and it can be done again', () => {
		const doc = firstEdition();
		const before = d.readWorkspace(doc);
		const undo = new Y.UndoManager(doc, { trackedOrigins: new Set(['mine']), captureTimeout: 500 });
		apply(doc);
		const after = d.readWorkspace(doc);
		undo.undo();
		expect(undo.canUndo()).toBe(false);
		expect(d.readWorkspace(doc)).toEqual(before);
		apply(doc);
		expect(d.readWorkspace(doc)).toEqual(after);
	});

	test('what a newer version wrote beside an answer comes along (P7)', () => {
		const doc = firstEdition();
		doc.getMap('contributions').set('g/law/ana/mood', 'hopeful');
		apply(doc);
		expect(doc.getMap('contributions').get('g/act/ana/mood')).toBe('hopeful');
	});
});
