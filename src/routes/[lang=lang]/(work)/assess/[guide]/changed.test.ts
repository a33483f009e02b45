import { expect, test } from 'vitest';
import { emptyWorkspace } from '../../../../../../tests/fixtures/empty-workspace.ts';
import type { Contribution, QuestionKey, Target, Workspace } from '#lib/model/workspace.ts';
import { changedQuestion } from './changed.ts';

const said = (key: QuestionKey, at: string, contributor = 'me'): Contribution => ({
	key,
	contributor,
	answer: { kind: 'level', level: 1 },
	confidence: null,
	note: '',
	evidence: [],
	at
});
const workspace = (contributions: Contribution[], targets: Target[] = []): Workspace => ({
	...emptyWorkspace,
	contributions,
	targets
});

test('an answer that an undo changed, removed or brought back names its question', () => {
	const one = said('g/one', '1');
	const before = workspace([one, said('g/two', '1')]);
	expect(changedQuestion(before, workspace([one, said('g/two', '2')]), 'g')).toBe('two');
	expect(changedQuestion(before, workspace([one]), 'g')).toBe('two');
	expect(changedQuestion(workspace([one]), before, 'g')).toBe('two');
});

test('a target that an undo changed names its question', () => {
	const set: Target = { key: 'g/one', level: 3, reason: '' };
	expect(changedQuestion(workspace([], [set]), workspace([]), 'g')).toBe('one');
	expect(changedQuestion(workspace([], [set]), workspace([], [{ ...set, reason: 'x' }]), 'g')).toBe(
		'one'
	);
});

test('another guide and an equal state name nothing', () => {
	const same = workspace([said('g/one', '1')]);
	expect(changedQuestion(same, workspace([said('g/one', '1')]), 'g')).toBe('');
	expect(changedQuestion(same, workspace([said('g/one', '2')]), 'other')).toBe('');
	expect(changedQuestion(null, null, 'g')).toBe('');
});
