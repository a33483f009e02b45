/**
 * Entering: a device becomes one of those that share a workspace, as its first or by an invitation (SPEC.md,
 * O-1, O-2, J-2).
 *
 * A device is drawn before it is sent, and kept until its workspace is here: a try that was cut off in the
 * middle goes on as the same device, and uses its invitation once.
 */
import { equal, toBase64url } from '#lib/crypto/bytes.ts';
import { sealCard } from '#lib/crypto/card.ts';
import type { Card } from '#lib/crypto/card.ts';
import { makeGrant, openGrant } from '#lib/crypto/grant.ts';
import { agreementOf, tokenOf } from '#lib/crypto/invitation.ts';
import type { Invitation } from '#lib/crypto/invitation.ts';
import {
	hashToken,
	newAddress,
	newDeviceKeys,
	newEpochKey,
	newHolderId
} from '#lib/crypto/keys.ts';
import type { Address } from '#lib/crypto/keys.ts';
import { newest, parseKeyring, writeKeyring } from '#lib/crypto/keyring.ts';
import type { Keyring } from '#lib/crypto/keyring.ts';
import { Problem } from '#lib/model/problem.ts';
import type { SharedRole } from '#lib/store/shared.ts';
import type { WorkspaceStore } from '#lib/store/store.ts';
import type { InvitationView, NewDevice, Role } from '#lib/sync/control.ts';
import type { Membership } from './collect.ts';
import { contributorOf } from './intake.ts';
import { isRecord } from './kept-list.ts';
import { bytesOf, cardOf } from './members.ts';
import type { Me } from './members.ts';
import type { RelayClient } from './relay-client.ts';
import { RelayError } from './relay-error.ts';

/** What a device has once it is in. */
export type Entered = {
	member: Drawn;
	lane: number;
	role: SharedRole;
	keyring: Keyring;
};

type Drawn = Membership & { publicKey: Uint8Array };
type Settings = Pick<WorkspaceStore, 'setting' | 'saveSetting'>;
type Source = { relay: RelayClient; settings: Settings };

/** Makes a new shared workspace at the relay, with this device as its first (O-1). */
export async function found(
	relay: RelayClient,
	me: Me,
	{ contributor, code, now }: { contributor: string; code: string; now: string }
): Promise<Entered> {
	const address = newAddress();
	const keyring = [{ epoch: 1, key: newEpochKey() }];
	const member = draw(address);
	const card: Card = {
		publicKey: member.publicKey,
		kind: 'device',
		role: 'edit',
		label: '',
		...me,
		contributor,
		madeBy: '',
		at: now
	};
	const sealed = sealCard(card, { keyring, w: address, holder: member.holder });
	const { lane, role } = await relay.create({
		w: toBase64url(address),
		device: { ...deviceOf(member, keyring), card: toBase64url(sealed) },
		code
	});
	return { member, lane, role: sharedRole(role), keyring };
}

function sharedRole(role: Role): SharedRole {
	if (role === 'participate') throw new Problem('invitation-unknown');
	return role;
}

/**
 * What an invitation says before anybody joins by it. Throws RelayError, Problem `unreadable`,
 * `invitation-differs` where the relay gives another role than its maker wrote, and
 * `invitation-unknown` for one to a room, where there is no workspace to join.
 */
export async function look(
	relay: RelayClient,
	invitation: Invitation
): Promise<InvitationView & { role: SharedRole; keyring: Keyring; about: Card }> {
	const view = await relay.invitation({ address: invitation.w, token: tokenOf(invitation) });
	const role = sharedRole(view.role);
	const { privateKey } = agreementOf(invitation);
	const place = { w: invitation.w, holder: view.id };
	const keyring = openGrant(bytesOf(view.grant), { ...place, privateKey });
	const about = cardOf(view.card, { ...place, keyring });
	if (about?.kind !== 'invitation' || about.role !== role) {
		throw new Problem('invitation-differs');
	}
	return { ...view, role, keyring, about };
}

/**
 * Joins by an invitation as a new device (O-2), or goes on with a try that was cut off. `contributor`:
 * whose answers it writes as an editor. Once what it gives is stored, `arrived` forgets the try. Throws as
 * `look` does.
 */
export async function enter(
	{ relay, settings }: Source,
	invitation: Invitation,
	me: Me,
	contributor: string,
	now = new Date().toISOString()
): Promise<Entered> {
	const token = tokenOf(invitation);
	const begun = await begunBy(settings, invitation);
	const seen = await look(relay, invitation).catch((thrown: unknown) => {
		// Used up, perhaps by this very device, whose answer was lost.
		if (begun && thrown instanceof RelayError && thrown.code === 'ended') return null;
		throw thrown;
	});
	const member = begun?.member ?? draw(invitation.w);
	const terms = seen ? { keyring: seen.keyring, madeBy: seen.id, role: seen.role } : begun;
	if (!terms) throw new RelayError('ended');
	const { keyring, madeBy, role } = terms;
	await settings.saveSetting(settingOf(invitation.w), {
		token,
		member,
		madeBy,
		role,
		keyring: writeKeyring(keyring)
	});
	const access = { address: invitation.w, token };
	const joined = await relay.join(access, deviceOf(member, keyring)).catch(async (thrown) => {
		const { code } = RelayError.of(thrown);
		// Of another invitation by now, or put out meanwhile: that device is none of ours any more.
		const isOver = code === 'conflict' || code === 'ended' || code === 'unknown';
		if (isOver) await arrived(settings, invitation.w);
		if (begun && code === 'conflict') return null;
		throw thrown;
	});
	if (!joined) return enter({ relay, settings }, invitation, me, contributor, now);
	if (joined.role !== role) {
		await relay.revoke(member, member.holder).catch(() => {});
		await arrived(settings, invitation.w);
		throw new Problem('invitation-differs');
	}
	const { lane } = joined;
	const card: Card = {
		publicKey: member.publicKey,
		kind: 'device',
		role,
		label: '',
		...me,
		contributor: role === 'contribute' ? contributorOf(lane) : contributor,
		madeBy,
		at: now
	};
	const sealed = sealCard(card, { keyring, w: invitation.w, holder: member.holder });
	await relay.setCard(member, sealed);
	return { member, lane, role, keyring };
}

/** The device that was drawn to enter is in, and its row is stored. */
export async function arrived(settings: Settings, w: Address): Promise<void> {
	await settings.saveSetting(settingOf(w), null);
}

const settingOf = (w: Address): string => `entering/${toBase64url(w)}`;

/** What an earlier try with the same invitation drew; null where there was none. */
async function begunBy(
	settings: Settings,
	invitation: Invitation
): Promise<{ member: Drawn; keyring: Keyring; madeBy: string; role: SharedRole } | null> {
	const kept = await settings.setting(settingOf(invitation.w));
	if (!isRecord(kept) || !isRecord(kept.member)) return null;
	const { token, keyring, madeBy, role } = kept;
	const { holder, token: own, privateKey, publicKey } = kept.member;
	if (!isBytes(token) || !equal(token, tokenOf(invitation)) || !isBytes(keyring)) return null;
	if (role !== 'edit' && role !== 'contribute' && role !== 'view') return null;
	if (typeof madeBy !== 'string' || typeof holder !== 'string') return null;
	if (!isBytes(own) || !isBytes(privateKey) || !isBytes(publicKey)) return null;
	const member = { address: invitation.w, token: own, holder, privateKey, publicKey };
	return { member, keyring: parseKeyring(keyring), madeBy, role };
}

const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;

/** A device as it is before anybody knows it: its secrets stay here (K-5). */
function draw(address: Address): Drawn {
	const { token, privateKey, publicKey } = newDeviceKeys();
	return { address, token, holder: newHolderId(), privateKey, publicKey };
}

/** A device as the relay gets it; its card follows when the lane is known. */
function deviceOf({ address: w, holder, token, publicKey }: Drawn, keyring: Keyring): NewDevice {
	return {
		id: holder,
		token: toBase64url(hashToken(token)),
		card: '',
		grant: toBase64url(makeGrant(keyring, { w, holder, publicKey })),
		epoch: newest(keyring).epoch
	};
}
