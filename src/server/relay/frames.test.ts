import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { writeFrame } from '#lib/sync/protocol.ts';
import { ackOf, endOf, frameOf, helloOf } from './frames.ts';

const numbers = [1, 127, 128, 300, 2 ** 31, 2 ** 40, Number.MAX_SAFE_INTEGER];
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const zeros = new Uint8Array(8);

it.each(numbers)('frames with %d are those of the protocol', (n) => {
	const mark = randomBytes(8);
	const bytes = randomBytes(n % 500);
	expect(hex(ackOf({ counter: n, seq: n }))).toBe(
		hex(writeFrame({ kind: 'ack', counter: n, seq: n }))
	);
	expect(hex(endOf(n, mark))).toBe(hex(writeFrame({ kind: 'end', seq: n, mark })));
	expect(hex(frameOf({ seq: n, lane: n, role: 'view', bytes }))).toBe(
		hex(writeFrame({ kind: 'envelope', seq: n, lane: n, role: 3, envelope: bytes }))
	);
	const page = { epoch: n, head: n, floor: n };
	const hello = { ...page, kind: 'hello' as const, versions: [1], now: n };
	const rest = { mark: zeros, markEpoch: 0, envelopes: [], upTo: 0, upToMark: zeros, more: false };
	expect(hex(helloOf({ ...page, ...rest }, n))).toBe(hex(writeFrame(hello)));
});
