import { expect, test } from 'vitest';
import type { Level, Question } from '#lib/model/guide.ts';
import type { Answer } from '#lib/model/workspace.ts';
import { sharedQuestions } from './together.ts';
import type { View } from './view.ts';

// Only what the rule looks at.
const question = (id: string, shared?: true) => ({ id, shared }) as unknown as Question;
const view = (
	guide: string,
	questions: Question[],
	levels: Record<string, Level | null>
): View => ({
	assessment: {
		guide,
		topics: [{ id: 't', lang: 'en', title: '', questions, measures: [], hints: [] }]
	},
	answers: new Map(
		Object.entries(levels).map(([id, level]): [string, Answer] => [
			id,
			level === null ? { kind: 'unknown' } : { kind: 'level', level }
		])
	),
	proven: new Set(),
	targets: new Map(),
	path: { mode: 'full', topics: [] }
});
const law = question('law', true);

test('what several guides ask stands side by side; what one asks alone, or by chance, does not', () => {
	const shared = sharedQuestions([
		view('cyber', [law, question('own'), question('alone', true)], { law: 2 }),
		view('health', [question('own'), law], {})
	]);
	expect(shared).toEqual([
		{
			question: law,
			answers: [
				{ guide: 'cyber', answer: { kind: 'level', level: 2 } },
				{ guide: 'health', answer: null }
			],
			differs: false
		}
	]);
});

test('two levels differ; a level and "don’t know" do not', () => {
	const differs = (a: Level | null, b: Level | null) =>
		sharedQuestions([view('a', [law], { law: a }), view('b', [law], { law: b })])[0]?.differs;
	expect(differs(1, 2)).toBe(true);
	expect(differs(2, 2)).toBe(false);
	expect(differs(0, null)).toBe(false);
});
