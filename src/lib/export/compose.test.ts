import { describe, expect, it } from 'vitest';
import english from '#content/languages/en/export.json' with { type: 'json' };
import { compose, titleOf } from './compose.ts';
import { plain, type ExportBlock, type ExportDocument } from './document.ts';
import { leaves, missingFrom, squeezed } from './fixtures/reading.ts';
import { sampleArabic } from './fixtures/sample-arabic.ts';
import { planned } from './fixtures/plan.ts';
import { sample } from './fixtures/sample.ts';
import type { ExportInput } from './input.ts';

const all = { parts: ['results', 'plan', 'draft'] } as const;
const textOf = (document: ExportDocument): string => leaves(document.blocks).join('\n');
const headings = (document: ExportDocument): string[] =>
	document.blocks.flatMap((block) =>
		block.kind === 'heading' ? [`${'#'.repeat(block.level)} ${plain(block.runs)}`] : []
	);
const has = (document: ExportDocument, words: string[]): void =>
	expect(missingFrom(textOf(document), words.map(squeezed).filter(Boolean))).toBeNull();
const kinds = (blocks: ExportBlock[]): string => blocks.map((block) => block.kind).join(' ');

describe('the whole document', () => {
	it('has the draft before the plan, and what it stands on as an annex', () => {
		const document = compose(planned(sample), { parts: [], purpose: 'strategy' });
		expect(headings(document).filter((line) => line.startsWith('# '))).toEqual([
			'# Summary for the minister',
			'# Versions and approval',
			'# Where the country stands',
			'# Preparedness and resilience',
			'# International cooperation',
			'# Action plan',
			'# Log-frame',
			'# Budget',
			'# Annex: where we stand',
			'# How the scores are made'
		]);
		expect(document.cover).toBe('page');
	});

	it('has every answer with its evidence, notes and target, in order (P9)', () => {
		const document = compose(sample, { parts: ['results'] });
		const byTopic = sample.topics.flatMap(({ id }) =>
			sample.questions.filter((q) => q.topic === id)
		);
		// The table comes after the list of what is to be found out.
		const blocks = document.blocks.slice(
			document.blocks.findIndex((b) => b.kind === 'heading' && plain(b.runs) === 'All answers')
		);
		has(
			{ ...document, blocks },
			byTopic.flatMap((question) => [
				question.title,
				question.question,
				question.answer?.kind === 'level' ? String(question.answer.level) : '',
				question.answer?.kind === 'level' ? question.answer.sentence : '',
				question.answer?.kind === 'not-applicable' ? question.answer.reason : '',
				question.disagreement,
				...(question.evidence ?? []).flatMap((e) => [e.reference, e.date]),
				...question.notes.flatMap((note) => [note.by, note.text]),
				question.target ? String(question.target.level) : '',
				question.target?.reason ?? ''
			])
		);
	});

	it('leaves out what the path did not ask, and says how much that is', () => {
		const questions = sample.questions.map((one) =>
			one.topic === 'law' || one.id === 'exercises' ? { ...one, asked: false, answer: null } : one
		);
		const document = compose({ ...sample, questions }, { parts: ['results'] });
		const text = textOf(document);
		expect(text).not.toContain('Are crises exercised?');
		expect(text).not.toContain('Not answered');
		has(document, ['2 further questions of the guide are not on the path']);
		expect(headings(document)).not.toContain('### Legislation and regulation');
		expect(textOf(compose(sample, { parts: ['results'] }))).not.toContain('further question');
	});

	it('has every figure of the country that is given, and nothing about them where none is', () => {
		const figures = [
			{ name: 'Population', value: '1,240,000', year: '2024', source: 'Census office' },
			{ name: 'People who use the Internet', value: '48%', year: '', source: '' }
		];
		const rows = figures.flatMap(({ name, value, year, source }) => [name, value, year, source]);
		has(compose({ ...sample, figures }, { parts: ['results'] }), [english.figuresTitle, ...rows]);
		const none = compose(sample, { parts: ['results'] });
		expect(textOf(none)).not.toContain(english.figuresTitle);
	});

	it('has every gap with the parts of its priority and what closes it (P8)', () => {
		has(
			compose(sample, { parts: ['results'] }),
			sample.gaps.flatMap((gap) => [
				gap.title,
				...gap.parts.map(({ name, value }) => `${name}: ${value}`),
				...gap.measures
			])
		);
	});

	it('has every field of every action', () => {
		const document = compose(sample, { parts: ['plan'] });
		has(
			{ ...document, blocks: document.blocks.slice(3) },
			sample.actions.flatMap((a) => [
				a.title,
				a.owner,
				a.start,
				a.end,
				a.state,
				a.cost,
				a.effort,
				...a.closes,
				a.done,
				a.indicator,
				a.unit,
				a.target,
				a.note
			])
		);
	});

	it('has all words in the language: no key shows, no place is left open', () => {
		for (const input of [sample, sampleArabic]) {
			const document = compose(input, all);
			const text = JSON.stringify({ ...document, words: {} });
			expect(text).not.toMatch(/export\.[a-zA-Z]+/);
			expect(text).not.toMatch(/\{[a-z]+\}/);
		}
	});
});

describe('four things that are not the same', () => {
	const rowOf = (title: string): string[] => {
		for (const block of compose(sample, { parts: ['results'] }).blocks) {
			if (block.kind !== 'table' || block.columns.length !== 5) continue;
			const row = block.rows.find((cells) => plain(cells[0]!.runs).startsWith(title));
			if (row) return row.slice(1, 3).map((cell) => plain(cell.runs));
		}
		throw new Error(title);
	};
	it('level 0', () => expect(rowOf('Threat assessment')).toEqual(['0', 'Nobody has written one.']));
	it('unanswered', () => expect(rowOf('Exercises')).toEqual(['–', 'Not answered']));
	it('unknown', () => expect(rowOf('Cybersecurity authority')).toEqual(['?', 'Not known']));
	it('not applicable', () =>
		expect(rowOf('Nuclear sector')).toEqual(['–', 'Does not apply: Numenia has no nuclear site.']));
});

it('a level claimed without evidence says so; level 0 claims nothing', () => {
	const text = textOf(compose(sample, { parts: ['results'] }));
	const claimed = sample.questions.filter(
		(q) => q.answer?.kind === 'level' && q.answer.level > 0 && q.evidence?.length === 0
	);
	expect(text.split('No evidence yet').length - 1).toBe(claimed.length);
});

it('a topic without a score has none, and is a gap in the radar', () => {
	const document = compose(sample, { parts: ['results'] });
	const figure = document.blocks.find((block) => block.kind === 'figure');
	expect(textOf(document)).toContain('No score yet');
	expect(figure?.kind === 'figure' && figure.alt).toContain(
		'Critical infrastructure and essential services: No score yet, target 2.0.'
	);
	expect(figure?.kind === 'figure' && figure.svg).not.toContain('<polygon points="" ');
});

describe('what a reader outside is not meant to see', () => {
	const outside = compose(sample, { ...all, leaveOut: ['notes', 'evidence', 'disagreements'] });
	const text = JSON.stringify(outside);
	it.each([
		['notes', ['The line is confirmed', 'Ministry of Finance', 'A first text is with Justice.']],
		[
			'evidence',
			['Prime Minister’s order', 'gazette.example/14?a', 'Budget law', 'No evidence yet']
		],
		['disagreements', ['Interior: level 1']]
	])('%s are nowhere in it', (_, words) => {
		for (const word of words) expect(text).not.toContain(word);
	});
	it('the rest is', () =>
		has(
			outside,
			sample.actions.map((action) => action.title)
		));
});

describe('a chapter', () => {
	const chapter = (
		body: string,
		blocks: ExportInput['chapters'][number]['blocks'],
		topics: string[] = []
	) =>
		compose(
			{ ...sample, method: [], chapters: [{ title: 'A', body, blocks, topics, outline: null }] },
			{ parts: ['draft'] }
		).blocks;

	it('has its live blocks where its lines place them, and the others at its end', () => {
		expect(kinds(chapter('one\n\n{{radar}}\n\ntwo', ['score-table', 'radar']))).toBe(
			'heading paragraph figure paragraph table'
		);
	});

	it('keeps a name that is no block as text', () => {
		expect(kinds(chapter('{{nothing}}', []))).toBe('heading paragraph');
	});

	it('limits its blocks to its topics', () => {
		const [, table] = chapter('', ['action-table'], ['governance']);
		expect(table?.kind === 'table' && table.rows.map((row) => plain(row[1]!.runs))).toEqual([
			'Write a budget line for the strategy'
		]);
		expect(table?.kind === 'table' && plain(table.rows[0]![0]!.runs)).toBe('3');
	});

	it('has every kind of live block', () => {
		const every = [
			'score-table',
			'radar',
			'gap-list',
			'action-table',
			'indicator-table',
			'level-summary',
			'method-note',
			'budget',
			'timeline',
			'log-frame',
			'stakeholder-table',
			'glossary'
		] as const;
		for (const block of every)
			expect(chapter('', [block]).length).toBeGreaterThan(block === 'method-note' ? 0 : 1);
	});

	it('keeps its heading levels across its live blocks', () => {
		const levels = chapter('## Two\n\n{{radar}}\n\n### Three', []).flatMap((b) =>
			b.kind === 'heading' ? [b.level] : []
		);
		expect(levels).toEqual([1, 2, 3]);
	});
});

describe('empty work', () => {
	const nothing: ExportInput = {
		...sample,
		topics: [],
		questions: [],
		gaps: [],
		actions: [],
		chapters: [],
		method: [],
		summary: ''
	};
	it('makes a document that says what is missing', () => {
		const text = textOf(compose(nothing, all));
		for (const words of ['noTopics', 'noGaps', 'noActions', 'noChapters'] as const) {
			expect(text).toContain(english[words]);
		}
	});
	it('makes a document even when nothing is asked for', () => {
		expect(textOf(compose(nothing, { parts: [] }))).toBe(english.nothing);
	});
});

describe('the chart', () => {
	it('is explained as what it is: a radar, or bars for two topics', () => {
		const captions = (topics: typeof sample.topics) =>
			compose({ ...sample, topics }, { parts: ['results'] }).blocks.flatMap((block) =>
				block.kind === 'figure' ? [block.caption] : []
			);
		expect(captions(sample.topics)).toEqual([english.radarCaption, english.heatCaption]);
		expect(captions(sample.topics.slice(0, 2))).toEqual([english.barsCaption, english.heatCaption]);
	});
});

describe('the frame', () => {
	it('says on every document that a fictional country is one', () => {
		expect(compose(sample, all).fictional).toContain('Numenia does not exist');
		const real = { ...sample, workspace: { ...sample.workspace, demo: false } };
		expect(compose(real, all).fictional).toBeNull();
	});
	it('has a title for each choice of parts', () => {
		const choices = [
			['results'],
			['plan'],
			['draft'],
			['results', 'plan'],
			['draft', 'results'],
			['plan', 'draft'],
			['results', 'plan', 'draft']
		] as const;
		const titles = choices.map((choice) => compose(sample, { parts: choice }).title);
		expect(new Set(titles).size).toBe(7);
		expect(titles.every((title) => title.length > 5)).toBe(true);
		expect(titleOf([])).toBe('export.titleAll');
	});
});
