import { describe, expect, test } from 'vitest';
import { emptyWorkspace } from '../../../tests/fixtures/empty-workspace.ts';
import { noDetails } from '#lib/model/workspace.ts';
import type { MigrationStep } from '#lib/model/guide.ts';
import type { Action, Contribution, Workspace } from '#lib/model/workspace.ts';
import { carrying } from './carrying.ts';
import {
	editionToRemember,
	findMigration,
	placeNow,
	snapshotNow,
	titleThen,
	waysOf
} from './migration.ts';

const step = (from: string, to: string, moved: Partial<MigrationStep>): MigrationStep => ({
	from,
	to,
	note: '',
	titles: {},
	sections: {},
	questions: {},
	measures: {},
	chapters: {},
	...moved
});
const second = step('1', '2', {
	questions: { law: 'act', cirt: null },
	measures: { draft: 'write' },
	chapters: { one: 'opening' },
	sections: { page: 'leaf' },
	titles: { questions: { cirt: 'A team' } }
});
const third = step('2', '3', { questions: { act: 'statute' }, sections: { leaf: null } });

const said = (question: string, more: Partial<Contribution> = {}): Contribution => ({
	key: `g/${question}`,
	contributor: 'ana',
	answer: { kind: 'level', level: 2 },
	confidence: null,
	note: '',
	evidence: [],
	at: '2026-01-01T00:00:00Z',
	...more
});
const action = (more: Partial<Action>): Action => ({
	id: 'a',
	guide: 'g',
	measure: '',
	closes: [],
	title: 'Do it',
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
	order: 0,
	...more
});
const workspace = (more: Partial<Workspace>): Workspace => ({ ...emptyWorkspace, ...more });
const fates = (contributions: Contribution[], steps = [second]) =>
	findMigration(workspace({ contributions }), 'g', steps).questions.flatMap((one) =>
		one.said.map(({ fate }) => `${one.old} ${fate}`)
	);

describe('where an id is now', () => {
	test('an edition may be skipped: the way leads through all of them', () => {
		expect(waysOf([second, third]).questions.get('law')).toEqual(['act', 'statute']);
		expect(placeNow([second, third], 'questions', 'law')).toBe('statute');
		expect(placeNow([second, third], 'questions', 'act')).toBe('statute');
	});
	test('what a later edition dropped leads nowhere, what never moved is not spoken of', () => {
		expect(placeNow([second, third], 'sections', 'page')).toBeNull();
		expect(placeNow([second], 'questions', 'cirt')).toBeNull();
		expect(placeNow([second], 'questions', 'staff')).toBeUndefined();
		expect(placeNow(undefined, 'questions', 'law')).toBeUndefined();
	});
	test('an old title is shown where somebody wrote it down, else the id', () => {
		expect(titleThen([second], 'questions', 'cirt')).toBe('A team');
		expect(titleThen([second], 'questions', 'law')).toBe('law');
	});
});

describe('answers of an earlier edition', () => {
	test('an answer goes to the new question; one without a successor is kept to be read', () => {
		expect(fates([said('law'), said('cirt'), said('staff')])).toEqual(['law carry', 'cirt kept']);
	});
	test('a record without any words is not spoken of', () => {
		expect(fates([said('law', { answer: null })])).toEqual([]);
		expect(fates([said('law', { answer: null, note: 'See the act.' })])).toEqual(['law carry']);
	});
	test('each contributor has their own', () => {
		const there = said('act', { contributor: 'ben' });
		expect(fates([said('law'), said('law', { contributor: 'ben' }), there])).toEqual([
			'law carry',
			'law stands'
		]);
	});
	test('what stands at the new question stays, be it newer or older', () => {
		const at = '2025-01-01T00:00:00Z';
		expect(fates([said('law'), said('act', { at })])).toEqual(['law stands']);
		expect(fates([said('law'), said('act', { answer: null })])).toEqual(['law carry']);
	});
	test('what was carried is not carried again, also when it was changed or taken back there', () => {
		const was = { question: 'law', at: said('law').at };
		const at = '2026-02-02T00:00:00Z';
		expect(fates([said('law'), said('act', { was })])).toEqual(['law done']);
		expect(fates([said('law'), said('act', { was, at })])).toEqual(['law done']);
		expect(fates([said('law'), said('act', { was, at, answer: null })])).toEqual(['law done']);
	});
	test('a colleague with the old edition changed the answer since: it follows, unless ours did too', () => {
		const was = { question: 'law', at: '2025-01-01T00:00:00Z' };
		expect(fates([said('law'), said('act', { was, at: was.at })])).toEqual(['law carry']);
		const at = '2026-02-02T00:00:00Z';
		expect(fates([said('law'), said('act', { was, at })])).toEqual(['law stands']);
	});
	test('of two editions that meet in one question the newer words go, the older stay', () => {
		expect(fates([said('law'), said('act')], [second, third])).toEqual(['act carry', 'law stands']);
		const was = { question: 'law', at: said('law').at };
		expect(fates([said('law'), said('act', { was, at: 'x' })], [second, third])).toEqual([
			'act carry',
			'law done'
		]);
	});
	test('no other guide is touched', () => {
		const other = workspace({ contributions: [said('law')] });
		expect(findMigration(other, 'h', [second]).pending).toBe(0);
	});
});

describe('what the team recorded', () => {
	const at = '2026-01-01T00:00:00Z';
	const answer = { kind: 'level', level: 3 } as const;
	const agreed = { key: 'g/law', answer, why: '', by: '', at, saw: {} } as const;
	const target = { key: 'g/law', level: 4, reason: 'In two\nyears' } as const;
	const fatesOf = (more: Partial<Workspace>) => {
		const [one] = findMigration(workspace(more), 'g', [second]).questions;
		return [one?.agreed?.fate, one?.target?.fate];
	};
	const work = (carried: Record<string, string>) => ({
		g: { path: { mode: 'core' as const, topics: [] }, readiness: {}, resume: '', carried }
	});

	test('goes along, and not over what was recorded or aimed for at the new question', () => {
		expect(fatesOf({ agreed: [agreed], targets: [target] })).toEqual(['carry', 'carry']);
		expect(
			fatesOf({
				agreed: [agreed, { ...agreed, key: 'g/act', at: '2026-03-03T00:00:00Z' }],
				targets: [target, { ...target, key: 'g/act', level: 2 }]
			})
		).toEqual(['stands', 'stands']);
	});
	test('stays taken back where it was taken back after it was carried', () => {
		const guides = work({ 'agreed:law': at, 'target:law': '4 In two years' });
		expect(fatesOf({ agreed: [agreed], targets: [target], guides })).toEqual(['done', 'done']);
	});
});

describe('plan and draft', () => {
	test('links of actions name what closes the gap now; those without a successor stay', () => {
		const actions = [
			action({ measure: 'draft', closes: ['law', 'cirt', 'act'] }),
			action({ id: 'b', guide: 'h', measure: 'draft', closes: ['law'], also: { g: ['law'] } }),
			action({ id: 'c', closes: ['staff'] })
		];
		const { actions: patches } = carrying(workspace({ actions }), 'g', [second]);
		expect(patches).toEqual([
			{ id: 'a', patch: { measure: 'write', closes: ['act', 'cirt'] } },
			{ id: 'b', patch: { also: { g: ['act'] } } }
		]);
		expect(findMigration(workspace({ actions }), 'g', [second]).pending).toBe(2);
	});
	test('a chapter goes where no chapter is yet; its paragraphs go on naming their questions', () => {
		const chapter = {
			id: 'g/one',
			guide: 'g',
			title: 'One',
			body: 'Text',
			hidden: false,
			order: 1,
			sources: [
				{ ref: 'question:law', value: '2>3' },
				{ ref: 'text:abc', value: 'question:law score:law' }
			],
			blocks: [],
			goal: 0
		};
		const found = carrying(workspace({ chapters: [chapter] }), 'g', [second]);
		expect(found.chapters).toEqual([{ from: 'g/one', to: 'g/opening' }]);
		expect(found.sources).toEqual([
			{
				id: 'g/one',
				sources: [
					{ ref: 'question:act', value: '2>3' },
					{ ref: 'text:abc', value: 'question:act score:law' }
				]
			}
		]);
		const both = [chapter, { ...chapter, id: 'g/opening' }];
		expect(findMigration(workspace({ chapters: both }), 'g', [second]).chapters[0]!.fate).toBe(
			'stands'
		);
	});
});

describe('the edition that is remembered', () => {
	test('is the guide’s, once nothing waits to be carried', () => {
		expect(editionToRemember(undefined, '2', [second])).toBe('2');
		expect(editionToRemember({ edition: '1' }, '2', [second])).toBe('2');
		expect(editionToRemember({ edition: '1' }, '2', [second], 3)).toBeUndefined();
		expect(editionToRemember({ edition: '2' }, '2', [second])).toBeUndefined();
	});
	test('is not set back by an older guide', () => {
		expect(editionToRemember({ edition: '3' }, '2', [second])).toBeUndefined();
	});
});

test('a snapshot is read as this edition asks: what it has under a new id counts first', () => {
	const level = (n: 1 | 2 | 3) => ({ kind: 'level', level: n }) as const;
	const snapshot = {
		id: 's',
		guide: 'g',
		name: '',
		at: '',
		edition: '1',
		answers: { law: level(1), cirt: level(2), staff: level(3) },
		proven: ['law'],
		targets: { law: 4 as const }
	};
	expect(snapshotNow(snapshot, [second, third])).toEqual({
		...snapshot,
		answers: { statute: level(1), cirt: level(2), staff: level(3) },
		proven: ['statute'],
		targets: { statute: 4 }
	});
	const both = { ...snapshot, answers: { act: level(3), law: level(1) } };
	expect(snapshotNow(both, [second]).answers).toEqual({ act: level(3) });
	expect(snapshotNow(snapshot)).toBe(snapshot);
});
