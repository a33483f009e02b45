import { describe, expect, test } from 'vitest';
import { compilePacks } from '#lib/guide/packs-disk.ts';
import { method } from '#lib/assessment/method.ts';
import { plainText } from '#lib/guide/render.ts';

const packs = compilePacks('content');
/** What a published guide has at least. */
const sizes: Partial<
	Record<string, Record<'sections' | 'questions' | 'measures' | 'terms' | 'indicators', number>>
> = {
	cybersecurity: { sections: 45, questions: 60, measures: 120, terms: 60, indicators: 40 },
	ehealth: { sections: 45, questions: 55, measures: 110, terms: 60, indicators: 40 },
	eagriculture: { sections: 40, questions: 50, measures: 100, terms: 60, indicators: 35 }
};
const sources = [...packs.guides.values()].filter((guide) => guide.lang === 'en');

test('the packs of this checkout have no mistakes', () => {
	expect(packs.problems).toEqual([]);
});

for (const guide of sources) {
	const sections = guide.parts.flatMap((part) => part.sections);
	const questions = guide.topics.flatMap((topic) => topic.questions);
	const measures = guide.topics.flatMap((topic) => topic.measures);

	describe(`the ${guide.id} guide`, () => {
		// A guide that is being written is held to its form, not to its size.
		const whole = sizes[guide.id];
		test.runIf(whole)(`is a whole guide: ${JSON.stringify(whole)}`, () => {
			expect(sections.length).toBeGreaterThanOrEqual(whole!.sections);
			expect(questions.length).toBeGreaterThanOrEqual(whole!.questions);
			expect(measures.length).toBeGreaterThanOrEqual(whole!.measures);
			expect(guide.terms.length).toBeGreaterThanOrEqual(whole!.terms);
			expect(guide.indicators.length).toBeGreaterThanOrEqual(whole!.indicators);
		});

		test.runIf(whole)('nine sections in ten have 400 to 900 words', () => {
			const fitting = sections.filter((s) => s.words >= 400 && s.words <= 900);
			expect(fitting.length / sections.length).toBeGreaterThan(0.9);
		});

		test('an example of the fictional country is marked as such', () => {
			for (const section of sections.filter((s) => s.headings.some((h) => h.id === 'example'))) {
				const example = section.html.slice(section.html.indexOf('id="example"'));
				expect(example, section.id).toContain('fictional');
			}
		});

		test('the five levels of a question are five sentences that differ', () => {
			for (const question of questions) {
				expect(new Set(question.levels).size, question.id).toBe(5);
				for (const level of question.levels) expect(level.length, question.id).toBeGreaterThan(20);
			}
		});

		test('the core path can score every topic', () => {
			for (const topic of guide.topics) {
				const core = topic.questions.filter((q) => q.path === 'core');
				expect(core.length, topic.id).toBeGreaterThanOrEqual(method.minimumAnswers);
			}
		});

		test('every question has a place in a crosswalk, where the guide has one', () => {
			if (guide.crosswalks.length === 0) return;
			for (const { id, crosswalk } of questions) {
				const places =
					guide.id === 'cybersecurity' ? crosswalk.gca : Object.values(crosswalk).flat();
				expect(places?.length, id).toBeGreaterThan(0);
			}
		});

		test('a chapter text uses only places that are filled', () => {
			const known = [
				'country',
				'date',
				'strongest',
				'weakest',
				'answered',
				'questions',
				'proven',
				'actions'
			];
			for (const chapter of guide.outline.chapters) {
				for (const [, place] of chapter.text.matchAll(/\{(\w+)\}/g))
					expect(known, chapter.id).toContain(place);
				expect(plainText(chapter.text).length, chapter.id).toBeGreaterThan(100);
			}
		});
	});
}

test('a corrected sentence moves its section, one piece of the search index, the index and the bundle', async () => {
	const index = packs.indexes.get('en/cybersecurity')!;
	const pieces = index.search.pieces.length;
	expect(pieces).toBeGreaterThan(10);
	// The largest piece bounds what a correction can cost, beside the section and the index.
	const largest = Math.max(...index.search.pieces.map((piece) => piece.bytes));
	const section = Math.max(...index.parts.flatMap((p) => p.sections).map((s) => s.file.bytes));
	const manifest = packs.manifest.guides.find((g) => g.lang === 'en')!;
	expect(largest + section + manifest.index.bytes).toBeLessThan(20_000);
});
