/** What leaves: waiting updates become envelopes, and envelopes that must be sealed again are. */
import { contentKey } from '#lib/crypto/keys.ts';
import { newest, openByRing } from '#lib/crypto/keyring.ts';
import type { Keyring } from '#lib/crypto/keyring.ts';
import { seal } from '#lib/crypto/seal.ts';
import type { Flight, Seal, SealAgain } from '#lib/store/shared.ts';
import { sealUpdate } from '#lib/sync/envelope.ts';
import { headOf, limits } from '#lib/sync/protocol.ts';
import { Writer } from '#lib/sync/wire.ts';
import { merged, mergedAtOnce } from './intake.ts';

/** Who seals: a role and a lane by their numbers. */
export type Sender = { keyring: Keyring; w: Uint8Array; role: number; lane: number };

/** Seals waiting updates: many small ones as one envelope, a large one as several. */
export const sealer =
	(sender: Sender): Seal =>
	(updates, next) => {
		const { epoch } = newest(sender.keyring);
		const together = merged(updates);
		return together.flatMap((update, i) => {
			const counters: number[] = [];
			const nextCounter = () => {
				counters.push(next());
				return counters.at(-1)!;
			};
			const envelopes = sealUpdate(update, { ...sender, nextCounter });
			const changes = Math.min(mergedAtOnce, updates.length - mergedAtOnce * i);
			return envelopes.map((envelope, piece): Flight => ({
				counter: counters[piece]!,
				epoch,
				// Counted as gone when the last piece has landed.
				changes: piece === envelopes.length - 1 ? changes : 0,
				envelope
			}));
		});
	};

/**
 * Seals again what is in flight, for another epoch (O-6) or lane (H-2). What does not open is dropped:
 * the workspace has it, and a healing finds that the relay has not.
 */
export const sealedAgain =
	(from: Sender, to: Sender): SealAgain =>
	(flights, next) => {
		const { epoch, key } = newest(to.keyring);
		const content = contentKey(key, to.w);
		return flights.flatMap(({ envelope, changes }) => {
			const plaintext = plaintextOf(envelope, from);
			if (!plaintext) return [];
			const counter = next();
			const { w, role, lane } = to;
			const sealed = seal(plaintext, content, { kind: 'log', w, epoch, role, lane, counter });
			const again = new Writer().number(epoch).number(counter).raw(sealed).done();
			return [{ counter, epoch, changes, envelope: again }];
		});
	};

function plaintextOf(envelope: Uint8Array, { keyring, w, role, lane }: Sender): Uint8Array | null {
	try {
		const { epoch, counter, sealed } = headOf(envelope);
		return openByRing(sealed, keyring, { kind: 'log', w, epoch, role, lane, counter });
	} catch {
		return null;
	}
}

/** The first of them that fit in `size` bytes, but at least one. */
export function firstOf(flights: Flight[], size: number): Flight[] {
	let bytes = 0;
	const fit = flights.findIndex(({ envelope }) => (bytes += envelope.length + 3) > size);
	return flights.slice(
		0,
		Math.min(fit === -1 ? flights.length : Math.max(1, fit), limits.envelopes)
	);
}
