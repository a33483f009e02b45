/** What a plan holds besides what, who and when: written, read back, merged, and unharmed by bad fields. */
import { describe, expect, test } from 'vitest';
import { planDefaults } from '#lib/model/plan.ts';
import type { CostLine, Risk, Task } from '#lib/model/plan.ts';
import { noDetails } from '#lib/model/workspace.ts';
import type { Action } from '#lib/model/workspace.ts';
import * as d from './document.ts';
import type { Author } from './document.ts';
import { collection } from './shape.ts';

const by = (contributor: string, now = '2026-03-01T08:00:00.000Z'): Author => ({
	contributor,
	now,
	origin: 'local'
});
const me = by('me');
const fresh = () =>
	d.createDocument({ id: 'w', name: 'N', country: 'N', createdAt: me.now, demo: false });
const task: Task = {
	id: 't1',
	title: 'Draft',
	owner: 'mde',
	end: '2026-09-30',
	done: false,
	order: 1
};
const line: CostLine = {
	id: 'c1',
	title: 'Two analysts',
	kind: 'recurring',
	year: 2027,
	until: 2029,
	amount: 40_000,
	currency: 'XOF',
	funded: 10_000,
	source: 'Budget line 12',
	order: 1
};
const risk: Risk = {
	id: 'r1',
	text: 'No law',
	likelihood: 4,
	impact: 5,
	response: 'Decree',
	order: 1
};
const action: Action = {
	id: 'a1',
	guide: 'cyber',
	measure: '',
	closes: [],
	title: 'A team',
	owner: 'Ministry',
	start: '',
	end: '',
	cost: 'low',
	effort: 'small',
	indicator: 'Posts filled',
	unit: 'count',
	target: '8',
	state: 'proposed',
	note: '',
	...noDetails,
	objective: 'o1',
	ownerId: 'mde',
	sponsorId: 'pmo',
	partnerIds: ['nca', 'bank'],
	requires: ['a0'],
	blocker: 'No decree',
	unblock: 'Cabinet signs',
	tasks: [task],
	costLines: [line],
	risks: [risk],
	impact: 5,
	feasibility: 2,
	tags: ['sdg:9', 'ours'],
	order: 1
};
const apart = (from = fresh()) => {
	const state = d.stateOf(from);
	const [a, b] = [d.assemble([state]).doc, d.assemble([state]).doc];
	const merged = () => {
		const doc = d.assemble([d.stateOf(a), d.stateOf(b)]).doc;
		const other = d.assemble([d.stateOf(b), d.stateOf(a)]).doc;
		expect(d.readWorkspace(other)).toEqual(d.readWorkspace(doc));
		return d.readWorkspace(doc);
	};
	return { a, b, merged };
};

describe('an action', () => {
	test('is read back with its parties, tasks, costs and risks', () => {
		const doc = fresh();
		d.putAction(doc, me, action);
		expect(d.readWorkspace(doc).actions).toEqual([action]);
	});

	test('without details writes none: each write stays in the document for good', () => {
		const doc = fresh();
		d.putAction(doc, me, { ...action, ...noDetails });
		const fields = [...collection(doc, 'actions').keys()].map((key) => key.split('/')[1]);
		expect(fields).not.toContain('blocker');
		expect(fields).not.toContain('tags');
	});

	test('remembers when its state changed, and only then (a clock that jumps keeps both)', () => {
		const doc = fresh();
		d.putAction(doc, me, action);
		d.patchAction(doc, by('me', '2026-05-01T00:00:00.000Z'), 'a1', { state: 'running' });
		d.patchAction(doc, by('me', '2026-06-01T00:00:00.000Z'), 'a1', { state: 'running' });
		d.patchAction(doc, by('me', '2026-04-01T00:00:00.000Z'), 'a1', { state: 'done' });
		expect(d.readWorkspace(doc).actions[0]?.moves).toEqual([
			{ at: '2026-04-01T00:00:00.000Z', state: 'done' },
			{ at: '2026-05-01T00:00:00.000Z', state: 'running' }
		]);
	});

	test('gets a task from one device and a cost line from another, and has both (P5)', () => {
		const start = fresh();
		d.putAction(start, me, { ...action, ...noDetails });
		const { a, b, merged } = apart(start);
		d.putPart(a, by('a'), 'a1', 'tasks', task);
		d.putPart(a, by('a'), 'a1', 'tasks', { ...task, id: 't2', order: 0 });
		d.putPart(b, by('b'), 'a1', 'costLines', line);
		d.putPart(b, by('b'), 'a1', 'risks', risk);
		expect(merged().actions[0]).toMatchObject({
			tasks: [{ id: 't2' }, task],
			costLines: [line],
			risks: [risk]
		});
		d.removePart(a, by('a'), 'a1', 'tasks', 't1');
		expect(merged().actions[0]?.tasks.map(({ id }) => id)).toEqual(['t2']);
	});

	test('written as a whole loses the parts that are not in it', () => {
		const doc = fresh();
		d.putAction(doc, me, action);
		d.patchAction(doc, me, 'a1', { tasks: [], costLines: [{ ...line, id: 'c2' }] });
		expect(d.readWorkspace(doc).actions[0]).toMatchObject({
			tasks: [],
			costLines: [{ id: 'c2' }],
			risks: [risk]
		});
	});

	test.each([
		['a year that is none', { year: 1200 }],
		['no year', { year: null }]
	])('passes over a cost line with %s', (_, wrong) => {
		const doc = fresh();
		d.putAction(doc, me, action);
		collection(doc, 'actions').set('a1/cost:c1', { ...line, ...wrong });
		expect(d.readWorkspace(doc).actions[0]?.costLines).toEqual([]);
	});

	test.each([
		['a negative amount is nothing', { amount: -5, funded: 0 }, { amount: 0 }],
		['twenty digits are cut to the most', { amount: 1e20 }, { amount: 999_999_999_999_999 }],
		['more funded than needed is all of it', { funded: 90_000 }, { funded: 40_000 }],
		['text is no amount', { amount: '=1+1', funded: 0 }, { amount: 0 }],
		['an end before the beginning is the beginning', { until: 2020 }, { until: 2027 }],
		['a currency of symbols is none', { currency: '<b>' }, { currency: '' }]
	])('of a cost line: %s', (_, wrong, read) => {
		const doc = fresh();
		d.putAction(doc, me, action);
		collection(doc, 'actions').set('a1/cost:c1', { ...line, ...wrong });
		expect(d.readWorkspace(doc).actions[0]?.costLines[0]).toMatchObject(read);
	});

	test('a text beyond its limit changes nothing', () => {
		const doc = fresh();
		d.putAction(doc, me, action);
		const long = 'x'.repeat(20_000);
		expect(() => d.putPart(doc, me, 'a1', 'tasks', { ...task, title: long })).toThrow();
		expect(() => d.patchAction(doc, me, 'a1', { title: 'New', blocker: long })).toThrow();
		expect(d.readWorkspace(doc).actions).toEqual([action]);
	});
});

describe('the register', () => {
	test('holds stakeholders and objectives in their order', () => {
		const doc = fresh();
		const mde = { id: 'mde', name: 'Ministry', person: 'Director', role: 'Lead', note: '' };
		d.putStakeholder(doc, me, { ...mde, power: 5, interest: null, order: 2 });
		d.putStakeholder(doc, me, { ...mde, id: 'pmo', power: null, interest: 1, order: 1 });
		d.patchStakeholder(doc, me, 'mde', { name: 'Ministry of Digital Economy' });
		d.patchStakeholder(doc, me, 'nobody', { name: 'Ghost' });
		d.putObjective(doc, me, { id: 'o1', guide: 'cyber', title: 'Ready', note: '', order: 1 });
		expect(d.readWorkspace(doc)).toMatchObject({
			stakeholders: [{ id: 'pmo' }, { id: 'mde', name: 'Ministry of Digital Economy', power: 5 }],
			objectives: [{ id: 'o1', title: 'Ready' }]
		});
		d.removeStakeholder(doc, me, 'pmo');
		expect(d.readWorkspace(doc).stakeholders).toHaveLength(1);
	});

	test('says how the country plans, field by field', () => {
		const { a, b, merged } = apart();
		expect(d.readWorkspace(a).plan).toEqual(planDefaults);
		d.setPlanSettings(a, by('a'), { yearStart: 7 });
		d.setPlanSettings(b, by('b'), { currency: 'xof', capacity: 12 });
		expect(merged().plan).toEqual({ ...planDefaults, yearStart: 7, currency: 'XOF', capacity: 12 });
		d.setPlanSettings(a, by('a'), { yearStart: 13 });
		expect(d.readWorkspace(a).plan.yearStart).toBe(1);
	});
});

describe('an indicator', () => {
	test('of an action has the action’s own words, and its readings by day', () => {
		const doc = fresh();
		d.putAction(doc, me, action);
		d.putIndicator(doc, me, 'a1', { baseline: '2', target: '10', every: 6, collector: 'mde' });
		d.putReading(doc, me, 'a1', { day: '2027-06-30', value: '5', note: '' });
		d.putReading(doc, me, 'a1', { day: '2027-01-01', value: '3', note: 'first' });
		const { indicators, actions } = d.readWorkspace(doc);
		expect(actions[0]?.target).toBe('10');
		expect(indicators).toMatchObject([
			{ id: 'a1', parent: 'a1', title: 'Posts filled', baseline: '2', target: '10', every: 6 }
		]);
		expect(indicators[0]?.readings.map(({ value }) => value)).toEqual(['3', '5']);
	});

	test('of an objective stands beside it, and can go', () => {
		const doc = fresh();
		d.putIndicator(doc, me, 'i1', { of: 'objective', parent: 'o1', title: 'Days without service' });
		expect(d.readWorkspace(doc).indicators).toMatchObject([{ id: 'i1', of: 'objective' }]);
		d.removeIndicator(doc, me, 'i1');
		expect(d.readWorkspace(doc).indicators).toEqual([]);
	});

	test('that is read again and again is the one that was written last', () => {
		const doc = fresh();
		const read = d.workspaceReader(doc);
		d.putAction(doc, me, action);
		expect(read().indicators).toHaveLength(1);
		d.putReading(doc, me, 'a1', { day: '2027-06-30', value: '5', note: '' });
		expect(read().indicators[0]?.readings).toHaveLength(1);
		d.patchAction(doc, me, 'a1', { indicator: 'Other' });
		expect(read().indicators[0]?.title).toBe('Other');
	});

	test('a day that does not exist is refused', () => {
		const doc = fresh();
		const reading = { day: '2027-02-30', value: '5', note: '' };
		expect(() => d.putReading(doc, me, 'i1', reading)).toThrow('not a reading');
	});
});

describe('the draft', () => {
	const comment = {
		id: 'k1',
		chapter: 'cyber/vision',
		answers: '',
		quote: 'by 2030',
		before: 'A safe country ',
		after: '.',
		text: 'Too late?',
		by: 'me',
		name: 'Awa',
		at: me.now,
		resolved: false
	};

	test('has comments in their order, which can be resolved', () => {
		const doc = fresh();
		d.putComment(doc, me, comment);
		d.putComment(doc, me, { ...comment, id: 'k0', answers: 'k1', at: '2026-01-01T00:00:00.000Z' });
		d.patchComment(doc, me, 'k1', { resolved: true });
		expect(d.readWorkspace(doc).comments).toEqual([
			{ ...comment, id: 'k0', answers: 'k1', at: '2026-01-01T00:00:00.000Z' },
			{ ...comment, resolved: true }
		]);
	});

	test('is kept under a name, and that never changes', () => {
		const doc = fresh();
		const body = 'A safe country by 2030.';
		const chapter = { id: 'cyber/vision', title: 'Vision', body, hidden: false, order: 1 };
		const about = { guide: 'cyber', name: 'For consultation', note: '', by: 'Awa', at: me.now };
		const version = { id: 'v1', ...about, chapters: [{ ...chapter, blocks: [] }] };
		d.addVersion(doc, me, version);
		expect(d.readWorkspace(doc).versions).toEqual([version]);
		expect(() => d.addVersion(doc, me, { ...version, name: 'Other' })).toThrow('version exists');
	});

	test('has lines of approval', () => {
		const doc = fresh();
		const line = { id: 'p1', guide: 'cyber', post: 'Minister', person: 'A.', note: '', order: 1 };
		d.putApproval(doc, me, { ...line, state: 'asked', day: '' });
		d.patchApproval(doc, me, 'p1', { state: 'given', day: '2026-12-01' });
		expect(d.readWorkspace(doc).approvals).toEqual([
			{ ...line, state: 'given', day: '2026-12-01' }
		]);
	});
});

test('the ticks of a checklist merge one by one, and strange fields are passed over', () => {
	const doc = fresh();
	const chapter = {
		...{ id: 'g/a', guide: 'g', title: 'A', body: '', hidden: false, order: 1 },
		...{ sources: [], blocks: [], goal: 0 }
	};
	d.putChapter(doc, me, chapter);
	expect(d.readWorkspace(doc).chapters).toEqual([chapter]);
	const { a, b, merged } = apart(doc);
	d.setTick(a, me, 'g/a', 2, true);
	d.setTick(b, me, 'g/a', 0, true);
	collection(b, 'chapters').set('g/a/tick:x', true);
	collection(b, 'chapters').set('g/a/tick:7', 'yes');
	expect(merged().chapters[0]?.ticks).toEqual([0, 2]);
	d.setTick(a, me, 'g/a', 2, false);
	expect(merged().chapters[0]?.ticks).toEqual([0]);
});
