/**
 * SHA-256 (FIPS 180-4) in plain TypeScript: browsers have it only on HTTPS, and the stamp of a document
 * has to be the same in a room without.
 */
const primes = (count: number): number[] => {
	const found: number[] = [];
	for (let n = 2; found.length < count; n++) if (found.every((p) => n % p !== 0)) found.push(n);
	return found;
};
/** The first 32 bits of the fraction. */
const fraction = (value: number): number => ((value - Math.floor(value)) * 2 ** 32) >>> 0;
const constants = Uint32Array.from(primes(64), (p) => fraction(Math.cbrt(p)));
const start = Uint32Array.from(primes(8), (p) => fraction(Math.sqrt(p)));

const turned = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** Lower-case hex of the SHA-256 of `bytes`. */
export function sha256Of(bytes: Uint8Array): string {
	const length = ((bytes.length + 8) >> 6) * 64 + 64;
	const padded = new Uint8Array(length);
	padded.set(bytes);
	padded[bytes.length] = 0x80;
	const view = new DataView(padded.buffer);
	view.setUint32(length - 8, Math.floor(bytes.length / 2 ** 29));
	view.setUint32(length - 4, (bytes.length << 3) >>> 0);
	const state = start.slice();
	const w = new Uint32Array(64);
	for (let at = 0; at < length; at += 64) {
		for (let i = 0; i < 16; i++) w[i] = view.getUint32(at + i * 4);
		for (let i = 16; i < 64; i++) {
			const [a, b] = [w[i - 15]!, w[i - 2]!];
			const s0 = turned(a, 7) ^ turned(a, 18) ^ (a >>> 3);
			const s1 = turned(b, 17) ^ turned(b, 19) ^ (b >>> 10);
			w[i] = w[i - 16]! + s0 + w[i - 7]! + s1;
		}
		let [a, b, c, d, e, f, g, h] = state as unknown as [
			number,
			number,
			number,
			number,
			number,
			number,
			number,
			number
		];
		for (let i = 0; i < 64; i++) {
			const s1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
			const one = (h + s1 + ((e & f) ^ (~e & g)) + constants[i]! + w[i]!) | 0;
			const s0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
			const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
			h = g;
			g = f;
			f = e;
			e = (d + one) | 0;
			d = c;
			c = b;
			b = a;
			a = (one + two) | 0;
		}
		[a, b, c, d, e, f, g, h].forEach((value, i) => (state[i] = state[i]! + value));
	}
	return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('');
}

/** The same of a text in UTF-8. */
export const sha256OfText = (text: string): string => sha256Of(new TextEncoder().encode(text));
