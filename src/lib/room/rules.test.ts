/** The pure rules of a room: what is a note, what is a scene, whose phone it is, who is stuck. */
import { describe, expect, test } from 'vitest';
import { toBase64url } from '#lib/crypto/bytes.ts';
import { newAddress } from '#lib/crypto/keys.ts';
import { randomBytes } from '#lib/crypto/random.ts';
import type { Participant, Workshop } from '#lib/model/workshop.ts';
import { readWorkspace } from '#lib/sync/document.ts';
import { sealScene } from '#lib/sync/note.ts';
import { limits } from '#lib/sync/protocol.ts';
import { runOf } from '#lib/workshop/agenda.ts';
import { expectedOf } from '#lib/workshop/scene.ts';
import { workshopDocument } from '../../../tests/fixtures/room.ts';
import { keyOfNote, parseNote, placeOf } from './messages.ts';
import { bodyOf, parsePhoneScene } from './phone-scene.ts';
import { isStuck, presenceOf } from './presence.ts';
import { newKept, parseKept, writeKept } from './kept.ts';
import { phoneSceneOf } from './scene-maker.ts';
import { seat } from './seats.ts';

const now = '2026-01-05T09:10:00.000Z';

describe('a note (M-8, M-9)', () => {
	const vote = { k: 'vote', ballot: 'b1', round: 2, level: 4, at: now };
	test('is read by its shape, and keeps nothing that is not its own', () => {
		expect(parseNote({ ...vote, voter: 'somebody' })).toEqual(vote);
		expect(parseNote({ ...vote, level: null })).toEqual({ ...vote, level: null });
		expect(
			parseNote({ k: 'form', workshop: 'w1', marks: { heard: 5, pace: 9 }, comment: ' x ' })
		).toEqual({ k: 'form', workshop: 'w1', marks: { heard: 5 }, comment: 'x' });
	});
	test.each([
		null,
		[],
		'vote',
		{},
		{ ...vote, round: 3 },
		{ ...vote, level: 5 },
		{ ...vote, level: '4' },
		{ ...vote, level: undefined },
		{ ...vote, ballot: '../b1' },
		{ ...vote, ballot: 'b1/2/paper-7' },
		{ ...vote, at: 'x'.repeat(100) },
		{ k: 'card', id: 'c0', session: 's1', column: 'ideas', text: 'x'.repeat(1001) },
		{ k: 'card', id: 'c0', session: '__proto__', column: 'ideas', text: 'x' },
		{ k: 'dots', card: 'c', n: 100 },
		{ k: 'dots', card: 'c', n: 1.5 },
		{ k: 'dots', card: 'c', n: -1 },
		{ k: 'form', workshop: 'w1', marks: [], comment: '' },
		{ k: 'help', on: 1 },
		{ k: 'rm' }
	])('is not %j', (value) => expect(parseNote(value)).toBeNull());
	test('replaces what was said of the same thing, and nothing else', () => {
		const keys = [
			vote,
			{ ...vote, round: 1 },
			{ k: 'card', id: 'c0', session: 's1', column: 'ideas', text: 'x' },
			{ k: 'card', id: 'c0', session: 's2', column: 'ideas', text: 'x' },
			{ k: 'dots', card: 'c0', n: 1 }
		].map((note) => keyOfNote(parseNote(note)!));
		expect(new Set(keys).size).toBe(5);
		expect(keyOfNote(parseNote({ ...vote, level: 0 })!)).toBe(keys[0]);
	});
	test('of presence says one of a few places', () => {
		expect(placeOf('x1 voting')).toBe('voting');
		expect(placeOf('x1 <script>')).toBe('');
		expect(placeOf('')).toBe('');
	});
});

describe('a scene', () => {
	const workshop = (): Workshop => readWorkspace(workshopDocument()).workshops[0]!;
	const words = { title: 'T', question: 'Q', levels: [...'abcde'] };
	const about = { lang: 'en', rehearsal: true, day: '', words: () => ({ en: words, ar: words }) };
	const scene = (of: Workshop) => phoneSceneOf(of, runOf(of, new Date().toISOString()), about);

	test('comes back as it was sent, whatever it shows', () => {
		const one = workshop();
		for (const id of ['votes', 'cards', 'dots', 'end', '']) {
			const at = { ...one, turns: [{ at: new Date().toISOString(), session: id }] };
			const sent = { ...scene(at), sent: 5 };
			expect(parsePhoneScene(JSON.parse(JSON.stringify(sent)))).toEqual(sent);
		}
		const over = scene({ ...one, closed: now });
		expect(over.bodies).toEqual({ '': { kind: 'over' } });
		expect(JSON.stringify(scene(one))).not.toContain('SECRET');
	});
	test('takes cards until the facilitator closes them, which stands in the workshop', () => {
		const one = workshop();
		const turns = [{ at: new Date().toISOString(), session: 'cards' }];
		const collects = (noCards: boolean) => {
			const sessions = one.sessions.map((session) => ({ ...session, noCards }));
			return scene({ ...one, sessions, turns }).bodies[''];
		};
		expect(collects(false)).toMatchObject({ kind: 'cards', collecting: true });
		expect(collects(true)).toMatchObject({ kind: 'cards', collecting: false });
	});
	test('of a break is a break in the words of the phone, and says what comes then', () => {
		const one = workshop();
		const sessions = one.sessions.map((session) =>
			session.id === 'votes' ? { ...session, method: 'break' as const } : session
		);
		expect(scene({ ...one, sessions }).bodies['']).toEqual({
			kind: 'pause',
			next: 'Session cards'
		});
	});
	test.each([null, [], 7, {}, { v: 2, title: '', bodies: {} }, { v: 1, title: 7, bodies: {} }])(
		'is not %j',
		(value) => expect(parsePhoneScene(value)).toBeNull()
	);
	test('of a later version: what is not known is left out, and the rest is shown', () => {
		const later = { ...scene(workshop()), more: 1 };
		const bodies = { '': { kind: 'quiz' }, north: { kind: 'over' }, '../x': { kind: 'over' } };
		const read = parsePhoneScene({ ...later, bodies, seats: { 3: 'north', x: 'north' } });
		expect(read?.bodies).toEqual({ north: { kind: 'over' } });
		expect(bodyOf(read!, 3)).toEqual({ kind: 'over' });
		expect(bodyOf(read!, 4)).toBeNull();
	});
	test('that the relay would refuse is not sealed: it would stand before all votes (M-8, E-6)', () => {
		const from = {
			keyring: [{ epoch: 1, key: randomBytes(32) }],
			w: newAddress(),
			role: 1,
			lane: 1
		};
		const sealed = (text: string) => sealScene({ text }, { ...from, counter: 1 }).length;
		const dull = 'a'.repeat(150_000);
		expect(sealed(dull)).toBeLessThan(1000);
		const wild = toBase64url(randomBytes(60_000)) + toBase64url(randomBytes(40_000));
		expect(() => sealed(wild)).toThrow(RangeError);
		expect(sealed(wild.slice(0, 80_000))).toBeLessThanOrEqual(limits.envelope);
	});
});

describe('a seat (M-10)', () => {
	const person = (id: string, more: Partial<Participant> = {}): Participant => ({
		id,
		workshop: 'w1',
		name: id,
		organisation: '',
		role: '',
		group: '',
		consent: false,
		present: true,
		order: 1,
		phone: '',
		...more
	});
	const at = { workshop: 'w1', room: 'ab12' };
	const come = (people: Participant[], ...names: string[]) =>
		seat(
			people,
			at,
			names.map((nickname, i) => ({
				lane: i + 2,
				guest: { nickname, organisation: '', consent: true }
			}))
		).map(({ put }) => put);

	test('is kept: who has one is given no second', () => {
		expect(come([person('Ama', { phone: 'ab12/2' })], 'Ama')).toEqual([]);
	});
	test('is the listed person’s, whatever the capitals and accents (F-39)', () => {
		const [one] = come([person('p1', { name: 'Zo\u00eb', role: 'Chair' })], 'ZOE\u0308');
		expect(one).toMatchObject({ id: 'p1', name: 'Zo\u00eb', role: 'Chair', phone: 'ab12/2' });
	});
	test('of another room is free again: the same two are the same two, whoever comes first', () => {
		const before = [
			person('p1', { name: 'Ama', phone: '9999/2' }),
			person('p2', { name: 'Ama (2)', phone: '9999/3' })
		];
		expect(come(before, 'Ama', 'Ama').map(({ id }) => id)).toEqual(['p1', 'p2']);
		expect(come(before, 'Ama', 'Ama', 'Ama').map(({ name }) => name)).toEqual([
			'Ama',
			'Ama (2)',
			'Ama (3)'
		]);
	});
	test('needs a name', () => expect(come([], '\u202E \u200B')).toEqual([]));
	test('is counted while the workshop’s room is that one', () => {
		const people = [person('p1', { phone: 'ab12/2' }), person('p2', { phone: '9999/2' })];
		const one = { ...readWorkspace(workshopDocument()).workshops[0]!, people, papers: 5 };
		const round = { opened: now, closed: '', revealed: '', voters: [], late: [], votes: null };
		const ballot = {
			...{ id: 'b', workshop: 'w1', session: 'votes', group: '', key: 'g/q' as const },
			...{ way: 'paper' as const, opened: now, outcome: null }
		};
		const expected = (room: string, group = '', voters: string[] = []) =>
			expectedOf({ ...one, room }, { ...ballot, group, rounds: [{ ...round, voters }, round] }, 1);
		expect(expected('ab12')).toBe(6);
		expect(expected('ab12', '', ['p1', 'paper-3'])).toBe(6);
		expect(expected('', '', ['p1'])).toBe(6);
		expect(expected('')).toBe(5);
		expect(expected('ab12', 'north')).toBe(5);
	});
});

test('presence is what was last heard (M-13); stuck is who asked, or is here and has not voted', () => {
	expect([0, 44_999, 45_000, 179_999, 180_000, Infinity].map(presenceOf)).toEqual([
		'here',
		'here',
		'away',
		'away',
		'gone',
		'gone'
	]);
	const here = { presence: 'here' as const, help: false, voted: false };
	expect(isStuck(here, 59_000)).toBe(false);
	expect(isStuck(here, 61_000)).toBe(true);
	expect(isStuck({ ...here, voted: true }, 61_000)).toBe(false);
	expect(isStuck({ ...here, presence: 'gone' }, 61_000)).toBe(false);
	expect(isStuck({ ...here, presence: 'gone', help: true }, 0)).toBe(true);
});

test('what a phone kept comes back, and what somebody else wrote there does no harm', () => {
	const kept = {
		...newKept('AbC'),
		device: { id: 'd', token: new Uint8Array(16), privateKey: new Uint8Array(32) },
		me: { nickname: 'Ama', organisation: '', consent: true },
		lane: 3,
		counter: 9,
		votes: { 'b1/1': null, 'b1/2': 3 as const },
		dots: { c: 2 },
		cards: [{ id: 'c0', session: 's', column: 'ideas', text: 'A law' }],
		waiting: [
			{ counter: 9, note: { k: 'help' as const, on: true }, envelope: new Uint8Array([1, 2]) }
		]
	};
	expect(parseKept(writeKept(kept))).toEqual(kept);
	for (const text of [null, '', '{', '[]', '7', '{"invitation":7}'])
		expect(parseKept(text)).toBeNull();
	const odd = '{"invitation":"x","waiting":[{"counter":1}],"votes":{"b":9},"lane":-1,"cards":[7]}';
	expect(parseKept(odd)).toEqual(newKept('x'));
});
