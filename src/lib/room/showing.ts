/**
 * Showing: the scene that the facilitator's device shows phones, on its way out.
 *
 * The latest wins; at most four a second leave, and none that says what phones see already.
 */
import type { RoomRow } from '#lib/store/rooms.ts';
import { sealScene } from '#lib/sync/note.ts';
import type { Sender } from '#lib/sync/sealed.ts';
import type { PhoneScene } from './phone-scene.ts';

/** What it takes from the run that it is part of. */
export type ShowingWorld = {
	clock: () => number;
	/** The relay's clock minus ours. */
	relayAhead: () => number;
	row: () => RoomRow;
	/** Changes the row, kept before anything follows from it. */
	keep: (change: (row: RoomRow) => Partial<RoomRow>) => Promise<RoomRow>;
	sender: () => Sender;
	/** Something waits to leave. */
	leave: () => void;
	failed: (thrown: unknown) => void;
};

/** Milliseconds between two scenes at least. */
const sceneApart = 250;

export class Showing {
	#world: ShowingWorld;
	#scene: PhoneScene | null = null;
	/** What was shown last, as text; and when its time ends. */
	#shown = { text: '', ends: 0 };
	#timer: ReturnType<typeof setTimeout> | undefined;
	#at = -Infinity;
	#pending: { counter: number; envelope: Uint8Array } | null = null;
	#isStopped = false;

	constructor(world: ShowingWorld) {
		this.#world = world;
	}

	/** What phones see from now on. */
	show(scene: PhoneScene): void {
		this.#scene = scene;
		if (this.#timer || this.#isStopped) return;
		const soon = Math.max(0, this.#at + sceneApart - this.#world.clock());
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			void this.publish().catch((thrown: unknown) => this.#world.failed(thrown));
		}, soon);
	}

	/** What belongs to the scene has changed: it is looked at again. */
	again(): void {
		if (this.#scene) this.show(this.#scene);
	}

	/** The relay does not have what was shown last, or will not take it: it is no longer what phones see. */
	forget(): void {
		this.#shown = { text: '', ends: 0 };
	}

	/** Sealed, and not acknowledged. */
	leaving(): Uint8Array[] {
		return this.#pending ? [this.#pending.envelope] : [];
	}
	acked(counter: number): void {
		if (counter === this.#pending?.counter) this.#pending = null;
	}
	/** What waits goes nowhere any more. */
	drop(): void {
		this.#pending = null;
		this.forget();
	}

	stop(): void {
		this.#isStopped = true;
		clearTimeout(this.#timer);
	}

	/** Seals the scene that is wanted now, unless that is what phones see. */
	async publish(): Promise<void> {
		if (!this.#scene || this.#isStopped) return;
		const { clock, keep, sender, relayAhead } = this.#world;
		const { left, ...rest } = withLate(this.#scene, this.#world.row().late);
		const text = JSON.stringify([rest, left === null]);
		const ends = clock() + (left ?? 0);
		// That a session has a second less is no news: phones count it themselves.
		if (text === this.#shown.text && Math.abs(ends - this.#shown.ends) < 1_500) return;
		this.#shown = { text, ends };
		this.#at = clock();
		const { counter } = await keep((row) => ({ counter: row.counter + 1 }));
		const scene = { ...rest, left, sent: Math.round(clock() + relayAhead()) };
		this.#pending = { counter, envelope: sealScene(scene, { ...sender(), counter }) };
		this.#world.leave();
	}
}

/** The scene with who came too late for the rounds that it shows. */
function withLate(scene: PhoneScene, late: RoomRow['late']): PhoneScene {
	const bodies = Object.entries(scene.bodies).map(([group, body]): [string, typeof body] => [
		group,
		body.kind === 'ballot' ? { ...body, late: late[`${body.id}/${body.round}`] ?? [] } : body
	]);
	return { ...scene, bodies: Object.fromEntries(bodies) };
}
