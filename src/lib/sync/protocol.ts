/**
 * The protocol's bytes: requests and frames, for both sides (SPEC.md, X and L).
 *
 * No keys and no sealing here: the relay imports this file, and carries what it cannot open.
 */
import { Reader, WireError, Writer } from './wire.ts';

export const protocolVersion = 1;
/** The newest two that this code speaks, newest first (V-1). */
export const protocolVersions: readonly number[] = [protocolVersion];
export const contentType = 'application/vnd.e-strategy.sync';

/** Bytes, and numbers of things, that neither side goes beyond. */
export const limits = {
	envelope: 65_536,
	/** A push: its whole body. */
	push: 262_144,
	/** Envelopes of one push. */
	envelopes: 1000,
	/** Where a reply stops, and says `more`. */
	reply: 262_144,
	/** What a client sends at once on a bad line. */
	badLine: 16_384,
	/** Plaintext of a part of a snapshot, and the part when sealed. */
	snapshotPart: 49_152,
	sealedPart: 49_152 + 256,
	/** Parts of a snapshot: 32 MB, which is as much as a document may have. */
	parts: 684,
	/** As in control.ts. */
	card: 4096,
	grant: 49_152,
	here: 1024,
	/** Of who participates (M-3): bytes of an envelope, and how many come in one push and in a minute. */
	note: 4096,
	notes: 60
} as const;

/** Roles and their numbers on the wire and in associated data. */
export const roles = { edit: 1, contribute: 2, view: 3, participate: 4 } as const;
export type Role = keyof typeof roles;
/** The role of a number; null for one that this version does not know. */
export const roleOf = (code: number): Role | null =>
	everyRole.find((role) => roles[role] === code) ?? null;
const everyRole: readonly Role[] = ['edit', 'contribute', 'view', 'participate'];

/** What a refusal says in `error`, and its status. */
export const errorStatus = {
	malformed: 400,
	role: 403,
	unknown: 404,
	conflict: 409,
	epoch: 409,
	deleted: 410,
	'too-large': 413,
	version: 426,
	'slow-down': 429,
	unavailable: 503,
	full: 507
} as const;
export type ErrorCode = keyof typeof errorStatus;

export const markLength = 8;
const noMark = new Uint8Array(markLength);

/** Flags of a request. */
const ownLane = 1;
const askGrant = 2;
const askLog = 4;

export type Request = {
	/** Include what this device's own lane pushed: a device that starts from nothing (H-1). */
	own: boolean;
	/** Give this device's grant in any case (J-6). */
	grant: boolean;
	/** Give the log from the floor rather than a snapshot (C-5). */
	log?: boolean;
	/** The last seq that the device has; 0 for none. */
	cursor: number;
	mark: Uint8Array;
	/** Envelopes as they were sealed, at most `limits.envelopes`. */
	envelopes: Uint8Array[];
};

/** Why a request was not read: what the relay answers. */
export class RequestError extends Error {
	readonly code: 'malformed' | 'too-large' | 'version';
	/** Of `too-large`: the limit that was passed. */
	readonly limit: number;

	constructor(code: RequestError['code'], message: string, limit = 0) {
		super(message);
		this.name = 'RequestError';
		this.code = code;
		this.limit = limit;
	}
}

export function writeRequest({
	own,
	grant,
	log,
	cursor,
	mark,
	envelopes
}: Request): Uint8Array<ArrayBuffer> {
	const flags = (own ? ownLane : 0) | (grant ? askGrant : 0) | (log ? askLog : 0);
	const writer = new Writer().byte(protocolVersion).byte(flags);
	writer.number(cursor).raw(mark.length === markLength ? mark : noMark);
	for (const envelope of envelopes) writer.bytes(envelope);
	return writer.done();
}

/**
 * A request's body. Flags of later versions are passed over. The envelopes are views into `body`.
 * Throws RequestError; its message never repeats what was sent.
 */
export function parseRequest(body: Uint8Array): Request {
	if (body.length > limits.push) throw tooLarge('a push', limits.push);
	const reader = new Reader(body);
	try {
		if (!protocolVersions.includes(reader.byte())) {
			throw new RequestError('version', 'a version that is not spoken here');
		}
		const flags = reader.byte();
		const own = (flags & ownLane) !== 0;
		const grant = (flags & askGrant) !== 0;
		const log = (flags & askLog) !== 0;
		const cursor = reader.number();
		const mark = reader.raw(markLength);
		const envelopes: Uint8Array[] = [];
		while (reader.left > 0) {
			const length = reader.number();
			if (length > limits.envelope) throw tooLarge('an envelope', limits.envelope);
			if (envelopes.length === limits.envelopes) throw tooLarge('a push', limits.envelopes);
			const envelope = reader.raw(length);
			headOf(envelope);
			envelopes.push(envelope);
		}
		return { own, grant, log, cursor, mark, envelopes };
	} catch (thrown) {
		if (thrown instanceof WireError) throw new RequestError('malformed', thrown.message);
		throw thrown;
	}
}

const tooLarge = (what: string, limit: number): RequestError =>
	new RequestError('too-large', `${what} beyond ${limit}`, limit);

/** The shortest envelope: epoch, counter, nonce, a sealed byte and its tag. */
const shortest = 1 + 1 + 24 + 1 + 16;

/** What stands openly before an envelope's nonce (E-1). Throws WireError where it can be no envelope. */
export function headOf(envelope: Uint8Array): {
	epoch: number;
	counter: number;
	sealed: Uint8Array;
} {
	if (envelope.length < shortest) throw new WireError('too short for an envelope');
	if (envelope.length > limits.envelope) throw new WireError('too long for an envelope');
	const reader = new Reader(envelope);
	const head = { epoch: reader.number(), counter: reader.number(), sealed: reader.rest() };
	if (head.sealed.length < shortest - 2) throw new WireError('too short for an envelope');
	return head;
}

/** What a reply, and a live stream, is made of (X-2, L-1). */
export type Frame =
	/** First of all: whom one speaks to. `now` in ms since 1970; `head` and `floor` are seqs (C-2). */
	| { kind: 'hello'; versions: number[]; now: number; epoch: number; head: number; floor: number }
	/** An envelope of this push is on disk under `seq`. */
	| { kind: 'ack'; counter: number; seq: number }
	/** The device's grant, where it has keys that the device may lack. */
	| { kind: 'grant'; grant: Uint8Array }
	| { kind: 'envelope'; seq: number; lane: number; role: number; envelope: Uint8Array }
	/** All up to `seq` has been given; `mark` is the one of that place. */
	| { kind: 'end'; seq: number; mark: Uint8Array }
	/** After `end`: there is more than fitted; ask again from there. */
	| { kind: 'more' }
	/** In place of what is before the floor: fetch the parts, go on from `covers` (C-2). */
	| { kind: 'snapshot'; covers: number; parts: number; epoch: number }
	/** The relay does not have what the cursor's mark says (X-6, H-1). */
	| { kind: 'rewound' }
	| { kind: 'here'; lane: number; role: number; note: Uint8Array }
	| { kind: 'holders' }
	| { kind: 'gone' }
	| { kind: 'ping' };

/** The first byte of a frame. */
export const types = {
	hello: 1,
	ack: 2,
	grant: 3,
	envelope: 4,
	end: 5,
	more: 6,
	snapshot: 7,
	rewound: 8,
	here: 9,
	holders: 10,
	gone: 11,
	ping: 12
} as const satisfies Record<Frame['kind'], number>;

/** The largest payload of a frame: an envelope's, with what stands before it. */
const frameLimit = limits.envelope + 64;

export function writeFrame(frame: Frame): Uint8Array<ArrayBuffer> {
	const payload = new Writer();
	switch (frame.kind) {
		case 'hello':
			payload.number(frame.versions.length);
			for (const version of frame.versions) payload.number(version);
			payload.number(frame.now).number(frame.epoch).number(frame.head).number(frame.floor);
			break;
		case 'ack':
			payload.number(frame.counter).number(frame.seq);
			break;
		case 'grant':
			payload.raw(frame.grant);
			break;
		case 'envelope':
			payload.number(frame.seq).number(frame.lane).number(frame.role).raw(frame.envelope);
			break;
		case 'end':
			payload.number(frame.seq).raw(frame.mark);
			break;
		case 'snapshot':
			payload.number(frame.covers).number(frame.parts).number(frame.epoch);
			break;
		case 'here':
			payload.number(frame.lane).number(frame.role).raw(frame.note);
			break;
	}
	return new Writer().byte(types[frame.kind]).bytes(payload.done()).done();
}

/** What follows the known fields of a frame belongs to a later version, and is passed over. */
function parseFrame(type: number, payload: Reader): Frame | null {
	switch (type) {
		case types.hello: {
			const versions: number[] = [];
			for (let left = payload.number(16); left > 0; left--) versions.push(payload.number());
			const [now, epoch] = [payload.number(), payload.number()];
			return {
				kind: 'hello',
				versions,
				now,
				epoch,
				head: payload.number(),
				floor: payload.number()
			};
		}
		case types.ack:
			return { kind: 'ack', counter: payload.number(), seq: payload.number() };
		case types.grant:
			return { kind: 'grant', grant: payload.rest() };
		case types.envelope: {
			const [seq, lane, role] = [payload.number(), payload.number(), payload.number()];
			return { kind: 'envelope', seq, lane, role, envelope: payload.rest() };
		}
		case types.end:
			return { kind: 'end', seq: payload.number(), mark: payload.raw(markLength) };
		case types.more:
			return { kind: 'more' };
		case types.snapshot: {
			const [covers, parts] = [payload.number(), payload.number(limits.parts)];
			return { kind: 'snapshot', covers, parts, epoch: payload.number() };
		}
		case types.rewound:
			return { kind: 'rewound' };
		case types.here: {
			const [lane, role] = [payload.number(), payload.number()];
			return { kind: 'here', lane, role, note: payload.rest() };
		}
		case types.holders:
			return { kind: 'holders' };
		case types.gone:
			return { kind: 'gone' };
		case types.ping:
			return { kind: 'ping' };
		default:
			return null;
	}
}

/**
 * Frames out of a stream of chunks, however they were cut. Frames of unknown types are passed over
 * (V-2). Throws WireError for what is no frame: nothing after it can be trusted then.
 */
export class FrameReader {
	#chunks: Uint8Array[] = [];
	/** Bytes waiting in all chunks. */
	#waiting = 0;
	/** Bytes that the frame at the front needs, as far as is known. */
	#needed = 2;

	/** Whether the stream stands between two frames: where it ends elsewhere, it was cut. */
	get whole(): boolean {
		return this.#waiting === 0;
	}

	/** The frames that are complete now. Their bytes are copies of nothing: use them before they change. */
	push(chunk: Uint8Array): Frame[] {
		if (chunk.length > 0) this.#chunks.push(chunk);
		this.#waiting += chunk.length;
		if (this.#waiting < this.#needed) return [];
		// A frame that comes in a thousand pieces is joined when it is complete, not a thousand times.
		const bytes = this.#joined();
		const frames: Frame[] = [];
		let at = 0;
		for (;;) {
			const head = headOfFrame(bytes.subarray(at, at + 9));
			this.#needed = head ? head.start + head.length : bytes.length - at + 1;
			if (!head || bytes.length - at < this.#needed) break;
			const payload = new Reader(bytes.subarray(at + head.start, at + this.#needed));
			const frame = parseFrame(head.type, payload);
			if (frame) frames.push(frame);
			at += this.#needed;
		}
		this.#waiting = bytes.length - at;
		this.#chunks = this.#waiting > 0 ? [bytes.subarray(at)] : [];
		return frames;
	}

	#joined(): Uint8Array {
		const [first] = this.#chunks;
		if (first && this.#chunks.length === 1) return first;
		const bytes = new Uint8Array(this.#waiting);
		let at = 0;
		for (const chunk of this.#chunks) {
			bytes.set(chunk, at);
			at += chunk.length;
		}
		return bytes;
	}
}

/** A frame's type, where its payload starts and how long that is; null while that has not all arrived. */
function headOfFrame(bytes: Uint8Array): { type: number; start: number; length: number } | null {
	const end = bytes.findIndex((byte, i) => i > 0 && byte < 128);
	if (end < 0) {
		if (bytes.length > 8) throw new WireError('a frame without an end');
		return null;
	}
	const reader = new Reader(bytes.subarray(0, end + 1));
	const type = reader.byte();
	return { type, length: reader.number(frameLimit), start: end + 1 };
}

/** All frames of a whole reply. Throws WireError where it was cut, or is none. */
export function parseFrames(bytes: Uint8Array): Frame[] {
	const reader = new FrameReader();
	const frames = reader.push(bytes);
	if (!reader.whole) throw new WireError('ends too early');
	return frames;
}
