import { describe, expect, it } from 'vitest';
import type { OutlineChapter } from '#lib/model/guide.ts';
import { englishVoice } from '../../../tests/fixtures/english-voice.ts';
import { smallView, type Short } from '../../../tests/fixtures/small-assessment.ts';
import { piecesOf } from './blocks.ts';
import { makeChapter, makeChapters } from './chapters.ts';
import { staleSources, type Material } from './material.ts';

const outline = (more: Partial<OutlineChapter> = {}): OutlineChapter => ({
	id: 'one',
	title: 'Chapter one',
	guidance: '',
	checklist: [],
	text: 'About {country}.',
	topics: [],
	sections: [],
	blocks: [],
	...more
});
const material = (answers: Record<string, Short> = {}, country = 'Numenia'): Material => ({
	view: smallView(answers),
	actions: [],
	register: new Map(),
	country
});
const make = (of: Partial<OutlineChapter>, from: Material = material()) =>
	makeChapter(outline(of), from, englishVoice, '17 March 2026', 3);

describe('a prefilled chapter', () => {
	it('fills the places of the outline’s text', () => {
		const text =
			'{country} {date} {strongest} {weakest} {answered} {questions} {proven} {actions} {x}';
		const scored = material({ 'law-a': 3, 'law-b': 3, 'team-a': 1, 'team-b': 1 });
		expect(make({ text }, scored).body).toBe(
			'Numenia 17 March 2026 Topic law Topic team 4 9 0 0 {x}'
		);
	});

	it('leaves a visible hole where nothing is known', () => {
		expect(make({ text: '{country}: {weakest}' }, material({}, '')).body).toBe(
			'[country]: [area without a score yet]'
		);
	});

	it('shows a country’s name as it was typed', () => {
		expect(make({ text: '{country}' }, material({}, '{{radar}}')).body).toBe('\\{\\{radar}}');
	});

	it('belongs to its guide and keeps its place and blocks', () => {
		expect(make({ blocks: ['radar', 'score-table'] })).toMatchObject({
			id: 'small/one',
			guide: 'small',
			title: 'Chapter one',
			order: 3,
			hidden: false,
			blocks: ['radar', 'score-table']
		});
	});

	it('tells its topics in brief', () => {
		const { body } = make({ topics: ['law', 'team', 'gone'] });
		expect(body.split('\n\n')).toEqual([
			'About Numenia.',
			'**Topic law** has too few answers for a score.',
			'**Topic team** has too few answers for a score.'
		]);
	});

	it('is the same text from the same material, so that two devices merge into one', () => {
		const from = material({ 'law-a': 1, 'law-b': '?' });
		const of = { topics: ['law'], blocks: ['level-summary' as const] };
		expect(make(of, from)).toEqual(make(of, from));
	});
});

describe('the home of a topic', () => {
	const home = { topics: ['law'], blocks: ['level-summary', 'gap-list', 'action-table'] as const };
	const chapter = make({ ...home, blocks: [...home.blocks] }, material({ 'law-a': 1, 'law-b': 3 }));

	it('tells standing, gaps and actions under headings, with their blocks in place', () => {
		const lines = chapter.body.split('\n').filter((line) => /^(#|\{\{)/.test(line));
		expect(lines).toEqual([
			'## Where we stand',
			'## What is missing',
			'{{gap-list}}',
			'## What will be done',
			'{{action-table}}'
		]);
	});

	it('says in prose what the level summary would say again', () => {
		expect(chapter.blocks).toEqual(['gap-list', 'action-table']);
		expect(chapter.body).toContain('Sentence 3 of law-b.');
		expect(piecesOf(chapter).filter((piece) => 'block' in piece)).toHaveLength(2);
	});

	it('of two topics has a heading for each, and its blocks at the end', () => {
		const { body } = make({ topics: ['law', 'team'], blocks: [...home.blocks] });
		const headings = body.split('\n').filter((line) => line.startsWith('#'));
		expect(headings).toEqual([
			'## Topic law',
			'### Where we stand',
			'### What will be done',
			'## Topic team',
			'### Where we stand',
			'### What will be done'
		]);
		expect(body).not.toContain('{{');
	});

	it('of more topics shows the block and tells nothing twice', () => {
		const many = make({ topics: ['law', 'team', 'skills'], blocks: ['level-summary'] });
		expect(many.body).toBe('About Numenia.');
		expect(many.blocks).toEqual(['level-summary']);
	});
});

describe('the sources of a chapter (P8)', () => {
	const from = material({ 'law-a': 1, 'law-b': 3 });
	const chapter = make({ topics: ['law'], blocks: ['level-summary'] }, from);
	const refs = chapter.sources
		.map((source) => source.ref)
		.filter((ref) => !/^(text|language):/.test(ref));

	it('name each value once, with what it was', () => {
		expect(new Set(refs).size).toBe(refs.length);
		expect(refs).toEqual([
			'summary:country',
			'score:law',
			'question:law-b',
			'question:law-a',
			'question:law-c',
			'plan:law'
		]);
		expect(chapter.sources).toContainEqual({ ref: 'question:law-a', value: '1>2' });
	});

	it('are not the date on which it was made: that stays true', () => {
		const dated = make({ text: 'On {date}.' });
		expect(dated.sources.map(({ ref }) => ref.split(':')[0])).toEqual(['text', 'language']);
	});

	it('are fresh when it is made, and stale as soon as an answer changes', () => {
		expect(staleSources(chapter, from)).toEqual([]);
		const after = material({ 'law-a': 2, 'law-b': 3 });
		expect(staleSources(chapter, after).map((s) => s.ref)).toContain('question:law-a');
	});
});

it('an outline becomes chapters in its order', () => {
	const chapters = makeChapters(
		{
			lang: 'en',
			chapters: [outline({ id: 'b' }), outline({ id: 'a' })],
			readiness: Object.create(null)
		},
		material(),
		englishVoice,
		'today'
	);
	expect(chapters.map((c) => [c.id, c.order])).toEqual([
		['small/b', 1],
		['small/a', 2]
	]);
});
