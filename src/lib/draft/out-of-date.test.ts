import { describe, expect, it } from 'vitest';
import type { OutlineChapter } from '#lib/model/guide.ts';
import { englishVoice } from '../../../tests/fixtures/english-voice.ts';
import { forSeeds } from '../../../tests/fixtures/seeds.ts';
import { smallView, type Short } from '../../../tests/fixtures/small-assessment.ts';
import { registerOf } from '#lib/plan/parties.ts';
import { ownAction } from './actions.ts';
import { makeChapter } from './chapters.ts';
import { staleSources, type Material } from './material.ts';
import { keepOld, placesOf, standingOf, takeAll, takeNow } from './out-of-date.ts';
import { isText } from './paragraphs.ts';

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
const make = (from: Material) => makeChapter(outline, from, englishVoice, 'today', 1);
const before = material({ 'law-a': 1, 'law-b': 3, 'law-c': 1 });
const after = material({ 'law-a': 3, 'law-b': 3, 'law-c': 1 });
const heads = (all: ReturnType<typeof standingOf>) =>
	all.filter(({ now }) => now !== null).map(({ markdown }) => markdown.split('\n')[0]);

describe('paragraphs that are out of date', () => {
	it('are those that name an owner who was renamed in the register (P8)', () => {
		const action = {
			...ownAction({ id: 'a1', guide: 'small', title: 'Do it', closes: ['law-a'], plan: [] }),
			owner: 'Justice, Ama Mensah',
			ownerId: 's1'
		};
		const named = (name: string): Material => ({
			...material({ 'law-a': 1 }),
			actions: [action],
			register: registerOf([
				{
					id: 's1',
					order: 1,
					name,
					person: 'Director',
					role: '',
					power: null,
					interest: null,
					note: ''
				}
			])
		});
		const [old, renamed] = [named('Justice'), named('Justice and Rights')];
		expect(make(old).body).toContain('**Do it** (Justice, Director)');
		expect(standingOf(make(old), old, make(old)).filter(({ now }) => now !== null)).toEqual([]);
		const found = standingOf(make(old), renamed, make(renamed)).filter(({ now }) => now !== null);
		expect(found).toHaveLength(1);
		expect(found[0]?.markdown).toContain('(Justice, Director)');
		expect(found[0]?.now).toContain('(Justice and Rights, Director)');
	});

	it('are those whose answers changed, and those to which an answer moved', () => {
		const chapter = make(before);
		expect(heads(standingOf(chapter, before, make(before)))).toEqual([]);
		const all = standingOf(chapter, after, make(after));
		expect(heads(all)).toEqual([
			'**Topic law** stands at 1.3 of 4.',
			'In place:',
			'At the beginning:',
			'3 gaps are open in this area:'
		]);
		const moved = all.find(({ markdown }) => markdown.startsWith('In place:'));
		expect(moved?.now).toContain('Title of law-a');
	});

	it('are taken together, and the text is what would be made now; or one by one', () => {
		const shorts: Short[] = [0, 1, 2, 3, 4, '?', 'n'];
		forSeeds(60, (random) => {
			const answers = () =>
				Object.fromEntries(['law-a', 'law-b', 'law-c'].map((id) => [id, random.pick(shorts)]));
			const now = material(answers());
			const fresh = make(now);
			const old = make(material(answers()));
			const all = { ...old, ...takeAll(old, now, fresh) };
			expect(staleSources(all, now)).toEqual([]);
			const texts = (body: string) =>
				placesOf(body)
					.map(({ markdown }) => markdown)
					.filter(isText)
					.sort();
			expect(texts(all.body)).toEqual(texts(fresh.body));
			let chapter = old;
			for (let i = 0; i < 20; i++) {
				const one = random
					.shuffle(standingOf(chapter, now, fresh))
					.find((standing) => standing.now !== null);
				if (!one) break;
				chapter = { ...chapter, ...takeNow(chapter, one, fresh, now) };
			}
			expect(staleSources(chapter, now)).toEqual([]);
			expect(
				standingOf(chapter, now, fresh).every((one) => !one.prefilled || one.now === null)
			).toBe(true);
		});
	});

	it('are kept one by one: that one is quiet, the others wait, and new data flags it again', () => {
		const chapter = make(before);
		const all = standingOf(chapter, after, make(after));
		const gaps = all.find(({ markdown }) => markdown.includes('gaps are open'))!;
		const kept = { ...chapter, ...keepOld(chapter, gaps, after) };
		expect(kept.body).toBe(chapter.body);
		expect(heads(standingOf(kept, after, make(after)))).toEqual([
			'**Topic law** stands at 1.3 of 4.',
			'In place:',
			'At the beginning:'
		]);
		const later = material({ 'law-a': 4, 'law-b': 3, 'law-c': 1 });
		expect(heads(standingOf(kept, later, make(later)))).toContain(gaps.markdown.split('\n')[0]);
		const again = standingOf(kept, after, make(after)).find(({ now }) => now !== null)!;
		const second = { ...kept, ...keepOld(kept, again, after) };
		expect(heads(standingOf(second, after, make(after)))).not.toContain(again.markdown);
	});

	it('a paragraph that somebody deleted is not offered again', () => {
		const chapter = make(before);
		const gaps = placesOf(chapter.body).find(({ markdown }) => markdown.includes('gaps are open'))!;
		const body = chapter.body.replace(gaps.markdown, '');
		const all = standingOf({ ...chapter, body }, after, make(after));
		expect(all.some(({ now }) => now?.includes('gaps are open'))).toBe(false);
	});
});
