import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Level } from '#lib/model/guide.ts';
import { strFromU8, unzipSync } from 'fflate';
import { writeProjectFile } from '#lib/device/project.ts';
import {
	castVote,
	countHands,
	createDocument,
	extendSession,
	openBallot,
	openRound,
	putSession,
	putWorkshop,
	putCard,
	readWorkspace,
	removeWorkshop,
	revealRound,
	setAgreed,
	setDots,
	setOutcome,
	turnTo,
	workspaceReader
} from './document.ts';
import { collection } from './shape.ts';

const now = (second: number): string => new Date(Date.UTC(2026, 0, 5, 9, 0, second)).toISOString();
const by = (second = 0, contributor = 'trainer') => ({
	contributor,
	now: now(second),
	origin: null
});
const key = 'cybersecurity/authority' as const;

function room(): Y.Doc {
	const doc = createDocument({ id: 'ws', name: 'Y', country: 'Y', createdAt: now(0), demo: false });
	putWorkshop(doc, by(), {
		id: 'w1',
		title: 'Levels',
		guide: 'cybersecurity',
		template: '',
		place: '',
		facilitator: '',
		day: '2026-01-05',
		days: 1,
		begins: 540,
		papers: 25,
		interpreted: false,
		note: '',
		created: now(0),
		closed: '',
		room: ''
	});
	return doc;
}
const ballot = { id: 'b1', workshop: 'w1', session: 's1', group: '', key, way: 'paper' as const };
const vote = (doc: Y.Doc, voter: string, level: Level | null, second = 1, round: 1 | 2 = 1) =>
	castVote(doc, by(second), { ballot: 'b1', round, voter, level });
const the = (doc: Y.Doc) => readWorkspace(doc).workshops[0]!.ballots[0]!;
function merged(...docs: Y.Doc[]): Y.Doc {
	const all = new Y.Doc();
	for (const doc of docs) Y.applyUpdate(all, Y.encodeStateAsUpdate(doc));
	return all;
}
function copy(doc: Y.Doc): Y.Doc {
	return merged(doc);
}

describe('a ballot', () => {
	it('says who voted and not what, until the reveal: in no reading and in no file for people', async () => {
		const doc = room();
		openBallot(doc, by(), ballot);
		vote(doc, 'paper-7', 3);
		vote(doc, 'paper-8', null);
		const [round] = the(doc).rounds;
		expect(round).toMatchObject({ voters: ['paper-7', 'paper-8'], votes: null });
		const bytes = await writeProjectFile(doc, { appVersion: '1', guides: {} });
		const file = strFromU8(unzipSync(bytes)['workspace.json']!);
		expect(file).toContain('paper-7');
		expect(file).not.toContain('"level"');

		revealRound(doc, by(2), 'b1', 1);
		expect(the(doc).rounds[0].votes).toEqual([
			{ voter: 'paper-7', level: 3 },
			{ voter: 'paper-8', level: null }
		]);
	});

	it('a voter who votes twice corrects the vote and is told; after the close the vote is refused', () => {
		const doc = room();
		openBallot(doc, by(), ballot);
		expect(vote(doc, 'paper-7', 1)).toBe('counted');
		expect(vote(doc, 'paper-7', 2)).toBe('corrected');
		revealRound(doc, by(2), 'b1', 1);
		expect(vote(doc, 'paper-7', 4, 3)).toBe('closed');
		expect(vote(doc, 'paper-9', 4, 3)).toBe('closed');
		expect(the(doc).rounds[0].votes).toEqual([{ voter: 'paper-7', level: 2 }]);
		expect(the(doc).rounds[1].voters).toEqual([]);
	});

	it('votes that were given apart are each counted once, whatever the order (F-67)', () => {
		const doc = room();
		openBallot(doc, by(), ballot);
		const [a, b] = [copy(doc), copy(doc)];
		vote(a, 'phone-a', 1);
		vote(b, 'phone-b', 3);
		vote(b, 'paper-1', 2);
		for (const all of [merged(doc, a, b, a), merged(b, a, doc)]) {
			revealRound(all, by(9), 'b1', 1);
			expect(the(all).rounds[0].votes!.map(({ voter }) => voter)).toEqual([
				'paper-1',
				'phone-a',
				'phone-b'
			]);
		}
	});

	it('a vote that arrives after the reveal is shown as late and changes no count, whatever its clock', () => {
		const doc = room();
		openBallot(doc, by(), ballot);
		const phone = copy(doc);
		vote(doc, 'paper-1', 2);
		castVote(
			phone,
			{ contributor: 'phone', now: '2026-01-03T00:00:00.000Z', origin: null },
			{ ballot: 'b1', round: 1, voter: 'phone', level: 4 }
		);
		revealRound(doc, by(5), 'b1', 1);
		const all = merged(phone, doc);
		expect(the(all).rounds[0]).toMatchObject({
			votes: [{ voter: 'paper-1', level: 2 }],
			late: ['phone']
		});
	});

	it('the second round begins empty, and the first stays as it was counted', () => {
		const doc = room();
		openBallot(doc, by(), ballot);
		vote(doc, 'paper-1', 0);
		expect(vote(doc, 'paper-1', 0, 1, 2)).toBe('closed');
		revealRound(doc, by(2), 'b1', 1);
		openRound(doc, by(3), 'b1', 2);
		expect(vote(doc, 'paper-1', 2, 4, 2)).toBe('counted');
		expect(vote(doc, 'paper-1', 4, 4, 1)).toBe('closed');
		revealRound(doc, by(5), 'b1', 2);
		expect(the(doc).rounds.map(({ votes }) => votes?.[0]?.level)).toEqual([0, 2]);
		openRound(doc, by(6), 'b1', 1);
		expect(vote(doc, 'paper-1', 3, 7)).toBe('closed');
	});

	it('a show of hands is its counts, and can be counted again', () => {
		const doc = room();
		openBallot(doc, by(), { ...ballot, way: 'hands' });
		countHands(doc, by(1), 'b1', 1, [0, 2, 5, 0, 0, 1]);
		countHands(doc, by(2), 'b1', 1, [0, 3, 5, 0, 0, 1]);
		const { votes } = the(doc).rounds[0];
		expect(votes!.filter(({ level }) => level === 1)).toHaveLength(3);
		expect(votes!.filter(({ level }) => level === null)).toHaveLength(1);
		expect(() => countHands(doc, by(3), 'b1', 1, [1, 2])).toThrow();
	});

	it('its outcome keeps the dissent, and the agreed value says which workshop it comes from', () => {
		const doc = room();
		openBallot(doc, by(), ballot);
		setOutcome(doc, by(3), 'b1', { level: 2, dissent: 'The regulator sees level 1.' });
		setAgreed(doc, by(3), {
			key,
			answer: { kind: 'level', level: 2 },
			why: '',
			by: 'Levels',
			at: now(3),
			saw: {},
			workshop: 'w1'
		});
		expect(the(doc).outcome).toMatchObject({ level: 2, dissent: 'The regulator sees level 1.' });
		expect(readWorkspace(doc).agreed[0]).toMatchObject({ workshop: 'w1' });
	});

	it('hostile fields cost themselves: no level 9, no vote of nobody, no reveal without a moment', () => {
		const doc = room();
		openBallot(doc, by(), ballot);
		const votes = collection(doc, 'votes');
		votes.set('b1/1/eve/level', 9);
		votes.set('b1/3/eve/level', 2);
		votes.set('b1/1/<b>/level', 2);
		votes.set('b1/1/x/level', undefined);
		collection(doc, 'ballots').set('b1/reveal:1', { votes: [{ voter: 'eve', level: 4 }] });
		expect(the(doc).rounds[0]).toMatchObject({ voters: [], votes: null });
	});
});

describe('the run of a workshop', () => {
	it('two laptops that turn the page at once both keep their moment', () => {
		const doc = room();
		const other = copy(doc);
		turnTo(doc, by(10), 'w1', 's1');
		turnTo(other, by(11), 'w1', 's2');
		expect(readWorkspace(merged(other, doc)).workshops[0]!.turns).toEqual([
			{ at: now(10), session: 's1' },
			{ at: now(11), session: 's2' }
		]);
	});

	it('extensions add up, and a workshop that was removed is not read', () => {
		const doc = room();
		const session = {
			id: 's1',
			workshop: 'w1',
			day: 1,
			order: 1,
			title: 'Vote',
			purpose: '',
			method: 'vote' as const,
			minutes: 60,
			material: '',
			notes: '',
			output: '',
			questions: ['authority'],
			board: '' as const,
			skipped: false,
			noCards: false
		};
		putSession(doc, by(), session);
		extendSession(doc, by(1), 's1', 5);
		extendSession(doc, by(2), 's1', -2);
		const read = workspaceReader(doc);
		expect(read().workshops[0]!.sessions[0]!.extended.map((one) => one.minutes)).toEqual([5, -2]);
		removeWorkshop(doc, by(3), 'w1');
		expect(read().workshops).toEqual([]);
	});
});

it('dots of two voters on one card are both there', () => {
	const doc = room();
	putCard(doc, by(), {
		id: 'c1',
		workshop: 'w1',
		session: 's1',
		column: 'ideas',
		text: 'A law',
		into: '',
		pile: '',
		counted: 4,
		action: '',
		order: 1
	});
	const other = copy(doc);
	setDots(doc, by(1), 'c1', 'ama', 2);
	setDots(other, by(1), 'c1', 'kofi', 1);
	expect(readWorkspace(merged(doc, other)).workshops[0]!.cards[0]).toMatchObject({
		counted: 4,
		dots: { ama: 2, kofi: 1 }
	});
});
