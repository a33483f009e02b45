/**
 * PhoneRun: a phone in a room, for as long as its page is open.
 *
 * A note is kept before it is sent, and until the relay has it on disk. No Svelte, no DOM, no Yjs
 * and no database: the page that this runs in is opened over somebody's weak access point.
 */
import { parseInvitation, writeInvitation } from '#lib/crypto/invitation.ts';
import type { Invitation } from '#lib/crypto/invitation.ts';
import { markOf } from '#lib/crypto/keys.ts';
import { parseKeyring } from '#lib/crypto/keyring.ts';
import { RelayError } from '#lib/courier/relay-error.ts';
import type { Access, RelayClient } from '#lib/courier/relay-client.ts';
import { Problem } from '#lib/model/problem.ts';
import type { Guest, Note, Place } from '#lib/model/room.ts';
import { noteLimits, openNote, sealNote } from '#lib/sync/note.ts';
import { markLength, roles } from '#lib/sync/protocol.ts';
import type { Frame } from '#lib/sync/protocol.ts';
import { sealHere } from '#lib/sync/sealed.ts';
import { drawDevice, joinRoom, lookInto } from './entering.ts';
import { lastRoom, nameOf, newKept, parseKept, writeKept } from './kept.ts';
import type { Keep, Kept } from './kept.ts';
import { Line } from './line.ts';
import type { LineTimes } from './line.ts';
import { keyOfNote, writeHere } from './messages.ts';
import { bodyOf, parsePhoneScene } from './phone-scene.ts';
import type { PhoneBody, PhoneScene } from './phone-scene.ts';
import { hereTimes } from './presence.ts';
import { endsOf, roomProblem } from './room-problems.ts';

/** As `state/phone-facts.ts` explains them. */
export type Phase =
	'reading' | 'welcome' | 'joining' | 'in' | 'closed' | 'removed' | 'damaged' | 'no-server';

export type PhoneState = {
	phase: Phase;
	problem: Problem | null;
	line: 'live' | 'trying';
	/** What is kept of this room; null before a link was read. */
	kept: Kept | null;
	keptHere: boolean;
	scene: PhoneScene | null;
	body: PhoneBody | null;
	/** When the session's time is over, by `clock`; null: no timer. */
	ends: number | null;
};

export type PhoneWorld = {
	relay: RelayClient;
	keep: Keep;
	/** Milliseconds since 1970, however wrong: it is told and orders nothing. */
	now: () => number;
	/** Milliseconds that only grow: `performance.now`. */
	clock: () => number;
	random: () => number;
	times?: LineTimes;
};

/** Milliseconds between two words of presence, and at least (the relay takes one in 8 s). */
const hereApart = 10_000;
/** Notes in one request: some 10 KB. */
const atOnce = 30;
const nowhere = new Uint8Array(markLength);

export class PhoneRun {
	#world: PhoneWorld;
	#line: Line;
	#tell: (state: PhoneState) => void;
	#state: PhoneState = {
		phase: 'reading',
		problem: null,
		line: 'trying',
		kept: null,
		keptHere: true,
		scene: null,
		body: null,
		ends: null
	};
	#invitation: Invitation | null = null;
	#place: { cursor: number; mark: Uint8Array } = { cursor: 0, mark: nowhere };
	#isStopped = false;
	#wakeLook: (() => void) | null = null;
	#hereTimer: ReturnType<typeof setTimeout> | undefined;
	#saidAt = -Infinity;
	#run: string;
	#where: Place | '' = '';
	#isSeen = true;
	/** The relay's clock minus ours. */
	#relayAhead: number | null = null;

	constructor(world: PhoneWorld, tell: (state: PhoneState) => void) {
		this.#world = world;
		this.#tell = tell;
		this.#line = new Line(world, {
			access: () => this.#access(),
			place: () => this.#place,
			leaving: () => this.#leaving(),
			take: (frames) => this.#take(frames),
			inStep: () => this.#set({ problem: null }),
			failed: (thrown) => this.#failed(thrown),
			heard: (isLive) => {
				if (!this.#isOver) this.#set({ line: isLive ? 'live' : 'trying' });
				if (isLive) this.#sayHere();
			}
		});
		this.#run = world.random().toString(36).slice(2, 8) || '0';
	}

	get state(): PhoneState {
		return this.#state;
	}

	/** Reads a link, or goes on in the room that this phone was in last. */
	async open(link: string): Promise<void> {
		let fragment = link.includes('#') ? link.slice(link.indexOf('#') + 1).trim() : link.trim();
		// An address without a key: a reload, or somebody who typed what stands above the QR code.
		if (!fragment || (link.startsWith('http') && !link.includes('#'))) {
			fragment = this.#world.keep.read(lastRoom) ?? '';
		}
		if (!fragment) return this.#end('damaged', new Problem('room-no-key'));
		try {
			this.#invitation = parseInvitation(fragment);
		} catch {
			return this.#end('damaged', new Problem('invitation-damaged'));
		}
		const written = writeInvitation(this.#invitation);
		const name = nameOf(this.#invitation.w);
		const known = parseKept(this.#world.keep.read(name));
		this.#set({ kept: known ?? newKept(written) });
		this.#world.keep.write(lastRoom, written);
		if (known && known.lane > 0) return this.#goIn();
		// Where the door was locked and opened again, the new link is the one that holds.
		this.#change((kept) => ({ ...kept, invitation: written }));
		await this.#untilAnswered(() => this.#look());
	}

	/** Throws Problem `nickname-empty`, `nickname-too-long` {count, limit}, and those of a refusal. */
	async join(me: Guest): Promise<void> {
		const invitation = this.#invitation;
		if (!invitation || !this.#state.kept?.by) throw new Problem('room-no-key');
		this.#set({ phase: 'joining', problem: null });
		const kept = this.#change((now) => ({ ...now, me, device: now.device ?? drawDevice() }));
		await this.#untilAnswered(async () => {
			// Another tab of this phone was quicker.
			const already = this.#read();
			if (already && already.lane > 0) return this.#goIn();
			const { device, keyring, by } = kept;
			if (!device) return;
			const lane = await joinRoom(this.#world.relay, invitation, { device, keyring, by }, me);
			this.#change((now) => ({ ...now, lane }));
			this.#goIn();
		});
		if (this.#state.phase !== 'in' && this.#state.problem) throw this.#state.problem;
	}

	/** Keeps a note, and sends it. `also` changes what else is kept, in the same write. */
	say(note: Note, also: (kept: Kept) => Partial<Kept> = () => ({})): void {
		const invitation = this.#invitation;
		if (!invitation || this.#state.phase !== 'in') return;
		this.#change((kept) => {
			const counter = kept.counter + 1;
			const envelope = sealNote(note, { ...senderOf(kept, invitation), counter });
			const key = keyOfNote(note);
			// What it says in another way now needs not be said first.
			const waiting = kept.waiting.filter((one) => keyOfNote(one.note) !== key);
			waiting.push({ counter, note, envelope });
			return { ...kept, ...also(kept), counter, waiting };
		});
		this.#lookAround();
		this.#line.in(0);
	}

	/** Another tab of this phone kept something. */
	reread(): void {
		const kept = this.#read();
		if (!kept || this.#isOver) return;
		this.#set({ kept });
		if (this.#state.phase !== 'in' && kept.lane > 0) this.#goIn();
	}

	/** The line may be back, or somebody looks: now. */
	wake(): void {
		this.#wakeLook?.();
		if (this.#state.phase === 'in') this.#line.wake();
	}

	/** Whether somebody looks at the page. A phone in a pocket says nothing. */
	seen(isSeen: boolean): void {
		this.#isSeen = isSeen;
		if (isSeen) this.wake();
		this.#sayHere();
	}

	/** What the person does now. */
	doing(where: Place | ''): void {
		if (where === this.#where) return;
		this.#where = where;
		this.#sayHere();
	}

	/** Takes this phone out of the room, and forgets it here. */
	async leave(): Promise<void> {
		const { kept } = this.#state;
		if (kept?.device && kept.lane > 0 && this.#invitation) {
			const { id, token } = kept.device;
			await this.#world.relay.revoke({ address: this.#invitation.w, token }, id).catch(() => {});
		}
		this.#end('removed', null);
	}

	/** Ends; what is under way is cut, and loses nothing. */
	stop(): void {
		this.#isStopped = true;
		this.#wakeLook?.();
		clearTimeout(this.#hereTimer);
		this.#line.stop();
	}

	get #isOver(): boolean {
		const { phase } = this.#state;
		return this.#isStopped || phase === 'closed' || phase === 'removed' || phase === 'damaged';
	}

	async #look(): Promise<void> {
		if (!this.#invitation) return;
		const about = await lookInto(this.#world.relay, this.#invitation);
		this.#change((kept) => ({ ...kept, ...about }));
		this.#set({ phase: 'welcome', problem: null });
	}

	/** Does it until somebody answers. A refusal ends it. */
	async #untilAnswered(ask: () => Promise<void>): Promise<void> {
		for (let failures = 0; !this.#isOver; failures++) {
			try {
				return await ask();
			} catch (thrown) {
				if (this.#isOver) return;
				const problem = roomProblem(thrown, 'outside');
				const end = endsOf(thrown, 'outside');
				if (end) return this.#end(end, problem);
				const phase = this.#state.phase === 'joining' ? 'joining' : 'no-server';
				this.#set({ phase, problem, line: 'trying' });
				const asked = RelayError.of(thrown).wait;
				await new Promise<void>((done) => {
					const timer = setTimeout(done, Math.max(asked, this.#line.wait(failures)));
					this.#wakeLook = () => {
						clearTimeout(timer);
						done();
					};
				});
			}
		}
	}

	#goIn(): void {
		this.#set({ phase: 'in', problem: null });
		this.#line.in(0);
		this.#sayHere();
	}

	#end(phase: Phase, problem: Problem | null): void {
		this.#set({ phase, problem, line: 'trying' });
		if (phase === 'closed' || phase === 'removed') {
			// Its keys open nothing any more. A new link is a new beginning.
			const { keep } = this.#world;
			if (this.#invitation) keep.remove(nameOf(this.#invitation.w));
			keep.remove(lastRoom);
		}
		this.stop();
	}

	#access(): Access {
		const device = this.#state.kept?.device;
		if (!this.#invitation || !device) throw new Problem('room-no-key');
		return { address: this.#invitation.w, token: device.token };
	}

	#leaving(): Uint8Array[] {
		const waiting = this.#state.kept?.waiting ?? [];
		return waiting.slice(0, atOnce).map(({ envelope }) => envelope);
	}

	/** True: for good. */
	#failed(thrown: unknown): boolean {
		const problem = roomProblem(thrown, 'inside');
		const end = endsOf(thrown, 'inside');
		if (end) {
			this.#end(end, problem);
			return true;
		}
		const { code } = RelayError.of(thrown);
		if (code === 'conflict') this.#sealAgain();
		// What the relay will never take must not stand in the way of what it takes.
		if (code === 'too-large') {
			this.#change((kept) => ({ ...kept, waiting: kept.waiting.slice(1) }));
		}
		this.#set({ problem });
		return false;
	}

	/** Another copy of this phone's storage used our counters: both go on, far from each other. */
	#sealAgain(): void {
		const invitation = this.#invitation;
		if (!invitation) return;
		const far = 1000 + Math.floor(this.#world.random() * 1_000_000);
		this.#change((kept) => {
			let counter = kept.counter + far;
			const waiting = kept.waiting.map(({ note }) => {
				counter++;
				const envelope = sealNote(note, { ...senderOf(kept, invitation), counter });
				return { counter, note, envelope };
			});
			return { ...kept, counter, waiting };
		});
	}

	#take(frames: Frame[]): void {
		const acked = new Set<number>();
		for (const frame of frames) {
			if (frame.kind === 'ack') acked.add(frame.counter);
			else if (frame.kind === 'hello') this.#relayAhead = frame.now - this.#world.clock();
			else if (frame.kind === 'rewound') this.#startOver();
			else if (frame.kind === 'end' && frame.seq >= this.#place.cursor) {
				this.#place = { cursor: frame.seq, mark: frame.mark.slice() };
			} else if (frame.kind === 'envelope') this.#takeScene(frame);
		}
		if (acked.size === 0) return;
		this.#change((kept) => ({
			...kept,
			waiting: kept.waiting.filter(({ counter }) => !acked.has(counter))
		}));
	}

	#takeScene({ seq, lane, role, envelope }: Extract<Frame, { kind: 'envelope' }>): void {
		const { kept } = this.#state;
		if (seq <= this.#place.cursor || !kept || !this.#invitation) return;
		this.#place = { cursor: seq, mark: markOf(envelope) };
		if (role !== roles.edit) return;
		let scene: PhoneScene | null = null;
		try {
			const from = { ...senderOf(kept, this.#invitation), role, lane };
			scene = parsePhoneScene(openNote(envelope, from, noteLimits.scene));
		} catch {
			// Of a later version, or not sound: what was seen before stays.
		}
		if (!scene) return;
		const { clock } = this.#world;
		const age = scene.sent && this.#relayAhead ? clock() + this.#relayAhead - scene.sent : 0;
		const ends = scene.left === null ? null : clock() + scene.left - Math.max(0, age);
		this.#set({ scene, body: bodyOf(scene, kept.lane), ends });
		this.#lookAround();
	}

	/** The relay lost what it had (a backup): what I said last is said again. */
	#startOver(): void {
		this.#place = { cursor: 0, mark: nowhere };
		const { kept, body } = this.#state;
		if (!kept || body?.kind !== 'ballot') return;
		const level = kept.votes[`${body.id}/${body.round}`];
		if (level === undefined) return;
		const at = new Date(this.#world.now()).toISOString();
		this.say({ k: 'vote', ballot: body.id, round: body.round, level, at });
	}

	/** What one does follows from what one sees. */
	#lookAround(): void {
		const { body, kept } = this.#state;
		if (!body || !kept) return;
		if (body.kind === 'ballot') {
			const voted = `${body.id}/${body.round}` in kept.votes;
			this.doing(!body.open || body.hands ? 'reading' : voted ? 'voted' : 'voting');
		} else if (body.kind === 'cards' || body.kind === 'dots' || body.kind === 'form') {
			this.doing(body.kind);
		} else this.doing(body.kind === 'session' ? 'reading' : 'waiting');
	}

	/** Says it soon, and again while somebody looks. That it fails is the first sign of a dead line. */
	#sayHere(): void {
		clearTimeout(this.#hereTimer);
		if (this.#isOver || !this.#isSeen || this.#state.phase !== 'in') return;
		const { clock } = this.#world;
		const soon = Math.max(0, this.#saidAt + hereApart - clock());
		this.#hereTimer = setTimeout(() => void this.#hereNow(), soon);
	}

	async #hereNow(): Promise<void> {
		const kept = this.#state.kept;
		if (!this.#invitation || !kept?.device || this.#isOver) return;
		const { clock, relay } = this.#world;
		this.#saidAt = clock();
		const said = new TextEncoder().encode(writeHere(this.#run, this.#where));
		const note = sealHere(said, { ...senderOf(kept, this.#invitation), counter: 0 });
		try {
			await relay.here(this.#access(), note);
		} catch (thrown) {
			const isLost = RelayError.of(thrown).code === 'unreachable';
			if (isLost && !this.#isOver && this.#state.line === 'live') this.#line.wake();
		}
		if (this.#isOver) return;
		clearTimeout(this.#hereTimer);
		if (this.#isSeen) {
			const next = this.#saidAt + hereTimes.again - clock();
			this.#hereTimer = setTimeout(() => void this.#hereNow(), Math.max(hereApart, next));
		}
	}

	/** What is kept now: another tab may have kept more. */
	#read(): Kept | null {
		const { keep } = this.#world;
		if (!this.#invitation || !this.#state.keptHere) return this.#state.kept;
		const stored = parseKept(keep.read(nameOf(this.#invitation.w)));
		return stored ?? this.#state.kept;
	}

	/** Reads, changes and writes in one go, so that two tabs do not lose each other's notes. */
	#change(change: (kept: Kept) => Kept): Kept {
		const { keep } = this.#world;
		const now = this.#read();
		if (!now || !this.#invitation) throw new Problem('room-no-key');
		const kept = bounded(change(now));
		const keptHere = keep.write(nameOf(this.#invitation.w), writeKept(kept));
		this.#set({ kept, keptHere });
		return kept;
	}

	#set(state: Partial<PhoneState>): void {
		this.#state = { ...this.#state, ...state };
		this.#tell(this.#state);
	}
}

const senderOf = ({ keyring, lane }: Kept, { w }: Invitation) => ({
	keyring: parseKeyring(keyring),
	w,
	role: roles.participate,
	lane
});

/** Rounds whose votes a phone remembers; a workshop has some twenty ballots. */
const remembered = 80;
function bounded(kept: Kept): Kept {
	const votes = Object.entries(kept.votes);
	if (votes.length <= remembered) return kept;
	return { ...kept, votes: Object.fromEntries(votes.slice(-remembered)) };
}
