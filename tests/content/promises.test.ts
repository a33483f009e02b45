import { describe, expect, test } from 'vitest';
import { compilePacks } from '#lib/guide/packs-disk.ts';
import { method } from '#lib/assessment/method.ts';
import { plainText } from '#lib/guide/render.ts';

const packs = compilePacks('content');
const sources = [...packs.guides.values()].filter((guide) => guide.lang === 'en');

test('the packs of this checkout have no mistakes', () => {
	expect(packs.problems).toEqual([]);
});

for (const guide of sources) {
	const sections = guide.parts.flatMap((part) => part.sections);
	const questions = guide.topics.flatMap((topic) => topic.questions);
	const measures = guide.topics.flatMap((topic) => topic.measures);

	describe(`the ${guide.id} guide`, () => {
		test('is a whole guide: 45 sections, 60 questions, 120 measures, 60 terms', () => {
			expect(sections.length).toBeGreaterThanOrEqual(45);
			expect(questions.length).toBeGreaterThanOrEqual(60);
			expect(measures.length).toBeGreaterThanOrEqual(120);
			expect(guide.terms.length).toBeGreaterThanOrEqual(60);
		});

		test('nine sections in ten have 400 to 900 words', () => {
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

		test('every question carries a GCA pillar', () => {
			for (const question of questions)
				expect(question.crosswalk.gca?.length, question.id).toBeGreaterThan(0);
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
