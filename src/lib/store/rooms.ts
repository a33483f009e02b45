/** The rooms that this device has made for workshops: what it takes to go on with one after the browser was killed. */

export type RoomRow = {
	/** Id of the workshop: it has one room at a time. */
	workshop: string;
	/** Id of the workspace that the workshop is in. */
	workspace: string;
	/** The room's address at the relay: 16 bytes. */
	address: Uint8Array;
	/** This device as a holder there, and its secrets. */
	holder: string;
	token: Uint8Array;
	privateKey: Uint8Array;
	lane: number;
	/** As `crypto/keyring.ts` writes it. */
	keyring: Uint8Array;
	/** What joins: the holder id of the invitation, and its secret; empty while the door is locked. */
	invitation: string;
	secret: Uint8Array;
	/** ISO 8601 in UTC. */
	until: string;
	/** The last seq whose notes are in the workspace, and its mark. */
	cursor: number;
	mark: Uint8Array;
	/** The last counter that was used. */
	counter: number;
	/** Lanes that asked for help. */
	help: number[];
	/** Lanes that were put out. */
	removed: number[];
	/** `<ballot>/<round>` → lanes whose vote came after the close. */
	late: Record<string, number[]>;
	/** Lane → notes of it that were none, or not allowed. */
	dropped: Record<string, number>;
};

/** The part of a WorkspaceStore that rooms are kept in. Every promise rejects with a Problem. */
export interface RoomStore {
	/** Undefined where this device has made none for that workshop. */
	get(workshop: string): Promise<RoomRow | undefined>;
	/** Keeps it, in the place of what was there. Problem `workspace-missing` where its workspace is gone. */
	put(row: RoomRow): Promise<void>;
	remove(workshop: string): Promise<void>;
}
