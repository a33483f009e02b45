/**
 * Entering: a device becomes one of those that share a workspace, by an invitation (SPEC.md, O-2, J-2).
 *
 * A device is drawn before it is sent, and kept until its workspace is here: a try that was cut off in the
 * middle goes on as the same device, and uses its invitation once.
 */
import { equal, toBase64url } from '#lib/crypto/bytes.ts';
import { sealCard } from '#lib/crypto/card.ts';
import type { Card } from '#lib/crypto/card.ts';
import { openGrant } from '#lib/crypto/grant.ts';
import { agreementOf, tokenOf } from '#lib/crypto/invitation.ts';
import type { Invitation } from '#lib/crypto/invitation.ts';
import type { Address } from '#lib/crypto/keys.ts';
import { writeKeyring } from '#lib/crypto/keyring.ts';
import type { Keyring } from '#lib/crypto/keyring.ts';
import { Problem } from '#lib/model/problem.ts';
import { isBytes } from '#lib/store/row-bytes.ts';
import type { SharedRole } from '#lib/store/shared.ts';
import type { InvitationView, Role } from '#lib/sync/control.ts';
import { deviceOf, draw, drawnFrom, memberOf } from './drawn.ts';
import type { Before, Drawn, DrawnWithKeys, Settings, Source } from './drawn.ts';
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

/** Throws Problem `invitation-unknown` for the role of a phone in a room. */
export function sharedRole(role: Role): SharedRole {
	if (role === 'participate') throw new Problem('invitation-unknown');
	return role;
}

export type Seen = InvitationView & { role: SharedRole; keyring: Keyring; about: Card };

/**
 * What an invitation says before anybody joins by it. Throws RelayError, Problem `unreadable`,
 * `invitation-differs` where the relay gives another role than its maker wrote, and
 * `invitation-unknown` for one to a room, where there is no workspace to join.
 */
export async function look(relay: RelayClient, invitation: Invitation): Promise<Seen> {
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
 * whose answers it writes as an editor. `before`: what it was here before the relay said that it does not know
 * it (H-2); it comes back as that where it may, and else as another. `seen`: what `look` gave a moment ago, which
 * spares a question on a slow line. Once what it gives is stored, `arrived` forgets the try. Throws as `look` does.
 */
export async function enter(
	{ relay, settings }: Source,
	invitation: Invitation,
	me: Me,
	contributor: string,
	{
		now = new Date().toISOString(),
		before,
		seen: known
	}: { now?: string; before?: Before; seen?: Seen } = {}
): Promise<Entered> {
	const token = tokenOf(invitation);
	const begun = await begunBy(settings, invitation);
	const lookAgain = () =>
		look(relay, invitation).catch((thrown: unknown) => {
			// Used up, perhaps by this very device, whose answer was lost.
			if (begun && thrown instanceof RelayError && thrown.code === 'ended') return null;
			throw thrown;
		});
	const seen = known ?? (await lookAgain());
	const member = begun?.member ?? memberOf(before) ?? draw(invitation.w);
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
	const sealedCard = (contributor: string): Uint8Array => {
		const { publicKey, holder } = member;
		const card: Card = {
			...{ publicKey, kind: 'device', role, label: '' },
			...{ ...me, contributor, madeBy, at: now }
		};
		return sealCard(card, { keyring, w: invitation.w, holder });
	};
	// Whose answers a contributor writes, its lane says, which nobody knows yet.
	const card = role === 'contribute' ? '' : toBase64url(sealedCard(contributor));
	const device = { ...deviceOf(member, keyring), card, lane: before?.lane ?? 0 };
	const joined = await relay.join(access, device).catch(async (thrown) => {
		const { code } = RelayError.of(thrown);
		// Of another invitation by now, or put out meanwhile: that device is none of ours any more.
		const isOver = code === 'conflict' || code === 'ended' || code === 'unknown';
		if (isOver) await arrived(settings, invitation.w);
		if ((begun || before) && code === 'conflict') return null;
		// The keys are others since it was looked at.
		if (known && code === 'epoch') return null;
		throw thrown;
	});
	if (!joined) {
		// After a try that was begun, what it was before; after that, somebody new.
		const next = begun || known ? { now, before } : { now };
		return enter({ relay, settings }, invitation, me, contributor, next);
	}
	if (joined.role !== role) {
		await relay.revoke(member, member.holder).catch(() => {});
		await arrived(settings, invitation.w);
		throw new Problem('invitation-differs');
	}
	const { lane } = joined;
	// A device that the relay knew already keeps the card that it had, perhaps under another name.
	if (role === 'contribute' || begun || before) {
		const own = role === 'contribute' ? contributorOf(lane) : contributor;
		await relay.setCard(member, sealedCard(own));
	}
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
): Promise<(DrawnWithKeys & { madeBy: string; role: SharedRole }) | null> {
	const kept = await settings.setting(settingOf(invitation.w));
	if (!isRecord(kept)) return null;
	const { token, madeBy, role } = kept;
	if (!isBytes(token) || !equal(token, tokenOf(invitation))) return null;
	if (role !== 'edit' && role !== 'contribute' && role !== 'view') return null;
	const drawn = drawnFrom(kept, invitation.w);
	return drawn && typeof madeBy === 'string' ? { ...drawn, madeBy, role } : null;
}
