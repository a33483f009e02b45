/**
 * A card: who a holder is (K-9). Sealed with the content key, so that only the team reads it, for the
 * holder's id, so that the relay cannot hand out one card for another.
 *
 * `epoch ‖ nonce ‖ ciphertext`; the plaintext is `version(1) ‖ public key(32) ‖ JSON`.
 */
import { isContentId } from '#lib/model/ids.ts';
import { Problem } from '#lib/model/problem.ts';
import { Reader, Writer } from '#lib/model/wire.ts';
import { concat, utf8 } from './bytes.ts';
import { contentKey } from './keys.ts';
import type { Address } from './keys.ts';
import { newest, openByRing } from './keyring.ts';
import type { Keyring } from './keyring.ts';
import { seal } from './seal.ts';

export type Card = {
	/** What grants for this holder are sealed for: X25519, 32 bytes. */
	publicKey: Uint8Array;
	kind: 'invitation' | 'device';
	role: 'edit' | 'contribute' | 'view' | 'participate';
	/** Of an invitation: what its maker calls it. */
	label: string;
	/** Of a device: its person. Of an invitation: the workspace's name and country when it was made. */
	name: string;
	organisation: string;
	/** Contributor id under which the device answers; empty for an invitation. */
	contributor: string;
	/** Holder id of who made it: an invitation's editor; for a device the invitation that it came by. */
	madeBy: string;
	/** Of a phone in a room: its person may be named in the report. */
	consent?: boolean;
	/** Of an invitation to answer a part: what is asked. */
	part?: AskedPart;
	/** ISO 8601 in UTC, by its maker's clock. */
	at: string;
};

/** What somebody who is asked reads before joining: how many questions of which guide, by whom, until when. */
export type AskedPart = {
	questions: number;
	/** Id of the guide. */
	guide: string;
	/** Name and organisation of who asks. */
	by: string;
	/** A day `YYYY-MM-DD`, or empty. */
	due: string;
};

const texts = ['label', 'name', 'organisation', 'contributor', 'madeBy', 'at'] as const;
/** Letters of each text: a card has at most 2 KB, in any script. */
const textLimit = 120;
/** Control characters and halves of characters take six bytes each in JSON, and say nothing. */
const cut = (text: string): string => text.replace(/[\p{Cc}\p{Cs}]/gu, ' ').slice(0, textLimit);

export function sealCard(
	card: Card,
	{ keyring, w, holder }: { keyring: Keyring; w: Address; holder: string }
): Uint8Array {
	const { publicKey, ...rest } = card;
	for (const text of texts) rest[text] = cut(rest[text]);
	if (rest.part) rest.part = askedPart(rest.part);
	const { epoch, key } = newest(keyring);
	const plaintext = concat(Uint8Array.of(1), publicKey, utf8(JSON.stringify(rest)));
	const sealed = seal(plaintext, contentKey(key, w), { kind: 'card', w, epoch, holder });
	return new Writer().number(epoch).raw(sealed).done();
}

/**
 * Throws Problem `unreadable` {why}: 'key' {epoch} where the keyring has none for it, 'sealed' where it
 * was not sealed for this holder, 'malformed' where a member wrote nonsense.
 */
export function openCard(
	bytes: Uint8Array,
	{ keyring, w, holder }: { keyring: Keyring; w: Address; holder: string }
): Card {
	const { epoch, sealed } = split(bytes);
	return parse(openByRing(sealed, keyring, { kind: 'card', w, epoch, holder }));
}

function split(bytes: Uint8Array): { epoch: number; sealed: Uint8Array } {
	try {
		const reader = new Reader(bytes);
		return { epoch: reader.number(), sealed: reader.rest() };
	} catch (thrown) {
		throw new Problem('unreadable', { why: 'malformed' }, thrown);
	}
}

function parse(plaintext: Uint8Array): Card {
	try {
		const reader = new Reader(plaintext);
		if (reader.byte() !== 1) throw new Error('a card of another version');
		const publicKey = reader.raw(32).slice();
		const stored: unknown = JSON.parse(new TextDecoder().decode(reader.rest()));
		if (typeof stored !== 'object' || stored === null) throw new Error('not a card');
		const fields = new Map<string, unknown>(Object.entries(stored));
		const text = (name: string): string => {
			const value = fields.get(name);
			return typeof value === 'string' ? cut(value) : '';
		};
		const kind = fields.get('kind');
		const role = fields.get('role');
		if (kind !== 'invitation' && kind !== 'device') throw new Error('a card of no kind');
		if (role !== 'edit' && role !== 'contribute' && role !== 'view' && role !== 'participate') {
			throw new Error('a card of no role');
		}
		const part = askedPart(fields.get('part'));
		return {
			publicKey,
			kind,
			role,
			label: text('label'),
			name: text('name'),
			organisation: text('organisation'),
			contributor: text('contributor'),
			madeBy: text('madeBy'),
			...(fields.get('consent') === true ? { consent: true } : {}),
			...(part ? { part } : {}),
			at: text('at')
		};
	} catch (thrown) {
		throw new Problem('unreadable', { why: 'malformed' }, thrown);
	}
}

/** What a card says of a part; undefined where that is nothing, or nonsense. */
function askedPart(value: unknown): AskedPart | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	const fields = new Map<string, unknown>(Object.entries(value));
	const [questions, guide] = [fields.get('questions'), fields.get('guide')];
	if (!Number.isSafeInteger(questions) || Number(questions) < 1) return undefined;
	if (typeof guide !== 'string' || !isContentId(guide)) return undefined;
	const [by, due] = [fields.get('by'), fields.get('due')];
	return {
		questions: Number(questions),
		guide: guide.slice(0, textLimit),
		by: typeof by === 'string' ? cut(by) : '',
		due: typeof due === 'string' && /^\d{4}-\d\d-\d\d$/.test(due) ? due : ''
	};
}
