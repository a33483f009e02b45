/** The half of the store in IndexedDB that sync uses: shared workspaces, outbox, flight, aside. */
import type { Table } from 'dexie';
import { Problem } from '#lib/model/problem.ts';
import { assemble, stateOf } from '#lib/sync/document.ts';
import { asLease, isFree } from './lease.ts';
import { sameOrBroken } from './same.ts';
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
import type { OutboxRow, Tables } from './tables.ts';

/** The number of the last row that was written, and how many update rows there are. */
export type Written = { seq: number; count: number };

/** What it may do with the database. */
export type Hands = {
	run<T>(operation: () => Promise<T>): Promise<T>;
	/** One strict transaction over all tables. */
	write<T>(work: () => Promise<T>): Promise<T>;
	stored(id: string, written: Written, own: boolean): Promise<void>;
};

export class DexieSync implements SyncStore {
	#tables: Tables;
	#hands: Hands;

	constructor(tables: Tables, hands: Hands) {
		this.#tables = tables;
		this.#hands = hands;
	}

	all(): Promise<Shared[]> {
		return this.#hands.run(() => this.#tables.shared.toArray());
	}

	get(id: string): Promise<Shared | undefined> {
		return this.#hands.run(() => this.#tables.shared.get(id));
	}

	start(shared: Shared, everything: boolean): Promise<void> {
		return this.#hands.run(() =>
			this.#hands.write(async () => {
				const { workspaces, snapshots, updates, outbox } = this.#tables;
				const id = shared.workspace;
				if (!(await workspaces.get(id))) throw new Problem('workspace-missing', { id });
				await this.forget(id);
				await this.#tables.shared.put(shared);
				if (!everything) return;
				const rows = await updates.where('workspace').equals(id).sortBy('seq');
				const state = (await snapshots.get(id))?.state;
				const { doc } = assemble([...(state ? [state] : []), ...rows.map((row) => row.update)]);
				await outbox.add({ workspace: id, update: stateOf(doc) });
			})
		);
	}

	change(id: string, change: SharedChange | ((row: Shared) => SharedChange)): Promise<Shared> {
		return this.#hands.run(() =>
			this.#hands.write(async () => {
				const row = await this.#row(id);
				const next = { ...row, ...(typeof change === 'function' ? change(row) : change) };
				await this.#tables.shared.put(next);
				return next;
			})
		);
	}

	stop(id: string): Promise<void> {
		return this.#hands.run(() => this.#hands.write(() => this.forget(id)));
	}

	waiting(id: string): Promise<{ outbox: number; flight: number }> {
		return this.#hands.run(async () => {
			const { db, outbox, flight } = this.#tables;
			// In one transaction: between the two, a change could be counted twice or not at all.
			return db.transaction('r', [outbox, flight], async () => {
				const flights = await flight.where('workspace').equals(id).toArray();
				return {
					outbox: await outbox.where('workspace').equals(id).count(),
					flight: flights.reduce((sum, { changes }) => sum + changes, 0)
				};
			});
		});
	}

	resend(id: string, update: Uint8Array): Promise<void> {
		return this.#hands.run(() =>
			this.#hands.write(async () => {
				await this.#row(id);
				await this.wait(id, update);
			})
		);
	}

	depart(id: string, limit: number, seal: Seal): Promise<Flight[]> {
		return this.#hands.run(() =>
			this.#hands.write(async () => {
				const { shared, outbox, flight } = this.#tables;
				const row = await this.#row(id);
				const leaving = await firstOf(outbox, id, limit);
				if (leaving.length === 0) return [];
				let { counter } = row;
				const updates = leaving.map(({ update }) => update);
				const flights = seal(updates, () => ++counter);
				await flight.bulkAdd(flights.map((one) => ({ ...one, workspace: id })));
				await outbox.bulkDelete(leaving.flatMap(({ seq }) => seq ?? []));
				await shared.put({ ...row, counter });
				return flights;
			})
		);
	}

	flight(id: string): Promise<Flight[]> {
		return this.#hands.run(() => this.#flights(id));
	}

	landed(id: string, counters: number[]): Promise<void> {
		return this.#hands.run(() =>
			this.#hands.write(async () => {
				const { shared, flight } = this.#tables;
				const keys = counters.map((counter): [string, number] => [id, counter]);
				const gone = (await flight.bulkGet(keys)).filter((one) => one !== undefined);
				if (gone.length === 0) return;
				await flight.bulkDelete(keys);
				const row = await this.#row(id);
				await shared.put({ ...row, ...seen(row, sizeOf(gone)) });
			})
		);
	}

	sealAgain(
		id: string,
		seal: SealAgain,
		{ skip = 0, change = {} }: { skip?: number; change?: SharedChange } = {}
	): Promise<void> {
		return this.#hands.run(() =>
			this.#hands.write(async () => {
				const { shared, flight } = this.#tables;
				const row = await this.#row(id);
				let counter = row.counter + skip;
				const flights = seal(await this.#flights(id), () => ++counter);
				await flight.where('workspace').equals(id).delete();
				await flight.bulkAdd(flights.map((one) => ({ ...one, workspace: id })));
				await shared.put({ ...row, ...change, counter });
			})
		);
	}

	async receive(id: string, arrival: Arrival, facts: Facts): Promise<number> {
		const { workspaces, updates, shared, aside } = this.#tables;
		const written = await this.#hands.run(async () => {
			const { last, count } = await this.#hands.write(async () => {
				const row = await this.#row(id);
				const listed = await workspaces.get(id);
				if (!listed) throw new Problem('workspace-missing', { id });
				if (arrival.updates.length > 0) await workspaces.put({ ...listed, ...facts });
				let last = 0;
				for (const update of arrival.updates) last = await updates.add({ workspace: id, update });
				await aside.bulkDelete(arrival.taken.map((seq) => [id, seq]));
				await aside.bulkPut(arrival.aside.map((one) => ({ ...one, workspace: id })));
				await shared.put(arrived(row, arrival));
				return { last, count: await updates.where('workspace').equals(id).count() };
			});
			const tail = arrival.updates.at(-1);
			if (tail) sameOrBroken(tail, (await updates.get(last))?.update);
			return { seq: last, count };
		});
		if (arrival.updates.length > 0) await this.#hands.stored(id, written, false);
		return written.seq;
	}

	aside(id: string): Promise<Aside[]> {
		return this.#hands.run(async () =>
			(await this.#tables.aside.where('workspace').equals(id).sortBy('seq')).map(withoutId)
		);
	}

	lease(key: string, holder: string, now: number, ms: number): Promise<boolean> {
		return this.#hands.run(() =>
			this.#hands.write(async () => {
				const { settings } = this.#tables;
				const lease = asLease((await settings.get(`lease/${key}`))?.value);
				if (!isFree(lease, holder, now, ms)) return false;
				await settings.put({ key: `lease/${key}`, value: { holder, until: now + ms } });
				return true;
			})
		);
	}

	release(key: string, holder: string): Promise<void> {
		return this.#hands.run(() =>
			this.#hands.write(async () => {
				const { settings } = this.#tables;
				const lease = asLease((await settings.get(`lease/${key}`))?.value);
				if (lease?.holder === holder) await settings.delete(`lease/${key}`);
			})
		);
	}

	/** Inside a transaction: where the workspace is shared, an update waits to be sent. */
	async wait(id: string, update: Uint8Array): Promise<void> {
		const row = await this.#tables.shared.get(id);
		if (row && row.role !== 'view') await this.#tables.outbox.add({ workspace: id, update });
	}

	/** Inside a transaction: forgets all of this half. */
	async forget(id: string): Promise<void> {
		const { shared, outbox, flight, aside } = this.#tables;
		await shared.delete(id);
		for (const table of [outbox, flight, aside]) {
			await (table as Table).where('workspace').equals(id).delete();
		}
	}

	async #row(id: string): Promise<Shared> {
		const row = await this.#tables.shared.get(id);
		if (!row) throw new Problem('workspace-missing', { id });
		return row;
	}

	async #flights(id: string): Promise<Flight[]> {
		const rows = await this.#tables.flight.where('workspace').equals(id).sortBy('counter');
		return rows.map(withoutId);
	}
}

/** The oldest waiting updates, up to `limit` bytes but at least one. */
async function firstOf(
	outbox: Table<OutboxRow, number>,
	id: string,
	limit: number
): Promise<OutboxRow[]> {
	const rows = await outbox.where('workspace').equals(id).sortBy('seq');
	let bytes = 0;
	const fit = rows.findIndex(({ update }) => (bytes += update.length) > limit);
	return fit === -1 ? rows : rows.slice(0, Math.max(1, fit));
}

function withoutId<T extends { workspace: string }>(row: T): Omit<T, 'workspace'> {
	const { workspace: _, ...rest } = row;
	return rest;
}
