/** Byte strings: joined, compared, and as text in links and headers. */

export function concat(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
	const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}

/** Whether both are the same, in a time that depends on their lengths alone. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
	if (a.length !== b.length) return false;
	let difference = 0;
	for (const [i, byte] of a.entries()) difference |= byte ^ (b[i] ?? 0);
	return difference === 0;
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const values = new Map([...digits].map((digit, value) => [digit, value]));

/** RFC 4648 §5 without padding. */
export function toBase64url(bytes: Uint8Array): string {
	let text = '';
	for (let at = 0; at < bytes.length; at += 3) {
		const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
		const bits = (a << 16) | (b << 8) | c;
		const length = Math.min(bytes.length - at, 3) + 1;
		for (let i = 0; i < length; i++) text += digits[(bits >> (18 - 6 * i)) & 63];
	}
	return text;
}

/** The bytes, or null where `text` is not the one way to write them. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> | null {
	if (text.length % 4 === 1) return null;
	const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
	let bits = 0;
	let count = 0;
	let at = 0;
	for (const digit of text) {
		const value = values.get(digit);
		if (value === undefined) return null;
		bits = ((bits << 6) | value) & 0xffff;
		count += 6;
		if (count < 8) continue;
		count -= 8;
		bytes[at++] = bits >> count;
	}
	// Bits that belong to no byte must be zero, or two texts would mean the same.
	return (bits & ((1 << count) - 1)) === 0 ? bytes : null;
}

export const toHex = (bytes: Uint8Array): string =>
	Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The bytes of a text in UTF-8. */
export const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
