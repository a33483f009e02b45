/**
 * Whether the time is enough: minutes against questions and the size of the group, and the breaks.
 *
 * No published method gives minutes for a question: these are our advice, and the page that shows them
 * says so. Sizes of groups and the longest stretch follow how such workshops are held (WHO–ITU, Bangkok
 * 2013: four stretches of 90 minutes a day, with breaks between them).
 */
import type { Method, Session, Workshop } from '#lib/model/workshop.ts';

export const advice = {
	/** Reading the question and its levels aloud, and voting. */
	read: 2,
	/** Discussing after the reveal; in a group of `talkers` one minute more, and so on, up to `most`. */
	discuss: 3,
	talkers: 10,
	mostDiscuss: 8,
	/** Second vote and recording what was agreed. */
	record: 2,
	/** Seconds to key in a paper ballot, for each of two rounds. */
	paperSeconds: 4,
	/** Interpretation makes it longer. */
	interpreted: 1.3,
	/** Minutes without a break. */
	stretch: 120,
	/** Minutes of a day, breaks included. */
	day: 510,
	/** People at one table. */
	table: 8
} as const;

/** Minutes that a vote on one question takes with `people`, of whom `papers` vote on paper; rounded up. */
export function minutesPerQuestion(people: number, papers: number, interpreted: boolean): number {
	const discuss = Math.min(
		advice.mostDiscuss,
		advice.discuss + Math.floor(Math.max(0, people) / advice.talkers)
	);
	const keying = (2 * papers * advice.paperSeconds) / 60;
	const talk = (advice.read + discuss + advice.record) * (interpreted ? advice.interpreted : 1);
	return Math.ceil(talk + keying);
}

export type Doubt =
	| { kind: 'too-many'; session: string; questions: number; fits: number; minutes: number }
	| { kind: 'no-questions'; session: string }
	| { kind: 'no-break'; session: string; minutes: number }
	| { kind: 'long-day'; day: number; minutes: number }
	| { kind: 'large-group'; group: string; people: number }
	| { kind: 'empty-group'; group: string }
	| { kind: 'few-papers'; people: number; papers: number }
	| { kind: 'asked-twice'; question: string };

export type Feasibility = {
	/** Minutes a question. */
	each: number;
	/** Questions that are voted on, and how many there is time for. */
	questions: number;
	fits: number;
	doubts: Doubt[];
};

/** Methods in which a room or a focus group agrees levels. */
export const isVoting = (method: Method): boolean => method === 'vote' || method === 'focus';

/** Whether the workshop fits its time. */
export function feasibility(workshop: Workshop): Feasibility {
	const { people, papers, interpreted, sessions, groups } = workshop;
	const voting = Math.max(people.length, papers);
	const each = minutesPerQuestion(voting, papers, interpreted);
	const doubts: Doubt[] = [];
	const votes = sessions.filter(({ method, skipped }) => isVoting(method) && !skipped);
	let [questions, fits] = [0, 0];
	for (const session of votes) {
		const room = Math.floor(session.minutes / each);
		const count = session.questions.length;
		questions += count;
		fits += room;
		if (count === 0) doubts.push({ kind: 'no-questions', session: session.id });
		if (count > room)
			doubts.push({
				kind: 'too-many',
				session: session.id,
				questions: count,
				fits: room,
				minutes: session.minutes
			});
	}
	doubts.push(...twice(votes), ...pace(sessions));
	for (const group of groups) {
		const size = people.filter((one) => one.group === group.id).length;
		if (size > advice.table) doubts.push({ kind: 'large-group', group: group.id, people: size });
		if (size === 0 && people.length > 0) doubts.push({ kind: 'empty-group', group: group.id });
	}
	if (votes.length > 0 && papers < people.length)
		doubts.push({ kind: 'few-papers', people: people.length, papers });
	return { each, questions, fits, doubts };
}

function twice(votes: readonly Session[]): Doubt[] {
	const seen = new Set<string>();
	const again = new Set<string>();
	for (const question of votes.flatMap((session) => session.questions)) {
		if (seen.has(question)) again.add(question);
		seen.add(question);
	}
	return [...again].map((question) => ({ kind: 'asked-twice', question }));
}

/** Stretches without a break, and days that are too long. */
function pace(sessions: readonly Session[]): Doubt[] {
	const doubts: Doubt[] = [];
	const days = new Map<number, number>();
	let [stretch, day] = [0, 0];
	let said = false;
	for (const session of sessions) {
		if (session.skipped) continue;
		if (session.day !== day || session.method === 'break') [stretch, said] = [0, false];
		day = session.day;
		days.set(day, (days.get(day) ?? 0) + session.minutes);
		if (session.method !== 'break') stretch += session.minutes;
		if (stretch > advice.stretch && !said) {
			doubts.push({ kind: 'no-break', session: session.id, minutes: stretch });
			said = true;
		}
	}
	for (const [of, minutes] of days)
		if (minutes > advice.day) doubts.push({ kind: 'long-day', day: of, minutes });
	return doubts;
}
