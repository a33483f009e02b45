import { describe, expect, it } from 'vitest';
import type { OutlineChapter } from '#lib/model/guide.ts';
import type { Chapter } from '#lib/model/workspace.ts';
import { englishVoice } from '../../../tests/fixtures/english-voice.ts';
import { smallView, type Short } from '../../../tests/fixtures/small-assessment.ts';
import { makeChapter } from './chapters.ts';
import { completenessOf } from './completeness.ts';
import { staleSources, type Material } from './material.ts';
import { acceptChapter, readParagraphs, type ChapterParagraph } from './paragraphs.ts';

const outline: OutlineChapter = {
	id: 'law',
	title: 'Law',
	guidance: '',
	checklist: [],
	text: 'About {country}.\n\nNo data here.',
	topics: ['law'],
	sections: [],
	blocks: ['level-summary', 'gap-list']
};
const material = (answers: Record<string, Short>): Material => ({
	view: smallView(answers),
	actions: [],
	register: new Map(),
	country: 'Numenia'
});
const before = material({ 'law-a': 1, 'law-b': 3 });
const after = material({ 'law-a': 1, 'law-b': 4 });
const chapter = makeChapter(outline, before, englishVoice, 'today', 1);

const texts = (of: Chapter, from: Material): ChapterParagraph[] =>
	readParagraphs(of, from).filter((part): part is ChapterParagraph => 'markdown' in part);
const edited = (from: string, to: string): Chapter => ({
	...chapter,
	body: chapter.body.replace(from, to)
});

describe('paragraphs of a chapter', () => {
	it('are prefilled until somebody edits them; headings are nobody’s', () => {
		for (const { markdown, prefilled } of texts(chapter, before)) {
			expect(prefilled, markdown).toBe(!markdown.startsWith('#'));
		}
		const changed = texts(edited('About Numenia.', 'About our country.'), before);
		expect(changed.map((p) => p.prefilled).slice(0, 2)).toEqual([false, true]);
	});

	it('stand in reading order with the live blocks among them', () => {
		const parts = readParagraphs(chapter, before).map((p) => ('block' in p ? p.block : p.markdown));
		expect(parts[0]).toBe('About Numenia.');
		expect(parts.indexOf('gap-list')).toBeGreaterThan(parts.indexOf('## What is missing'));
	});

	it('say which answer changed since, each for itself (P8)', () => {
		const flagged = texts(chapter, after).filter((p) => p.stale.length > 0);
		expect(flagged.map((p) => [p.markdown.split('\n')[0], p.stale.map((s) => s.ref)])).toEqual([
			['**Topic law** stands at 1.5 of 4.', ['score:law']],
			['In place:', ['question:law-b']],
			['2 gaps are open in this area:', ['question:law-b']]
		]);
		expect(flagged[1]?.stale[0]).toEqual({ ref: 'question:law-b', value: '3>4', now: '4>4' });
	});

	it('that somebody edited are no longer flagged; the chapter still is', () => {
		const own = edited('In place:', 'We have:');
		const flagged = texts(own, after).filter((p) => p.stale.length > 0);
		expect(flagged.map((p) => p.markdown.split('\n')[0])).not.toContain('We have:');
		expect(staleSources(own, after).map((s) => s.ref)).toContain('question:law-b');
	});

	it('are not changed by line ends and spaces that an editor moves', () => {
		const moved = { ...chapter, body: chapter.body.replace('About Numenia.', 'About  Numenia. ') };
		expect(texts(moved, before)[0]?.prefilled).toBe(true);
	});
});

describe('accepting a chapter', () => {
	const accepted: Chapter = { ...chapter, sources: acceptChapter(chapter, after) };

	it('makes its text the team’s, without a flag', () => {
		expect(texts(accepted, after).some((p) => p.prefilled || p.stale.length > 0)).toBe(false);
	});

	it('lets the flag come back when the data changes again', () => {
		const flagged = texts(accepted, before).filter((p) => p.stale.length > 0);
		expect(flagged.length).toBeGreaterThan(0);
	});

	it('keeps what a newer version wrote (P7)', () => {
		const newer = { ref: 'indicator:x', value: '1' };
		const sources = acceptChapter({ sources: [...chapter.sources, newer] }, after);
		expect(sources).toContainEqual(newer);
	});
});

describe('completeness', () => {
	const of = (body: string, sources = chapter.sources) =>
		completenessOf({ body, sources }, outline);

	it('is nothing for an empty chapter and for one that is just prefilled', () => {
		expect(of('')).toBe(0);
		expect(completenessOf({ body: '', sources: [] }, undefined)).toBe(0);
		expect(completenessOf(chapter, outline)).toBe(0);
	});

	it('grows with each paragraph that becomes somebody’s, and ends when all are', () => {
		const one = completenessOf(edited('No data here.', 'Our own words.'), outline);
		expect(one).toBeGreaterThan(0);
		expect(one).toBeLessThan(1);
		expect(completenessOf({ ...chapter, sources: acceptChapter(chapter, before) }, outline)).toBe(
			1
		);
	});

	it('does not call one sentence a chapter where the outline begins with two paragraphs', () => {
		expect(of('Our own words.')).toBe(0.5);
		expect(completenessOf({ body: 'Our own words.', sources: [] }, undefined)).toBe(1);
	});

	it('does not count a paragraph with a place left to fill', () => {
		expect(of('Our words.\n\nIn [country] we do.', [])).toBe(0.5);
		expect(of('[country]\n\nOur words.', [])).toBe(0.5);
	});

	it('takes links, references, boxes and typed brackets for what they are', () => {
		const body = '[words](https://example.org) and [x][1]\n\n- [ ] a box\n- [x] done \\[sic] a[^1]';
		expect(of(body, [])).toBe(1);
	});

	it('counts neither headings nor live blocks', () => {
		expect(of('# Title\n\n{{radar}}\n\nOne.\n\nTwo.', [])).toBe(1);
	});
});
