/** What guides share in one workspace: answers taken over, actions that serve several, figures. */
import * as Y from 'yjs';
import { expect, test } from 'vitest';
import { noDetails } from '#lib/model/workspace.ts';
import type { Action } from '#lib/model/workspace.ts';
import * as d from './document.ts';

const by = (contributor: string, now = '2026-03-01T08:00:00.000Z') => ({
	contributor,
	now,
	origin: 'local'
});
const fresh = () =>
	d.createDocument({ id: 'w', name: 'N', country: 'N', createdAt: '', demo: false });
/** Two devices that start from the same document, and their exchange. */
function two(start = fresh()) {
	const [a, b] = [d.assemble([d.stateOf(start)]).doc, d.assemble([d.stateOf(start)]).doc];
	const merge = () => {
		Y.applyUpdate(a, d.stateOf(b));
		Y.applyUpdate(b, d.stateOf(a));
		expect(d.readWorkspace(a)).toEqual(d.readWorkspace(b));
		return d.readWorkspace(a);
	};
	return { a, b, merge };
}
const level = { kind: 'level', level: 2 } as const;
const act = { id: 'act', reference: 'The act', link: '', date: '', proven: true };
const taken = { answer: level, evidence: [act], from: 'cyber' };

test('an answer taken over is one’s own, with its evidence and where it came from', () => {
	const doc = fresh();
	d.takeAnswer(doc, by('me'), 'health/law', taken);
	expect(d.readWorkspace(doc).contributions).toEqual([
		expect.objectContaining({
			key: 'health/law',
			contributor: 'me',
			answer: level,
			evidence: [act],
			from: 'cyber'
		})
	]);
});

test('taking over is one step of undo', () => {
	const doc = fresh();
	const undo = new Y.UndoManager(doc, { trackedOrigins: new Set(['local']) });
	d.takeAnswer(doc, by('me'), 'health/law', taken);
	expect(undo.undoStack).toHaveLength(1);
	undo.undo();
	expect(d.readWorkspace(doc).contributions.filter((said) => said.answer)).toEqual([]);
});

test('another answer afterwards is one’s own: it comes from nowhere', () => {
	const doc = fresh();
	d.takeAnswer(doc, by('me'), 'health/law', taken);
	d.setAnswer(doc, by('me'), 'health/law', { kind: 'level', level: 3 });
	expect(d.readWorkspace(doc).contributions[0]?.from).toBeUndefined();
	expect(d.readWorkspace(doc).contributions[0]?.evidence).toEqual([act]);
});

test('two devices of one person that take over the same answer have its evidence once', () => {
	const { a, b, merge } = two();
	d.takeAnswer(a, by('me'), 'health/law', taken);
	d.takeAnswer(b, by('me'), 'health/law', taken);
	expect(merge().contributions[0]?.evidence).toEqual([act]);
});

const action: Action = {
	id: 'a1',
	guide: 'cyber',
	measure: 'm',
	closes: ['law'],
	title: 'A law',
	owner: '',
	start: '',
	end: '',
	cost: 'low',
	effort: 'small',
	indicator: '',
	unit: 'count',
	target: '',
	state: 'proposed',
	note: '',
	...noDetails,
	order: 1
};

test('two devices that let an action serve a guide each have both, and one can be taken out', () => {
	const start = fresh();
	d.putAction(start, by('me'), action);
	const { a, b, merge } = two(start);
	d.patchAction(a, by('a'), 'a1', { also: { health: ['law'] } });
	d.patchAction(b, by('b'), 'a1', { also: { agri: ['data'] } });
	expect(merge().actions[0]?.also).toEqual({ agri: ['data'], health: ['law'] });
	d.patchAction(a, by('a'), 'a1', { also: { agri: [] } });
	expect(merge().actions[0]).toMatchObject({ closes: ['law'], also: { health: ['law'] } });
});

test('an action that serves one guide reads as it always did', () => {
	const doc = fresh();
	d.putAction(doc, by('me'), action);
	expect(d.readWorkspace(doc).actions).toEqual([action]);
});

test('one writes a figure’s value, another its source: both are there', () => {
	const { a, b, merge } = two();
	d.setFigure(a, by('a'), 'rural', { value: 63.4, year: 2024 });
	d.setFigure(b, by('b'), 'rural', { source: 'Census' });
	d.setFigure(b, by('b'), 'population', { value: 1_200_000 });
	expect(merge().figures).toEqual([
		{ id: 'population', value: 1_200_000, year: null, source: '' },
		{ id: 'rural', value: 63.4, year: 2024, source: 'Census' }
	]);
});

test('a figure of a newer version is left unharmed and not read (P7)', () => {
	const doc = fresh();
	doc.getMap('figures').set('ai-readiness/value', 7);
	doc.getMap('figures').set('rural/value', 'many');
	doc.getMap('figures').set('rural/trend', 'up');
	d.setFigure(doc, by('me'), 'rural', { source: 'Census' });
	const copy = d.assemble([d.stateOf(doc)]).doc;
	expect(d.readWorkspace(copy).figures).toEqual([
		{ id: 'rural', value: null, year: null, source: 'Census' }
	]);
	expect(copy.getMap('figures').get('ai-readiness/value')).toBe(7);
	expect(copy.getMap('figures').get('rural/trend')).toBe('up');
});

test('a figure out of its range is refused, and nothing has changed', () => {
	const doc = fresh();
	expect(() => d.setFigure(doc, by('me'), 'rural', { value: 101 })).toThrow('out of range');
	expect(() => d.setFigure(doc, by('me'), 'rural', { year: 12 })).toThrow('out of range');
	expect(d.readWorkspace(doc).figures).toEqual([]);
});
