import { describe, expect, test, vi } from 'vitest';
import { seeded } from '../../../tests/fixtures/seeds.ts';
import {
	FrameReader,
	headOf,
	limits,
	parseFrames,
	parseRequest,
	RequestError,
	writeFrame,
	writeRequest,
	roleOf,
	roles
} from './protocol.ts';
import type { Frame, Request } from './protocol.ts';
import { WireError, Writer } from './wire.ts';

// On a busy machine these take their time; what must be fast says so itself.
vi.setConfig({ testTimeout: 30_000 });

const mark = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const envelope = (length: number, counter = 1): Uint8Array => {
	const head = new Writer().number(1).number(counter).done();
	return new Writer()
		.raw(head)
		.raw(new Uint8Array(length - head.length).fill(9))
		.done();
};
const request = (envelopes: Uint8Array[]): Request => ({
	own: false,
	grant: false,
	log: false,
	cursor: 300,
	mark,
	envelopes
});

function refusal(body: Uint8Array): string {
	try {
		parseRequest(body);
		return 'read';
	} catch (thrown) {
		return thrown instanceof RequestError ? `${thrown.code} ${thrown.limit}` : String(thrown);
	}
}

describe('a request (X-1)', () => {
	test('is read as it was written', () => {
		for (const own of [true, false]) {
			for (const grant of [true, false]) {
				for (const log of [true, false]) {
					const one = { ...request([envelope(50), envelope(90, 2)]), own, grant, log };
					expect(parseRequest(writeRequest(one))).toEqual(one);
				}
			}
		}
		expect(parseRequest(writeRequest(request([])))).toEqual(request([]));
	});

	test('that only asks weighs 12 bytes', () => {
		expect(writeRequest(request([]))).toHaveLength(12);
	});

	test('flags of a later version are passed over (V-2)', () => {
		const body = writeRequest(request([]));
		body[1] = 0xf8;
		expect(parseRequest(body)).toEqual(request([]));
	});

	test('of another version is told so, whatever follows (V-1)', () => {
		expect(refusal(Uint8Array.of(2))).toBe('version 0');
		expect(refusal(Uint8Array.of(0, 255, 255))).toBe('version 0');
	});

	test('has its limits: bytes, envelopes, an envelope (E-6, S-16)', () => {
		const most = Array.from({ length: 1000 }, (_, i) => envelope(60, i));
		expect(refusal(writeRequest(request(most)))).toBe('read');
		expect(refusal(writeRequest(request([...most, envelope(60)])))).toBe('too-large 1000');
		expect(refusal(writeRequest(request([envelope(limits.envelope)])))).toBe('read');
		expect(refusal(writeRequest(request([envelope(limits.envelope + 1)])))).toBe('too-large 65536');
		const large = Array.from({ length: 5 }, () => envelope(60_000));
		expect(refusal(writeRequest(request(large)))).toBe('too-large 262144');
	});

	test('that claims an endless envelope is refused by its length alone', () => {
		const claim = new Writer()
			.raw(writeRequest(request([])))
			.number(2 ** 40)
			.done();
		expect(refusal(claim)).toBe('too-large 65536');
	});

	test('cut anywhere is malformed, or ends at an envelope', () => {
		const body = writeRequest(request([envelope(60), envelope(60, 2)]));
		for (let length = 0; length < body.length; length++) {
			const found = refusal(body.subarray(0, length));
			const atAnEnd = length === 12 || length === 73;
			expect(found, String(length)).toBe(atAnEnd ? 'read' : 'malformed 0');
		}
	});

	test('with envelopes too short to be any is malformed', () => {
		for (const length of [0, 1, 2, 42]) {
			const body = new Writer().raw(writeRequest(request([]))).bytes(new Uint8Array(length));
			expect(refusal(body.done())).toBe('malformed 0');
		}
	});

	test('random bytes never hang, never throw anything else (F-63)', () => {
		const random = seeded(5);
		for (let run = 0; run < 4000; run++) {
			const bytes = Uint8Array.from({ length: random.number(120) }, () => random.number(256));
			if (random.chance(0.8)) bytes[0] = 1;
			expect(refusal(bytes)).toMatch(/^(read|malformed|version|too-large)/);
		}
	});
});

test('roles have their numbers on the wire, and an unknown number is no role (R-2a)', () => {
	expect(roles).toEqual({ edit: 1, contribute: 2, view: 3, participate: 4 });
	expect([1, 2, 3, 4].map(roleOf)).toEqual(['edit', 'contribute', 'view', 'participate']);
	expect([0, 5].map(roleOf)).toEqual([null, null]);
});

test('the head of an envelope is its epoch and its counter (E-1)', () => {
	const bytes = envelope(60, 5000);
	const { epoch, counter, sealed } = headOf(bytes);
	expect([epoch, counter, sealed.length]).toEqual([1, 5000, 57]);
	expect(() => headOf(new Uint8Array(60).fill(0xff))).toThrow(WireError);
});

const frames: Frame[] = [
	{ kind: 'hello', versions: [2, 1], now: 1_795_000_000_000, epoch: 3, head: 900, floor: 400 },
	{ kind: 'ack', counter: 12, seq: 901 },
	{ kind: 'grant', grant: new Uint8Array(120).fill(4) },
	{ kind: 'envelope', seq: 902, lane: 3, role: 1, envelope: envelope(200) },
	{ kind: 'envelope', seq: 903, lane: 3, role: 1, envelope: envelope(limits.envelope) },
	{ kind: 'end', seq: 902, mark },
	{ kind: 'more' },
	{ kind: 'snapshot', covers: 400, parts: 7, epoch: 2 },
	{ kind: 'rewound' },
	{ kind: 'here', lane: 3, role: 3, note: new Uint8Array(80).fill(5) },
	{ kind: 'holders' },
	{ kind: 'gone' },
	{ kind: 'ping' }
];
const stream = new Writer();
for (const frame of frames) stream.raw(writeFrame(frame));
const bytes = stream.done();

describe('frames (X-2, L-1)', () => {
	test('are read as they were written', () => {
		expect(parseFrames(bytes)).toEqual(frames);
	});

	test('their bytes are those of version 1', () => {
		expect(writeFrame({ kind: 'ack', counter: 12, seq: 901 })).toEqual(
			Uint8Array.of(2, 3, 12, 0x85, 0x07)
		);
		expect(writeFrame({ kind: 'ping' })).toEqual(Uint8Array.of(12, 0));
		expect(writeFrame({ kind: 'end', seq: 1, mark })).toEqual(Uint8Array.of(5, 9, 1, ...mark));
	});

	test('come out the same however a line cuts them', () => {
		for (let run = 0; run < 20; run++) {
			const random = seeded(run);
			const reader = new FrameReader();
			const found: Frame[] = [];
			for (let at = 0; at < bytes.length;) {
				const to = at + (random.chance(0.5) ? random.number(4) : random.number(30_000));
				found.push(...reader.push(bytes.slice(at, to)));
				at = to;
			}
			expect(found).toEqual(frames);
			expect(reader.whole).toBe(true);
		}
	});

	test('a frame in single bytes is joined once, not once a byte', () => {
		const began = performance.now();
		const reader = new FrameReader();
		const large = writeFrame(frames[4]!);
		let found = 0;
		for (let run = 0; run < 4; run++) {
			for (const byte of large) found += reader.push(Uint8Array.of(byte)).length;
		}
		expect(found).toBe(4);
		// Quadratic work would be 8 GB of copying.
		expect(performance.now() - began).toBeLessThan(5000);
	});

	test('a reply that was cut is known to be', () => {
		const reader = new FrameReader();
		reader.push(bytes.subarray(0, bytes.length - 1));
		expect(reader.whole).toBe(false);
		expect(() => parseFrames(bytes.subarray(0, bytes.length - 1))).toThrow(WireError);
	});

	test('of unknown types, and what follows known fields, are passed over (V-2)', () => {
		const unknown = new Writer().byte(77).bytes(new Uint8Array(500));
		const longer = new Writer().byte(2).bytes(Uint8Array.of(12, 1, 9, 9, 9));
		const more = new Writer().raw(unknown.done()).raw(longer.done()).raw(unknown.done());
		expect(parseFrames(more.done())).toEqual([{ kind: 'ack', counter: 12, seq: 1 }]);
	});

	test('one that claims to be endless is refused before it comes', () => {
		for (const claim of [limits.envelope + 65, 2 ** 40]) {
			const reader = new FrameReader();
			expect(() => reader.push(new Writer().byte(4).number(claim).done())).toThrow(WireError);
		}
		expect(() => new FrameReader().push(new Uint8Array(20).fill(0xff))).toThrow(WireError);
	});

	test('a captive portal’s page is no frame, or none that says hello (X-9, F-27)', () => {
		const page = new TextEncoder().encode(
			'<!doctype html><html><head><title>Log in to Hotel Wi-Fi</title></head><body></body></html>'
		);
		let found: Frame[] = [];
		try {
			found = parseFrames(page);
		} catch (thrown) {
			expect(thrown).toBeInstanceOf(WireError);
		}
		expect(found.some(({ kind }) => kind === 'hello')).toBe(false);
	});

	test('random bytes never hang, never throw anything else', () => {
		const random = seeded(6);
		for (let run = 0; run < 4000; run++) {
			const reader = new FrameReader();
			try {
				for (let chunk = 0; chunk < 3; chunk++) {
					reader.push(Uint8Array.from({ length: random.number(40) }, () => random.number(256)));
				}
			} catch (thrown) {
				expect(thrown).toBeInstanceOf(WireError);
			}
		}
	});
});
