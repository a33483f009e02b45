/**
 * Reads a ZIP file that a stranger made (F-36): everything is checked in the directory at its end
 * before a single byte is unpacked, and unpacking stops at what the directory promised.
 *
 * fflate does the unpacking; the directory is read here because fflate trusts it.
 */
import { Inflate } from 'fflate';
import { Problem } from '#lib/model/problem.ts';

export const zipLimits = {
	/** Bytes of the file. */
	packed: 20_000_000,
	/** Bytes of all its entries together. */
	unpacked: 100_000_000,
	entries: 2000,
	/** Unpacked to packed size of an entry. */
	ratio: 100
} as const;

type Entry = {
	name: string;
	deflated: boolean;
	crc: number;
	packed: number;
	unpacked: number;
	/** Where its packed bytes start. */
	start: number;
};

const damaged = (reason: string, cause?: unknown): Problem =>
	new Problem('file-damaged', { reason }, cause);
const tooLarge = (limit: string, reason: string): Problem =>
	new Problem('file-too-large', { limit, reason });

/** The named entries of a ZIP file; those that are not there are left out. */
export type Unzip = (names: string[]) => Map<string, Uint8Array<ArrayBuffer>>;

/**
 * Opens a ZIP file. Throws Problem `file-empty`, `file-not-project` (no ZIP at all), `file-damaged` or
 * `file-too-large`; so does the function that it returns.
 */
export function openZip(bytes: Uint8Array): Unzip {
	if (bytes.length === 0) throw new Problem('file-empty');
	if (bytes.length > zipLimits.packed) throw tooLarge('20 MB', `${bytes.length} bytes`);
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (bytes.length < 4 || view.getUint32(0, true) !== 0x04034b50) {
		throw new Problem('file-not-project');
	}
	const entries = readDirectory(bytes, view);
	refuseSizes(entries);
	refuseOverlap(entries);
	return (names) => {
		const found = new Map<string, Uint8Array<ArrayBuffer>>();
		for (const entry of entries) {
			if (names.includes(entry.name)) found.set(entry.name, unpack(bytes, entry));
		}
		return found;
	};
}

/** Where the record is that ends every ZIP file and says where the directory is. */
function findEnd(view: DataView): number {
	const size = 22;
	const longestComment = 0xffff;
	for (let at = view.byteLength - size; at >= 0; at--) {
		if (at < view.byteLength - size - longestComment) break;
		const found = view.getUint32(at, true) === 0x06054b50;
		if (found && at + size + view.getUint16(at + 20, true) === view.byteLength) return at;
	}
	throw damaged('no end record: the file is cut');
}

function readDirectory(bytes: Uint8Array, view: DataView): Entry[] {
	const end = findEnd(view);
	const count = view.getUint16(end + 10, true);
	const start = view.getUint32(end + 16, true);
	if (view.getUint32(end + 4, true) !== 0) throw damaged('in several parts');
	if (view.getUint16(end + 8, true) !== count) throw damaged('in several parts');
	// The largest number also means "see the 64-bit record": no file of ours needs that.
	if (count > zipLimits.entries) throw tooLarge('100 MB', `${count} entries`);
	if (start + view.getUint32(end + 12, true) !== end) throw damaged('directory out of place');
	const entries: Entry[] = [];
	let at = start;
	for (let i = 0; i < count; i++) {
		if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) throw damaged('directory');
		const lengths = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
		const [nameLength = 0, extra = 0, comment = 0] = lengths;
		if (at + 46 + nameLength > end) throw damaged('directory');
		entries.push(readEntry(bytes, view, at, nameLength, start));
		at += 46 + nameLength + extra + comment;
	}
	if (at !== end) throw damaged('directory');
	if (new Set(entries.map(({ name }) => name)).size !== count) throw damaged('a name twice');
	return entries;
}

/** One entry of the directory at `at`, with the header that stands before its bytes. */
function readEntry(
	bytes: Uint8Array,
	view: DataView,
	at: number,
	nameLength: number,
	directory: number
): Entry {
	const rawName = bytes.subarray(at + 46, at + 46 + nameLength);
	const name = safeName(rawName);
	const method = view.getUint16(at + 10, true);
	if (view.getUint16(at + 8, true) & 1) throw damaged('encrypted');
	if (method !== 0 && method !== 8) throw damaged(`method ${method}`);
	// The upper half of these attributes is the Unix mode: 0xA000 is a symbolic link.
	if (view.getUint16(at + 40, true) >> 12 === 0xa) throw damaged('a symbolic link');
	const header = view.getUint32(at + 42, true);
	if (header + 30 > directory || view.getUint32(header, true) !== 0x04034b50) {
		throw damaged('entry out of place');
	}
	const headerName = bytes.subarray(header + 30, header + 30 + view.getUint16(header + 26, true));
	if (rawName.length !== headerName.length || rawName.some((byte, i) => byte !== headerName[i])) {
		throw damaged('two names for an entry');
	}
	const start = header + 30 + headerName.length + view.getUint16(header + 28, true);
	const packed = view.getUint32(at + 20, true);
	const unpacked = view.getUint32(at + 24, true);
	if (start + packed > directory) throw damaged('entry out of place');
	if (method === 0 && packed !== unpacked) throw damaged('sizes');
	return {
		name,
		deflated: method === 8,
		crc: view.getUint32(at + 16, true),
		packed,
		unpacked,
		start
	};
}

/** Names are only compared, never opened; a file that tries to reach out is refused all the same. */
function safeName(raw: Uint8Array): string {
	let name: string;
	try {
		name = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
	} catch (thrown) {
		throw damaged('a name that is no text', thrown);
	}
	// eslint-disable-next-line no-control-regex
	const unsafe = /^[/~]|^[a-z]:|\\|[\u0000-\u001f]|^$/i.test(name) || name.length > 300;
	if (unsafe || name.split('/').includes('..')) throw damaged('an unsafe name');
	return name;
}

function refuseSizes(entries: Entry[]): void {
	let unpacked = 0;
	for (const entry of entries) {
		unpacked += entry.unpacked;
		if (entry.unpacked > entry.packed * zipLimits.ratio)
			throw tooLarge('100 MB', `ratio of ${entry.name}`);
	}
	if (unpacked > zipLimits.unpacked) throw tooLarge('100 MB', `${unpacked} bytes unpacked`);
}

/** A bomb may let a thousand entries share the same bytes. */
function refuseOverlap(entries: Entry[]): void {
	let end = 0;
	for (const { start, packed } of [...entries].sort((a, b) => a.start - b.start)) {
		if (start < end) throw damaged('entries share bytes');
		end = start + packed;
	}
}

function unpack(bytes: Uint8Array, entry: Entry): Uint8Array<ArrayBuffer> {
	const packed = bytes.subarray(entry.start, entry.start + entry.packed);
	const content = entry.deflated ? inflate(packed, entry) : packed.slice();
	if (crc32(content) !== entry.crc) throw damaged(`checksum of ${entry.name}`);
	return content;
}

/** Unpacks in small steps and stops at the promised size: a directory may lie about it. */
function inflate(packed: Uint8Array, { name, unpacked }: Entry): Uint8Array<ArrayBuffer> {
	const content = new Uint8Array(unpacked);
	let length = 0;
	const inflater = new Inflate((chunk) => {
		if (length + chunk.length > unpacked) throw damaged(`${name} is larger than it says`);
		content.set(chunk, length);
		length += chunk.length;
	});
	const step = 16_384;
	try {
		for (let at = 0; at < packed.length; at += step) {
			inflater.push(packed.subarray(at, at + step), at + step >= packed.length);
		}
	} catch (thrown) {
		throw thrown instanceof Problem ? thrown : damaged(`packing of ${name}`, thrown);
	}
	if (length !== unpacked) throw damaged(`${name} is smaller than it says`);
	return content;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
	for (let bit = 0; bit < 8; bit++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
	return n;
});
/** CRC-32 as ZIP has it. */
export function crc32(bytes: Uint8Array): number {
	let crc = 0xffffffff;
	for (const byte of bytes) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 0xff] ?? 0);
	return (crc ^ 0xffffffff) >>> 0;
}
