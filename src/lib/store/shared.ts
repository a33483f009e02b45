/**
 * Shared: what this device knows of a workspace that it shares, and what is on its way there.
 *
 * A change waits in the `outbox` until it is sealed, then its sealed bytes stay in `flight` until the
 * relay has them on disk (H-3). Moving from one to the other is one transaction that also spends the
 * counters, so a crash can neither lose a change nor use a counter twice (E-4). Nothing here knows
 * what a key or an envelope is: bytes come in and go out.
 */
import type { Facts } from './store.ts';

/** What a device may do in a shared workspace; `view` sends nothing. */
export type SharedRole = 'edit' | 'contribute' | 'view';

export type Shared = {
	/** The id of the workspace on this device. */
	workspace: string;
	/** Its address at the relay: 16 bytes. */
	address: Uint8Array;
	/** This device as a holder: the relay's id for it, and its secrets. They stay here. */
	holder: string;
	token: Uint8Array;
	privateKey: Uint8Array;
	publicKey: Uint8Array;
	lane: number;
	role: SharedRole;
	/** Every (epoch, key) so far, as `crypto/keyring.ts` writes it. */
	keyring: Uint8Array;
	/** How it joined, to join again (H-2); null where it made the workspace or keeps no invitation. */
	invitation: Uint8Array | null;
	/** Invitations that this device made: holder id → invitation. Only it can show their links. */
	made: Record<string, Uint8Array>;
	/** The holder id among `made` that the recovery sheet is of; empty before there is one. */
	recovery: string;
	me: { name: string; organisation: string };
	/** The last seq that was taken in, and its mark: zeros at 0. */
	cursor: number;
	mark: Uint8Array;
	/** Earlier cursors with their marks, some apart: from where a tail of the log can be asked for (C-4). */
	trail: { cursor: number; mark: Uint8Array }[];
	/** The last counter that was used. */
	counter: number;
	/** Envelopes and bytes taken in since the last snapshot (C-6), and up to where that reaches. */
	since: { envelopes: number; bytes: number; covers: number };
	/** Bytes that sync cost, since when (ISO 8601 in UTC). */
	bytes: { sent: number; received: number; since: string };
	/** When everything was last in step; ISO 8601 or empty. */
	lastSuccess: string;
	paused: boolean;
	/** Changes that came in pieces and were complete, the last ones: a piece of one may come once more. */
	done?: string[];
	/** Holders that were revoked: a relay that lost that hears it again (H-1). */
	revoked: string[];
	/** The problem that ended sync for good or until somebody does something; empty: none. */
	refused: string;
	/** All of the relay has to be compared with what is here, before anything else is exchanged (H-1). */
	healDue?: boolean;
	/** When rejoining was last tried (H-2), and when a healing was done; ISO 8601 or empty. */
	rejoinAt: string;
	healedAt: string;
};

/** What `change` may change; the cursor and the counter have their own ways. */
export type SharedChange = Partial<Omit<Shared, 'workspace' | 'counter'>>;

/** Sealed bytes on their way. */
export type Flight = {
	counter: number;
	epoch: number;
	/** How many waiting changes it carries: 0 for the later pieces of one. */
	changes: number;
	envelope: Uint8Array;
};

/** Seals updates into envelopes; `next` gives a counter that was never used. It must not wait. */
export type Seal = (updates: Uint8Array[], next: () => number) => Flight[];
/** Seals what is in flight again; the same rules. */
export type SealAgain = (flights: Flight[], next: () => number) => Flight[];

/** An envelope that could not be taken in (yet): a piece of a larger one, or unreadable (E-5). */
export type Aside = {
	seq: number;
	lane: number;
	role: number;
	/** `early` builds on what is not there yet; `key` is of an epoch whose key is not here yet. */
	why: 'piece' | 'early' | 'key' | 'unknown' | 'unreadable' | 'not-allowed';
	envelope: Uint8Array;
};

/** What came from the relay, as one whole. */
export type Arrival = {
	/** Sound updates, in their order; they are not sent back. */
	updates: Uint8Array[];
	cursor: number;
	mark: Uint8Array;
	aside: Aside[];
	/** Seqs that are no longer aside. */
	taken: number[];
	/** Names of changes in pieces that are complete now. */
	done?: string[];
	/** Envelopes and their bytes, for C-6. */
	envelopes: number;
	bytes: number;
};

/** Envelopes and bytes that a device has seen since the last snapshot, with some more (C-6). */
export const seen = (
	{ since }: Shared,
	more: { envelopes: number; bytes: number }
): Pick<Shared, 'since'> => ({
	since: {
		...since,
		envelopes: since.envelopes + more.envelopes,
		bytes: since.bytes + more.bytes
	}
});

export const sizeOf = (envelopes: { envelope: Uint8Array }[]) => ({
	envelopes: envelopes.length,
	bytes: envelopes.reduce((sum, { envelope }) => sum + envelope.length, 0)
});

/** Seqs between the places of a trail, and how many places it keeps. */
const trailStep = 25;
const trailLength = 200;

/** How many complete changes a row remembers. */
const doneLength = 50;

/** A row after an arrival. */
export function arrived(row: Shared, arrival: Arrival): Shared {
	const { cursor, mark, envelopes, bytes, done = [] } = arrival;
	const last = row.trail.at(-1)?.cursor ?? 0;
	const isFar = cursor >= last + trailStep;
	return {
		...row,
		cursor,
		mark,
		...(done.length > 0 ? { done: [...(row.done ?? []), ...done].slice(-doneLength) } : {}),
		// A cursor that went back is another log's: nothing of the old trail can be asked for there.
		trail:
			cursor < last ? [] : isFar ? [...row.trail, { cursor, mark }].slice(-trailLength) : row.trail,
		...seen(row, { envelopes, bytes })
	};
}

/** The half of a WorkspaceStore that sync uses. Every promise rejects with a Problem. */
export interface SyncStore {
	all(): Promise<Shared[]>;
	get(id: string): Promise<Shared | undefined>;
	/**
	 * From now on the workspace is shared. `everything`: all that is in it waits to be sent; in the
	 * same transaction, so that no edit is between. Problem `workspace-missing` where there is none.
	 */
	start(shared: Shared, everything: boolean): Promise<void>;
	/** Gives the row as it is then. Problem `workspace-missing` where it is not shared. */
	change(id: string, change: SharedChange | ((row: Shared) => SharedChange)): Promise<Shared>;
	/** No longer shared: all of this half is forgotten; the workspace stays. */
	stop(id: string): Promise<void>;

	/** Changes that no relay has acknowledged: those that wait, and those in flight. */
	waiting(id: string): Promise<{ outbox: number; flight: number }>;
	/** Adds an update to the outbox that is in the workspace already: what a healing found missing. */
	resend(id: string, update: Uint8Array): Promise<void>;
	/**
	 * Moves waiting updates of at most `limit` bytes (but at least one) into flight, sealed by `seal`:
	 * one transaction, with the counters that it used. Gives the new flights.
	 */
	depart(id: string, limit: number, seal: Seal): Promise<Flight[]>;
	/** What is in flight, by counter. */
	flight(id: string): Promise<Flight[]>;
	/** The relay has these on disk: they count as seen (C-6). */
	landed(id: string, counters: number[]): Promise<void>;
	/**
	 * Puts others in the place of all that is in flight; in the same transaction the row is changed, so that
	 * nothing is sent as it was sealed before. `skip` counters are passed over first.
	 */
	sealAgain(
		id: string,
		seal: SealAgain,
		more?: { skip?: number; change?: SharedChange }
	): Promise<void>;

	/**
	 * Takes in an arrival with its new cursor, in one transaction. Gives the number of the last update.
	 * Nothing of it goes to the outbox.
	 */
	receive(id: string, arrival: Arrival, facts: Facts): Promise<number>;
	aside(id: string): Promise<Aside[]>;

	/** Takes or keeps a lease of `ms` milliseconds; false while another holder has it (F-07). */
	lease(key: string, holder: string, now: number, ms: number): Promise<boolean>;
	release(key: string, holder: string): Promise<void>;
}
