/**
 * A fourth guide needs no code: the command makes it, a second language is filled in, and it is
 * assessed, planned, drafted and written as a Word file by the rules that serve the others.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { aimOf } from '#lib/assessment/aim.ts';
import { findGaps } from '#lib/assessment/gaps.ts';
import { scoreAll } from '#lib/assessment/score.ts';
import { catalogueOf, questionsOf, type View } from '#lib/assessment/view.ts';
import { actionFromMeasure } from '#lib/draft/actions.ts';
import { makeChapters } from '#lib/draft/chapters.ts';
import { compose } from '#lib/export/compose.ts';
import { withPictures } from '#lib/export/document.ts';
import { onePixel } from '#lib/export/fixtures/random.ts';
import { paragraphsOf, partOf } from '#lib/export/fixtures/reading.ts';
import { parts, type ExportInput } from '#lib/export/input.ts';
import { writeDocx } from '#lib/export/formats/docx.ts';
import { check, create, stale, stamp } from '#lib/guide/author/commands.ts';
import type { CompiledGuide } from '#lib/guide/compile.ts';
import { compilePacks } from '#lib/guide/packs-disk.ts';
import { bare, unplanned } from '#lib/export/fixtures/plan.ts';
import { register, translate, type Messages } from '#lib/i18n/words.ts';
import type { Assessment } from '#lib/model/guide.ts';
import { methodNote } from '#lib/ui/method-words.ts';
import { voiceOf } from '#lib/ui/voice.ts';
import { answer } from '../fixtures/small-assessment.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const real = join(import.meta.dirname, '../../content');
const root = mkdtempSync(join(tmpdir(), 'fourth-guide-'));
const folder = join(root, 'guides/fourth');
const printed: string[] = [];
afterAll(() => rmSync(root, { recursive: true }));

beforeAll(() => {
	for (const stream of ['log', 'error'] as const) {
		vi.spyOn(console, stream).mockImplementation((line: string) => void printed.push(line));
	}
	cpSync(join(real, 'languages'), join(root, 'languages'), { recursive: true });
	for (const lang of ['en', 'fr', 'ar']) {
		const owners = `shared/${lang}/owners.json`;
		cpSync(join(real, owners), join(root, owners));
		for (const name of ['draft', 'export', 'results', 'model'] as const) {
			const file = join(real, 'languages', lang, `${name}.json`);
			register(lang, name, JSON.parse(readFileSync(file, 'utf8')) as Messages);
		}
	}
});

/** As a translator works: each file is copied and its words are written over. */
function translateAll(): void {
	cpSync(join(folder, 'en'), join(folder, 'fr'), { recursive: true });
	const files = readdirSync(join(folder, 'fr'), { recursive: true, withFileTypes: true });
	for (const file of files.filter((one) => one.isFile())) {
		const path = join(file.parentPath, file.name);
		writeFileSync(path, readFileSync(path, 'utf8').replaceAll('PLACEHOLDER', 'TEXTE'));
	}
}

describe('a guide made by the command', () => {
	test('is made, translated, marked and declared complete, and nothing is refused', () => {
		expect(create(root, ['fourth'])).toBe(0);
		expect(check(root)).toBe(0);

		translateAll();
		const identity = join(folder, 'guide.json');
		const facts = JSON.parse(readFileSync(identity, 'utf8')) as object;
		writeFileSync(identity, JSON.stringify({ ...facts, complete: { fr: 'all' } }));
		expect(check(root)).toBe(1);
		expect(printed.join('\n')).toContain('npm run content -- stamp fr');

		expect(stamp(root, ['fr'])).toBe(0);
		expect(stale(root, ['fr'])).toBe(0);
		expect(printed.at(-1)).toBe('0 files');
		expect(check(root), printed.join('\n')).toBe(0);
	});

	test('a topic with one core question is refused: the core path could not score it', () => {
		const file = join(folder, 'assessment.json');
		const text = readFileSync(file, 'utf8');
		writeFileSync(file, text.replace('"core"', '"full"'));
		expect(check(root)).toBe(1);
		expect(printed.join('\n')).toMatch(/topic-one: expected 2 core questions, found 1/);
		writeFileSync(file, text);
	});

	test.each([
		['en', 'PLACEHOLDER', 'TEXTE'],
		['fr', 'TEXTE', 'PLACEHOLDER']
	])('goes from an answer to a Word file in %s', async (lang, own, foreign) => {
		const guide = [...compilePacks(root).guides.values()].find((one) => one.lang === lang)!;
		const input = inputOf(guide);
		expect(input.topics.map(({ score }) => score)).toEqual([0.5, 2]);
		expect(input.gaps).toHaveLength(4);
		expect(input.actions).toHaveLength(3);
		expect(input.chapters).toHaveLength(guide.outline.chapters.length);

		const file = await writeDocx(
			await withPictures(compose(input, { parts }), async () => onePixel)
		);
		const text = paragraphsOf(partOf(file, 'word/document.xml')).join('\n');
		for (const { title } of [...input.gaps, ...input.actions, ...input.chapters]) {
			expect(text).toContain(title);
		}
		expect(text).toContain(own);
		expect(text).not.toContain(foreign);
		expect(text).not.toMatch(/\{\w+\}|undefined|NaN|(?:draft|export|model|results)\.[a-z]/);
	});
});

/** Four answers and what follows from them on the guide, in its language, by the real rules. */
function inputOf(guide: CompiledGuide): ExportInput {
	const { lang } = guide;
	const assessment: Assessment = { guide: guide.id, topics: guide.topics };
	const questions = questionsOf(assessment);
	const catalogue = catalogueOf(assessment);
	const levels = [0, 1, 2, 2] as const;
	const view: View = {
		assessment,
		answers: new Map(questions.map(({ id }, i) => [id, answer(levels[i]!)])),
		proven: new Set(),
		targets: new Map(),
		path: { mode: 'core', topics: [] }
	};
	const { gaps } = findGaps(view);
	const proposed = gaps.flatMap(({ measures }) => measures).slice(0, 3);
	const actions = proposed.map((measure, i) =>
		actionFromMeasure({
			measure,
			closes: measure.closes.map((closing) => closing.question),
			guide: guide.id,
			id: `a${i}`,
			today: '2026-03-17',
			owner: guide.owners[measure.owner]!,
			plan: [],
			catalogue
		})
	);
	const chapters = makeChapters(
		guide.outline,
		{ view, actions, register: new Map(), country: 'Numenia' },
		voiceOf(lang),
		'2026'
	);
	const titleOf = (id: string) => questions.find((one) => one.id === id)!.title;
	return {
		lang,
		direction: 'ltr',
		workspace: { name: 'Numenia', country: 'Numenia', demo: false },
		guide,
		version: '1',
		date: '2026',
		created: '2026-03-17T09:30:00Z',
		accent: '#0f6b6b',
		summary: '',
		figures: [],
		topics: scoreAll(view).topics.map((score) => ({
			id: score.topic,
			title: guide.topics.find(({ id }) => id === score.topic)!.title,
			short: '',
			score: score.value,
			answered: score.answered,
			applicable: score.applicable,
			proven: score.proven,
			target: aimOf(score, view)
		})),
		questions: questions.map((one) => ({
			...one,
			asked: true,
			answer: null,
			disagreement: '',
			evidence: [],
			notes: [],
			target: null,
			proofs: one.evidence
		})),
		gaps: gaps.map((gap, i) => ({
			rank: i + 1,
			topic: gap.question.topic,
			title: gap.question.title,
			level: gap.level,
			target: gap.target,
			parts: [],
			measures: gap.measures.map(({ title }) => title)
		})),
		actions: actions.map((action) => ({
			...bare,
			...action,
			risks: [],
			tasks: [],
			topics: [],
			closes: action.closes.map(titleOf),
			done: catalogue.get(action.measure)!.done
		})),
		...unplanned,
		chapters: chapters.map((chapter, i) => ({ ...chapter, topics: [], outline: i })),
		method: methodNote(lang),
		words: (key, values) => translate(lang, key, values)
	};
}
