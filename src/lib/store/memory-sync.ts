/** The half of a forgetting store that sync uses. Nothing waits in it, so every method is whole. */
import { Problem } from '#lib/model/problem.ts';
import { isFree } from './lease.ts';
import type { Lease } from './lease.ts';
import { arrived, seen, sizeOf } from './shared.ts';
import type {
	Arrival,
	Aside,
	Flight,
	Seal,
	SealAgain,
	Shared,
	SharedChange,
	SyncStore
} from './shared.ts';
import type { Facts } from './store.ts';

type Kept = { row: Shared; outbox: Uint8Array[]; flight: Flight[]; aside: Map<number, Aside> };

/** What it may do with the workspaces. */
export type Hands = {
	/** The whole workspace as one update. Problem `workspace-missing` where there is none. */
	state(id: string): Promise<Uint8Array>;
	/** Stores updates that came from the relay; gives the last one's number. */
	take(id: string, updates: Uint8Array[], facts: Facts): Promise<number>;
};

export class MemorySync implements SyncStore {
	#hands: Hands;
	#kept = new Map<string, Kept>();
	#leases = new Map<string, Lease>();

	constructor(hands: Hands) {
		this.#hands = hands;
	}

	async all(): Promise<Shared[]> {
		return [...this.#kept.values()].map(({ row }) => structuredClone(row));
	}

	async get(id: string): Promise<Shared | undefined> {
		return structuredClone(this.#kept.get(id)?.row);
	}

	async start(shared: Shared, everything: boolean): Promise<void> {
		const state = await this.#hands.state(shared.workspace);
		const outbox = everything ? [state] : [];
		const row = structuredClone(shared);
		this.#kept.set(shared.workspace, { row, outbox, flight: [], aside: new Map() });
	}

	async change(
		id: string,
		change: SharedChange | ((row: Shared) => SharedChange)
	): Promise<Shared> {
		const kept = this.#get(id);
		const patch = typeof change === 'function' ? change(structuredClone(kept.row)) : change;
		kept.row = structuredClone({ ...kept.row, ...patch });
		return structuredClone(kept.row);
	}

	async stop(id: string): Promise<void> {
		this.#kept.delete(id);
	}

	async waiting(id: string): Promise<{ outbox: number; flight: number }> {
		const kept = this.#kept.get(id);
		const flight = kept?.flight.reduce((sum, { changes }) => sum + changes, 0) ?? 0;
		return { outbox: kept?.outbox.length ?? 0, flight };
	}

	async resend(id: string, update: Uint8Array): Promise<void> {
		this.#get(id);
		this.wait(id, update);
	}

	async depart(id: string, limit: number, seal: Seal): Promise<Flight[]> {
		const kept = this.#get(id);
		let bytes = 0;
		const fit = kept.outbox.findIndex((update) => (bytes += update.length) > limit);
		const count = fit === -1 ? kept.outbox.length : Math.max(1, fit);
		if (count === 0) return [];
		let { counter } = kept.row;
		const flights = seal(kept.outbox.slice(0, count), () => ++counter);
		kept.flight.push(...flights);
		kept.outbox.splice(0, count);
		kept.row.counter = counter;
		return structuredClone(flights);
	}

	async flight(id: string): Promise<Flight[]> {
		return structuredClone(this.#kept.get(id)?.flight ?? []);
	}

	async landed(id: string, counters: number[]): Promise<void> {
		const kept = this.#kept.get(id);
		if (!kept) return;
		const gone = kept.flight.filter(({ counter }) => counters.includes(counter));
		kept.flight = kept.flight.filter((one) => !gone.includes(one));
		kept.row = { ...kept.row, ...seen(kept.row, sizeOf(gone)) };
	}

	async sealAgain(
		id: string,
		seal: SealAgain,
		{ skip = 0, change = {} }: { skip?: number; change?: SharedChange } = {}
	): Promise<void> {
		const kept = this.#get(id);
		let counter = kept.row.counter + skip;
		kept.flight = seal(structuredClone(kept.flight), () => ++counter);
		kept.row = structuredClone({ ...kept.row, ...change, counter });
	}

	async receive(id: string, arrival: Arrival, facts: Facts): Promise<number> {
		const kept = this.#get(id);
		const seq = await this.#hands.take(id, arrival.updates, facts);
		for (const taken of arrival.taken) kept.aside.delete(taken);
		for (const one of arrival.aside) kept.aside.set(one.seq, structuredClone(one));
		kept.row = structuredClone(arrived(kept.row, arrival));
		return seq;
	}

	async aside(id: string): Promise<Aside[]> {
		const all = [...(this.#kept.get(id)?.aside.values() ?? [])];
		return structuredClone(all).sort((a, b) => a.seq - b.seq);
	}

	async lease(key: string, holder: string, now: number, ms: number): Promise<boolean> {
		if (!isFree(this.#leases.get(key) ?? null, holder, now, ms)) return false;
		this.#leases.set(key, { holder, until: now + ms });
		return true;
	}

	async release(key: string, holder: string): Promise<void> {
		if (this.#leases.get(key)?.holder === holder) this.#leases.delete(key);
	}

	/** Where the workspace is shared, an update waits to be sent. */
	wait(id: string, update: Uint8Array): void {
		const kept = this.#kept.get(id);
		if (kept && kept.row.role !== 'view') kept.outbox.push(update.slice());
	}

	#get(id: string): Kept {
		const kept = this.#kept.get(id);
		if (!kept) throw new Problem('workspace-missing', { id });
		return kept;
	}
}
