/**
 * The contract of the relay's storage: sealed envelopes in order, who may do what, snapshots. Two
 * implementations keep it (`sqlite.ts`, `postgres.ts`); `tests/contract/relay-storage.ts` says what it means.
 *
 * Whatever changes something resolves after it is flushed to disk and is all or nothing. What a
 * stranger or a late member may not do comes back as a `Refusal`. A rejection is a `StorageError`, and
 * means that nothing of the call is promised: it may or may not have happened.
 */
import type { Role } from '#lib/sync/control.ts';

/** `full`: the disk. `unavailable`: database gone, locked or read-only; it may come back. */
export class StorageError extends Error {
	readonly code: 'full' | 'unavailable';
	constructor(code: 'full' | 'unavailable', cause?: unknown) {
		super(`the storage is ${code}`, { cause });
		this.name = 'StorageError';
		this.code = code;
	}
}

/** Why not: the protocol's code and what goes with it. */
export type Refusal =
	| { refused: 'unknown' | 'role' | 'conflict' | 'deleted' | 'full' | 'ended' }
	| { refused: 'epoch'; epoch: number }
	| { refused: 'missing'; missing: Uint8Array[] };

/** Who asks: a live holder of a workspace, found by address and token. */
export interface Access {
	/** The storage's own number for the workspace. */
	ws: number;
	w: Uint8Array;
	/** Deleted less than 90 days ago (O-8): nothing else here means anything. */
	deleted: boolean;
	epoch: number;
	head: number;
	floor: number;
	id: Uint8Array;
	kind: 'invitation' | 'device';
	role: Role;
	/** 0 for an invitation. */
	lane: number;
	grantEpoch: number;
	/** Day number (days since 1970) of its last visit. */
	seen: number;
}

export interface NewHolder {
	id: Uint8Array;
	/** SHA-256 of its token. */
	token: Uint8Array;
	card: Uint8Array;
	grant: Uint8Array;
	epoch: number;
}

export interface NewDevice extends NewHolder {
	/** The lane that it says it had, before what is here was put back from a backup. */
	lane?: number;
}

export interface NewInvite extends NewHolder {
	role: Role;
	/** ms since 1970, 0: no end. */
	until: number;
	/** 0: any number. */
	uses: number;
}

export interface HolderRow {
	id: Uint8Array;
	kind: 'invitation' | 'device';
	role: Role;
	lane: number;
	card: Uint8Array;
	/** Empty for the first device. */
	by: Uint8Array;
	revoked: boolean;
	/** Day number; 0: never. */
	seen: number;
	until: number;
	uses: number;
	used: number;
	grantEpoch: number;
}

export interface Joined {
	lane: number;
	role: Role;
	epoch: number;
}

/** A sealed envelope as a device pushed it. */
export interface Pushed {
	counter: number;
	epoch: number;
	bytes: Uint8Array;
}

export interface Push {
	w: Uint8Array;
	token: Uint8Array;
	envelopes: Pushed[];
}

/** A sealed envelope at its place. */
export interface Stored {
	seq: number;
	lane: number;
	role: Role;
	bytes: Uint8Array;
}

export interface Ack {
	counter: number;
	seq: number;
}

export type Outcome =
	| Refusal
	| { refused: null; access: Access; acks: Ack[]; /** What is new, in order. */ stored: Stored[] };

export interface Page {
	epoch: number;
	head: number;
	floor: number;
	/** The mark of what is stored at `after`: zeros at 0, null where there is nothing. */
	mark: Uint8Array | null;
	/** The epoch of the envelope there; 0 at 0. */
	markEpoch: number;
	envelopes: Stored[];
	/** All after `after` and up to here has been given. */
	upTo: number;
	/** The mark there. */
	upToMark: Uint8Array;
	/** There is more after `upTo`. */
	more: boolean;
}

export interface Reading {
	after: number;
	/** Envelopes of this lane are left out; 0: none. */
	except: number;
	/** It stops before this many bytes of envelopes, but gives at least one. */
	bytes: number;
	/** Only the newest of what editors pushed, whatever its size, and all up to the head counts as given (M-4). */
	newest?: boolean;
}

export interface Snapshot {
	covers: number;
	of: number;
	epoch: number;
	lane: number;
	role: Role;
	have: number[];
	/** ms since 1970; 0: not yet. */
	complete: number;
	confirmed: boolean;
}

export interface SnapshotPart {
	covers: number;
	part: number;
	of: number;
	epoch: number;
	bytes: Uint8Array;
}

/** What the operator allows. */
export interface Room {
	/** Bytes of log and snapshots of one workspace. */
	bytes: number;
	/** Holders of one workspace, revoked ones included. */
	holders: number;
	/** Workspaces in all. */
	workspaces: number;
}

/** What another process on the same database changed. */
export type Change =
	| { kind: 'log'; w: Uint8Array; head: number }
	| { kind: 'holders' | 'gone'; w: Uint8Array }
	| Note
	/** Words may have been missed: look at everything. */
	| { kind: 'all' };

/** That somebody is here, in sealed words, for whoever listens now (L-3). */
export interface Note {
	kind: 'here';
	w: Uint8Array;
	lane: number;
	role: Role;
	note: Uint8Array;
}

export interface Upkeep {
	/** ms since 1970. */
	now: number;
	/** How long the log stays after a snapshot is complete (C-3), in ms. */
	grace: number;
	/** Untouched for so many days, a workspace is deleted; 0: never. */
	retention: number;
}

export interface RelayStorage {
	readonly kind: 'sqlite' | 'postgres';

	/** Who holds this token of this workspace; null for unknown, wrong and revoked alike (O-7). */
	find(w: Uint8Array, token: Uint8Array): Promise<Access | null>;

	/** A new workspace and its first device, lane 1, role edit (O-1). */
	create(w: Uint8Array, device: NewHolder, room: Room, now: number): Promise<Joined | Refusal>;
	/** A device comes by the invitation `by`. It gets the lane that it had where that is nobody's, else a new one. */
	join(by: Access, device: NewDevice, room: Room, now: number): Promise<Joined | Refusal>;
	/** The grant that was sealed for this holder last. */
	grantOf(by: Access): Promise<{ epoch: number; bytes: Uint8Array } | null>;
	holders(ws: number): Promise<HolderRow[]>;
	invite(by: Access, invite: NewInvite, room: Room): Promise<Refusal | null>;
	setCard(by: Access, card: Uint8Array): Promise<Refusal | null>;
	/** Ends a holder; `devices`: and those that came by it. A device may end itself (O-4). */
	revoke(by: Access, id: Uint8Array, devices: boolean): Promise<Refusal | null>;
	rotate(
		by: Access,
		rotation: {
			epoch: number;
			revoke: Uint8Array[];
			devices: boolean;
			grants: { id: Uint8Array; bytes: Uint8Array }[];
		},
		now: number
	): Promise<Refusal | null>;
	/** Deletes all but a tombstone (O-8). */
	remove(by: Access, now: number): Promise<Refusal | null>;
	/** That the holder was here on this day. */
	sawToday(by: Access, day: number): Promise<void>;

	/** Stores many pushes with one flush, each for itself all or nothing. */
	commit(pushes: Push[], room: Room, now: number): Promise<Outcome[]>;
	read(ws: number, reading: Reading): Promise<Page>;

	/** The newest first. */
	snapshots(ws: number): Promise<Snapshot[]>;
	putPart(by: Access, part: SnapshotPart, room: Room, now: number): Promise<Refusal | null>;
	part(ws: number, covers: number, part: number): Promise<Uint8Array | null>;
	confirm(by: Access, covers: number): Promise<Refusal | null>;
	/** Drops it, unless the log that it covers is gone already (409). */
	refuse(by: Access, covers: number): Promise<Refusal | null>;

	/** Prunes logs, drops old snapshots, tombstones and what nobody has touched. Returns what it did. */
	upkeep(upkeep: Upkeep): Promise<{ pruned: number; dropped: number; deleted: number }>;

	/** Says a note to the other processes. Never rejects. */
	announce(note: Note): void;
	/**
	 * Hears what other processes change. Whatever changes something says so in the same transaction: a process
	 * that dies after it has still said it.
	 */
	listen(hear: (change: Change) => void): Promise<void>;

	count(): Promise<{ workspaces: number; bytes: number }>;
	/** Rejects while the storage cannot be used. */
	check(): Promise<void>;
	close(): Promise<void>;
}
