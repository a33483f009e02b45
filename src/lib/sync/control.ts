/**
 * What create, join, holders, rotate and snapshot say to each other: small JSON objects (SPEC.md, J). Pure,
 * and without any cryptography, because relay and client both parse here. Bytes are base64url without
 * padding; what is too long, of another type or malformed makes the whole object malformed; unknown
 * fields are skipped (V-2).
 */
export type Role = 'edit' | 'contribute' | 'view' | 'participate';
/** In the order of their numbers on the wire (R-2a). */
export const roles: readonly Role[] = ['edit', 'contribute', 'view', 'participate'];

/** A device that joins. Whoever makes a holder draws its id, because cards and grants are sealed to it. */
export interface NewDevice {
	/** 16 random bytes. */
	id: string;
	/** SHA-256 of the device's token (K-6). */
	token: string;
	/** Sealed; may be empty until the lane is known, and is then put with `PUT …/card`. */
	card: string;
	/** Sealed for the device's own key. */
	grant: string;
	/** The epoch of the newest key in the grant. */
	epoch: number;
}

/** `POST …/join`. */
export interface Join extends NewDevice {
	/**
	 * The lane that this device had, under the same id and token, before the relay was set back (H-2); 0: none. The
	 * answer says whether it got it again.
	 */
	lane: number;
}

export interface NewInvitation extends NewDevice {
	role: Role;
	/** Milliseconds since 1970; 0: no end. */
	until: number;
	/** How many devices may join by it; 0: any number. */
	uses: number;
}

/** `POST /api/sync`. Repeated by the same device it answers the same (the first answer may be lost). */
export interface Create {
	/** The address, 16 bytes. */
	w: string;
	device: NewDevice;
	/** The creation code of a closed server; empty where there is none. */
	code: string;
}

/** Answer to create and join. */
export interface Joined {
	lane: number;
	role: Role;
	epoch: number;
}

/** `GET …/invitation`. */
export interface InvitationView {
	id: string;
	role: Role;
	epoch: number;
	card: string;
	grant: string;
	until: number;
	/** How many may still join; null: any number. */
	left: number | null;
	/** How many devices take part now. */
	devices: number;
}

/** One of `GET …/holders`. */
export interface HolderView {
	id: string;
	kind: 'invitation' | 'device';
	role: Role;
	/** 0 for an invitation. */
	lane: number;
	card: string;
	/** The holder that made it (an invitation's) or by which it joined (a device's); empty: the first device. */
	by: string;
	revoked: boolean;
	/** The day it was last seen, such as `2026-11-23`; empty: never. */
	seen: string;
	until: number;
	uses: number;
	used: number;
}

export interface Holders {
	epoch: number;
	holders: HolderView[];
}

/**
 * `POST …/rotate`: everybody who is neither revoked before nor here needs a grant, by id; 409 `conflict`
 * names in `missing` those who have none (somebody joined meanwhile).
 */
export interface Rotate {
	/** The new epoch: the present one and one. */
	epoch: number;
	revoke: string[];
	/** Whether the devices that came by a revoked invitation go too. */
	devices: boolean;
	grants: Map<string, string>;
}

/** One of `GET …/snapshot`, the newest first. */
export interface SnapshotView {
	covers: number;
	of: number;
	epoch: number;
	/** Who made it: part of what its parts are sealed with. */
	lane: number;
	role: Role;
	/** Which parts are there. */
	have: number[];
	complete: boolean;
	confirmed: boolean;
}

export const controlLimits = {
	/** Bytes of a body: a rotation for a thousand holders. */
	body: 1_048_576,
	/** Bytes of a card. */
	card: 4_096,
	/** Bytes of a grant: some fourteen hundred epochs. */
	grant: 49_152,
	code: 200
};

type Fields = { [name: string]: unknown };

/** Null when it is no such object. */
export function parseCreate(value: unknown): Create | null {
	if (!isFields(value)) return null;
	const device = parseNewDevice(value.device);
	const { w, code = '' } = value;
	if (!device || !isBytes(w, 16, 16) || typeof code !== 'string') return null;
	return code.length > controlLimits.code ? null : { w, device, code };
}

export function parseNewDevice(value: unknown): NewDevice | null {
	if (!isFields(value)) return null;
	const { id, token, card, grant, epoch } = value;
	if (!isBytes(id, 16, 16) || !isBytes(token, 32, 32)) return null;
	if (!isBytes(card, 0, controlLimits.card) || !isBytes(grant, 1, controlLimits.grant)) return null;
	return isCount(epoch, 1) ? { id, token, card, grant, epoch } : null;
}

export function parseJoin(value: unknown): Join | null {
	const device = parseNewDevice(value);
	if (!device || !isFields(value)) return null;
	const { lane = 0 } = value;
	return isCount(lane) ? { ...device, lane } : null;
}

export function parseNewInvitation(value: unknown): NewInvitation | null {
	const device = parseNewDevice(value);
	if (!device || !isFields(value)) return null;
	const { role, until = 0, uses = 0 } = value;
	if (!isRole(role) || !isCount(until) || !isCount(uses) || uses > 100_000) return null;
	return { ...device, role, until, uses };
}

/** The card of `PUT …/card` {card}. */
export function parseCard(value: unknown): string | null {
	if (!isFields(value)) return null;
	return isBytes(value.card, 1, controlLimits.card) ? value.card : null;
}

export function parseRotate(value: unknown): Rotate | null {
	if (!isFields(value)) return null;
	const { epoch, revoke = [], devices = false, grants } = value;
	if (!isCount(epoch, 2) || typeof devices !== 'boolean' || !isFields(grants)) return null;
	if (!Array.isArray(revoke) || !revoke.every(isId)) return null;
	const all = new Map<string, string>();
	for (const [id, grant] of Object.entries(grants)) {
		if (!isId(id) || !isBytes(grant, 1, controlLimits.grant)) return null;
		all.set(id, grant);
	}
	return { epoch, revoke, devices, grants: all };
}

export function parseJoined(value: unknown): Joined | null {
	if (!isFields(value)) return null;
	const { lane, role, epoch } = value;
	return isCount(lane, 1) && isRole(role) && isCount(epoch, 1) ? { lane, role, epoch } : null;
}

export function parseInvitationView(value: unknown): InvitationView | null {
	if (!isFields(value)) return null;
	const { id, role, epoch, card, grant, until, left, devices } = value;
	if (!isId(id) || !isRole(role) || !isCount(epoch, 1) || !isCount(until)) return null;
	if (!isBytes(card, 0, controlLimits.card) || !isBytes(grant, 1, controlLimits.grant)) return null;
	if ((left !== null && !isCount(left)) || !isCount(devices)) return null;
	return { id, role, epoch, card, grant, until, left, devices };
}

export function parseHolders(value: unknown): Holders | null {
	if (!isFields(value) || !isCount(value.epoch, 1) || !Array.isArray(value.holders)) return null;
	const holders = value.holders.map(parseHolder);
	return holders.every((one) => one !== null) ? { epoch: value.epoch, holders } : null;
}

function parseHolder(value: unknown): HolderView | null {
	if (!isFields(value)) return null;
	const { id, kind, role, lane, card, by, revoked, seen, until, uses, used } = value;
	if (!isId(id) || (kind !== 'invitation' && kind !== 'device') || !isRole(role)) return null;
	if (!isCount(lane) || !isBytes(card, 0, controlLimits.card) || typeof revoked !== 'boolean') {
		return null;
	}
	if (typeof by !== 'string' || typeof seen !== 'string' || !/^(\d{4}-\d\d-\d\d)?$/.test(seen)) {
		return null;
	}
	if (!isCount(until) || !isCount(uses) || !isCount(used)) return null;
	return { id, kind, role, lane, card, by, revoked, seen, until, uses, used };
}

/** The snapshots of `GET …/snapshot` {snapshots}. */
export function parseSnapshots(value: unknown): SnapshotView[] | null {
	if (!isFields(value) || !Array.isArray(value.snapshots)) return null;
	const all = value.snapshots.map(parseSnapshot);
	return all.every((one) => one !== null) ? all : null;
}

function parseSnapshot(value: unknown): SnapshotView | null {
	if (!isFields(value)) return null;
	const { covers, of, epoch, lane, role, have, complete, confirmed } = value;
	if (!isCount(covers, 1) || !isCount(of, 1) || !isCount(epoch, 1) || !isCount(lane, 1))
		return null;
	if (!isRole(role) || typeof complete !== 'boolean' || typeof confirmed !== 'boolean') return null;
	if (!Array.isArray(have) || !have.every((part) => isCount(part))) return null;
	return { covers, of, epoch, lane, role, have, complete, confirmed };
}

/** True for a base64url text of `least` to `most` bytes. */
export function isBytes(value: unknown, least: number, most: number): value is string {
	if (typeof value !== 'string' || value.length > Math.ceil((most * 4) / 3)) return false;
	const bytes = Math.floor((value.length * 3) / 4);
	return bytes >= least && value.length % 4 !== 1 && /^[A-Za-z0-9_-]*$/.test(value);
}

const isId = (value: unknown): value is string => isBytes(value, 16, 16);
const isRole = (value: unknown): value is Role => roles.some((role) => role === value);
const isCount = (value: unknown, least = 0): value is number =>
	Number.isSafeInteger(value) && Number(value) >= least;
const isFields = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
