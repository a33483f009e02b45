/**
 * WorkspaceStore: the contract of the place where workspaces are kept on this device.
 *
 * Two implementations: `DexieStore` (IndexedDB) and `MemoryStore` (a window where IndexedDB is denied;
 * it forgets). `tests/contract/store.ts` says what both promise. Every promise here rejects with a
 * Problem and nothing else.
 */
import type * as Y from 'yjs';
import { readMeta } from '#lib/sync/document.ts';
import type { RoomStore } from './rooms.ts';
import type { SyncStore } from './shared.ts';

/** What the list of workspaces shows without opening them. */
export type Facts = {
	name: string;
	country: string;
	demo: boolean;
	/** When its last edit was stored; ISO 8601 in UTC. */
	updatedAt: string;
};
/** `deletedAt` is empty unless it is waiting to be purged. */
export type Listed = Facts & { id: string; deletedAt: string };

/** A document as it was stored. */
export type Opened = {
	doc: Y.Doc;
	/** The number of the last update in it: grows with every update, whatever the clock does. */
	seq: number;
	/** How many stored updates could not be applied and were put aside (F-42). */
	quarantined: number;
};

export interface WorkspaceStore {
	/** True: everything is gone when the window closes (F-13). */
	readonly forgets: boolean;
	/** What is shared, and what is on its way. */
	readonly sync: SyncStore;
	/** Rooms of workshops that phones join. */
	readonly rooms: RoomStore;

	/** All workspaces, deleted ones too; the last changed first. */
	list(): Promise<Listed[]>;
	/** Keeps a new workspace under the id in its document. Refuses one that exists. */
	create(doc: Y.Doc, now: string): Promise<Listed>;
	/** Problem `workspace-missing` where there is none. A deleted one opens: undo may need it. */
	open(id: string): Promise<Opened>;
	/** Keeps a copy under the id and name of `copy`; created and updated at its `now`. */
	duplicate(id: string, copy: { id: string; name: string; now: string }): Promise<Listed>;
	/** Marks it as deleted. No effect where there is none. */
	remove(id: string, now: string): Promise<void>;
	restore(id: string): Promise<void>;
	/** Deletes for good what was marked before that moment. */
	purge(before: string): Promise<void>;

	/**
	 * Adds an update and resolves with its number once it has been written and read back: what
	 * resolved is saved. After a rejection it may or may not be there; appending it again is harmless.
	 * Where the workspace is shared, the update waits to be sent from that moment on.
	 */
	append(id: string, update: Uint8Array, facts: Facts): Promise<number>;
	/** What was stored after update number `seq`, whoever stored it. */
	since(id: string, seq: number): Promise<{ updates: Uint8Array[]; seq: number }>;
	/** Makes one state of a workspace's updates. `append` does it when they are many. */
	compact(id: string): Promise<void>;

	/** Undefined where it was never saved. */
	setting(key: string): Promise<unknown>;
	saveSetting(key: string, value: unknown): Promise<void>;
	/** The setting's value; `value` becomes it where there is none. Two tabs get the same. */
	ensureSetting(key: string, value: unknown): Promise<unknown>;

	/** Hears of updates that other tabs stored. Returns the way to stop. */
	onElsewhere(listen: (news: News) => void): () => void;
	/** Hears of updates that this tab stored: its own, and what came from the relay. */
	onHere(listen: (news: News, own: boolean) => void): () => void;
	/**
	 * Called when another tab needs this one to let go of the database (F-09): flush, and tell the
	 * person. It has four seconds; after that every call rejects with the problem that it was given.
	 */
	onRetire(listen: (problem: Error) => Promise<void>): void;
	close(): void;
}

/** "This workspace has an update of that number now." */
export type News = { workspace: string; seq: number };

/** As many updates as a workspace may have before they are made into one state. */
export const compactAfter = 200;

export function factsOf(doc: Y.Doc, now: string): Facts {
	const { name, country, demo } = readMeta(doc);
	return { name, country, demo, updatedAt: now };
}

/** The order of `list`. */
export const byChange = (a: Listed, b: Listed): number =>
	a.updatedAt < b.updatedAt ? 1 : a.updatedAt > b.updatedAt ? -1 : a.id < b.id ? -1 : 1;
