/** Refused: what is done where the relay did not take what was sent, or does not know this device (SPEC.md, O-6, X-4, H-2). */
import { newest } from '#lib/crypto/keyring.ts';
import { Problem } from '#lib/model/problem.ts';
import { heal, rejoin } from './healing.ts';
import { fetchGrant } from './members.ts';
import { sealedAgain } from './outgoing.ts';
import { RelayError, syncProblem } from './relay-error.ts';
import { senderOf } from './session.ts';
import type { Session } from './session.ts';

/**
 * 409 epoch: takes the new key, and seals again what was on its way (O-6). False where the relay was set back
 * behind a rotation and this device may not rotate: it waits for one that may (H-1a).
 */
export async function sealAnew(session: Session, { epoch }: RelayError): Promise<boolean> {
	const row = await session.row();
	const before = senderOf(row);
	const isBehind = epoch < newest(before.keyring).epoch;
	if (isBehind && row.role !== 'edit') return false;
	if (isBehind) await heal(session);
	else await fetchGrant(session);
	const after = senderOf(await session.row());
	await session.world.store.sync.sealAgain(session.id, sealedAgain(before, after));
	return true;
}

/**
 * 409 conflict: the counters were used by another copy of this browser profile. Both go on, each
 * far from the other, and this one reads what its own lane has sent.
 */
export async function passOver(session: Session): Promise<void> {
	const { store, random } = session.world;
	const sender = senderOf(await session.row());
	const skip = 1000 + Math.floor(random() * 1_000_000);
	const again = sealedAgain(sender, sender);
	await store.sync.sealAgain(session.id, again, { skip, change: { healDue: true } });
	await heal(session, { said: false });
}

/** What came of trying to come back. */
export type Return =
	| { how: 'back' }
	/** Nobody answered: to be tried again, after what the relay asked for (ms). */
	| { how: 'later'; code: Problem['code']; wait: number }
	/** The row says so, too. */
	| { how: 'out'; code: 'sync-revoked' | 'sync-deleted' };

/** 404: tries to come back by the invitation, once an hour (H-2). */
export async function comeBack(session: Session): Promise<Return> {
	const { id, world } = session;
	const { store, now, waits } = world;
	const row = await session.row();
	const passed = now() - Date.parse(row.rejoinAt || '1970-01-01');
	const out = async (code: 'sync-revoked' | 'sync-deleted'): Promise<Return> => {
		await store.sync.change(id, { refused: code });
		return { how: 'out', code };
	};
	// A clock that was set back would else keep it waiting for years (F-18).
	if (!row.invitation || (passed < waits.rare && passed >= 0)) return out('sync-revoked');
	await store.sync.change(id, { rejoinAt: new Date(now()).toISOString() });
	try {
		return (await rejoin(session)) ? { how: 'back' } : await out('sync-revoked');
	} catch (thrown) {
		// An invitation that the relay gives another role is no way back.
		if (thrown instanceof Problem && thrown.code === 'invitation-differs')
			return out('sync-revoked');
		const { code, wait } = RelayError.of(thrown);
		if (code === 'unreachable' || code === 'portal' || code === 'unavailable') {
			// Nobody has refused anything yet: the hour begins when somebody does.
			await store.sync.change(id, { rejoinAt: row.rejoinAt });
			return { how: 'later', code: syncProblem(thrown).code, wait };
		}
		return out(code === 'deleted' ? 'sync-deleted' : 'sync-revoked');
	}
}
