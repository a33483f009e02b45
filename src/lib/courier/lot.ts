/** The lot: when this device makes a snapshot, or compares one: some time after it is due, later in a higher lane (C-6). */
import { turnOf } from './pace.ts';
import type { Session } from './session.ts';
import { isDue, lookAfter } from './snapshots.ts';

export type Draw = {
	/** Runs something that uses the session, while nothing else does. */
	alone: (action: () => Promise<void>) => Promise<void>;
	/** There is something to send, or to heal. */
	wake: () => void;
};

export class Lot {
	#session: Session;
	#draw: Draw;
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** Not before: `performance.now()`. */
	#from = 0;

	constructor(session: Session, draw: Draw) {
		this.#session = session;
		this.#draw = draw;
	}

	/** Draws one, where it is time and none is drawn. */
	async draw(): Promise<void> {
		if (this.#timer || performance.now() < this.#from || !(await isDue(this.#session))) return;
		const { lane } = await this.#session.row();
		const { waits, random } = this.#session.world;
		this.#timer = setTimeout(
			() => {
				this.#timer = undefined;
				this.#draw
					.alone(() => this.#come())
					.catch(() => {
						// No room, or no line: it is not urgent, and not cheap.
						this.#from = performance.now() + waits.poll * 30;
					});
			},
			waits.poll * turnOf(lane, random())
		);
	}

	drop(): void {
		clearTimeout(this.#timer);
	}

	async #come(): Promise<void> {
		if (!(await isDue(this.#session))) return;
		const isInStep = await lookAfter(this.#session);
		const { outbox } = await this.#session.world.store.sync.waiting(this.#session.id);
		if (!isInStep || outbox > 0) this.#draw.wake();
	}
}
