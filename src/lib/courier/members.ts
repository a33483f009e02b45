/**
 * Members: who takes part in a shared workspace, and how that changes (SPEC.md, K, O, J).
 *
 * The relay keeps cards and grants that it cannot read. Whom a key is given to, a card says that opened
 * (K-9).
 */
import { fromBase64url, toBase64url } from '#lib/crypto/bytes.ts';
import { openCard, sealCard } from '#lib/crypto/card.ts';
import type { Card } from '#lib/crypto/card.ts';
import { makeGrant } from '#lib/crypto/grant.ts';
import { agreementOf, newInvitation, tokenOf } from '#lib/crypto/invitation.ts';
import type { Invitation } from '#lib/crypto/invitation.ts';
import { hashToken, newEpochKey, newHolderId } from '#lib/crypto/keys.ts';
import { newest } from '#lib/crypto/keyring.ts';
import type { Keyring } from '#lib/crypto/keyring.ts';
import type { SharedRole } from '#lib/store/shared.ts';
import type { HolderView, NewDevice } from '#lib/sync/control.ts';
import type { RelayClient } from './relay-client.ts';
import { RelayError } from './relay-error.ts';
import { accessOf, keyringOf } from './session.ts';
import type { Session } from './session.ts';
import { sorted } from './read-log.ts';

export { contributorOf } from './intake.ts';

export type Me = { name: string; organisation: string };

/** A holder with its card; null where that does not open. */
export type Member = HolderView & { about: Card | null };

/** Everybody who takes part or was invited, with their cards. */
export async function members(
	relay: RelayClient,
	about: { address: Uint8Array; token: Uint8Array; keyring: Keyring }
): Promise<Member[]> {
	const { holders } = await relay.holders(about);
	const { address: w, keyring } = about;
	return holders.map((view) => ({
		...view,
		about: cardOf(view.card, { w, holder: view.id, keyring })
	}));
}

/** Adds an invitation (O-3). Its secret is the caller's to keep. */
export async function invite(
	session: Session,
	what: { role: SharedRole; label: string; until: number; uses: number },
	workspace: { name: string; country: string }
): Promise<{ id: string; invitation: Invitation }> {
	const { relay } = session.world;
	return withNewestKeys(session, async () => {
		const row = await session.row();
		const { id, device, secret } = newInvitationFor(
			{ w: row.address, keyring: keyringOf(row), madeBy: row.holder },
			{
				...{ role: what.role, label: what.label },
				// Whoever is invited reads what to before joining.
				...{ name: workspace.name, organisation: workspace.country },
				at: new Date(session.world.now()).toISOString()
			}
		);
		const { role, until, uses } = what;
		await relay.invite(accessOf(row), { ...device, role, until, uses });
		await session.world.store.sync.change(session.id, ({ made }) => ({
			made: { ...made, [id]: secret }
		}));
		return { id, invitation: { w: row.address, secret } };
	});
}

/** An invitation as the relay is told of it, and the secret of its link (O-3). */
export function newInvitationFor(
	{ w, keyring, madeBy }: { w: Uint8Array; keyring: Keyring; madeBy: string },
	says: Pick<Card, 'role' | 'label' | 'name' | 'organisation' | 'part' | 'at'>
): { id: string; device: NewDevice; secret: Uint8Array } {
	const invitation = newInvitation(w);
	const { publicKey } = agreementOf(invitation);
	const id = newHolderId();
	const place = { keyring, w, holder: id };
	const card: Card = { publicKey, kind: 'invitation', ...says, contributor: '', madeBy };
	const device = {
		id,
		token: toBase64url(hashToken(tokenOf(invitation))),
		card: toBase64url(sealCard(card, place)),
		grant: toBase64url(makeGrant(keyring, { ...place, publicKey })),
		epoch: newest(keyring).epoch
	};
	return { id, device, secret: invitation.secret };
}

/** This device's own card, anew. */
export async function introduce(session: Session, me: Me, contributor: string): Promise<void> {
	const row = await session.row();
	const card: Card = {
		publicKey: row.publicKey,
		kind: 'device',
		role: row.role,
		label: '',
		...me,
		contributor,
		madeBy: '',
		at: new Date(session.world.now()).toISOString()
	};
	const place = { keyring: keyringOf(row), w: row.address, holder: row.holder };
	await session.world.relay.setCard(accessOf(row), sealCard(card, place));
	await session.world.store.sync.change(session.id, { me });
}

/** Puts holders out, and gives all others a new key (O-4, O-5). */
export async function revoke(session: Session, ids: string[]): Promise<void> {
	await withNewestKeys(session, async () => {
		const row = await session.row();
		const keyring = keyringOf(row);
		const epoch = newest(keyring).epoch + 1;
		await rotate(session, [...keyring, { epoch, key: newEpochKey() }], ids);
	});
}

/**
 * A relay that was set back to an epoch before ours gets ours again, the same keys, and who was put
 * out stays out (H-1).
 */
export async function reinstate(session: Session, epoch: number): Promise<void> {
	const row = await session.row();
	const keyring = keyringOf(row);
	for (let next = epoch + 1; next <= newest(keyring).epoch; next++) {
		// Each holder gets all keys: the relay only counts epochs.
		await rotate(session, keyring, row.revoked, next);
	}
}

/**
 * An epoch has two keys (H-1a): a new one with the whole keyring for all, so that everybody reads what was
 * sealed with either. Whoever is earlier does it for all; where it does not go, it is tried again.
 */
export async function unite(session: Session): Promise<void> {
	try {
		const keyring = keyringOf(await session.row());
		const epoch = newest(keyring).epoch + 1;
		await rotate(session, [...keyring, { epoch, key: newEpochKey() }], []);
	} catch (thrown) {
		if (RelayError.of(thrown).code === 'epoch') await fetchGrant(session);
	}
}

async function rotate(
	session: Session,
	keyring: Keyring,
	ids: string[],
	epoch = newest(keyring).epoch
): Promise<void> {
	const { relay, store } = session.world;
	for (let tries = 3; ; tries--) {
		const row = await session.row();
		const all = await members(relay, { ...accessOf(row), keyring: keyringOf(row) });
		const staying = all.filter(({ id, revoked }) => !revoked && !ids.includes(id));
		// Whoever shows no card cannot be given a key.
		const nameless = staying.filter(({ about }) => !about).map(({ id }) => id);
		const grants = new Map<string, string>();
		for (const { id, about } of staying) {
			if (!about) continue;
			const place = { w: row.address, holder: id, publicKey: about.publicKey };
			grants.set(id, toBase64url(makeGrant(keyring, place)));
		}
		const known = new Set(all.filter(({ revoked }) => !revoked).map(({ id }) => id));
		const out = [...ids.filter((id) => known.has(id)), ...nameless];
		try {
			await relay.rotate(accessOf(row), { epoch, revoke: out, devices: false, grants });
			await session.useKeys(keyring);
			await store.sync.change(session.id, ({ revoked }) => ({
				revoked: [...new Set([...revoked, ...ids, ...nameless])]
			}));
			return;
		} catch (thrown) {
			// Somebody joined meanwhile.
			const again = thrown instanceof RelayError && thrown.code === 'conflict' && tries > 1;
			if (!again) throw thrown;
		}
	}
}

/** Does it once more with the newest keys where the relay says that ours are old. */
async function withNewestKeys<T>(session: Session, action: () => Promise<T>): Promise<T> {
	try {
		return await action();
	} catch (thrown) {
		if (!(thrown instanceof RelayError) || thrown.code !== 'epoch') throw thrown;
		await fetchGrant(session);
		return action();
	}
}

/** Asks for this device's grant. Whether it brought a key. */
export async function fetchGrant(session: Session): Promise<boolean> {
	const row = await session.row();
	const { cursor, mark } = row;
	const request = { own: false, grant: true, cursor, mark, envelopes: [] };
	const reply = await session.world.relay.exchange(accessOf(row), request);
	let isNew = false;
	for (const grant of sorted(reply.frames).grants) {
		isNew = (await session.useGrant(grant)) || isNew;
	}
	return isNew;
}

/** The card of a holder; null where it does not open. */
export function cardOf(
	card: string,
	place: { w: Uint8Array; holder: string; keyring: Keyring }
): Card | null {
	try {
		return openCard(bytesOf(card), place);
	} catch {
		return null;
	}
}

/** Bytes of what the relay says. Throws RelayError `portal` where it is no base64url. */
export function bytesOf(text: string): Uint8Array {
	const bytes = fromBase64url(text);
	if (!bytes) throw new RelayError('portal');
	return bytes;
}
