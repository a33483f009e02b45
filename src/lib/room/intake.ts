/**
 * Intake: what phones say, taken in one after the other, whatever brought it: opened, judged (`take.ts`)
 * and written into the workspace, before the cursor passes it.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type * as Y from 'yjs';
import { toHex, utf8 } from '#lib/crypto/bytes.ts';
import { markOf } from '#lib/crypto/keys.ts';
import { Problem } from '#lib/model/problem.ts';
import type { RoomRow } from '#lib/store/rooms.ts';
import type { Author } from '#lib/sync/edit.ts';
import { noteLimits, openNote } from '#lib/sync/note.ts';
import { headOf, markLength, roles } from '#lib/sync/protocol.ts';
import type { Frame } from '#lib/sync/protocol.ts';
import type { Sender } from '#lib/sync/sealed.ts';
import type { GuestList } from './guest-list.ts';
import { shortOf } from './making.ts';
import { keyOfNote, parseNote } from './messages.ts';
import type { Showing } from './showing.ts';
import { takeNotes } from './take.ts';
import type { Heard } from './take.ts';

/** What it takes from the run that it is part of. */
export type IntakeWorld = {
	row: () => RoomRow;
	/** Changes the row, kept before anything follows from it. */
	keep: (change: (row: RoomRow) => Partial<RoomRow>) => Promise<RoomRow>;
	sender: () => Sender;
	/** An edit of the workspace; resolves once it is stored. */
	edit: (edit: (doc: Y.Doc, by: Author) => void) => Promise<void>;
	guests: GuestList;
	showing: Showing;
};

/** Rounds of which it is remembered who came late. */
const lateRounds = 12;

type Envelope = Extract<Frame, { kind: 'envelope' }>;

export class Intake {
	#world: IntakeWorld;
	/** The newest counter of each thing that a phone said: an older word of it that comes later is old. */
	#counters = new Map<string, number>();
	#inbox: Frame[] = [];
	/** Something of the stream could not be kept: what follows on it waits until that came again. */
	#isBroken = false;
	#draining: Promise<void> | null = null;
	#isStopped = false;

	constructor(world: IntakeWorld) {
		this.#world = world;
	}

	/** Resolves when all that came so far is in; rejects where it could not be kept. */
	take(frames: Frame[], from: 'exchange' | 'stream'): Promise<void> {
		if (this.#isBroken && from === 'stream') return Promise.resolve();
		this.#inbox.push(...frames);
		this.#draining ??= this.#drain();
		return this.#draining;
	}

	/** An exchange brought everything again. */
	mended(): void {
		this.#isBroken = false;
	}

	/** What is being taken in. */
	get underWay(): Promise<void> | null {
		return this.#draining;
	}

	stop(): void {
		this.#isStopped = true;
	}

	async #drain(): Promise<void> {
		try {
			await this.#drainAll();
		} catch (thrown) {
			this.#inbox = [];
			this.#isBroken = true;
			throw thrown;
		} finally {
			this.#draining = null;
		}
	}

	async #drainAll(): Promise<void> {
		while (this.#inbox.length > 0 && !this.#isStopped) {
			const frames = this.#inbox;
			this.#inbox = [];
			if (frames.some(({ kind }) => kind === 'rewound')) {
				// The server was set back. What is told again changes nothing.
				await this.#world.keep(() => ({ cursor: 0, mark: new Uint8Array(markLength) }));
				this.#world.showing.forget();
				this.#world.showing.again();
				continue;
			}
			await this.#takeLog(frames);
		}
	}

	async #takeLog(frames: Frame[]): Promise<void> {
		let { cursor, mark } = this.#world.row();
		const fresh: Envelope[] = [];
		for (const frame of frames) {
			if (frame.kind === 'envelope' && frame.seq > cursor) {
				fresh.push(frame);
				[cursor, mark] = [frame.seq, markOf(frame.envelope)];
			} else if (frame.kind === 'end' && frame.seq >= cursor) {
				[cursor, mark] = [frame.seq, frame.mark.slice()];
			}
		}
		if (cursor === this.#world.row().cursor) {
			if (!this.#world.guests.hasMet) await this.#world.guests.meet();
			return;
		}
		const { heard, dropped } = this.#opened(fresh);
		const isNew = ({ lane }: { lane: number }) => !this.#world.guests.has(lane);
		if (!this.#world.guests.hasMet || heard.some(isNew)) await this.#world.guests.meet();
		const change = heard.length > 0 ? await this.#write(heard, dropped) : {};
		const counts = { ...this.#world.row().dropped };
		for (const lane of dropped) counts[lane] = (counts[lane] ?? 0) + 1;
		await this.#world.keep(() => ({ ...change, cursor, mark, dropped: counts }));
		this.#world.guests.say();
		if ('late' in change) this.#world.showing.again();
	}

	/** What opens and is a note, newer than what was heard of the same thing; and the lanes of the rest. */
	#opened(fresh: Envelope[]): { heard: Heard[]; dropped: number[] } {
		const heard: Heard[] = [];
		const dropped: number[] = [];
		for (const { lane, role, envelope } of fresh) {
			// Our own, of before: a scene.
			if (role !== roles.participate) continue;
			try {
				const from = { ...this.#world.sender(), role, lane };
				const note = parseNote(openNote(envelope, from, noteLimits.phone));
				if (!note) throw new Problem('unreadable', { why: 'malformed' });
				const { counter } = headOf(envelope);
				const thing = `${lane} ${keyOfNote(note)}`;
				const isOld = counter < (this.#counters.get(thing) ?? 0);
				if (!isOld) {
					this.#counters.set(thing, counter);
					heard.push({ lane, note });
				}
			} catch {
				dropped.push(lane);
				continue;
			}
			this.#world.guests.hear(lane);
		}
		return { heard, dropped };
	}

	/** Writes notes into the workspace; gives what the row has to remember of them. */
	async #write(heard: Heard[], dropped: number[]): Promise<Partial<RoomRow>> {
		const { workshop, token, address } = this.#world.row();
		const known = heard.filter(({ lane }) => this.#world.guests.has(lane));
		dropped.push(...heard.filter((one) => !known.includes(one)).map(({ lane }) => lane));
		const lanes = new Set(known.map(({ lane }) => lane));
		const idFor = (lane: number, thing: string) =>
			`phone-${toHex(hmac(sha256, token, utf8(`${lane} ${thing}`))).slice(0, 32)}`;
		let became: ReturnType<typeof takeNotes> = [];
		await this.#world.edit((doc, by) => {
			// Somebody may have been taken off the list whose phone is still in.
			this.#world.guests.seat(
				doc,
				by,
				[...lanes].map((lane) => ({ lane, guest: this.#world.guests.get(lane)!.guest }))
			);
			became = takeNotes(doc, by, { workshop, room: shortOf(address), idFor }, known);
		});
		const help = new Set(this.#world.row().help);
		const late = { ...this.#world.row().late };
		let isLater = false;
		known.forEach(({ lane, note }, i) => {
			if (became[i] === 'refused') dropped.push(lane);
			if (note.k === 'help') {
				if (note.on) help.add(lane);
				else help.delete(lane);
			}
			if (note.k !== 'vote' || became[i] === 'refused') return;
			const round = `${note.ballot}/${note.round}`;
			const lanes = new Set(late[round]);
			const was = lanes.size;
			if (became[i] === 'late') lanes.add(lane);
			else lanes.delete(lane);
			if (lanes.size === was) return;
			isLater = true;
			late[round] = [...lanes];
		});
		const rounds = Object.entries(late).slice(-lateRounds);
		return { help: [...help], ...(isLater ? { late: Object.fromEntries(rounds) } : {}) };
	}
}
