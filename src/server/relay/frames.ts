/**
 * The frames that the relay sends all day, as `writeFrame` of protocol.ts makes them (a test compares), but
 * written straight into bytes of the right length: what is sent to five devices is made once.
 */
import { Buffer } from 'node:buffer';
import { protocolVersions, types } from '#lib/sync/protocol.ts';
import { roleNumber } from '../storage/sql.ts';
import type { Ack, Page, Stored } from '../storage/storage.ts';

const made = new WeakMap<Uint8Array, Buffer>();

export const frameOf = ({ seq, lane, role, bytes }: Stored): Buffer =>
	frameFrom(types.envelope, [seq, lane, roleNumber(role)], bytes);

/** Of what was just committed, and goes to many: made once. What is read from the storage goes to one. */
export function sharedFrameOf(stored: Stored): Buffer {
	let frame = made.get(stored.bytes);
	if (!frame) made.set(stored.bytes, (frame = frameOf(stored)));
	return frame;
}

export const ackOf = ({ counter, seq }: Ack): Buffer => frameFrom(types.ack, [counter, seq]);

export const endOf = (seq: number, mark: Uint8Array): Buffer => frameFrom(types.end, [seq], mark);

/** The first frame of every answer; `now` in ms since 1970. */
export const helloOf = ({ epoch, head, floor }: Page, now: number): Buffer =>
	frameFrom(types.hello, [
		protocolVersions.length,
		...protocolVersions,
		...[Math.floor(now), epoch, head, floor]
	]);

const nothing = new Uint8Array(0);

function frameFrom(type: number, numbers: number[], raw: Uint8Array = nothing): Buffer {
	let size = raw.length;
	for (const number of numbers) size += lengthOf(number);
	const bytes = Buffer.allocUnsafe(1 + lengthOf(size) + size);
	bytes[0] = type;
	let at = put(bytes, 1, size);
	for (const number of numbers) at = put(bytes, at, number);
	bytes.set(raw, at);
	return bytes;
}

function lengthOf(number: number): number {
	let length = 1;
	for (; number > 127; number = Math.floor(number / 128)) length++;
	return length;
}

/** Returns where it ends. */
function put(bytes: Buffer, at: number, number: number): number {
	for (; number > 127; number = Math.floor(number / 128)) bytes[at++] = (number % 128) + 128;
	bytes[at++] = number;
	return at;
}
