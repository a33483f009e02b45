import { describe, expect, it } from 'vitest';
import type { Ballot, Round, Session, Workshop } from '#lib/model/workshop.ts';
import { runOf } from './agenda.ts';
import { sideBySide } from './results.ts';
import { sceneOf, type Show } from './scene.ts';

const start = '2026-01-05T09:00:00.000Z';
const now = '2026-01-05T09:10:00.000Z';
const session: Session = {
	id: 's1',
	workshop: 'w1',
	day: 1,
	order: 1,
	title: 'Levels',
	purpose: 'Agree the levels',
	method: 'vote',
	minutes: 60,
	material: '',
	notes: 'SECRET-NOTES ask the regulator first',
	output: '',
	questions: ['authority'],
	board: '',
	skipped: false,
	noCards: false,
	extended: []
};
const empty: Round = { opened: '', closed: '', revealed: '', voters: [], late: [], votes: null };
const open: Round = { ...empty, opened: start, voters: ['paper-7', 'phone-ama'] };
const ballot = (more: Partial<Ballot> = {}): Ballot => ({
	id: 'b1',
	workshop: 'w1',
	session: 's1',
	group: '',
	key: 'cybersecurity/authority',
	way: 'paper',
	opened: start,
	rounds: [open, empty],
	outcome: null,
	...more
});
const workshop = (ballots: Ballot[], more: Partial<Workshop> = {}): Workshop => ({
	id: 'w1',
	title: 'National day',
	guide: 'cybersecurity',
	template: '',
	place: '',
	facilitator: 'SECRET-TRAINER',
	day: '',
	days: 1,
	begins: 540,
	papers: 25,
	interpreted: false,
	note: 'SECRET-NOTE',
	created: start,
	closed: '',
	room: '',
	turns: [{ at: start, session: 's1' }],
	sessions: [session],
	groups: [],
	people: [
		{
			id: 'p',
			workshop: 'w1',
			name: 'SECRET-NAME',
			organisation: '',
			role: '',
			group: '',
			consent: true,
			present: true,
			order: 1,
			phone: ''
		}
	],
	ballots,
	cards: [],
	noted: [],
	forms: [],
	...more
});
const scene = (of: Workshop, show: Show = 'auto') =>
	sceneOf(of, runOf(of, now), show, {
		lang: 'en',
		rehearsal: false,
		now: Date.parse(now),
		words: () => ({
			title: 'Lead authority',
			question: 'Is one body in charge?',
			levels: ['a', 'b', 'c', 'd', 'e']
		}),
		day: ''
	});

describe('the projector', () => {
	it('is never sent notes, the trainer, names or who voted, whatever is shown', () => {
		for (const show of ['auto', 'agenda', 'wall', 'noted', 'blank'] as const) {
			for (const ballots of [[], [ballot()]]) {
				const sent = JSON.stringify(scene(workshop(ballots), show));
				expect(sent).not.toMatch(/SECRET|paper-7|phone-ama/);
			}
		}
	});

	it('before the reveal it has the number of votes and nothing else of them', () => {
		expect(scene(workshop([ballot()])).body).toMatchObject({
			kind: 'ballot',
			votes: 2,
			// 25 papers and one phone.
			of: 26,
			isOpen: true,
			tally: null,
			agreed: null
		});
	});

	it('in the second round the first is there to compare, the second not yet', () => {
		const first: Round = {
			...open,
			revealed: now,
			votes: [
				{ voter: 'a', level: 0 },
				{ voter: 'b', level: 4 }
			]
		};
		const { body } = scene(workshop([ballot({ rounds: [first, open] })]));
		expect(body).toMatchObject({ round: 2, tally: null, before: { spread: 'split' } });
	});

	it('the timer ends when the session does, in a window that opened just now too', () => {
		expect(scene(workshop([])).timer).toEqual({
			ends: Date.parse('2026-01-05T10:00:00.000Z'),
			all: 3_600_000
		});
	});
});

it('groups stand side by side, each with its own result, and a difference is said', () => {
	const revealed = (level: 1 | 3): Round => ({
		...open,
		revealed: now,
		votes: [{ voter: 'a', level }]
	});
	const of = (id: string, group: string, level: 1 | 3) =>
		ballot({
			id,
			group,
			rounds: [revealed(level), empty],
			outcome: { level, dissent: '', at: now }
		});
	const group = (id: string) => ({
		id,
		workshop: 'w1',
		name: `Group ${id}`,
		mix: '',
		questions: [],
		order: 1
	});
	const { columns, rows } = sideBySide([
		workshop([of('b1', 'a', 1), of('b2', 'b', 3), ballot({ id: 'b3', key: 'g/unrevealed' })], {
			groups: [group('a'), group('b')]
		})
	]);
	expect(columns.map((column) => column.group)).toEqual(['Group a', 'Group b']);
	expect(rows).toHaveLength(1);
	expect(rows[0]).toMatchObject({ key: 'cybersecurity/authority', differs: true });
	expect(rows[0]!.cells.map((cell) => cell?.agreed?.level)).toEqual([1, 3]);
});
