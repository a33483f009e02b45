/** A WorkspaceStore that forgets: for a window where IndexedDB is missing or denied (F-13). */
import type * as Y from 'yjs';
import { Problem } from '#lib/model/problem.ts';
import { assemble, copyDocument, readMeta, stateOf } from '#lib/sync/document.ts';
import { MemorySync } from './memory-sync.ts';
import type { RoomRow, RoomStore } from './rooms.ts';
import { byChange, compactAfter, factsOf } from './store.ts';
import type { Facts, Listed, News, Opened, WorkspaceStore } from './store.ts';

type Kept = {
	listed: Listed;
	state: Uint8Array;
	/** The number of the last update that `state` holds. */
	seq: number;
	updates: { seq: number; update: Uint8Array }[];
};

export class MemoryStore implements WorkspaceStore {
	readonly forgets = true;
	#kept = new Map<string, Kept>();
	#settings = new Map<string, unknown>();
	#rooms = new Map<string, RoomRow>();
	#seq = 0;
	#listeners = new Set<(news: News, own: boolean) => void>();
	readonly rooms: RoomStore = {
		get: async (workshop) => structuredClone(this.#rooms.get(workshop)),
		put: async (row) => {
			this.#get(row.workspace);
			this.#rooms.set(row.workshop, structuredClone(row));
		},
		remove: async (workshop) => void this.#rooms.delete(workshop)
	};
	readonly sync = new MemorySync({
		state: async (id) => stateOf((await this.open(id)).doc),
		take: async (id, updates, facts) => {
			let seq = 0;
			for (const update of updates) seq = await this.#keep(id, update, facts);
			if (updates.length > 0) this.#tell({ workspace: id, seq }, false);
			return seq;
		}
	});

	async list(): Promise<Listed[]> {
		return [...this.#kept.values()].map(({ listed }) => ({ ...listed })).sort(byChange);
	}

	async create(doc: Y.Doc, now: string): Promise<Listed> {
		const { id } = readMeta(doc);
		if (!id || this.#kept.has(id)) throw new Problem('unexpected', { detail: `create ${id}` });
		const listed = { id, ...factsOf(doc, now), deletedAt: '' };
		this.#kept.set(id, { listed, state: stateOf(doc), seq: 0, updates: [] });
		return { ...listed };
	}

	async open(id: string): Promise<Opened> {
		const kept = this.#get(id);
		const updates = kept.updates.map(({ update }) => update);
		const { doc, bad } = assemble([kept.state, ...updates]);
		return { doc, seq: kept.updates.at(-1)?.seq ?? kept.seq, quarantined: bad.length };
	}

	async duplicate(id: string, copy: { id: string; name: string; now: string }): Promise<Listed> {
		const { doc } = await this.open(id);
		return this.create(copyDocument(doc, { ...copy, createdAt: copy.now }), copy.now);
	}

	async remove(id: string, now: string): Promise<void> {
		const kept = this.#kept.get(id);
		if (kept) kept.listed.deletedAt = now;
	}

	async restore(id: string): Promise<void> {
		this.#get(id).listed.deletedAt = '';
	}

	async purge(before: string): Promise<void> {
		for (const [id, { listed }] of this.#kept) {
			if (!listed.deletedAt || listed.deletedAt >= before) continue;
			this.#kept.delete(id);
			await this.sync.stop(id);
			for (const [workshop, row] of this.#rooms) {
				if (row.workspace === id) this.#rooms.delete(workshop);
			}
		}
	}

	async append(id: string, update: Uint8Array, facts: Facts): Promise<number> {
		const seq = await this.#keep(id, update, facts);
		this.sync.wait(id, update);
		this.#tell({ workspace: id, seq }, true);
		return seq;
	}

	async #keep(id: string, update: Uint8Array, facts: Facts): Promise<number> {
		const kept = this.#get(id);
		const seq = ++this.#seq;
		kept.updates.push({ seq, update: update.slice() });
		kept.listed = { ...kept.listed, ...facts };
		if (kept.updates.length > compactAfter) await this.compact(id);
		return seq;
	}

	async since(id: string, seq: number): Promise<{ updates: Uint8Array[]; seq: number }> {
		const kept = this.#get(id);
		const newer = kept.updates.filter((row) => row.seq > seq);
		const updates = newer.map(({ update }) => update);
		if (kept.seq > seq) updates.unshift(kept.state);
		return { updates, seq: Math.max(seq, kept.seq, newer.at(-1)?.seq ?? 0) };
	}

	async compact(id: string): Promise<void> {
		const kept = this.#get(id);
		const { doc, seq } = await this.open(id);
		kept.state = stateOf(doc);
		kept.seq = seq;
		kept.updates = kept.updates.filter((row) => row.seq > seq);
	}

	async setting(key: string): Promise<unknown> {
		return this.#settings.get(key);
	}

	async saveSetting(key: string, value: unknown): Promise<void> {
		this.#settings.set(key, structuredClone(value));
	}

	async ensureSetting(key: string, value: unknown): Promise<unknown> {
		if (!this.#settings.has(key)) await this.saveSetting(key, value);
		return this.#settings.get(key);
	}

	/** Nobody else can see this memory. */
	onElsewhere(): () => void {
		return () => {};
	}

	onHere(listen: (news: News, own: boolean) => void): () => void {
		this.#listeners.add(listen);
		return () => this.#listeners.delete(listen);
	}

	onRetire(): void {}

	close(): void {}

	#tell(news: News, own: boolean): void {
		for (const listen of this.#listeners) listen(news, own);
	}

	#get(id: string): Kept {
		const kept = this.#kept.get(id);
		if (!kept) throw new Problem('workspace-missing', { id });
		return kept;
	}
}
