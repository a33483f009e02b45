/**
 * Listening: the live stream of a run, and who else listens (SPEC.md, L). What it brings goes to `heard`, a
 * batch of frames at a time; why it ended, the next exchange finds out.
 */
import { openHere, sealHere } from '#lib/sync/envelope.ts';
import type { Frame } from '#lib/sync/protocol.ts';
import { Presence } from './presence.ts';
import type { Say } from './run-facts.ts';
import { accessOf, keyringOf, senderOf } from './session.ts';
import type { Session } from './session.ts';

export type Ears = {
	say: Say;
	/** Takes in what came; where it throws, the stream is closed. */
	heard: (frames: Frame[]) => Promise<void>;
	/** The stream ended by itself. `held`: it was open long enough to be opened again at once. */
	ended: (held: boolean) => void;
};

export class Listening {
	#session: Session;
	#ears: Ears;
	#presence: Presence;
	#stream: AbortController | null = null;
	#isLive = false;
	/** Not before: `performance.now()`. */
	#from = 0;

	constructor(session: Session, ears: Ears) {
		this.#session = session;
		this.#ears = ears;
		const { now, random } = session.world;
		this.#presence = new Presence({
			now,
			random,
			changed: (here) => ears.say({ here }),
			send: (note) => this.#note(note)
		});
	}

	get isOpen(): boolean {
		return this.#stream !== null;
	}

	/** Says where in the app this person is, to those who listen now (L-3). */
	sayWhere(where: string): void {
		this.#presence.sayWhere(where);
	}

	/** Opens the stream, if it is not open and it is time; where that does not go, exchanges by the clock do (L-2, F-60). */
	async open(): Promise<void> {
		if (this.#stream || performance.now() < this.#from) return;
		const stream = new AbortController();
		this.#stream = stream;
		const { relay, waits } = this.#session.world;
		const opened = performance.now();
		try {
			const row = await this.#session.row();
			const heard = (frames: Frame[]) => {
				if (stream.signal.aborted) return;
				if (!this.#isLive) {
					this.#isLive = true;
					this.#ears.say({ live: true });
					this.#presence.opened();
				}
				this.#ears.heard(frames).catch((thrown: unknown) => {
					if (!stream.signal.aborted) stream.abort(thrown);
				});
			};
			await relay.live(accessOf(row), row, heard, stream.signal);
		} catch {
			// Why it ended, the next exchange finds out.
		}
		if (this.#stream !== stream) return;
		this.close();
		// One that held for a while may be tried again at once: relays restart (F-61).
		const held = performance.now() - opened > waits.poll;
		this.#from = held ? 0 : performance.now() + waits.stream;
		this.#ears.ended(held);
	}

	close(): void {
		this.#stream?.abort(new DOMException('closed', 'AbortError'));
		this.#stream = null;
		this.#presence.closed();
		if (this.#isLive) this.#ears.say({ live: false });
		this.#isLive = false;
	}

	/** Somebody says where they are. */
	async somebodyIs({ lane, role, note }: Extract<Frame, { kind: 'here' }>): Promise<void> {
		const row = await this.#session.row();
		let said: string;
		try {
			const from = { w: row.address, keyring: keyringOf(row), role, lane };
			said = new TextDecoder().decode(openHere(note, from));
		} catch {
			return;
		}
		this.#presence.heard(lane, said);
	}

	/** Hands a note to those who listen now. It is not stored. */
	async #note(said: string): Promise<void> {
		const row = await this.#session.row();
		const note = sealHere(new TextEncoder().encode(said), { ...senderOf(row), counter: 0 });
		await this.#session.world.relay.here(accessOf(row), note);
	}
}
