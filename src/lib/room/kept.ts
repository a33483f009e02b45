/**
 * What a phone keeps of a room until it is acknowledged, and to go on after a reload: a few kilobytes of
 * JSON in localStorage, which works on plain HTTP and needs no library. Two tabs of one phone share it, and
 * so are one device.
 */
import { fromBase64url, toBase64url } from '#lib/crypto/bytes.ts';
import { levels } from '#lib/model/guide.ts';
import type { Level } from '#lib/model/guide.ts';
import type { Guest, Note } from '#lib/model/room.ts';
import { fieldsOf, parseNote, textOf, wholeOf } from './messages.ts';

/** localStorage, or what stands for it. `write` says whether it was kept. */
export interface Keep {
	read(name: string): string | null;
	write(name: string, text: string): boolean;
	remove(name: string): void;
}

/** A note that no ack has come for, as it was sealed: it is sent again as the same bytes (H-3). */
export type Waiting = { counter: number; note: Note; envelope: Uint8Array };
export type KeptCard = { id: string; session: string; column: string; text: string };

export type Kept = {
	/** As `crypto/invitation.ts` writes it. */
	invitation: string;
	title: string;
	/** Milliseconds since 1970, by the server's clock. */
	until: number;
	/** Empty until a nickname was given. */
	device: { id: string; token: Uint8Array; privateKey: Uint8Array } | null;
	/** Holder id of the invitation. */
	by: string;
	keyring: Uint8Array;
	me: Guest | null;
	/** 0 until it is in. */
	lane: number;
	/** The last counter that was used. */
	counter: number;
	waiting: Waiting[];
	/** `<ballot>/<round>` → what I said. */
	votes: Record<string, Level | null>;
	dots: Record<string, number>;
	cards: KeptCard[];
	formGiven: boolean;
	helpOn: boolean;
};

export const newKept = (invitation: string): Kept => ({
	invitation,
	title: '',
	until: 0,
	device: null,
	by: '',
	keyring: new Uint8Array(),
	me: null,
	lane: 0,
	counter: 0,
	waiting: [],
	votes: {},
	dots: {},
	cards: [],
	formGiven: false,
	helpOn: false
});

export const nameOf = (address: Uint8Array): string => `room/${toBase64url(address)}`;
/** The room that this phone was in last: its page is loaded again without a key in its address. */
export const lastRoom = 'room/last';

export const writeKept = (kept: Kept): string =>
	JSON.stringify(kept, (_, value: unknown) =>
		value instanceof Uint8Array ? toBase64url(value) : value
	);

/** Null where nothing, or nothing sound, was kept. */
export function parseKept(text: string | null): Kept | null {
	const stored = fieldsOf(jsonOf(text));
	const invitation = textOf(stored?.invitation, 200);
	if (!stored || !invitation) return null;
	const device = fieldsOf(stored.device);
	const [token, privateKey] = [bytesOf(device?.token), bytesOf(device?.privateKey)];
	const id = textOf(device?.id, 40);
	const me = fieldsOf(stored.me);
	return {
		invitation,
		title: textOf(stored.title, 1000) ?? '',
		until: wholeOf(stored.until, 0, Number.MAX_SAFE_INTEGER) ?? 0,
		device: id && token && privateKey ? { id, token, privateKey } : null,
		by: textOf(stored.by, 40) ?? '',
		keyring: bytesOf(stored.keyring) ?? new Uint8Array(),
		me: me && {
			nickname: textOf(me.nickname, 1000) ?? '',
			organisation: textOf(me.organisation, 1000) ?? '',
			consent: me.consent === true
		},
		lane: wholeOf(stored.lane, 0, 1e9) ?? 0,
		counter: wholeOf(stored.counter, 0, Number.MAX_SAFE_INTEGER) ?? 0,
		waiting: listOf(stored.waiting).flatMap(waitingOf),
		votes: tableOf(stored.votes, (said) =>
			said === null ? null : levels.find((level) => level === said)
		),
		dots: tableOf(stored.dots, (n) => wholeOf(n, 0, 99) ?? undefined),
		cards: listOf(stored.cards).flatMap((one) => {
			const note = parseNote({ ...fieldsOf(one), k: 'card' });
			return note?.k === 'card' ? [without(note)] : [];
		}),
		formGiven: stored.formGiven === true,
		helpOn: stored.helpOn === true
	};
}

const without = ({ id, session, column, text }: KeptCard): KeptCard => ({
	id,
	session,
	column,
	text
});

function waitingOf(value: unknown): Waiting[] {
	const one = fieldsOf(value);
	const [note, envelope] = [parseNote(one?.note), bytesOf(one?.envelope)];
	const counter = wholeOf(one?.counter, 1, Number.MAX_SAFE_INTEGER);
	return note && envelope && counter ? [{ counter, note, envelope }] : [];
}

function tableOf<T>(value: unknown, parse: (one: unknown) => T | undefined): Record<string, T> {
	const table: Record<string, T> = Object.create(null);
	for (const [name, one] of Object.entries(fieldsOf(value) ?? {}).slice(0, 500)) {
		const sound = parse(one);
		if (sound !== undefined) table[name] = sound;
	}
	return table;
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value.slice(0, 500) : []);
const bytesOf = (value: unknown): Uint8Array | null =>
	typeof value === 'string' ? fromBase64url(value) : null;
function jsonOf(text: string | null): unknown {
	try {
		return JSON.parse(text ?? 'null');
	} catch {
		return null;
	}
}
