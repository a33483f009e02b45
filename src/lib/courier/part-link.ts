/**
 * A part's link: a small shared workspace of its own at the relay, in which another ministry answers.
 *
 * This device made it and keeps only the way in: an address, a token, a pair of keys. The words are at
 * the relay and with the ministry; whenever somebody looks, all of them are read anew. That is little,
 * and nothing here can be half up to date.
 */
import type { Invitation } from '#lib/crypto/invitation.ts';
import type { AskedPart } from '#lib/crypto/card.ts';
import type { Keyring } from '#lib/crypto/keyring.ts';
import { parseKeyring, writeKeyring } from '#lib/crypto/keyring.ts';
import { isBytes } from '#lib/store/row-bytes.ts';
import type { WorkspaceStore } from '#lib/store/store.ts';
import { stateOf } from '#lib/sync/document.ts';
import { sealUpdate } from '#lib/sync/envelope.ts';
import { limits, roles } from '#lib/sync/protocol.ts';
import { collect } from './collect.ts';
import { found } from './founding.ts';
import type { Entered } from './entering.ts';
import { members, newInvitationFor } from './members.ts';
import type { Me } from './members.ts';
import { sorted } from './read-log.ts';
import type { RelayClient } from './relay-client.ts';
import { RelayError } from './relay-error.ts';
import { start } from './session.ts';

/** What this device keeps of a link. Whoever has it can read what the ministry writes, and end it. */
export type PartLink = {
	address: Uint8Array;
	token: Uint8Array;
	holder: string;
	privateKey: Uint8Array;
	/** As `writeKeyring` wrote it: the keys from before the ministry put anybody out. */
	keyring: Uint8Array;
	/** Of the invitation. */
	secret: Uint8Array;
	/** Until when it opens; ms since 1970, 0 for no end. */
	until: number;
	/** When it was made; ISO 8601. */
	at: string;
};

export const invitationOf = ({ address: w, secret }: PartLink): Invitation => ({ w, secret });

/** A stored link; null for what is none. */
export function asPartLink(value: unknown): PartLink | null {
	if (typeof value !== 'object' || value === null) return null;
	const fields = new Map<string, unknown>(Object.entries(value));
	const bytes = (name: string, size: number): Uint8Array | null => {
		const found = fields.get(name);
		// Another realm's bytes are copied: the ciphers ask for this one's.
		return isBytes(found) && (size === 0 || found.length === size) ? Uint8Array.from(found) : null;
	};
	const address = bytes('address', 16);
	const token = bytes('token', 16);
	const privateKey = bytes('privateKey', 32);
	const keyring = bytes('keyring', 0);
	const secret = bytes('secret', 16);
	const [holder, at, until] = [fields.get('holder'), fields.get('at'), fields.get('until')];
	if (!address || !token || !privateKey || !keyring || !secret) return null;
	if (typeof holder !== 'string' || typeof at !== 'string' || typeof until !== 'number')
		return null;
	return { address, token, holder, privateKey, keyring, secret, until, at };
}

/**
 * Makes the small workspace, puts `state` into it, and invites. All of it or nothing: where a step
 * fails, what was made is deleted again. Throws RelayError.
 */
export async function openPartLink(
	relay: RelayClient,
	state: Uint8Array,
	about: {
		me: Me;
		/** Of who asks. */
		contributor: string;
		/** The server's creation code, where it asks for one. */
		code: string;
		/** Until when, in ms since 1970, and on how many devices it opens; 0 for no limit. */
		until: number;
		uses: number;
		/** Whose work it is, as the invitation says it. */
		workspace: { name: string; country: string };
		label: string;
		part: AskedPart;
		/** ISO 8601. */
		now: string;
	}
): Promise<PartLink> {
	const { me, contributor, code, now: at, until, uses, label, workspace, part } = about;
	const entered = await found(relay, me, { contributor, code, now: at });
	const { address, token, holder, privateKey } = entered.member;
	try {
		await push(relay, entered, state);
		const { device, secret } = newInvitationFor(
			{ w: address, keyring: entered.keyring, madeBy: holder },
			{ role: 'edit', label, name: workspace.name, organisation: workspace.country, part, at }
		);
		await relay.invite(entered.member, { ...device, role: 'edit', until, uses });
		const keyring = writeKeyring(entered.keyring);
		return { address, token, holder, privateKey, keyring, secret, until, at };
	} catch (thrown) {
		await relay.remove(entered.member).catch(() => {});
		throw thrown;
	}
}

/** Puts the first state into the log, in requests that a bad line carries. */
async function push(relay: RelayClient, entered: Entered, state: Uint8Array): Promise<void> {
	const { member, lane, keyring } = entered;
	let counter = 0;
	const sender = { keyring, w: member.address, role: roles.edit, lane };
	const envelopes = sealUpdate(state, { ...sender, nextCounter: () => ++counter });
	while (envelopes.length > 0) {
		let size = 0;
		const after = envelopes.findIndex(({ length }) => (size += length + 3) > limits.badLine);
		const batch = envelopes.splice(0, after === -1 ? envelopes.length : Math.max(1, after));
		const request = { own: false, grant: false, ...start, envelopes: batch };
		const { acks } = sorted((await relay.exchange(member, request)).frames);
		// Whoever opened the link must find it whole.
		if (acks.length < batch.length) throw new RelayError('unreachable');
	}
}

/** One device that opened the link. */
export type Opener = {
	name: string;
	organisation: string;
	/** The day on which the relay last heard of it: `YYYY-MM-DD`, or empty. */
	seen: string;
};

/** What is at the relay now. Throws RelayError: `unknown` and `deleted` where it was ended. */
export async function readPartLink(
	{
		relay,
		settings
	}: { relay: RelayClient; settings: Pick<WorkspaceStore, 'setting' | 'saveSetting'> },
	link: PartLink
): Promise<{ state: Uint8Array; openers: Opener[] }> {
	const { doc, keyring } = await collect({ relay, settings }, link, keysOf(link));
	const state = stateOf(doc);
	doc.destroy();
	const all = await members(relay, { address: link.address, token: link.token, keyring });
	const openers = all.flatMap(({ id, kind, revoked, seen, about }) =>
		kind === 'device' && !revoked && id !== link.holder
			? [{ name: about?.name ?? '', organisation: about?.organisation ?? '', seen }]
			: []
	);
	return { state, openers };
}

function keysOf({ keyring }: PartLink): Keyring {
	return parseKeyring(keyring);
}

/** Deletes it at the relay. What is not there any more is ended, too. Throws RelayError. */
export async function endPartLink(relay: RelayClient, link: PartLink): Promise<void> {
	try {
		await relay.remove(link);
	} catch (thrown) {
		const { code } = RelayError.of(thrown);
		if (code !== 'unknown' && code !== 'deleted') throw thrown;
	}
}
