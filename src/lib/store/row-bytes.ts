/** A row of the database as bytes and back: JSON, with its byte strings beside it. */
import { Reader, WireError, Writer } from '#lib/model/wire.ts';

/** Stands in the JSON for the byte string of that number. */
const placeholder = '\u0000bytes';

export function bytesOfRow(row: object): Uint8Array {
	const strings: Uint8Array[] = [];
	const json = JSON.stringify(row, (_, value: unknown) =>
		isBytes(value) ? { [placeholder]: strings.push(value) - 1 } : value
	);
	const writer = new Writer().bytes(new TextEncoder().encode(json)).number(strings.length);
	for (const string of strings) writer.bytes(string);
	return writer.done();
}

/** Throws WireError or SyntaxError for bytes that are no row. */
export function rowOfBytes(bytes: Uint8Array): object {
	const reader = new Reader(bytes);
	const json = new TextDecoder('utf-8', { fatal: true }).decode(reader.bytes(bytes.length));
	const strings: Uint8Array[] = [];
	// Copies: IndexedDB would store the whole buffer behind a view.
	for (let left = reader.number(bytes.length); left > 0; left--) {
		strings.push(reader.bytes(bytes.length).slice());
	}
	reader.end();
	const row: unknown = JSON.parse(json, (_, value: unknown) => {
		if (typeof value !== 'object' || value === null || !(placeholder in value)) return value;
		return strings[Number(value[placeholder])];
	});
	if (typeof row !== 'object' || row === null) throw new WireError('no row');
	return row;
}

/** By its name: bytes that came out of a database can be of another realm. */
export const isBytes = (value: unknown): value is Uint8Array =>
	Object.prototype.toString.call(value) === '[object Uint8Array]';
