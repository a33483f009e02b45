import { describe, expect, it } from 'vitest';
import { compose } from './compose.ts';
import { plain, withPictures, type ExportDocument } from './document.ts';
import { planned } from './fixtures/plan.ts';
import { onePixel } from './fixtures/random.ts';
import {
	leaves,
	linesOf,
	missingFrom,
	partOf,
	textOfDocx,
	wellFormed
} from './fixtures/reading.ts';
import { sampleArabic } from './fixtures/sample-arabic.ts';
import { sample } from './fixtures/sample.ts';
import { frenchWords } from './fixtures/words.ts';
import { writeDocx } from './formats/docx.ts';
import type { ExportInput } from './input.ts';
import { purposes, type Purpose } from './purposes.ts';

const english = planned(sample);
const french: ExportInput = { ...english, lang: 'fr', words: frenchWords };
const arabic: ExportInput = {
	...planned(sampleArabic),
	objectives: [{ title: 'فريق يجيب على مدار الساعة', note: '', indicators: [], actions: [0] }]
};
const of = (input: ExportInput, purpose: Purpose): ExportDocument =>
	compose(input, { parts: ['plan'], purpose });
const textOf = (document: ExportDocument): string => leaves(document.blocks).join('\n');
const shown = (input: ExportInput, value: number): string =>
	new Intl.NumberFormat(input.lang === 'en' ? 'en-GB' : input.lang, {
		maximumFractionDigits: 2
	}).format(value);

describe.each([
	['English', english],
	['French', french],
	['Arabic', arabic]
])('%s', (_, input) => {
	it.each(purposes)(
		'%s: the Word file has every text of its document, in order (P9)',
		async (purpose) => {
			const document = await withPictures(of(input, purpose), async () => onePixel);
			const bytes = await writeDocx(document);
			expect(missingFrom(textOfDocx(bytes), linesOf(document))).toBeNull();
			expect(wellFormed(partOf(bytes, 'word/document.xml'))).toBe(true);
			expect(JSON.stringify({ ...document, words: {} })).not.toMatch(
				/export\.[a-zA-Z]+|\{[a-z]+\}/
			);
		}
	);

	it('the strategy has every chapter, action, owner and amount (P9)', () => {
		const text = textOf(of(input, 'strategy'));
		for (const { title } of input.chapters) expect(text).toContain(title);
		for (const action of input.actions) {
			expect(text).toContain(action.title);
			if (action.owner) expect(text).toContain(action.owner);
			for (const { amount, funded } of action.costs) {
				expect(text).toContain(shown(input, amount));
				if (funded > 0) expect(text).toContain(shown(input, funded));
			}
		}
		for (const sum of input.budget.total.all) expect(text).toContain(shown(input, sum.amount));
	});

	it('the action plan has everything that an action says', () => {
		const text = textOf(of(input, 'action-plan'));
		for (const action of input.actions) {
			const said = [
				action.sponsor.name,
				action.sponsor.person,
				...action.partners.map((one) => one.name),
				action.blocker,
				action.unblock,
				...action.tasks.flatMap((task) => [task.title, task.owner.person, task.end]),
				...action.costs.flatMap((cost) => [cost.title, cost.years, cost.source]),
				...action.risks.flatMap((risk) => [risk.text, risk.response]),
				...action.indicators.flatMap((one) => [one.title, one.baseline, one.target, one.source]),
				...action.requires
			];
			for (const words of said) expect(text).toContain(words);
		}
		for (const one of input.stakeholders) expect(text).toContain(one.role);
	});
});

it('the blank questionnaire has every question with its five sentences and no answer', () => {
	const text = textOf(of(english, 'questionnaire'));
	for (const question of english.questions) {
		for (const sentence of [question.question, ...question.levels])
			expect(text).toContain(sentence);
		if (question.answer?.kind === 'level') expect(text).not.toContain(question.answer.sentence);
		for (const note of question.notes) expect(text).not.toContain(note.text);
	}
});

it('the outline has no word of the draft', () => {
	const text = textOf(of(english, 'outline'));
	expect(text).toContain('Say what was found, not what was hoped.');
	expect(text).not.toContain('customs incident');
});

it('the minister’s summary is as short for a hundred actions with long titles', () => {
	const long = 'A title of very many words that nobody would read to the end of '.repeat(6);
	const [action, topic, gap] = [english.actions[0]!, english.topics[0]!, english.gaps[0]!];
	const many = (count: number) => Array.from({ length: count });
	const big: ExportInput = {
		...english,
		summary: long.repeat(3),
		topics: many(30).map(() => ({ ...topic, title: long })),
		gaps: many(200).map(() => ({ ...gap, title: long })),
		actions: many(100).map(() => ({ ...action, title: long, owner: long })),
		objectives: many(40).map(() => ({ title: long, note: '', indicators: [], actions: [0] })),
		budget: {
			...english.budget,
			years: many(15).map((_, i) => String(2027 + i)),
			total: {
				years: many(15).map(() => english.budget.total.all),
				all: english.budget.total.all
			}
		}
	};
	const document = of(big, 'minister');
	const rows = document.blocks.reduce((n, b) => n + (b.kind === 'table' ? b.rows.length : 0), 0);
	expect(rows).toBeLessThanOrEqual(26);
	expect(textOf(document).length).toBeLessThan(6000);
	expect(textOf(document)).toContain('Approve the plan with its 100 actions.');
});

describe('the stamp', () => {
	const stamp = (input: ExportInput): string => of(input, 'strategy').meta.stamp ?? '';
	it('is the same for the same content, whenever it is exported', () => {
		expect(stamp({ ...english, date: '1 May 2030', created: '2030-05-01T00:00:00Z' })).toBe(
			stamp(english)
		);
		expect(stamp(english)).toMatch(/^Content [0-9a-f]{12}$/);
	});
	it('is another one for one letter more, and stands in the version table', () => {
		const [first, ...rest] = english.chapters;
		const other = { ...english, chapters: [{ ...first!, body: `A ${first!.body}` }, ...rest] };
		expect(stamp(other)).not.toBe(stamp(english));
		expect(textOf(of(english, 'strategy'))).toContain(stamp(english).slice('Content '.length));
	});
});

it('a glossary has the terms that the chapters use, and no other', () => {
	const document = compose(
		{
			...english,
			chapters: [
				{ title: 'A', body: 'Two baselines.', blocks: ['glossary'], topics: [], outline: null }
			]
		},
		{ parts: ['draft'] }
	);
	const [table] = document.blocks.filter((block) => block.kind === 'table');
	expect(table?.kind === 'table' && table.rows.map((row) => plain(row[0]!.runs))).toEqual([
		'Baseline'
	]);
});
