import { describe, expect, test } from 'vitest';
import { emptyWorkspace } from '../../../tests/fixtures/empty-workspace.ts';
import type { Level, Question } from '#lib/model/guide.ts';
import type { Answer, Contribution, QuestionKey, Workspace } from '#lib/model/workspace.ts';
import { differenceOf, differences, elsewhere, guidesWithAnswers, offers } from './facts.ts';

const law: Question = {
	id: 'data-law',
	topic: 'law',
	kind: 'maturity',
	weight: 2,
	path: 'core',
	section: 's',
	crosswalk: {},
	lang: 'en',
	shared: true,
	title: 'Data law',
	question: 'Is there one?',
	levels: ['', '', '', '', ''],
	next: ['', '', '', ''],
	evidence: [],
	why: ''
};
const level = (of: Level): Answer => ({ kind: 'level', level: of });
const piece = (id: string) => ({ id, reference: id, link: '', date: '', proven: true });
const said = (
	key: QuestionKey,
	answer: Answer | null,
	about: Partial<Contribution> = {}
): Contribution => ({
	key,
	contributor: 'me',
	answer,
	confidence: null,
	note: '',
	evidence: [],
	at: '2026-03-01T08:00:00.000Z',
	...about
});
const workspace = (contributions: Contribution[], more: Partial<Workspace> = {}): Workspace => ({
	...emptyWorkspace,
	contributions,
	...more
});

describe('an answer under one guide', () => {
	const work = workspace([
		said('cyber/data-law', level(2), { evidence: [piece('act'), piece('gazette')] }),
		said('cyber/data-law', level(2), { contributor: 'health', evidence: [piece('act')] }),
		said('cyber/other', level(4))
	]);

	test('is offered under another, with its evidence, each piece once', () => {
		expect(offers(work, 'health', law)).toEqual([
			{ guide: 'cyber', level: 2, evidence: [piece('act'), piece('gazette')] }
		]);
	});

	test('is not offered where the question is not shared, nor to the guide itself', () => {
		expect(offers(work, 'health', { ...law, shared: undefined })).toEqual([]);
		expect(elsewhere(work, 'cyber', law)).toEqual([]);
	});

	test('is not offered once somebody answered here, whatever the answer', () => {
		const here = said('health/data-law', { kind: 'unknown' }, { contributor: 'other' });
		expect(offers(workspace([...work.contributions, here]), 'health', law)).toEqual([]);
		const back = said('health/data-law', null);
		expect(offers(workspace([...work.contributions, back]), 'health', law)).toHaveLength(1);
	});

	test('is not offered while its contributors differ, unless the team recorded a value', () => {
		const open = [
			said('cyber/data-law', level(1)),
			said('cyber/data-law', level(3), { contributor: 'b' })
		];
		expect(offers(workspace(open), 'health', law)).toEqual([]);
		const agreed = [
			{ key: 'cyber/data-law', answer: level(3), why: '', by: '', at: '', saw: {} } as const
		];
		expect(offers(workspace(open, { agreed: [...agreed] }), 'health', law)[0]?.level).toBe(3);
	});

	test('"don’t know" and "not applicable" stay with their sector', () => {
		const none: Answer[] = [{ kind: 'unknown' }, { kind: 'not-applicable', reason: 'x' }];
		for (const answer of none) {
			expect(offers(workspace([said('cyber/data-law', answer)]), 'health', law)).toEqual([]);
		}
	});
});

test('of two guides that say the same, one offer is made: the one with the most evidence', () => {
	const work = workspace([
		said('agri/data-law', level(2)),
		said('cyber/data-law', level(2), { evidence: [piece('act')] }),
		said('trade/data-law', level(1))
	]);
	expect(offers(work, 'health', law).map((o) => [o.guide, o.level])).toEqual([
		['cyber', 2],
		['trade', 1]
	]);
});

test('two guides that differ are a hint under both, and none once they agree', () => {
	const work = workspace([said('cyber/data-law', level(2)), said('health/data-law', level(3))]);
	expect(differenceOf(work, 'health', law, level(3))?.others[0]).toMatchObject({
		guide: 'cyber',
		level: 2
	});
	const topic = { id: 'law', lang: 'en', title: '', questions: [law], measures: [], hints: [] };
	for (const guide of ['cyber', 'health']) {
		expect(differences(work, { guide, topics: [topic] })).toHaveLength(1);
	}
	expect(differenceOf(work, 'health', law, level(2))).toBeNull();
	expect(differenceOf(work, 'health', law, { kind: 'unknown' })).toBeNull();
});

test('the guides with answers are known without opening any', () => {
	const work = workspace([said('b/q', level(1)), said('a/q', level(1)), said('c/q', null)]);
	expect(guidesWithAnswers(work)).toEqual(['a', 'b']);
});
