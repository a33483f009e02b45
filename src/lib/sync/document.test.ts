import * as Y from 'yjs';
import { describe, expect, test, vi } from 'vitest';
import { emptyWorkspace } from '../../../tests/fixtures/empty-workspace.ts';
import { Problem } from '#lib/model/problem.ts';
import { noDetails } from '#lib/model/workspace.ts';
import type { Action, Answer, Chapter, Snapshot } from '#lib/model/workspace.ts';
import * as d from './document.ts';
import type { Author } from './document.ts';

// On a busy machine these take their time; what must be fast says so itself.
vi.setConfig({ testTimeout: 30_000 });

const me: Author = { contributor: 'me', now: '2026-03-01T08:00:00.000Z', origin: 'local' };
const at = (now: string, contributor = 'me'): Author => ({ ...me, now, contributor });
const key = 'cyber/cirt';
const start = () =>
	d.createDocument({
		id: 'w1',
		name: 'Numenia',
		country: 'Numenia',
		createdAt: '2026-01-01T00:00:00.000Z',
		demo: false
	});
const evidence = {
	id: 'e1',
	reference: 'Decree 12',
	link: 'https://example.org/12',
	date: '2025-02-03',
	proven: true
};
const action: Action = {
	id: 'a1',
	guide: 'cyber',
	measure: 'found-cirt',
	closes: ['cirt'],
	title: 'Found a CIRT',
	owner: 'Ministry',
	start: '2026-05-01',
	end: '2027-05-01',
	cost: 'medium',
	effort: 'large',
	indicator: 'Incidents handled',
	unit: 'count',
	target: '100',
	state: 'planned',
	note: 'First budget line',
	...noDetails,
	order: 1
};
/** What the action itself says of its indicator. */
const ownIndicator = {
	id: 'a1',
	of: 'action',
	parent: 'a1',
	title: 'Incidents handled',
	unit: 'count',
	baseline: '',
	baselineDay: '',
	baselineFrom: '',
	target: '100',
	targetDay: '',
	source: '',
	collector: '',
	every: 0,
	readings: [],
	order: 1
};
const chapter: Chapter = {
	id: 'cyber/vision',
	guide: 'cyber',
	title: 'Vision',
	body: '# Vision\n\nText',
	hidden: false,
	order: 2,
	sources: [{ ref: 'question:cirt@2', value: '2' }],
	blocks: ['radar'],
	goal: 0
};
const snapshot: Snapshot = {
	id: 's1',
	guide: 'cyber',
	name: 'Baseline',
	at: '2026-03-01T08:00:00.000Z',
	edition: '1.0',
	answers: { cirt: { kind: 'level', level: 2 } },
	proven: ['cirt'],
	targets: { cirt: 3 }
};
const copyOf = (doc: Y.Doc): Y.Doc => d.assemble([d.stateOf(doc)]).doc;
const merge = (a: Y.Doc, b: Y.Doc) => {
	Y.applyUpdate(a, d.stateOf(b));
	Y.applyUpdate(b, d.stateOf(a));
};

test('a new document is an empty workspace with its names', () => {
	expect(d.readWorkspace(start())).toEqual({
		...emptyWorkspace,
		id: 'w1',
		name: 'Numenia',
		country: 'Numenia',
		createdAt: '2026-01-01T00:00:00.000Z'
	});
	expect(d.documentFormat(start())).toBe(1);
});

test('everything written is read back, also from a copy of the document', () => {
	const doc = start();
	d.setMeta(doc, me, { name: 'Numenia 2026', demo: true });
	d.setAnswer(doc, me, key, { kind: 'level', level: 2 });
	d.setConfidence(doc, me, key, 'high');
	d.setNote(doc, me, key, 'Since 2019');
	d.putEvidence(doc, me, key, evidence);
	d.setAgreed(doc, me, {
		key,
		answer: { kind: 'level', level: 1 },
		why: 'Cautious',
		by: 'Chair',
		at: me.now,
		saw: { me: me.now }
	});
	d.setTarget(doc, me, { key, level: 3, reason: 'Budget' });
	d.putAction(doc, me, action);
	d.putChapter(doc, me, chapter);
	d.addSnapshot(doc, me, snapshot);
	d.setFigure(doc, me, 'rural', { value: 63.4, year: 2024, source: 'Census' });
	d.setGuideWork(doc, me, 'cyber', {
		path: { mode: 'topics', topics: ['law'] },
		readiness: { mandate: 'yes', team: 'partly' },
		resume: 'cirt'
	});
	const expected = {
		...emptyWorkspace,
		indicators: [ownIndicator],
		id: 'w1',
		name: 'Numenia 2026',
		country: 'Numenia',
		createdAt: '2026-01-01T00:00:00.000Z',
		demo: true,
		contributions: [
			{
				key,
				contributor: 'me',
				answer: { kind: 'level', level: 2 },
				confidence: 'high',
				note: 'Since 2019',
				evidence: [evidence],
				at: me.now
			}
		],
		agreed: [
			{
				key,
				answer: { kind: 'level', level: 1 },
				why: 'Cautious',
				by: 'Chair',
				at: me.now,
				saw: { me: me.now }
			}
		],
		targets: [{ key, level: 3, reason: 'Budget' }],
		actions: [action],
		chapters: [chapter],
		snapshots: [snapshot],
		figures: [{ id: 'rural', value: 63.4, year: 2024, source: 'Census' }],
		guides: {
			cyber: {
				path: { mode: 'topics', topics: ['law'] },
				readiness: { mandate: 'yes', team: 'partly' },
				resume: 'cirt'
			}
		}
	};
	expect(d.readWorkspace(doc)).toEqual(expected);
	expect(d.readWorkspace(copyOf(doc))).toEqual(expected);
});

describe('contributions', () => {
	test('unanswered, "don\'t know", "not applicable" and level 0 stay four different things', () => {
		const doc = start();
		const answer = () => d.readWorkspace(doc).contributions[0]?.answer;
		expect(answer()).toBeUndefined();
		d.setAnswer(doc, me, key, { kind: 'level', level: 0 });
		expect(answer()).toEqual({ kind: 'level', level: 0 });
		d.setAnswer(doc, me, key, { kind: 'unknown' });
		expect(answer()).toEqual({ kind: 'unknown' });
		d.setAnswer(doc, me, key, { kind: 'not-applicable', reason: 'No coast' });
		expect(answer()).toEqual({ kind: 'not-applicable', reason: 'No coast' });
		d.setAnswer(doc, me, key, null);
		expect(answer()).toBeNull();
	});

	test("people write their own contribution and nobody else's", () => {
		const doc = start();
		d.setAnswer(doc, at(me.now, 'health'), key, { kind: 'level', level: 2 });
		d.setAnswer(doc, at(me.now, 'regulator'), key, { kind: 'level', level: 3 });
		const said = d.readWorkspace(doc).contributions.map((c) => [c.contributor, c.answer]);
		expect(said).toEqual([
			['health', { kind: 'level', level: 2 }],
			['regulator', { kind: 'level', level: 3 }]
		]);
	});

	test('every edit that changes something sets `at`; one that changes nothing leaves no trace', () => {
		const doc = start();
		const when = () => d.readWorkspace(doc).contributions[0]?.at;
		const edits: ((by: Author) => void)[] = [
			(by) => d.setAnswer(doc, by, key, { kind: 'level', level: 1 }),
			(by) => d.setConfidence(doc, by, key, 'low'),
			(by) => d.setNote(doc, by, key, 'Note'),
			(by) => d.putEvidence(doc, by, key, evidence),
			(by) => d.removeEvidence(doc, by, key, 'e1')
		];
		for (const [i, edit] of edits.entries()) {
			const now = `2026-03-01T0${i}:00:00.000Z`;
			edit(at(now));
			expect(when()).toBe(now);
			const before = d.stateOf(doc);
			edit(at('2027-01-01T00:00:00.000Z'));
			expect(d.stateOf(doc)).toEqual(before);
		}
	});

	test('taking back an answer that never was writes nothing', () => {
		const doc = start();
		d.setAnswer(doc, me, key, null);
		d.removeEvidence(doc, me, key, 'none');
		expect(d.readWorkspace(doc).contributions).toEqual([]);
	});

	test('evidence keeps its order, is changed in place, and goes alone', () => {
		const doc = start();
		d.putEvidence(doc, at('2026-03-01T01:00:00.000Z'), key, { ...evidence, id: 'z' });
		d.putEvidence(doc, at('2026-03-01T02:00:00.000Z'), key, { ...evidence, id: 'a' });
		d.putEvidence(doc, at('2026-03-01T03:00:00.000Z'), key, {
			...evidence,
			id: 'z',
			proven: false
		});
		const list = () => d.readWorkspace(doc).contributions[0]!.evidence;
		expect(list().map(({ id, proven }) => [id, proven])).toEqual([
			['z', false],
			['a', true]
		]);
		d.removeEvidence(doc, me, key, 'z');
		expect(list().map(({ id }) => id)).toEqual(['a']);
	});

	test('a note beyond 100,000 characters is refused with its count and changes nothing (F-20)', () => {
		const doc = start();
		d.setNote(doc, me, key, 'Kept');
		const before = d.stateOf(doc);
		const pasted = 'x'.repeat(50_000_000);
		const began = performance.now();
		let problem: unknown;
		try {
			d.setNote(doc, me, key, pasted);
		} catch (thrown) {
			problem = thrown;
		}
		expect(performance.now() - began).toBeLessThan(200);
		expect(problem).toBeInstanceOf(Problem);
		expect(problem).toMatchObject({
			code: 'note-too-long',
			values: { count: 50_000_000, limit: 100_000 }
		});
		expect(d.stateOf(doc)).toEqual(before);
		d.setNote(doc, me, key, 'x'.repeat(100_000));
		expect(d.readWorkspace(doc).contributions[0]!.note).toHaveLength(100_000);
	});

	test('a note that merging made too long is shown whole and may be shortened', () => {
		const a = start();
		d.setNote(a, me, key, '');
		const b = copyOf(a);
		d.setNote(a, me, key, 'a'.repeat(90_000));
		d.setNote(b, me, key, 'b'.repeat(90_000));
		merge(a, b);
		const note = d.readWorkspace(a).contributions[0]!.note;
		expect(note).toHaveLength(180_000);
		d.setNote(a, me, key, note.slice(1));
		expect(d.readWorkspace(a).contributions[0]!.note).toHaveLength(179_999);
		expect(() => d.setNote(a, me, key, `x${note}`)).toThrow('note-too-long');
	});

	test('a key that the parser would pass over is refused instead of lost', () => {
		const doc = start();
		expect(() => d.setAnswer(doc, me, 'cyber/__proto__', { kind: 'unknown' })).toThrow(Problem);
		expect(() => d.setAnswer(doc, at(me.now, ''), key, { kind: 'unknown' })).toThrow(Problem);
		expect(() => d.putEvidence(doc, me, key, { ...evidence, id: 'a/b' })).toThrow(Problem);
	});
});

describe('agreed values and targets', () => {
	test('two devices that agree on different values end with one of them, whole', () => {
		const a = start();
		const b = copyOf(a);
		const one = {
			key,
			answer: { kind: 'level', level: 1 },
			why: 'One',
			by: 'A',
			at: '2026-03-01T01:00:00.000Z',
			saw: { x: '2026-03-01T00:00:00.000Z' }
		} as const;
		const two = { ...one, answer: { kind: 'unknown' }, why: 'Two', by: 'B', saw: {} } as const;
		d.setAgreed(a, me, one);
		d.setAgreed(b, me, two);
		merge(a, b);
		const [agreed] = d.readWorkspace(a).agreed;
		expect([one, two]).toContainEqual(agreed);
		expect(d.readWorkspace(b).agreed).toEqual([agreed]);
	});

	test('cleared is back to the default, and can be set again', () => {
		const doc = start();
		d.setTarget(doc, me, { key, level: 3, reason: '' });
		d.clearTarget(doc, me, key);
		expect(d.readWorkspace(doc).targets).toEqual([]);
		d.setTarget(doc, me, { key, level: 4, reason: 'Again' });
		expect(d.readWorkspace(doc).targets).toEqual([{ key, level: 4, reason: 'Again' }]);
		d.clearAgreed(doc, me, key);
		expect(d.readWorkspace(doc).agreed).toEqual([]);
	});
});

describe('the plan', () => {
	test('two devices that edit different fields of an action keep both', () => {
		const a = start();
		d.putAction(a, me, action);
		const b = copyOf(a);
		d.patchAction(a, me, 'a1', { owner: 'CIRT', note: 'First budget line, approved' });
		d.patchAction(b, me, 'a1', { state: 'running', note: 'The first budget line' });
		merge(a, b);
		expect(d.readWorkspace(a).actions).toEqual([
			{
				...action,
				moves: [{ at: me.now, state: 'running' }],
				owner: 'CIRT',
				state: 'running',
				note: 'The first budget line, approved'
			}
		]);
		expect(d.readWorkspace(b)).toEqual(d.readWorkspace(a));
	});

	test('actions come in their order, ties by id', () => {
		const doc = start();
		d.putAction(doc, me, { ...action, id: 'c', order: 2 });
		d.putAction(doc, me, { ...action, id: 'b', order: 1 });
		d.putAction(doc, me, { ...action, id: 'a', order: 1.5 });
		d.putAction(doc, me, { ...action, id: 'd', order: 1 });
		expect(d.readWorkspace(doc).actions.map(({ id }) => id)).toEqual(['b', 'd', 'a', 'c']);
	});

	test('a removed action is gone, a patch does not bring it back, and its fields stay for undo', () => {
		const doc = start();
		const undo = new Y.UndoManager(doc, { trackedOrigins: new Set(['local']), captureTimeout: 0 });
		d.putAction(doc, me, action);
		d.removeAction(doc, me, 'a1');
		d.patchAction(doc, me, 'a1', { title: 'Ghost' });
		d.patchAction(doc, me, 'never', { title: 'Ghost' });
		expect(d.readWorkspace(doc).actions).toEqual([]);
		undo.undo();
		expect(d.readWorkspace(doc).actions).toEqual([action]);
	});

	test('a patch that is refused changes nothing', () => {
		const doc = start();
		d.putAction(doc, me, action);
		expect(() => d.patchAction(doc, me, 'a1', { owner: 'X', note: 'x'.repeat(100_001) })).toThrow(
			'note-too-long'
		);
		expect(d.readWorkspace(doc).actions).toEqual([action]);
	});
});

describe('the draft', () => {
	test('a chapter body merges as text, the rest field by field', () => {
		const a = start();
		d.putChapter(a, me, chapter);
		const b = copyOf(a);
		d.setChapterBody(a, me, chapter.id, '# Vision\n\nText and more');
		d.setChapterBody(b, me, chapter.id, '# Our vision\n\nText');
		d.patchChapter(b, me, chapter.id, { hidden: true });
		d.setChapterSources(a, me, chapter.id, []);
		merge(a, b);
		expect(d.readWorkspace(a).chapters).toEqual([
			{
				...chapter,
				body: expect.stringContaining('ision\n\nText and more'),
				hidden: true,
				sources: []
			}
		]);
		expect(d.readWorkspace(b)).toEqual(d.readWorkspace(a));
	});

	test('the same prefilled chapter made on two devices apart is one text', () => {
		const a = start();
		const b = copyOf(a);
		d.putChapter(a, me, chapter);
		d.putChapter(b, me, chapter);
		merge(a, b);
		expect(d.readWorkspace(a).chapters).toEqual([chapter]);
	});

	test('a removed chapter is gone', () => {
		const doc = start();
		d.putChapter(doc, me, chapter);
		d.removeChapter(doc, me, chapter.id);
		expect(d.readWorkspace(doc).chapters).toEqual([]);
	});
});

describe('snapshots and guides', () => {
	test('a snapshot never changes', () => {
		const doc = start();
		d.addSnapshot(doc, me, snapshot);
		expect(() => d.addSnapshot(doc, me, { ...snapshot, name: 'Other' })).toThrow(Problem);
		expect(d.readWorkspace(doc).snapshots).toEqual([snapshot]);
		d.removeSnapshot(doc, me, 's1');
		expect(d.readWorkspace(doc).snapshots).toEqual([]);
	});

	test('two people who answer different gates keep both answers', () => {
		const a = start();
		const b = copyOf(a);
		d.setGuideWork(a, me, 'cyber', { readiness: { mandate: 'yes' } });
		d.setGuideWork(b, me, 'cyber', { readiness: { team: 'no' }, resume: 'law' });
		merge(a, b);
		expect(d.readWorkspace(a).guides.cyber).toEqual({
			path: { mode: 'core', topics: [] },
			readiness: { mandate: 'yes', team: 'no' },
			resume: 'law'
		});
	});
});

describe('transactions', () => {
	test("an edit is one transaction with the author's origin", () => {
		const doc = start();
		const origins: unknown[] = [];
		doc.on('update', (_update: Uint8Array, origin: unknown) => origins.push(origin));
		d.setAnswer(doc, me, key, { kind: 'level', level: 2 });
		d.putAction(doc, me, action);
		expect(origins).toEqual(['local', 'local']);
	});

	test('what a screen does to an object after handing it over changes nothing', () => {
		const doc = start();
		const closes = ['cirt'];
		const watched = new Proxy({ ...action, closes }, {});
		d.putAction(doc, me, watched);
		closes.push('law');
		d.setAnswer(doc, me, key, new Proxy<Answer>({ kind: 'level', level: 2 }, {}));
		expect(d.readWorkspace(doc).actions[0]!.closes).toEqual(['cirt']);
		expect(d.readWorkspace(copyOf(doc))).toEqual(d.readWorkspace(doc));
	});

	test('a copy is a workspace of its own', () => {
		const doc = start();
		d.setNote(doc, me, key, 'Note');
		const copy = d.copyDocument(doc, { id: 'w2', name: 'Copy', createdAt: me.now });
		const work = d.readWorkspace(copy);
		expect(work).toMatchObject({ id: 'w2', name: 'Copy', country: 'Numenia', createdAt: me.now });
		expect(work.contributions[0]!.note).toBe('Note');
		expect(d.readWorkspace(doc).id).toBe('w1');
	});
});
