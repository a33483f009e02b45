import { describe, expect, it } from 'vitest';
import type { Card, Session, Workshop } from '#lib/model/workshop.ts';
import { dotsEach, wallOf } from './cards.ts';
import { feasibility, minutesPerQuestion } from './feasibility.ts';
import { blocksOf, mixedGroups } from './groups.ts';
import { keyedMarks, marksOf } from './results.ts';
import { mostTelling } from './template.ts';

const card = (id: string, more: Partial<Card> = {}): Card => ({
	id,
	workshop: 'w',
	session: 's',
	column: 'ideas',
	text: id,
	into: '',
	pile: '',
	counted: 0,
	dots: {},
	action: '',
	order: 0,
	...more
});

describe('cards', () => {
	it('those that say the same lie under one, with all their dots', () => {
		const cards = [
			card('a', { counted: 2 }),
			card('b', { into: 'a', dots: { p: 3 } }),
			card('c', { into: 'b', action: 'act' })
		];
		expect(wallOf(cards, 'ideas')).toEqual([
			{
				heading: '',
				cards: [{ id: 'a', text: 'a', same: ['b', 'c'], dots: 5, action: 'act' }]
			}
		]);
	});

	it('two cards that two laptops laid under each other are both still there', () => {
		const cards = [card('a', { into: 'b' }), card('b', { into: 'a' })];
		expect(wallOf(cards, 'ideas')[0]!.cards).toMatchObject([{ id: 'a', same: ['b'] }]);
	});

	it('hang under their headings, the rest last', () => {
		const cards = [card('a'), card('b', { pile: 'Law' }), card('c', { column: 'other' })];
		expect(wallOf(cards, 'ideas').map(({ heading }) => heading)).toEqual(['Law', '']);
	});

	it('a quarter of the cards is how many dots each has, three at least', () => {
		expect([dotsEach(4), dotsEach(12), dotsEach(30)]).toEqual([3, 3, 8]);
	});
});

describe('groups', () => {
	const people = Array.from({ length: 12 }, (_, i) => ({
		id: `p${i}`,
		organisation: i < 4 ? 'Ministry of Health' : i < 7 ? ' ministry of HEALTH' : `Body ${i}`
	}));

	it('are equally large and mix the organisations, however their names are typed', () => {
		const placed = mixedGroups(people, ['a', 'b', 'c']);
		const sizes = ['a', 'b', 'c'].map((id) => [...placed.values()].filter((g) => g === id).length);
		expect(sizes).toEqual([4, 4, 4]);
		const health = people.slice(0, 7).map(({ id }) => placed.get(id));
		for (const id of ['a', 'b', 'c']) {
			expect(health.filter((group) => group === id).length).toBeLessThanOrEqual(3);
		}
	});

	it('get neighbouring topics with about as many questions, none of them twice or left over', () => {
		const topics = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, questions: [`${id}1`, `${id}2`] }));
		const blocks = blocksOf(topics, 2);
		expect(blocks.flat()).toEqual(topics.flatMap(({ questions }) => questions));
		expect(blocks.map((block) => block.length)).toEqual([4, 6]);
	});
});

describe('feasibility', () => {
	const session = (id: string, minutes: number, more: Partial<Session> = {}): Session => ({
		id,
		workshop: 'w',
		day: 1,
		order: 0,
		title: id,
		purpose: '',
		method: 'vote',
		minutes,
		material: '',
		notes: '',
		output: '',
		questions: [],
		board: '',
		skipped: false,
		noCards: false,
		extended: [],
		...more
	});
	const workshop = (sessions: Session[], papers = 30): Workshop => ({
		id: 'w',
		title: '',
		guide: 'g',
		template: '',
		place: '',
		facilitator: '',
		day: '',
		days: 1,
		begins: 540,
		papers,
		interpreted: false,
		note: '',
		created: '',
		closed: '',
		room: '',
		turns: [],
		sessions,
		groups: [],
		people: [],
		ballots: [],
		cards: [],
		noted: [],
		forms: []
	});

	it('more people, paper and interpretation make a question longer', () => {
		expect(minutesPerQuestion(8, 0, false)).toBe(7);
		expect(minutesPerQuestion(30, 0, false)).toBe(10);
		expect(minutesPerQuestion(30, 30, false)).toBe(14);
		expect(minutesPerQuestion(30, 30, true)).toBe(17);
		expect(minutesPerQuestion(400, 0, false)).toBe(12);
	});

	it('says how many questions fit, and which session has too many or none', () => {
		const found = feasibility(
			workshop([
				session('full', 60, { questions: ['a', 'b', 'c', 'd', 'e'] }),
				session('empty', 30, { method: 'focus' }),
				session('skipped', 30, { skipped: true, questions: ['x', 'y', 'z'] })
			])
		);
		expect(found).toMatchObject({ each: 14, questions: 5, fits: 6 });
		expect(found.doubts).toEqual([
			{ kind: 'too-many', session: 'full', questions: 5, fits: 4, minutes: 60 },
			{ kind: 'no-questions', session: 'empty' }
		]);
	});

	it('a question twice, two hours without a break and a day beyond its length are said', () => {
		const talk = { method: 'talk' as const };
		const found = feasibility(
			workshop([
				session('a', 100, { questions: ['q'] }),
				session('b', 30, { questions: ['q'] }),
				session('rest', 200, { method: 'break' }),
				session('c', 120, talk),
				session('d', 90, talk)
			])
		);
		expect(found.doubts).toEqual([
			{ kind: 'asked-twice', question: 'q' },
			{ kind: 'no-break', session: 'b', minutes: 130 },
			{ kind: 'no-break', session: 'd', minutes: 210 },
			{ kind: 'long-day', day: 1, minutes: 540 }
		]);
	});
});

it('where there is no room for all questions every topic has its weightiest core question first', () => {
	const asked = (id: string, topic: string, path: 'core' | 'full', weight: number) => ({
		id,
		topic,
		path,
		weight
	});
	const all = [
		asked('a', 'law', 'full', 3),
		asked('b', 'law', 'core', 2),
		asked('c', 'law', 'core', 3),
		asked('d', 'skills', 'core', 1),
		asked('e', 'skills', 'full', 1)
	];
	const most = (room: number) => mostTelling(all, room).map(({ id }) => id);
	expect(most(1)).toEqual(['c']);
	expect(most(2)).toEqual(['c', 'd']);
	expect(most(3)).toEqual(['b', 'c', 'd']);
	expect(most(4)).toEqual(['a', 'b', 'c', 'd']);
});

it('evaluation forms are keyed in as six digits, 0 for no mark', () => {
	const marks = keyedMarks('543 210')!;
	expect(marks).toEqual({ purpose: 5, heard: 4, decisions: 3, pace: 2, materials: 1 });
	expect([keyedMarks('54321'), keyedMarks('543217')]).toEqual([null, null]);
	const form = (given: typeof marks) => ({
		id: 'f',
		workshop: 'w',
		marks: given,
		comment: '',
		at: ''
	});
	expect(marksOf([form(marks), form({ purpose: 4 })]).map(({ mean }) => mean)).toEqual([
		4.5,
		4,
		3,
		2,
		1,
		null
	]);
});
