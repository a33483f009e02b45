/**
 * Founding: a workspace of this device becomes a shared one, with this device as its first (SPEC.md, O-1, J-2).
 *
 * What is drawn for it is kept until its row is stored: a try after a lost answer is the same one, and leaves no
 * empty workspace behind at the relay.
 */
import { toBase64url } from '#lib/crypto/bytes.ts';
import { sealCard } from '#lib/crypto/card.ts';
import type { Card } from '#lib/crypto/card.ts';
import { newAddress, newEpochKey } from '#lib/crypto/keys.ts';
import { writeKeyring } from '#lib/crypto/keyring.ts';
import { isBytes } from '#lib/store/row-bytes.ts';
import { deviceOf, draw, drawnFrom } from './drawn.ts';
import type { DrawnWithKeys, Settings, Source } from './drawn.ts';
import { sharedRole } from './entering.ts';
import type { Entered } from './entering.ts';
import { isRecord } from './kept-list.ts';
import type { Me } from './members.ts';
import type { RelayClient } from './relay-client.ts';
import { RelayError } from './relay-error.ts';

type Who = { contributor: string; code: string; now: string };

/**
 * Makes a new shared workspace at the relay. What an earlier try drew, whose answer may have been lost, the relay
 * answers the same. Throws RelayError.
 */
export async function found(
	relay: RelayClient,
	me: Me,
	who: Who,
	drawn: DrawnWithKeys = drawFirst()
): Promise<Entered> {
	const { member, keyring } = drawn;
	const card = toBase64url(cardOf(me, who, drawn));
	const { lane, role } = await relay.create({
		w: toBase64url(member.address),
		device: { ...deviceOf(member, keyring), card },
		code: who.code
	});
	return { member, lane, role: sharedRole(role), keyring };
}

/** Its card, sealed (K-9). */
function cardOf(
	me: Me,
	{ contributor, now }: Who,
	{ member: { address: w, holder, publicKey }, keyring }: DrawnWithKeys
): Uint8Array {
	const card: Card = {
		publicKey,
		kind: 'device',
		role: 'edit',
		label: '',
		...me,
		contributor,
		madeBy: '',
		at: now
	};
	return sealCard(card, { keyring, w, holder });
}

const drawFirst = (): DrawnWithKeys => ({
	member: draw(newAddress()),
	keyring: [{ epoch: 1, key: newEpochKey() }]
});

/** The same for workspace `id` of this device; once its row is stored, `isShared` forgets the try. */
export async function foundOnce(
	{ relay, settings }: Source,
	id: string,
	me: Me,
	who: Who
): Promise<Entered> {
	const begun = await begunFor(settings, id);
	if (begun) {
		try {
			const entered = await found(relay, me, who, begun);
			// They may have said another name since.
			await relay.setCard(begun.member, cardOf(me, who, begun));
			return entered;
		} catch (thrown) {
			const { code } = RelayError.of(thrown);
			// It was there, and is over: deleted meanwhile, or its first device was put out.
			if (code !== 'deleted' && code !== 'conflict' && code !== 'unknown') throw thrown;
		}
	}
	const drawn = drawFirst();
	const { member, keyring } = drawn;
	const kept = { address: member.address, member, keyring: writeKeyring(keyring) };
	await settings.saveSetting(settingOf(id), kept);
	return found(relay, me, who, drawn);
}

/** The row of what was founded is stored. */
export async function isShared(settings: Settings, id: string): Promise<void> {
	await settings.saveSetting(settingOf(id), null);
}

const settingOf = (id: string): string => `founding/${id}`;

async function begunFor(settings: Settings, id: string): Promise<DrawnWithKeys | null> {
	const kept = await settings.setting(settingOf(id));
	return isRecord(kept) && isBytes(kept.address) ? drawnFrom(kept, kept.address) : null;
}
