import { describe, expect, test } from 'vitest';
import { emptyWorkspace } from '../../../tests/fixtures/empty-workspace.ts';
import type { Contribution, Workspace } from '#lib/model/workspace.ts';
import type { Level } from '#lib/model/guide.ts';
import { broughtBy } from './brought.ts';
import { dissentFrom, saidOf } from './said.ts';

const said = (contributor: string, question: string, level: Level, at = '1'): Contribution => ({
	...{ key: `g/${question}`, contributor, answer: { kind: 'level', level }, confidence: null },
	...{ note: '', evidence: [], at }
});
const having = (...contributions: Contribution[]): Workspace => ({
	...emptyWorkspace,
	contributions
});

describe('what a merge brought', () => {
	test('is nothing where both sides are the same', () => {
		const one = having(said('health', 'q1', 2));
		expect(broughtBy(one, structuredClone(one))).toMatchObject({
			nothing: true,
			disagreements: []
		});
	});

	test('counts each person their new and changed answers, most first', () => {
		const before = having(said('health', 'q1', 2), said('telecom', 'q1', 2));
		const after = having(
			said('health', 'q1', 2),
			said('health', 'q2', 1),
			said('telecom', 'q1', 2, '2'),
			said('telecom', 'q3', 4),
			said('justice', 'q4', 0)
		);
		expect(broughtBy(before, after).answers).toEqual([
			{ contributor: 'telecom', count: 2 },
			{ contributor: 'health', count: 1 },
			{ contributor: 'justice', count: 1 }
		]);
	});

	test('names the questions that are in dispute now and were not', () => {
		const before = having(
			said('health', 'q1', 2),
			said('health', 'q2', 2),
			said('telecom', 'q2', 3)
		);
		const after = having(
			...before.contributions,
			said('telecom', 'q1', 3),
			said('health', 'q3', 1)
		);
		expect(broughtBy(before, after).disagreements).toEqual(['g/q1']);
	});

	test('an agreed value that did not see what came is in dispute again', () => {
		const agreed = [
			{
				...{ key: 'g/q1' as const, answer: { kind: 'level' as const, level: 2 as const } },
				...{ why: '', by: 'health', at: '1', saw: { health: '1' } }
			}
		];
		const before = { ...having(said('health', 'q1', 2)), agreed };
		const after = { ...having(said('health', 'q1', 2), said('telecom', 'q1', 2, '5')), agreed };
		expect(broughtBy(before, after).disagreements).toEqual(['g/q1']);
		const [, telecom] = saidOf(after.contributions, agreed[0]);
		expect(telecom).toMatchObject({ isNews: true, differs: false });
	});
});

test('dissent is what those say who say otherwise; two reasons for "not applicable" are one answer', () => {
	const all = [said('health', 'q1', 2), said('telecom', 'q1', 3)];
	expect(dissentFrom({ kind: 'level', level: 2 }, all)).toEqual({
		dissent: { telecom: { kind: 'level', level: 3 } }
	});
	const none: Contribution = { ...all[0]!, answer: { kind: 'not-applicable', reason: 'no coast' } };
	expect(dissentFrom({ kind: 'not-applicable', reason: 'no port' }, [none])).toEqual({});
});
