/**
 * The first draft from every real outline, in every language: each place is filled, nothing is
 * refused on the way to the screen, and each text is as fresh as the data.
 */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogueOf, questionsOf, type View } from '#lib/assessment/view.ts';
import { actionFromMeasure } from '#lib/draft/actions.ts';
import { splitBlocks } from '#lib/draft/blocks.ts';
import { makeChapters } from '#lib/draft/chapters.ts';
import { completenessOf } from '#lib/draft/completeness.ts';
import { staleSources, type Material } from '#lib/draft/material.ts';
import { compilePacks } from '#lib/guide/packs-disk.ts';
import { render } from '#lib/guide/render.ts';
import { levels, type Assessment } from '#lib/model/guide.ts';
import type { Action } from '#lib/model/workspace.ts';
import { englishVoice } from '../fixtures/english-voice.ts';
import { forSeeds, type Random } from '../fixtures/seeds.ts';
import { answer } from '../fixtures/small-assessment.ts';

const { guides } = compilePacks(join(import.meta.dirname, '../../content'));

describe.each([...guides])('%s', (_key, guide) => {
	const assessment: Assessment = { guide: guide.id, topics: guide.topics };
	const questions = questionsOf(assessment);
	const measures = [...catalogueOf(assessment).values()];

	function randomMaterial(random: Random): Material {
		const share = random.pick([0, 0.5, 1]);
		const answered = questions.filter(() => random.chance(share));
		const view: View = {
			assessment,
			answers: new Map(
				answered.map(({ id }) => [id, answer(random.pick([...levels, '?', 'n'] as const))])
			),
			proven: new Set(questions.filter(() => random.chance(0.4)).map((q) => q.id)),
			targets: new Map(),
			path: { mode: random.pick(['core', 'full'] as const), topics: [] }
		};
		const actions: Action[] = [];
		for (let i = random.number(20); i > 0; i--) {
			const measure = random.pick(measures);
			actions.push(
				actionFromMeasure({
					measure,
					closes: measure.closes.map((closing) => closing.question),
					guide: guide.id,
					id: `a${i}`,
					today: '2026-03-17',
					owner: '',
					plan: actions,
					catalogue: catalogueOf(assessment)
				})
			);
		}
		return { view, actions, register: new Map(), country: random.pick(['Numenia', '']) };
	}

	it('every chapter is made, filled, traceable, and not called complete', () => {
		forSeeds(10, (random) => {
			const material = randomMaterial(random);
			const chapters = makeChapters(guide.outline, material, englishVoice, '17 March 2026');
			expect(chapters.map((c) => c.id)).toEqual(
				guide.outline.chapters.map((c) => `${guide.id}/${c.id}`)
			);
			for (const [i, chapter] of chapters.entries()) {
				const outline = guide.outline.chapters[i]!;
				const texts = splitBlocks(chapter.body).flatMap((piece) =>
					'markdown' in piece ? [piece.markdown] : []
				);
				for (const text of texts) {
					expect(text, chapter.id).not.toMatch(/\{\w*\}|draft\.[a-z]|NaN/);
					expect(render(text).refused, chapter.id).toEqual([]);
				}
				expect(staleSources(chapter, material), chapter.id).toEqual([]);
				expect(completenessOf(chapter, outline)).toBe(0);
				const told = chapter.body.includes('## Where we stand') ? ['level-summary'] : [];
				expect([...chapter.blocks, ...told].sort()).toEqual([...outline.blocks].sort());
			}
		});
	});
});
