import { describe, expect, test } from 'vitest';
import { emptyWorkspace } from '../../../tests/fixtures/empty-workspace.ts';
import type { AgreedValue, Answer, Contribution, Workspace } from '#lib/model/workspace.ts';
import { agree, agreedAnswer, agreedAnswers, agreements, provenQuestions } from './agreed.ts';

const level = (n: 0 | 1 | 2 | 3 | 4): Answer => ({ kind: 'level', level: n });
const said = (
	contributor: string,
	answer: Answer | null,
	at = '2026-03-01T08:00:00.000Z',
	key: Contribution['key'] = 'cyber/cirt'
): Contribution => ({ key, contributor, answer, confidence: null, note: '', evidence: [], at });
const recorded = (answer: Answer, saw: Record<string, string>): AgreedValue => ({
	key: 'cyber/cirt',
	answer,
	why: '',
	by: 'Chair',
	at: '2026-03-02T08:00:00.000Z',
	saw
});
const workspace = (contributions: Contribution[], agreed: AgreedValue[] = []): Workspace => ({
	...emptyWorkspace,
	contributions,
	agreed
});

describe('agree', () => {
	test('nobody answered: none', () => {
		expect(agree([], undefined)).toEqual({ answer: null, source: 'none', stale: false });
		expect(agree([said('a', null)], undefined).source).toBe('none');
	});

	test('with one contributor, the contribution is the agreed value', () => {
		const agreement = agree([said('a', level(0)), said('b', null)], undefined);
		expect(agreement).toEqual({ answer: level(0), source: 'single', stale: false });
	});

	test('several contributors who say the same agree without a record', () => {
		const agreement = agree([said('a', level(3)), said('b', level(3))], undefined);
		expect(agreement).toEqual({ answer: level(3), source: 'same', stale: false });
	});

	test('two reasons for "not applicable" are one answer, the first in order is shown', () => {
		const a: Answer = { kind: 'not-applicable', reason: 'No coast' };
		const b: Answer = { kind: 'not-applicable', reason: 'Landlocked' };
		expect(agree([said('a', a), said('b', b)], undefined)).toEqual({
			answer: a,
			source: 'same',
			stale: false
		});
	});

	test.each<[string, Answer, Answer]>([
		['two levels', level(2), level(3)],
		['level 0 and "don\'t know"', level(0), { kind: 'unknown' }],
		['level 0 and "not applicable"', level(0), { kind: 'not-applicable', reason: '' }],
		[
			'"don\'t know" and "not applicable"',
			{ kind: 'unknown' },
			{ kind: 'not-applicable', reason: '' }
		]
	])('%s are a disagreement until a person decides', (_, a, b) => {
		const open = { answer: null, source: 'open', stale: false };
		expect(agree([said('a', a), said('b', b)], undefined)).toEqual(open);
		expect(agree([said('a', b), said('b', a)], undefined)).toEqual(open);
	});

	test('the recorded value wins over what contributors say', () => {
		const at = '2026-03-01T08:00:00.000Z';
		const agreed = recorded(level(2), { a: at, b: at });
		expect(agree([said('a', level(1)), said('b', level(3))], agreed)).toEqual({
			answer: level(2),
			source: 'agreed',
			stale: false
		});
	});

	test('a recorded value is stale when a contribution changed after it, or was not seen', () => {
		const at = '2026-03-01T08:00:00.000Z';
		const agreed = recorded(level(2), { a: at });
		expect(agree([said('a', level(1), '2026-03-03T08:00:00.000Z')], agreed).stale).toBe(true);
		expect(agree([said('a', null, '2026-03-03T08:00:00.000Z')], agreed).stale).toBe(true);
		expect(agree([said('a', level(2), at), said('b', level(2))], agreed).stale).toBe(true);
	});

	test('a recorded value is stale when the newer contribution has an older clock (F-18)', () => {
		const agreed = recorded(level(2), { a: '2026-03-01T08:00:00.000Z' });
		expect(agree([said('a', level(1), '2016-03-01T08:00:00.000Z')], agreed).stale).toBe(true);
	});

	test('somebody who only wrote a note that nobody saw makes nothing stale', () => {
		expect(agree([said('b', null)], recorded(level(2), {})).stale).toBe(false);
	});

	test('a contributor named like an inherited property was not seen (F-34)', () => {
		const saw: Record<string, string> = Object.create(null);
		expect(agree([said('constructor', level(2))], recorded(level(2), saw)).stale).toBe(true);
	});
});

describe('agreedAnswers', () => {
	test('takes one guide, leaves out what is open or unanswered, and holds level 0', () => {
		const answers = agreedAnswers(
			workspace([
				said('a', level(0), '', 'cyber/law'),
				said('a', level(1), '', 'cyber/cirt'),
				said('b', level(2), '', 'cyber/cirt'),
				said('a', null, '', 'cyber/data'),
				said('a', level(4), '', 'cyber-2/law'),
				said('a', level(4), '', 'ehealth/law')
			]),
			'cyber'
		);
		expect([...answers]).toEqual([['law', level(0)]]);
	});

	test('a recorded value counts where no contribution is left', () => {
		const work = workspace([], [recorded(level(2), {})]);
		expect([...agreedAnswers(work, 'cyber')]).toEqual([['cirt', level(2)]]);
		expect(agreedAnswer(work, 'cyber/cirt')).toEqual(level(2));
		expect(agreedAnswer(work, 'cyber/law')).toBeNull();
	});

	test('one question alone and all at once say the same', () => {
		const work = workspace([said('a', level(1)), said('b', level(1))]);
		expect(agreedAnswer(work, 'cyber/cirt')).toEqual(agreements(work, 'cyber').get('cirt')?.answer);
	});
});

describe('provenQuestions', () => {
	const piece = (proven: boolean) => ({ id: 'e', reference: 'Decree', link: '', date: '', proven });

	test('proven is a level with at least one proven piece of evidence, whoever brought it', () => {
		const work = workspace([
			{ ...said('a', level(2), '', 'cyber/proven'), evidence: [piece(false), piece(true)] },
			{ ...said('a', level(2), '', 'cyber/claimed'), evidence: [piece(false)] },
			{ ...said('a', { kind: 'unknown' }, '', 'cyber/unknown'), evidence: [piece(true)] },
			{ ...said('a', level(1), '', 'cyber/open'), evidence: [piece(true)] },
			said('b', level(2), '', 'cyber/open'),
			said('a', level(1), '', 'cyber/other'),
			{ ...said('b', level(1), '', 'cyber/other'), evidence: [piece(true)] }
		]);
		expect([...provenQuestions(work, 'cyber')].sort()).toEqual(['other', 'proven']);
	});
});
