import { describe, expect, it } from 'vitest';
import { asSources } from '#lib/sync/fields.ts';
import type { Action } from '#lib/model/workspace.ts';
import { answer, smallView, type Short } from '../../../tests/fixtures/small-assessment.ts';
import { ownAction } from './actions.ts';
import { hashOf, sourceReader, staleSources, type Material } from './material.ts';

const action: Action = {
	...ownAction({ id: 'a1', guide: 'small', title: 'Write the law', closes: ['law-a'], plan: [] }),
	owner: 'Justice',
	start: '2026-04-01',
	end: '2026-06-30'
};
const material = (answers: Record<string, Short> = {}, more: Partial<Material> = {}): Material => ({
	view: smallView(answers, { proven: new Set(['law-a']) }),
	actions: [action],
	register: new Map(),
	country: 'Numenia',
	...more
});
const value = (ref: string, of: Material): string | null => sourceReader(of)(ref);

describe('what a source stands for', () => {
	it('is, for a question, its answer, target and evidence', () => {
		const of = material({ 'law-a': 1, 'law-b': 2, 'law-c': '?', 'team-a': 'n' });
		expect(value('question:law-a', of)).toBe('1>2+');
		expect(value('question:law-b', of)).toBe('2>3');
		expect(value('question:law-c', of)).toBe('?');
		expect(value('question:team-a', of)).toBe('n/a');
		expect(value('question:team-b', of)).toBe('-');
	});

	it('is, for an action, what its sentence says', () => {
		expect(value('action:a1', material())).toBe('Write the law|Justice|2026-04-01|2026-06-30');
		const dropped = material({}, { actions: [{ ...action, state: 'dropped' }] });
		expect(value('action:a1', dropped)).toBe('');
	});

	it('is, for a topic, its score as shown, and which actions serve it', () => {
		const of = material({ 'law-a': 1, 'law-b': 2 });
		expect(value('score:law', of)).toBe('1.3');
		expect(value('score:team', of)).toBe('');
		expect(value('plan:law', of)).toBe('a1');
		expect(value('plan:team', of)).toBe('');
	});

	it('is, for a place of the outline, a value without a language', () => {
		const of = material({ 'law-a': 1, 'law-b': 2, 'team-a': 3, 'team-b': 3 });
		const names = ['country', 'strongest', 'weakest', 'answered', 'questions', 'proven', 'actions'];
		const values = names.map((name) => value(`summary:${name}`, of));
		expect(values).toEqual(['Numenia', 'team', 'law', '4', '9', '1', '1']);
	});

	it('fits into the document, however long a title is', () => {
		const long = { ...action, title: `A${'🏛'.repeat(490)}` };
		const of = material({}, { actions: [long] });
		const kept = [{ ref: 'action:a1', value: value('action:a1', of)! }];
		expect(asSources(kept)).toEqual(kept);
		const other = material({}, { actions: [{ ...long, end: '2026-07-31' }] });
		expect(staleSources({ sources: kept }, other)).toHaveLength(1);
	});
});

describe('a source is stale', () => {
	const sources = (of: Material) =>
		['question:law-a', 'action:a1', 'score:law', 'plan:law', 'summary:country'].map((ref) => ({
			ref,
			value: value(ref, of)!
		}));
	const before = material({ 'law-a': 1, 'law-b': 1 });
	const stale = (after: Material) =>
		staleSources({ sources: sources(before) }, after).map(({ ref, now }) => `${ref} ${now}`);

	it('when its answer, target or evidence changed, and says what it is now', () => {
		expect(stale(before)).toEqual([]);
		expect(stale(material({ 'law-a': 2, 'law-b': 1 }))).toEqual([
			'question:law-a 2>3+',
			'score:law 1.8'
		]);
		const view = { ...before.view, targets: new Map([['law-a', 4 as const]]) };
		expect(stale({ ...before, view })).toEqual(['question:law-a 1>4+']);
		expect(stale({ ...before, view: { ...before.view, proven: new Set() } })).toEqual([
			'question:law-a 1>2'
		]);
	});

	it('when its answer is gone', () => {
		const answers = new Map([['law-b', answer(1)]]);
		const gone = { ...before, view: { ...before.view, answers } };
		expect(stale(gone)).toEqual(['question:law-a -', 'score:law ']);
	});

	it('when an action changed, went, or came', () => {
		expect(stale({ ...before, actions: [{ ...action, owner: 'PMO' }] })).toEqual([
			'action:a1 Write the law|PMO|2026-04-01|2026-06-30'
		]);
		expect(stale({ ...before, actions: [] })).toEqual(['action:a1 ', 'plan:law ']);
		expect(stale({ ...before, actions: [action, { ...action, id: 'a2' }] })).toEqual([
			'plan:law a1 a2'
		]);
	});

	it('not when the order of the plan or something else changed', () => {
		const two = [action, { ...action, id: 'a2', order: 2 }];
		const swapped = [
			{ ...action, order: 3 },
			{ ...action, id: 'a2', order: 2 }
		];
		expect(value('plan:law', { ...before, actions: swapped })).toBe(
			value('plan:law', { ...before, actions: two })
		);
		expect(stale({ ...before, actions: [{ ...action, order: 9, note: 'x' }] })).toEqual([]);
		expect(stale(material({ 'law-a': 1, 'law-b': 1, 'skills-a': 4 }))).toEqual([]);
	});

	it('not when this version does not know its kind (P7)', () => {
		const newer = [{ ref: 'indicator:x', value: '1' }, { ref: 'summary:mood', value: 'good' }]; // prettier-ignore
		expect(staleSources({ sources: newer }, before)).toEqual([]);
	});
});

it('a hash tells texts apart', () => {
	const texts = Array.from({ length: 20_000 }, (_, i) => `Paragraph ${i}, ${i * 7}`);
	expect(new Set(texts.map(hashOf)).size).toBe(texts.length);
});
