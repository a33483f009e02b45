/**
 * The calendar file: a plan's milestones as whole days in iCalendar (RFC 5545). An action keeps its
 * UID for ever and each file has a higher SEQUENCE than the one before, so that a second import moves
 * what the first one made.
 */
import { isDay } from '#lib/draft/days.ts';
import type { PlanSettings } from '#lib/model/plan.ts';
import type { Action } from '#lib/model/workspace.ts';

export type Milestone = {
	/** Never changes; unique within the workspace. */
	id: string;
	day: string;
	title: string;
	note: string;
	/** It will not happen: a calendar that has it takes it out. */
	cancelled: boolean;
};
/** How the milestones are called in the file's language. */
export type CalendarWords = {
	action: (action: Action) => string;
	task: (title: string, action: Action) => string;
	note: (action: Action) => string;
	report: string;
};

/** Ends of actions and of their tasks, and the next day of reporting, in time. */
export function milestonesOf(
	actions: readonly Action[],
	settings: Pick<PlanSettings, 'nextReport'>,
	words: CalendarWords
): Milestone[] {
	const of = (action: Action): Milestone[] => {
		const cancelled = action.state === 'dropped';
		const note = words.note(action);
		return [
			{ id: `action-${action.id}`, day: action.end, title: words.action(action), note, cancelled },
			...action.tasks.map((task) => ({
				id: `task-${action.id}-${task.id}`,
				day: task.end,
				title: words.task(task.title, action),
				note,
				cancelled
			}))
		];
	};
	const report = {
		id: 'next-report',
		day: settings.nextReport,
		title: words.report,
		note: '',
		cancelled: false
	};
	return [...actions.flatMap(of), report]
		.filter(({ day }) => isDay(day))
		.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

export type CalendarAbout = {
	/** Id of the workspace: the plans of two countries do not mix in one calendar. */
	workspace: string;
	name: string;
	lang: string;
	/** The moment at which the file is made, ISO 8601 in UTC. */
	now: string;
};

/** The file's text, with CRLF at the end of each line and no line over 75 bytes. */
export function calendarOf(milestones: readonly Milestone[], about: CalendarAbout): string {
	const stamp = `${about.now.replace(/[-:]/g, '').slice(0, 15)}Z`;
	const text = (name: string, value: string): string =>
		`${name};LANGUAGE=${about.lang}:${escapeText(value)}`;
	const lines = [
		'BEGIN:VCALENDAR',
		'VERSION:2.0',
		'PRODID:-//e-Strategy Guide//Plan//EN',
		'CALSCALE:GREGORIAN',
		'METHOD:PUBLISH',
		`X-WR-CALNAME:${escapeText(about.name)}`,
		...milestones.flatMap(({ id, day, title, note, cancelled }) => [
			'BEGIN:VEVENT',
			`UID:${id}@${about.workspace}.e-strategy-guide`,
			`DTSTAMP:${stamp}`,
			`SEQUENCE:${sequenceOf(about.now)}`,
			// Without an end it is that one day.
			`DTSTART;VALUE=DATE:${day.replaceAll('-', '')}`,
			text('SUMMARY', title),
			...(note ? [text('DESCRIPTION', note)] : []),
			`STATUS:${cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
			// A milestone does not make anybody busy.
			'TRANSP:TRANSPARENT',
			'END:VEVENT'
		]),
		'END:VCALENDAR'
	];
	return lines.map((line) => `${fold(line)}\r\n`).join('');
}

/** Minutes since 2020: it grows with each file without being stored, and fits 32 bits. */
const sequenceOf = (now: string): number =>
	Math.max(0, Math.floor((Date.parse(now) - Date.UTC(2020, 0, 1)) / 60_000));

const escapeText = (text: string): string =>
	text
		.replace(/[\\;,]/g, (sign) => `\\${sign}`)
		.replace(/\r\n|[\r\n\u2028\u2029\u0085]/g, '\\n')
		// Other control characters are not allowed in a text at all; nor is half a character.
		.replace(/(?!\t)\p{Cc}|\p{Cs}/gu, '');

const longest = 75;

/** Breaks a line after at most 75 bytes, never within a character; each further line has a space first. */
function fold(line: string): string {
	const encoder = new TextEncoder();
	let folded = '';
	let used = 0;
	for (const character of line) {
		const bytes = encoder.encode(character).length;
		if (used + bytes > longest) {
			folded += '\r\n ';
			used = 1;
		}
		folded += character;
		used += bytes;
	}
	return folded;
}
