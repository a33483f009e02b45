import { describe, expect, test } from 'vitest';
import { ownAction } from '#lib/draft/actions.ts';
import type { Action } from '#lib/model/workspace.ts';
import { calendarOf, milestonesOf, type Milestone } from './calendar.ts';

type Line = { name: string; parameters: Record<string, string>; value: string };

/** Reads lines as RFC 5545 has them: unfolds, takes parameters apart, undoes escapes. */
function read(text: string): Line[] {
	expect(text.endsWith('\r\n')).toBe(true);
	const raw = text.slice(0, -2).split('\r\n');
	for (const line of raw) {
		expect(new TextEncoder().encode(line).length, line).toBeLessThanOrEqual(75);
		expect(line).not.toMatch(/[\r\n]/);
	}
	return raw
		.join('\r\n')
		.replaceAll('\r\n ', '')
		.split('\r\n')
		.map((line) => {
			const [head = '', value] = [
				line.slice(0, line.indexOf(':')),
				line.slice(line.indexOf(':') + 1)
			];
			const [name = '', ...parameters] = head.split(';');
			return {
				name,
				parameters: Object.fromEntries(parameters.map((one) => one.split('=') as [string, string])),
				value: value.replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign))
			};
		});
}
const about = { workspace: 'w1', name: 'Plan', lang: 'ar', now: '2026-11-23T02:24:03.123Z' };
const milestone = (more: Partial<Milestone> = {}): Milestone => ({
	id: 'action-a',
	day: '2027-03-31',
	title: 'Law',
	note: '',
	cancelled: false,
	...more
});
const valueOf = (lines: Line[], name: string) => lines.find((line) => line.name === name)?.value;

describe('the file', () => {
	test('is a calendar of whole days, each with its moment of making', () => {
		const lines = read(calendarOf([milestone()], about));
		expect(lines[0]).toMatchObject({ name: 'BEGIN', value: 'VCALENDAR' });
		expect(lines.at(-1)).toMatchObject({ name: 'END', value: 'VCALENDAR' });
		expect(valueOf(lines, 'VERSION')).toBe('2.0');
		expect(lines.find(({ name }) => name === 'DTSTART')).toEqual({
			name: 'DTSTART',
			parameters: { VALUE: 'DATE' },
			value: '20270331'
		});
		expect(valueOf(lines, 'DTSTAMP')).toBe('20261123T022403Z');
		expect(lines.filter(({ name, value }) => name === 'BEGIN' && value === 'VEVENT')).toHaveLength(
			1
		);
	});

	test('of a later moment moves what the first one made: same UID, higher SEQUENCE', () => {
		const first = read(calendarOf([milestone()], about));
		const later = { ...about, now: '2026-11-23T02:25:03.000Z' };
		const second = read(calendarOf([milestone({ day: '2028-01-01', title: 'Other' })], later));
		expect(valueOf(second, 'UID')).toBe(valueOf(first, 'UID'));
		expect(valueOf(first, 'UID')).toBe('action-a@w1.e-strategy-guide');
		expect(Number(valueOf(second, 'SEQUENCE'))).toBe(Number(valueOf(first, 'SEQUENCE')) + 1);
		expect(Number(valueOf(second, 'SEQUENCE'))).toBeLessThan(2 ** 31);
	});

	test.each([
		['signs', 'A; b, c \\ d: e "f"'],
		['breaks of lines', 'first\nsecond\nthird'],
		['Arabic beyond a line', 'اعتماد قانون حماية البيانات الشخصية '.repeat(6).trim()],
		['characters of four bytes', '🛰'.repeat(60)],
		['what looks like another event', 'x\nEND:VEVENT\nBEGIN:VALARM']
	])('keeps %s as they are', (_, title) => {
		const lines = read(calendarOf([milestone({ title, note: title })], about));
		expect(valueOf(lines, 'SUMMARY')).toBe(title);
		expect(valueOf(lines, 'DESCRIPTION')).toBe(title);
		expect(lines.filter(({ name }) => name === 'END')).toHaveLength(2);
	});

	test('has no control characters and no half characters', () => {
		const lines = read(calendarOf([milestone({ title: 'a\u0000b\r\nc\ud800d' })], about));
		expect(valueOf(lines, 'SUMMARY')).toBe('ab\ncd');
	});
});

describe('milestones', () => {
	const words = {
		action: ({ title }: Action) => title,
		task: (title: string) => title,
		note: () => '',
		report: 'Report'
	};
	const action = (id: string, end: string, more: Partial<Action> = {}): Action => ({
		...ownAction({ id, guide: 'small', title: id, plan: [] }),
		end,
		...more
	});

	test('are the ends of actions and tasks and the next report, in time', () => {
		const task = { id: 't', title: 'Step', owner: '', end: '2027-01-01', done: false, order: 1 };
		const found = milestonesOf(
			[
				action('b', '2027-06-30', { tasks: [task, { ...task, id: 'u', end: '' }] }),
				action('a', '2027-02-30'),
				action('c', '2027-03-01', { state: 'dropped' })
			],
			{ nextReport: '2027-02-01' },
			words
		);
		expect(found.map(({ id, day, cancelled }) => [id, day, cancelled])).toEqual([
			['task-b-t', '2027-01-01', false],
			['next-report', '2027-02-01', false],
			['action-c', '2027-03-01', true],
			['action-b', '2027-06-30', false]
		]);
		expect(calendarOf(found, about)).toContain('STATUS:CANCELLED');
	});
});
