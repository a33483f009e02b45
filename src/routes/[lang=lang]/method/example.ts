/**
 * The Example of the method page: three invented questions, reckoned by the very rules of the app, so
 * that the page cannot show a sum that the app would not make.
 */
import { findGaps, type Gap } from '#lib/assessment/gaps.ts';
import { scoreTopic, type TopicScore } from '#lib/assessment/score.ts';
import type { View } from '#lib/assessment/view.ts';
import type { Level, Measure, Question, Topic } from '#lib/model/guide.ts';

export const exampleQuestions = ['first', 'second', 'third'] as const;
export type ExampleQuestion = (typeof exampleQuestions)[number];

/** The score of the three, and the gap that comes first. */
export function example(): { score: TopicScore; gap: Gap } {
	const said: Record<
		ExampleQuestion,
		{ level: Level; weight: Question['weight']; proven: boolean }
	> = {
		first: { level: 1, weight: 3, proven: false },
		second: { level: 2, weight: 2, proven: true },
		third: { level: 3, weight: 1, proven: true }
	};
	const topic: Topic = {
		id: 'example',
		lang: '',
		title: '',
		questions: exampleQuestions.map((id) => question(id, said[id].weight)),
		// The second question's next step needs the first one's.
		measures: [measure('a', 'first', 1, []), measure('b', 'second', 2, ['a'])],
		hints: []
	};
	const view: View = {
		assessment: { guide: 'example', topics: [topic] },
		answers: new Map(exampleQuestions.map((id) => [id, { kind: 'level', level: said[id].level }])),
		proven: new Set(exampleQuestions.filter((id) => said[id].proven)),
		targets: new Map(),
		path: { mode: 'full', topics: [] }
	};
	const [gap] = findGaps(view).gaps;
	if (!gap) throw new Error('the example has no gap');
	return { score: scoreTopic(topic, view), gap };
}

const question = (id: string, weight: Question['weight']): Question => ({
	id,
	topic: 'example',
	kind: 'maturity',
	weight,
	path: 'core',
	section: '',
	crosswalk: {},
	lang: '',
	title: '',
	question: '',
	levels: [],
	next: [],
	evidence: [],
	why: ''
});

const measure = (
	id: string,
	closes: ExampleQuestion,
	from: Level,
	requires: string[]
): Measure => ({
	id,
	closes: [{ question: closes, from, to: (from + 1) as Level }],
	owner: 'lead-authority',
	effort: 'small',
	cost: 'low',
	months: 3,
	requires,
	unit: 'count',
	lang: '',
	title: '',
	done: '',
	indicator: '',
	how: ''
});
