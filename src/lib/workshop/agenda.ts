/**
 * The agenda as it runs: where the room is, how long for, how late.
 *
 * The run is a list of moments (`Turn`), not a running clock: a laptop that was killed, or another one
 * with the file, reads them and goes on where the room was (F-68).
 */
import type { Session, Workshop } from '#lib/model/workshop.ts';

const minute = 60_000;
const ms = (at: string): number => Date.parse(at);

/** Minutes that a session has now: as planned, with what was added and taken. */
export const minutesOf = ({ minutes, extended }: Pick<Session, 'minutes' | 'extended'>): number =>
	Math.max(
		0,
		extended.reduce((sum, one) => sum + one.minutes, minutes)
	);

export const sessionStates = ['waiting', 'running', 'done', 'skipped'] as const;
export type SessionState = (typeof sessionStates)[number];

export type RunOf = {
	session: Session;
	state: SessionState;
	/** Milliseconds that the room was in it, up to now. */
	spent: number;
	/** When it first began and last ended, or empty. */
	began: string;
	ended: string;
};

export type Run = {
	sessions: RunOf[];
	/** The session that the room is in; null before the first and in a pause. */
	current: RunOf | null;
	/** The room was in a session and is in none now. */
	paused: boolean;
	/** The next that is neither done nor skipped, after the current one (or the last). */
	next: Session | null;
};

/** Milliseconds left of a session; below zero: over time. */
export const leftOf = ({ session, spent }: RunOf): number => minutesOf(session) * minute - spent;

/** The run at `now` (ISO 8601). A clock that went backwards adds no time. */
export function runOf(
	{ sessions, turns, closed }: Pick<Workshop, 'sessions' | 'turns' | 'closed'>,
	now: string
): Run {
	const spent = new Map<string, Omit<RunOf, 'session' | 'state'>>();
	turns.forEach((turn, i) => {
		if (!turn.session) return;
		const until = turns[i + 1]?.at ?? (closed || now);
		const before = spent.get(turn.session) ?? { spent: 0, began: turn.at, ended: '' };
		spent.set(turn.session, {
			...before,
			spent: before.spent + Math.max(0, ms(until) - ms(turn.at)),
			ended: turns[i + 1] || closed ? until : ''
		});
	});
	const at = closed ? '' : (turns.at(-1)?.session ?? '');
	const all = sessions.map((session): RunOf => {
		const run = spent.get(session.id) ?? { spent: 0, began: '', ended: '' };
		const state =
			session.id === at ? 'running' : session.skipped ? 'skipped' : run.began ? 'done' : 'waiting';
		return { session, state, ...run };
	});
	const current = all.find(({ state }) => state === 'running') ?? null;
	const last = [...turns].reverse().find((turn) => turn.session)?.session ?? '';
	const place = all.findIndex(({ session }) => session.id === (current?.session.id ?? last));
	const next = all.slice(place + 1).find(({ state }) => state === 'waiting')?.session ?? null;
	return { sessions: all, current, paused: !current && turns.length > 0 && !closed, next };
}

/** The session before the current one (or the last one), skipped ones left out; null: there is none. */
export function previousOf(run: Run, turns: Workshop['turns']): Session | null {
	const at = run.current?.session.id ?? [...turns].reverse().find((t) => t.session)?.session;
	const place = run.sessions.findIndex(({ session }) => session.id === at);
	if (place < 0) return null;
	// In a pause, "back" is to the session that the room was in.
	if (!run.current) return run.sessions[place]!.session;
	return (
		run.sessions
			.slice(0, place)
			.reverse()
			.find(({ state }) => state !== 'skipped')?.session ?? null
	);
}

/** Sessions of a day with the minute after midnight at which each is planned to begin. */
export function timetable(
	{ sessions, begins }: Pick<Workshop, 'sessions' | 'begins'>,
	day: number
): { session: Session; from: number; to: number }[] {
	let at = begins;
	return sessions
		.filter((session) => session.day === day)
		.map((session) => {
			const from = at;
			at += session.minutes;
			return { session, from, to: at };
		});
}

/**
 * Minutes by which the day will end later than planned if nothing is done: what its sessions took or
 * will take, against what was planned. Below zero: earlier.
 */
export function lateBy(run: Run, day: number): number {
	let late = 0;
	for (const one of run.sessions) {
		if (one.session.day !== day) continue;
		const taken = one.spent / minute;
		if (one.state === 'skipped') late += taken - one.session.minutes;
		else if (one.state === 'done') late += taken - one.session.minutes;
		else if (one.state === 'running')
			late += Math.max(taken, minutesOf(one.session)) - one.session.minutes;
		else late += minutesOf(one.session) - one.session.minutes;
	}
	return Math.round(late);
}

/** A session is never cut below this share of its plan, nor below five minutes. Our advice. */
export const leastShare = 0.6;

/**
 * What to take from each session of the day that is still to come so that the day ends as planned: from
 * the longest first what it can give, breaks last and never below ten minutes. Minutes, below zero;
 * `left` is what cannot be caught up.
 */
export function catchUp(
	run: Run,
	day: number
): { cuts: { session: string; minutes: number }[]; left: number } {
	let late = Math.max(0, lateBy(run, day));
	const waiting = run.sessions.filter(
		({ session, state }) => session.day === day && state === 'waiting'
	);
	const least = (session: Session): number =>
		session.method === 'break'
			? Math.max(10, Math.ceil(session.minutes / 2))
			: Math.max(5, Math.ceil(session.minutes * leastShare));
	const cuts = new Map<string, number>();
	const isBreak = ({ session }: RunOf): number => (session.method === 'break' ? 1 : 0);
	const order = [...waiting].sort(
		(a, b) => isBreak(a) - isBreak(b) || minutesOf(b.session) - minutesOf(a.session)
	);
	for (const { session } of order) {
		const gives = Math.min(late, Math.max(0, minutesOf(session) - least(session)));
		if (gives > 0) cuts.set(session.id, gives);
		late -= gives;
	}
	return {
		cuts: waiting.flatMap(({ session }) => {
			const minutes = cuts.get(session.id);
			return minutes ? [{ session: session.id, minutes: -minutes }] : [];
		}),
		left: late
	};
}

/** The day that the room is in: of the current or last session; 1 before the first. */
export function dayOf(run: Run, turns: Workshop['turns']): number {
	const last = [...turns].reverse().find((turn) => turn.session)?.session;
	const found = run.sessions.find(({ session }) => session.id === last);
	return found?.session.day ?? run.sessions[0]?.session.day ?? 1;
}

/** "7:05", "-1:30": minutes and seconds of milliseconds, for a timer. */
export function clockOf(left: number): { late: boolean; minutes: number; seconds: number } {
	const seconds = Math.floor(Math.abs(left) / 1000);
	return { late: left < 0, minutes: Math.floor(seconds / 60), seconds: seconds % 60 };
}
