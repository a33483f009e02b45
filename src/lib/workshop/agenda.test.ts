import { describe, expect, it } from 'vitest';
import type { Session, Turn } from '#lib/model/workshop.ts';
import { catchUp, dayOf, lateBy, leftOf, previousOf, runOf, timetable } from './agenda.ts';

const session = (id: string, minutes: number, more: Partial<Session> = {}): Session => ({
	id,
	workshop: 'w',
	day: 1,
	order: 0,
	title: id,
	purpose: '',
	method: 'talk',
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
const at = (minute: number): string => new Date(Date.UTC(2026, 0, 5, 8, minute)).toISOString();
const turn = (minute: number, to: string): Turn => ({ at: at(minute), session: to });
const sessions = [
	session('open', 20),
	session('vote', 60),
	session('rest', 15, { method: 'break' }),
	session('plan', 50)
];
const run = (turns: Turn[], minute: number, all = sessions, closed = '') =>
	runOf({ sessions: all, turns, closed }, at(minute));

describe('the run of a workshop', () => {
	it('a laptop that was killed goes on where the room was (F-68)', () => {
		const state = run([turn(0, 'open'), turn(25, 'vote')], 35);
		expect(state.current?.session.id).toBe('vote');
		expect(leftOf(state.current!)).toBe(50 * 60_000);
		expect(state.sessions.map((one) => one.state)).toEqual([
			'done',
			'running',
			'waiting',
			'waiting'
		]);
		expect(state.next?.id).toBe('rest');
	});

	it('a session that the room comes back to goes on with the time that it had left', () => {
		const state = run([turn(0, 'vote'), turn(10, 'open'), turn(20, 'vote')], 25);
		expect(leftOf(state.current!)).toBe(45 * 60_000);
	});

	it('a pause counts for no session, and "back" is to the one before the pause', () => {
		const turns = [turn(0, 'open'), turn(10, '')];
		const state = run(turns, 40);
		expect(state).toMatchObject({ current: null, paused: true });
		expect(state.sessions[0]!.spent).toBe(10 * 60_000);
		expect(previousOf(state, turns)?.id).toBe('open');
	});

	it('a clock that goes backwards takes no time away', () => {
		const state = run([turn(30, 'open'), turn(10, 'vote')], 20);
		expect(state.sessions[0]!.spent).toBe(0);
	});

	it('what is closed stands still', () => {
		const state = run([turn(0, 'open')], 500, sessions, at(30));
		expect(state.current).toBeNull();
		expect(state.sessions[0]).toMatchObject({ state: 'done', spent: 30 * 60_000, ended: at(30) });
	});

	it('skipped sessions are passed over in both directions', () => {
		const all = sessions.map((one) => (one.id === 'vote' ? { ...one, skipped: true } : one));
		const turns = [turn(0, 'open')];
		expect(run(turns, 5, all).next?.id).toBe('rest');
		const later = [...turns, turn(20, 'rest')];
		expect(previousOf(run(later, 21, all), later)?.id).toBe('open');
	});
});

describe('being late', () => {
	it('is what sessions took and will take beyond the plan', () => {
		expect(lateBy(run([turn(0, 'open'), turn(32, 'vote')], 40), 1)).toBe(12);
		// A session that is over its time makes the day longer each minute.
		expect(lateBy(run([turn(0, 'open')], 30), 1)).toBe(10);
	});

	it('extending makes it later, skipping earlier', () => {
		const all = [
			session('open', 20, { extended: [{ at: at(1), minutes: 10 }] }),
			session('vote', 60),
			session('plan', 50, { skipped: true })
		];
		expect(lateBy(run([turn(0, 'open')], 5, all), 1)).toBe(10 - 50);
	});

	it('is caught up from the longest session first, and breaks stay', () => {
		const state = run([turn(0, 'open')], 45);
		const { cuts, left } = catchUp(state, 1);
		expect(cuts).toEqual([
			{ session: 'vote', minutes: -24 },
			{ session: 'plan', minutes: -1 }
		]);
		expect(left).toBe(0);
	});

	it('what cannot be caught up is said', () => {
		const { cuts, left } = catchUp(run([turn(0, 'open')], 120), 1);
		expect(cuts.map((cut) => cut.minutes)).toEqual([-24, -5, -20]);
		expect(left).toBe(100 - 49);
	});
});

it('the timetable of a day begins when the day does; the day of the room is that of its last session', () => {
	const all = [...sessions, session('again', 30, { day: 2 })];
	expect(timetable({ sessions: all, begins: 540 }, 1).map(({ from }) => from)).toEqual([
		540, 560, 620, 635
	]);
	expect(timetable({ sessions: all, begins: 540 }, 2).map(({ from }) => from)).toEqual([540]);
	const turns = [turn(0, 'again'), turn(20, '')];
	expect(dayOf(run(turns, 30, all), turns)).toBe(2);
});
