import { describe, expect, it } from 'vitest';
import { levels, type Level, type Measure } from '#lib/model/guide.ts';
import { ladder, measure, question } from '../../../tests/fixtures/small-assessment.ts';
import { checkMap, helps } from './map.ts';

const step = (from: Level, to: Level): Measure =>
	measure('m', { closes: [{ question: 'q', from, to }] });

describe('helps', () => {
	it('says yes exactly where the step and the gap overlap, for every step and every gap', () => {
		for (const from of levels) {
			for (const to of levels.filter((l) => l > from)) {
				for (const level of levels) {
					for (const target of levels.filter((l) => l > level)) {
						const rungs = levels.filter((l) => l >= from && l < to && l >= level && l < target);
						expect(
							helps(step(from, to), 'q', level, target),
							`${from}→${to}, ${level}→${target}`
						).toBe(rungs.length > 0);
					}
				}
			}
		}
	});

	it('never proposes what the answered level already implies', () => {
		expect(helps(step(0, 2), 'q', 2, 4)).toBe(false);
		expect(helps(step(0, 2), 'q', 1, 4)).toBe(true);
	});

	it('never proposes what begins at the target or above', () => {
		expect(helps(step(2, 3), 'q', 1, 2)).toBe(false);
	});

	it('has no measure for the best possible answer', () => {
		expect(helps(step(3, 4), 'q', 4, 4)).toBe(false);
	});

	it('looks at the named question only', () => {
		expect(helps(step(0, 1), 'other', 0, 1)).toBe(false);
	});
});

describe('checkMap', () => {
	const questions = [question('q')];

	it('is content with a ladder that covers every step', () => {
		expect(checkMap(questions, ladder('q'))).toEqual([]);
	});

	it('names the step that no measure covers', () => {
		const [first, , last] = ladder('q');
		expect(checkMap(questions, [first!, { ...last!, requires: [] }])).toEqual([
			expect.objectContaining({
				at: 'q',
				expected: 'a measure that takes q from level 2 to 3',
				found: 'none',
				mend: expect.stringContaining('"closes"')
			})
		]);
	});

	it('refuses a measure without a gap, with an unknown question, or that leads down', () => {
		const wrong = [
			measure('empty'),
			measure('lost', { closes: [{ question: 'nowhere', from: 0, to: 1 }] }),
			measure('down', { closes: [{ question: 'q', from: 2, to: 2 }] })
		];
		expect(checkMap(questions, [...ladder('q'), ...wrong]).map((p) => p.at)).toEqual([
			'empty',
			'lost',
			'down'
		]);
	});

	it('refuses a prerequisite that does not exist', () => {
		const [problem] = checkMap(questions, [...ladder('q'), { ...step(0, 1), requires: ['ghost'] }]);
		expect(problem).toMatchObject({ at: 'm', found: 'ghost' });
	});

	it('refuses prerequisites that wait for each other, and shows the circle', () => {
		const a = { ...step(0, 1), id: 'a', requires: ['b'] };
		const b = { ...step(0, 1), id: 'b', requires: ['a'] };
		const [problem] = checkMap(questions, [...ladder('q'), a, b]);
		expect(problem?.found).toBe('a → b → a');
	});
});
