/**
 * The answer→measure map: each step from level n to n+1 of a question must have a measure that
 * brings it about; each measure must be reachable and its prerequisites must have an order.
 */
import { levels, type Level, type Measure, type Question } from '#lib/model/guide.ts';

/** As many core questions as a topic needs for a score of its own on the core path. */
export const leastCore = 2;

export type MapProblem = { at: string; expected: string; found: string; mend: string };

/** Whether `measure` helps to take `question` from `from` to `to`, and is not implied by `from`. */
export function helps(measure: Measure, question: string, from: Level, to: Level): boolean {
	return measure.closes.some((c) => c.question === question && c.to > from && c.from < to);
}

type Mapped = Pick<Question, 'id'>;

/** Every way in which the map breaks its promise; empty when it keeps it. */
export function checkMap(questions: Mapped[], measures: Measure[]): MapProblem[] {
	const problems: MapProblem[] = [];
	const known = new Set(questions.map((q) => q.id));
	const ids = new Set(measures.map((m) => m.id));

	for (const question of questions) {
		for (const level of levels.slice(0, 4)) {
			const next = (level + 1) as Level;
			if (!measures.some((m) => helps(m, question.id, level, next))) {
				problems.push({
					at: question.id,
					expected: `a measure that takes ${question.id} from level ${level} to ${next}`,
					found: 'none',
					mend: 'write a measure whose "closes" covers that step, or widen the "from" and "to" of one'
				});
			}
		}
	}
	for (const measure of measures) {
		if (measure.closes.length === 0) {
			problems.push({
				at: measure.id,
				expected: 'a gap that the measure closes',
				found: 'none',
				mend: 'name a question in "closes"'
			});
		}
		for (const closing of measure.closes) {
			if (!known.has(closing.question)) {
				problems.push({
					at: measure.id,
					expected: 'a question of assessment.json in "closes"',
					found: closing.question,
					mend: 'correct the id in "closes", or add the question'
				});
			}
			if (closing.from >= closing.to) {
				problems.push({
					at: measure.id,
					expected: 'from below to',
					found: `${closing.from} to ${closing.to}`,
					mend: 'a measure lifts: put the lower level in "from"'
				});
			}
		}
		for (const required of measure.requires) {
			if (!ids.has(required)) {
				problems.push({
					at: measure.id,
					expected: 'a measure of measures.json in "requires"',
					found: required,
					mend: 'correct the id in "requires", or remove it'
				});
			}
		}
	}
	for (const cycle of findCycles(measures)) {
		problems.push({
			at: cycle[0]!,
			expected: 'prerequisites without a cycle',
			found: cycle.join(' → '),
			mend: 'remove one of these from "requires"'
		});
	}
	return problems;
}

/** Cycles among prerequisites, each as the ids along it. */
function findCycles(measures: Measure[]): string[][] {
	const requires = new Map(measures.map((m) => [m.id, m.requires]));
	const done = new Set<string>();
	const cycles: string[][] = [];
	const visit = (id: string, trail: string[]): void => {
		const at = trail.indexOf(id);
		if (at >= 0) {
			cycles.push([...trail.slice(at), id]);
			return;
		}
		if (done.has(id)) return;
		for (const required of requires.get(id) ?? []) visit(required, [...trail, id]);
		done.add(id);
	};
	for (const measure of measures) visit(measure.id, []);
	return cycles;
}
