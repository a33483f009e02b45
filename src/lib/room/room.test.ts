/** Phones, a relay with a real database and a real port, and the facilitator's device: what issue 6 asks. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { TestLine, TestRelay } from '../../../tests/fixtures/relay-line.ts';
import { ballotId, Facilitator, guest, Phone, Pocket } from '../../../tests/fixtures/room.ts';
import { refusal, said } from '../../../tests/fixtures/said.ts';
import { newInvitation, parseInvitation, writeInvitation } from '#lib/crypto/invitation.ts';
import { parseKeyring } from '#lib/crypto/keyring.ts';
import { Problem } from '#lib/model/problem.ts';
import {
	applyUpdates,
	createDocument,
	openBallot,
	patchParticipant,
	putGroup,
	putParticipant,
	readWorkspace,
	stateOf
} from '#lib/sync/document.ts';
import type { Author } from '#lib/sync/document.ts';
import { openNote, sealNote } from '#lib/sync/note.ts';
import { roles } from '#lib/sync/protocol.ts';
import { checkGuest, sayCard, sayDots, sayForm, sayHelp, sayVote } from './saying.ts';

vi.setConfig({ testTimeout: 40_000 });

let relay: TestRelay;
let ending: { stop(): void }[] = [];
beforeEach(async () => {
	relay = new TestRelay();
	await relay.start();
});
afterEach(async () => {
	for (const one of ending) one.stop();
	ending = [];
	await relay.remove();
});

async function facilitator(
	more: ConstructorParameters<typeof Facilitator>[2] = {},
	doc?: ConstructorParameters<typeof Facilitator>[1]
): Promise<Facilitator> {
	const one = new Facilitator(relay.origin, doc, more);
	ending.push(one);
	return one.opens();
}
function phone(more: ConstructorParameters<typeof Phone>[1] = {}): Phone {
	const one = new Phone(relay.origin, more);
	ending.push(one);
	return one;
}
async function until(is: () => unknown, ms = 8_000): Promise<void> {
	const late = performance.now() + ms;
	while (!is()) {
		if (performance.now() > late) throw new Error(`never ${String(is)}`);
		await new Promise((done) => setTimeout(done, 5));
	}
}
const at = '2026-01-01T00:00:00.000Z';
const isBallot = (body: { kind: string; open?: boolean }) => body.kind === 'ballot' && body.open;
/** A phone that is in, before an open ballot. */
async function voter(
	host: Facilitator,
	name: string,
	more: ConstructorParameters<typeof Phone>[1] = {}
) {
	const one = await phone(more).joins(host.link, guest(name));
	await one.sees(isBallot);
	return one;
}
const key = 'cybersecurity/authority' as const;
const putGroupOf = (doc: Facilitator['doc'], by: Author, id: string) =>
	putGroup(doc, by, { id, workshop: 'w1', name: id, mix: '', questions: [], order: 1 });
const names = (host: Facilitator) => host.workshop.people.map(({ name }) => name);

describe('a room', () => {
	test('a phone scans, joins, votes, sees the reveal; before it nobody sees what was said (M-1)', async () => {
		const host = await facilitator();
		const ama = await phone().joins(host.link, guest('Ama'));
		await ama.sees((body) => body.kind === 'session');
		expect(ama.state.scene).toMatchObject({ title: 'National day', rehearsal: false });
		await host.openBallot();
		await ama.sees(isBallot);
		ama.votes(3);
		await ama.sent();
		await until(() => host.round.voters.length === 1);
		expect(host.round.votes).toBeNull();
		expect(ama.state.body).toMatchObject({ tally: null });
		await host.reveal();
		await ama.sees((body) => body.kind === 'ballot' && body.tally?.counts[3] === 1);
		expect(host.round.votes).toEqual([{ voter: host.workshop.people[0]!.id, level: 3 }]);
		expect(host.workshop.people).toMatchObject([
			{ name: 'Ama', organisation: 'Ministry', consent: true, present: true }
		]);
	});

	test('nothing private leaves: no notes, no names, nothing of the workspace, nothing readable on the relay (M-1)', async () => {
		const host = await facilitator();
		await host.openBallot();
		const ama = await voter(host, 'Ama Kolibri');
		ama.votes(2);
		await ama.sent();
		await until(() => host.round.voters.length === 1);
		await host.reveal();
		await ama.sees((body) => body.kind === 'ballot' && body.tally);
		expect(JSON.stringify(ama.state.scene)).not.toMatch(/SECRET|Kolibri|phone-/);
		for (const name of readdirSync(relay.folder)) {
			const kept = readFileSync(join(relay.folder, name), 'latin1');
			expect(kept).not.toMatch(/SECRET|Kolibri|National day|in charge/);
		}
	});

	test('a phone is given nobody’s notes, and may do nothing that an editor may', async () => {
		const host = await facilitator();
		await host.openBallot();
		const [ama, kofi] = [await voter(host, 'Ama'), await voter(host, 'Kofi')];
		kofi.votes(4);
		await kofi.sent();
		const { address } = host.state!.row;
		const { device } = ama.state.kept!;
		const access = { address, token: device!.token };
		const all = { own: true, grant: false, log: true, cursor: 0, mark: new Uint8Array(8) };
		const { frames } = await ama.relay.exchange(access, { ...all, envelopes: [] });
		const given = frames.filter(({ kind }) => kind === 'envelope');
		expect(given).toMatchObject([{ role: roles.edit }]);
		for (const asked of [
			() => ama.relay.holders(access),
			() => ama.relay.remove(access),
			() => ama.relay.snapshots(access),
			() => ama.relay.revoke(access, kofi.state.kept!.device!.id)
		]) {
			await expect(asked()).rejects.toMatchObject({ code: 'role' });
		}
	});

	test('cards, dots, the form and a call for help arrive; what is too much is refused in words (M-8, M-11)', async () => {
		const host = await facilitator();
		const ama = await phone().joins(host.link, guest('Ama'));
		await host.turn('cards');
		await ama.sees((body) => body.kind === 'cards');
		const card = { session: 'cards', column: 'ideas' };
		sayCard(ama.run, { ...card, text: 'A hotline' });
		sayCard(ama.run, { ...card, text: 'A law' });
		sayCard(ama.run, { ...card, text: 'A decree', id: 'c1' });
		await until(() => host.workshop.cards.map(({ text }) => text).join() === 'A hotline,A decree');
		expect(JSON.stringify(host.workshop.cards)).not.toContain(host.workshop.people[0]!.id);
		expect(await refusal(() => sayCard(ama.run, { ...card, text: 'x'.repeat(501) }))).toBe(
			'card-too-long'
		);
		sayCard(ama.run, { ...card, text: '', id: 'c1' });
		await until(() => host.workshop.cards.length === 1);

		await host.turn('dots');
		await ama.sees((body) => body.kind === 'dots');
		const { body } = ama.state;
		const one = body?.kind === 'dots' ? body.cards[0]!.id : '';
		sayDots(ama.run, one, 3);
		expect(await refusal(() => sayDots(ama.run, one, 4))).toBe('dots-spent');
		await until(() => Object.values(host.workshop.cards[0]!.dots)[0] === 3);
		expect(await refusal(() => sayCard(ama.run, { ...card, text: 'late' }))).toBe('cards-closed');

		await host.turn('end');
		await ama.sees((body) => body.kind === 'form');
		sayForm(ama.run, 'w1', { heard: 5 }, 'Good');
		sayForm(ama.run, 'w1', { heard: 4 }, 'Good, long');
		sayHelp(ama.run, true);
		await until(() => host.workshop.forms[0]?.marks.heard === 4);
		expect(host.workshop.forms).toHaveLength(1);
		expect(JSON.stringify(host.workshop.forms)).not.toMatch(/Ama|phone-[0-9a-f]{8}-/);
		await until(() => host.state!.row.help.length === 1);
		sayHelp(ama.run, false);
		await until(() => host.state!.row.help.length === 0);
	});

	test('a phone of each group sees the ballot of its group, and votes in no other', async () => {
		const host = await facilitator();
		await host.edit((doc, by) => {
			for (const id of ['north', 'south']) putGroupOf(doc, by, id);
		});
		const ama = await phone().joins(host.link, guest('Ama'));
		await until(() => names(host).length === 1);
		await host.edit((doc, by) =>
			patchParticipant(doc, by, host.workshop.people[0]!.id, { group: 'north' })
		);
		const ballot = { workshop: 'w1', session: 'votes', key, way: 'paper' as const };
		await host.edit((doc, by) => {
			openBallot(doc, by, { ...ballot, id: 'bn', group: 'north' });
			openBallot(doc, by, { ...ballot, id: 'bs', group: 'south' });
		});
		await ama.sees((body) => body.kind === 'ballot' && body.id === 'bn');
		ama.votes(1, { ballot: 'bs' });
		ama.votes(2, { ballot: 'bn' });
		await until(() => host.workshop.ballots.find(({ id }) => id === 'bn')?.rounds[0].voters[0]);
		expect(host.workshop.ballots.find(({ id }) => id === 'bs')?.rounds[0].voters).toEqual([]);
		expect(host.state!.row.dropped).toEqual({ 2: 1 });
	});
});

describe('names (M-10)', () => {
	test('with script, signs that turn the line, floods: harmless, and as short as they may be (F-39)', async () => {
		const host = await facilitator();
		const script = '<img src=x onerror=alert(1)>';
		await phone().joins(host.link, guest(script, '\u202Egro.live\u202C'));
		await phone().joins(host.link, guest('E\u0301lodie' + '\u0301'.repeat(200)));
		await until(() => names(host).length === 2);
		expect(names(host)[0]).toBe(script);
		expect(host.workshop.people[0]!.organisation).toBe('gro.live');
		expect([...names(host)[1]!].length).toBeLessThan(12);
	});

	test('empty or of 500 characters: said on the phone, and nothing is sent', async () => {
		expect(await refusal(() => checkGuest(guest('x'.repeat(500))))).toBe('nickname-too-long');
		expect(await refusal(() => checkGuest(guest(' \u202E\u200B ')))).toBe('nickname-empty');
		expect(await refusal(() => checkGuest(guest('Ama', 'y'.repeat(500))))).toBe(
			'nickname-too-long'
		);
		expect(checkGuest(guest('  Ama   Mensah '))).toMatchObject({ nickname: 'Ama Mensah' });
		// A phone that does not ask: the facilitator's device cuts.
		const host = await facilitator();
		await phone().joins(host.link, guest('x'.repeat(500)));
		await until(() => names(host).length === 1);
		expect(names(host)[0]!.length).toBeLessThanOrEqual(60);
	});

	test('two phones of one name are two people, and each has a vote', async () => {
		const host = await facilitator();
		await host.openBallot();
		const [one, two] = [await voter(host, 'Ama'), await voter(host, 'AMA')];
		one.votes(1);
		two.votes(4);
		await until(() => host.round.voters.length === 2);
		expect(names(host)).toEqual(['Ama', 'AMA (2)']);
	});

	test('whoever is on the list is that person; the name of somebody who is in, is not taken from them', async () => {
		const host = await facilitator();
		await host.edit((doc, by) =>
			putParticipant(doc, by, {
				id: 'listed',
				workshop: 'w1',
				name: 'Zoë Diop',
				organisation: 'Ministry',
				role: 'Director',
				group: '',
				consent: false,
				present: false,
				order: 1,
				phone: ''
			})
		);
		await host.openBallot();
		const zoe = await voter(host, 'zoe\u0308 diop');
		zoe.votes(2);
		await until(() => host.round.voters.length === 1);
		expect(host.round.voters).toEqual(['listed']);
		expect(host.workshop.people).toMatchObject([
			{ role: 'Director', present: true, consent: true }
		]);
		const other = await voter(host, 'Zoë Diop');
		other.votes(0);
		await until(() => host.round.voters.length === 2);
		await host.reveal();
		expect(host.round.votes).toContainEqual({ voter: 'listed', level: 2 });
	});
});

describe('votes (M-9)', () => {
	test('who votes twice has one vote, the last; also from two tabs of one phone', async () => {
		const host = await facilitator();
		await host.openBallot();
		const pocket = new Pocket();
		const one = await voter(host, 'Ama', { pocket });
		one.votes(1);
		one.votes(2);
		await one.sent();
		const tab = phone({ pocket });
		await tab.run.open('');
		await tab.sees(isBallot);
		expect(tab.state.kept?.votes).toEqual({ [`${ballotId}/1`]: 2 });
		tab.votes(3);
		one.run.reread();
		one.votes(4);
		await Promise.all([tab.sent(), one.sent()]);
		const last = () => host.doc.getMap('votes').get(`${ballotId}/1/${host.round.voters[0]}/level`);
		await until(() => last() === 4);
		expect(host.round.voters).toHaveLength(1);
		expect(names(host)).toEqual(['Ama']);
	});

	test('two tabs that know nothing of each other’s counters both go on (X-4)', async () => {
		const host = await facilitator();
		await host.openBallot();
		const pocket = new Pocket();
		const one = await voter(host, 'Ama', { pocket });
		const copy = new Pocket();
		for (const [name, text] of pocket.kept) copy.kept.set(name, text);
		const two = phone({ pocket: copy });
		await two.run.open('');
		await two.sees(isBallot);
		one.votes(1);
		await one.sent();
		two.votes(3);
		await two.sent();
		await until(
			() => host.doc.getMap('votes').get(`${ballotId}/1/${host.round.voters[0]}/level`) === 3
		);
		expect(host.round.voters).toHaveLength(1);
	});

	test('after the close: refused in words; one that was on its way is late, and is told so (M-12)', async () => {
		const host = await facilitator();
		await host.openBallot();
		const line = new TestLine();
		const [ama, kofi] = [await voter(host, 'Ama', { line }), await voter(host, 'Kofi')];
		kofi.votes(1);
		await until(() => host.round.voters.length === 1);
		line.always = 'cut';
		ama.run.wake();
		ama.votes(4);
		await host.reveal();
		await kofi.sees((body) => body.kind === 'ballot' && !body.open);
		line.always = null;
		await ama.sees((body) => body.kind === 'ballot' && !body.open);
		const late = { ballot: ballotId, round: 1 as const, level: 2 as const, at };
		expect(await refusal(() => sayVote(ama.run, late))).toBe('vote-closed');
		await ama.sent();
		await ama.sees((body) => body.kind === 'ballot' && body.late.includes(ama.state.kept!.lane));
		expect(host.round.votes).toHaveLength(1);
		expect(host.round.late).toHaveLength(1);
		expect(kofi.state.body).toMatchObject({ tally: { counts: [0, 1, 0, 0, 0] } });
	});

	test('for another: what is sealed says who speaks, and a note names nobody', async () => {
		const host = await facilitator();
		await host.openBallot();
		const [ama, kofi] = [await voter(host, 'Ama'), await voter(host, 'Kofi')];
		await until(() => names(host).length === 2);
		const { keyring, device, lane } = ama.state.kept!;
		const { address: w } = host.state!.row;
		const access = { address: w, token: device!.token };
		const as = (of: number, role: number = roles.participate, counter = 500 + of) => ({
			...{ keyring: parseKeyring(keyring), w, role, lane: of, counter }
		});
		const vote = { k: 'vote', ballot: ballotId, round: 1, level: 0, at };
		const kofisId = host.workshop.people.find(({ name }) => name === 'Kofi')!.id;
		const push = (envelopes: Uint8Array[]) =>
			ama.relay.exchange(access, {
				own: false,
				grant: false,
				cursor: 0,
				mark: new Uint8Array(8),
				envelopes
			});
		// As Kofi, as an editor, and with Kofi's name in it.
		await push([sealNote(vote, as(kofi.state.kept!.lane))]);
		await push([sealNote(vote, as(lane, roles.edit, 600))]);
		await push([
			sealNote({ ...vote, voter: kofisId, lane: kofi.state.kept!.lane }, as(lane, 4, 700))
		]);
		await until(() => host.round.voters.length === 1);
		expect(host.round.voters).not.toContain(kofisId);
		expect(host.state!.row.dropped).toEqual({ [lane]: 2 });
		expect(() => openNote(sealNote(vote, as(lane)), as(kofi.state.kept!.lane), 9999)).toThrow();
	});

	test('a request that was under way for long and comes after a newer word changes nothing', async () => {
		const host = await facilitator();
		await host.openBallot();
		const ama = await voter(host, 'Ama');
		const { keyring, device, lane } = ama.state.kept!;
		const { address: w } = host.state!.row;
		const from = { keyring: parseKeyring(keyring), w, role: roles.participate, lane };
		const push = (level: number, counter: number) => {
			const note = { k: 'vote', ballot: ballotId, round: 1, level, at };
			const envelopes = [sealNote(note, { ...from, counter })];
			const request = { own: false, grant: false, cursor: 0, mark: new Uint8Array(8), envelopes };
			return ama.relay.exchange({ address: w, token: device!.token }, request);
		};
		const votes = host.doc.getMap('votes');
		const said: unknown[] = [];
		votes.observe(({ keysChanged }) => {
			for (const key of keysChanged) if (/level$/.test(key ?? '')) said.push(votes.get(key!));
		});
		await push(4, 50);
		await until(() => said.length > 0);
		await push(1, 40);
		await push(2, 60);
		await until(() => said.includes(2));
		expect(said).toEqual([4, 2]);
	});

	test('who comes later has as much time left as who was there (M-12)', async () => {
		const host = await facilitator();
		const ama = await phone().joins(host.link, guest('Ama'));
		await ama.sees((body) => body.kind === 'session');
		await new Promise((done) => setTimeout(done, 1_200));
		const kofi = await phone().joins(host.link, guest('Kofi'));
		await kofi.sees((body) => body.kind === 'session');
		expect(kofi.state.scene?.sent).toBe(ama.state.scene?.sent);
		expect(Math.abs(kofi.state.ends! - ama.state.ends!)).toBeLessThan(600);
	});

	test('the clock of a phone is two days off: its vote counts, and its time is the room’s (F-18)', async () => {
		const host = await facilitator();
		await host.openBallot();
		const ama = phone();
		ama.skew = -2 * 86_400_000;
		await ama.joins(host.link, guest('Ama'));
		await ama.sees(isBallot);
		ama.votes(2);
		const kofi = phone();
		kofi.skew = 2 * 86_400_000;
		await kofi.joins(host.link, guest('Kofi'));
		await kofi.sees(isBallot);
		kofi.votes(3);
		await until(() => host.round.voters.length === 2);
		await host.reveal();
		for (const one of [ama, kofi]) {
			await one.sees((body) => body.kind === 'ballot' && body.tally?.levels === 2);
			expect(one.state.ends! - performance.now()).toBeGreaterThan(59 * 60_000);
			expect(one.state.ends! - performance.now()).toBeLessThanOrEqual(60 * 60_000);
		}
		expect(host.round.late).toEqual([]);
	});
});

describe('misuse', () => {
	test('who floods is slowed down, in words, and disturbs nobody; nonsense is dropped and counted', async () => {
		const host = await facilitator();
		await host.openBallot();
		const [ama, kofi] = [await voter(host, 'Ama'), await voter(host, 'Kofi')];
		const { keyring, device, lane } = ama.state.kept!;
		const { address: w } = host.state!.row;
		const from = { keyring: parseKeyring(keyring), w, role: roles.participate, lane };
		const nonsense = [{}, { k: 'vote' }, { k: 'card', id: '../x', text: 'x' }, { k: 'rm', on: 1 }];
		let counter = 1000;
		/** One more note; whether the relay takes no more now. */
		const isSlowed = async () => {
			const note = nonsense[counter % nonsense.length]!;
			const envelopes = [sealNote(note, { ...from, counter: ++counter })];
			const request = { own: false, grant: false, cursor: 0, mark: new Uint8Array(8), envelopes };
			return ama.relay.exchange({ address: w, token: device!.token }, request).then(
				() => false,
				({ code }) => code === 'slow-down'
			);
		};
		while (!(await isSlowed())) expect(counter).toBeLessThan(1_200);
		expect(counter).toBeGreaterThan(1_055);
		kofi.votes(3);
		await until(() => host.round.voters.length === 1);
		expect(host.state!.row.dropped[lane]).toBeGreaterThanOrEqual(55);
		while (!(await isSlowed()));
		ama.votes(1);
		await ama.until(({ problem }) => problem?.code === 'room-busy');
		expect(said(ama.state.problem).en).toContain('on this phone');
		expect(ama.state.kept?.waiting).toHaveLength(1);
	});

	test('the address of the trainer without a key, half a link, a link to something else: said, no request', async () => {
		const line = new TestLine();
		for (const [link, code] of [
			['http://192.168.1.20:4173/room/', 'room-no-key'],
			['', 'room-no-key'],
			['http://192.168.1.20:4173/room/#AbCdEf', 'invitation-damaged']
		]) {
			const ama = phone({ line });
			await ama.run.open(link!);
			expect(ama.state).toMatchObject({ phase: 'damaged', problem: { code } });
			said(ama.state.problem);
		}
		expect(line.asked).toEqual([]);
		const ama = phone({ line });
		await ama.run.open(writeInvitation(newInvitation(new Uint8Array(16).fill(9))));
		expect(ama.state).toMatchObject({ phase: 'closed', problem: { code: 'room-closed' } });
	});

	test('the door: locked nobody new comes in, who is in stays; put out, closed: each is told which (M-14)', async () => {
		const host = await facilitator();
		const ama = await phone().joins(host.link, guest('Ama'));
		const old = host.link;
		await host.run!.lockDoor(true, '');
		const late = phone();
		await late.run.open(old);
		expect(late.state).toMatchObject({ phase: 'closed', problem: { code: 'room-closed' } });
		await ama.until(({ line }) => line === 'live');
		await host.run!.lockDoor(false, 'National day');
		expect(host.link).not.toBe(old);
		const kofi = await phone().joins(host.link, guest('Kofi'));
		expect(kofi.state.kept?.title).toBe('National day');
		await until(() => names(host).length === 2);
		const { lane } = ama.state.kept!;
		await host.run!.remove(lane);
		await ama.until(({ phase }) => phase === 'removed');
		expect(said(ama.state.problem).fr).toContain('téléphone');
		expect(ama.pocket.kept.size).toBe(0);
		await phone().joins(host.link, guest('Efua'));
		await until(() => names(host).length === 3);
		expect(host.workshop.people.filter(({ name }) => name === 'Ama')).toMatchObject([
			{ phone: '' }
		]);
		expect(host.state!.guests.map((one) => one.lane)).not.toContain(lane);
		await host.run!.close();
		await kofi.until(({ phase }) => phase === 'closed');
		expect(kofi.state.problem?.code).toBe('room-closed');
		expect(host.workshop.room).toBe('');
		expect(await host.store.rooms.get('w1')).toBeUndefined();
	});
});

describe('what is cut, killed or full', () => {
	test('a cut line: what was said is kept, told as waiting, and arrives within 3 s of the line (F-67)', async () => {
		const host = await facilitator();
		await host.openBallot();
		const line = new TestLine();
		const ama = await voter(host, 'Ama', { line });
		line.always = 'cut';
		ama.run.wake();
		ama.votes(3);
		await ama.until(({ problem }) => problem?.code === 'room-unreachable');
		said(ama.state.problem);
		expect(ama.state).toMatchObject({ line: 'trying', kept: { waiting: [{}] } });
		line.always = null;
		const back = performance.now();
		await ama.sent();
		await until(() => host.round.voters.length === 1);
		expect(performance.now() - back).toBeLessThan(3_000);
		await ama.until(({ problem, line }) => problem === null && line === 'live');
	});

	test('an answer that was lost: the same bytes again, one vote (X-4); a join that was lost: the same phone', async () => {
		const host = await facilitator();
		await host.openBallot();
		const line = new TestLine();
		line.only = (method, path) => method === 'POST' && (path === '/join' || path === '');
		line.next = ['lost', 'lost'];
		const ama = await phone({ line }).joins(host.link, guest('Ama'));
		await ama.sees(isBallot);
		line.next = ['lost', 'half', 'twice'];
		ama.votes(2);
		await ama.sent();
		await until(() => host.round.voters.length === 1);
		expect(names(host)).toEqual(['Ama']);
		expect(line.count('POST', '/join')).toBe(3);
	});

	test('a join whose answer was lost before the page was loaded again: the same phone, one person', async () => {
		const host = await facilitator();
		const line = new TestLine();
		line.only = (_, path) => path === '/join';
		line.always = 'lost';
		const ama = phone({ line });
		await ama.run.open(host.link);
		void ama.run.join(guest('Ama')).catch(() => {});
		await ama.until(({ problem }) => problem?.code === 'room-unreachable');
		ama.stop();
		const again = await phone({ pocket: ama.pocket }).joins('', guest('Ama'));
		await again.sees((body) => body.kind === 'session');
		await until(() => host.state!.guests.length > 0);
		expect(host.state!.guests).toHaveLength(1);
		expect(names(host)).toEqual(['Ama']);
	});

	test('a phone that is reloaded goes on: it is in, has its vote, and what waits still waits', async () => {
		const host = await facilitator();
		await host.openBallot();
		const line = new TestLine();
		const ama = await voter(host, 'Ama', { line });
		line.always = 'cut';
		ama.run.wake();
		ama.votes(4);
		ama.stop();
		const again = phone({ pocket: ama.pocket });
		await again.run.open('http://room.example/fr/room/');
		expect(again.state.phase).toBe('in');
		await again.sent();
		await until(() => host.round.voters.length === 1);
		expect(names(host)).toEqual(['Ama']);
		expect(again.state.kept?.votes).toEqual({ [`${ballotId}/1`]: 4 });
	});

	test('a browser that keeps nothing: it takes part, and says so', async () => {
		const host = await facilitator();
		await host.openBallot();
		const pocket = new Pocket();
		pocket.isFull = true;
		const ama = await voter(host, 'Ama', { pocket });
		expect(ama.state.keptHere).toBe(false);
		ama.votes(1);
		await ama.sent();
		await until(() => host.round.voters.length === 1);
	});

	test('the trainer’s browser is killed: the room waits, and goes on with the votes of meanwhile', async () => {
		const host = await facilitator();
		await host.openBallot();
		const [ama, kofi] = [await voter(host, 'Ama'), await voter(host, 'Kofi')];
		ama.votes(1);
		await until(() => host.round.voters.length === 1);
		host.stop();
		kofi.votes(3);
		await kofi.sent();
		const again = await facilitator({ store: host.store });
		await until(() => again.round.voters.length === 2);
		expect(again.state!.row.address).toEqual(host.state!.row.address);
		await again.reveal();
		await ama.sees((body) => body.kind === 'ballot' && body.tally?.levels === 2);
		expect(names(again)).toEqual(['Ama', 'Kofi']);
	});

	test('killed after the vote was stored and before the cursor passed it: counted once (M-11)', async () => {
		const host = await facilitator();
		await host.openBallot();
		const ama = await voter(host, 'Ama');
		await until(() => names(host).length === 1);
		const put = host.store.rooms.put;
		host.store.rooms.put = () => Promise.reject(new Error('killed'));
		ama.votes(2);
		await until(() => host.round.voters.length === 1);
		host.stop();
		host.store.rooms.put = put;
		const again = await facilitator({ store: host.store });
		await until(() => (again.state?.row.cursor ?? 0) > host.state!.row.cursor);
		expect(again.round.voters).toHaveLength(1);
	});

	test('a disk that is full: no vote is passed over, and all are there when there is room', async () => {
		const host = await facilitator();
		await host.openBallot();
		const all = await Promise.all(['A', 'B', 'C'].map((name) => voter(host, name)));
		await until(() => names(host).length === 3);
		const { cursor } = host.state!.row;
		host.storing = () => Promise.reject(new Problem('storage-full'));
		for (const one of all) one.votes(3);
		await Promise.all(all.map((one) => one.sent()));
		await until(() => host.state!.problem?.code === 'storage-full');
		expect(host.state!.row.cursor).toBe(cursor);
		host.storing = async () => {};
		await until(() => host.state!.row.cursor > cursor && host.state!.problem === null);
		const stored = await host.store.open('ws');
		expect(readWorkspace(stored.doc).workshops[0]!.ballots[0]!.rounds[0].voters).toHaveLength(3);
	});

	test('another laptop with the file: a new room, and who scans again is the same voter (F-68)', async () => {
		const host = await facilitator();
		await host.openBallot();
		const [ama, kofi] = [await voter(host, 'Ama'), await voter(host, 'Kofi')];
		ama.votes(1);
		kofi.votes(2);
		await until(() => host.round.voters.length === 2);
		host.stop();
		const file = createDocument({ id: 'ws', name: '', country: '', createdAt: at, demo: false });
		applyUpdates(file, [stateOf(host.doc)]);
		const other = await facilitator({}, file);
		expect(other.state!.row.address).not.toEqual(host.state!.row.address);
		// The same phones, by the new code.
		const again = await Promise.all(
			[ama, kofi].map(async (one, i) => {
				one.stop();
				const page = phone({ pocket: one.pocket });
				await page.joins(other.link, guest(['Ama', 'Kofi'][i]!));
				await page.sees(isBallot);
				return page;
			})
		);
		again[0]!.votes(4);
		await again[0]!.sent();
		await until(() => {
			const [voter] = other.workshop.people.filter(({ name }) => name === 'Ama');
			return other.doc.getMap('votes').get(`${ballotId}/1/${voter!.id}/level`) === 4;
		});
		expect(other.round.voters).toHaveLength(2);
		expect(names(other)).toEqual(['Ama', 'Kofi']);
		expect(parseInvitation(other.link).w).toEqual(other.state!.row.address);
	});

	test('the server lost the room: both sides are told, and the workshop has all that had arrived', async () => {
		const host = await facilitator();
		await host.openBallot();
		const ama = await voter(host, 'Ama');
		ama.votes(3);
		await until(() => host.round.voters.length === 1);
		await host.relay.remove(host.state!.row);
		await ama.until(({ phase }) => phase === 'closed');
		await until(() => host.state!.isLost);
		expect(said(host.state!.problem).en).toContain('Let phones join anew');
		expect(host.round.voters).toHaveLength(1);
		await host.run!.close();
		expect(await host.store.rooms.get('w1')).toBeUndefined();
	});
});
