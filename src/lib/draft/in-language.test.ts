import { describe, expect, test } from 'vitest';
import type { Outline, OutlineChapter } from '#lib/model/guide.ts';
import type { Chapter } from '#lib/model/workspace.ts';
import { englishVoice } from '../../../tests/fixtures/english-voice.ts';
import { smallView } from '../../../tests/fixtures/small-assessment.ts';
import { makeChapter } from './chapters.ts';
import { inLanguage, isAllUntouched, languagesOf } from './in-language.ts';
import type { Material } from './material.ts';
import { acceptChapter } from './paragraphs.ts';

const material: Material = {
	view: smallView({}),
	actions: [],
	register: new Map(),
	country: 'Numenia'
};
const place = (title: string, text: string): OutlineChapter => ({
	id: 'one',
	title,
	guidance: '',
	checklist: [],
	text,
	topics: ['law'],
	sections: [],
	blocks: []
});
const english = place('Vision', 'About {country}.\n\nIt has a plan.');
const outline = {
	lang: 'fr',
	chapters: [place('Ambition', 'À propos de {country}.\n\nUn plan existe.')]
} as unknown as Outline;
const made = makeChapter(english, material, englishVoice, '1 March 2026', 3);
const voice = { ...englishVoice, lang: 'fr' };
const there = { outline, material, voice, date: '1 mars 2026' };
const french = (chapter: Chapter) => inLanguage(chapter, there, ['Vision']);

describe('a chapter in the language of a document', () => {
	test('is made anew where nobody touched it', () => {
		const chapter = french({ ...made, goal: 300, blocks: ['radar'] });
		expect(chapter.title).toBe('Ambition');
		expect(chapter.body).toMatch(/^À propos de Numenia\.\n\nUn plan existe\./);
		expect(chapter).toMatchObject({ goal: 300, blocks: ['radar'], order: 3 });
	});

	test('stays as people wrote it: one word is enough', () => {
		const edited = { ...made, body: made.body.replace('It has', 'It certainly has') };
		expect(french(edited)).toMatchObject({ body: edited.body, title: 'Ambition' });
	});

	test('stays as it is where somebody said that it may', () => {
		const accepted = { ...made, sources: acceptChapter(made, material) };
		expect(french(accepted).body).toBe(made.body);
	});

	test('does not bring back a paragraph that somebody took out', () => {
		const shorter = { ...made, body: made.body.replace('It has a plan.\n\n', '') };
		expect(isAllUntouched(made)).toBe(true);
		expect(isAllUntouched(shorter)).toBe(false);
	});

	test('in its own language is what the screen shows, stale or not (P9)', () => {
		const same = { ...there, voice: englishVoice };
		expect(inLanguage(made, same, [])).toEqual(made);
	});

	test('keeps a title that somebody gave it, and a chapter of the team’s own', () => {
		expect(french({ ...made, title: 'Our dream' }).title).toBe('Our dream');
		const own = { ...made, id: 'small/own-1' };
		expect(french(own)).toBe(own);
	});
});

test('the languages in which chapters were begun, each once', () => {
	const third = makeChapter(english, material, voice, '1 mars 2026', 4);
	expect(languagesOf([made, made, third])).toEqual(['en', 'fr']);
	expect(languagesOf([{ sources: [{ ref: 'text:1', value: '' }] }])).toEqual([]);
});
