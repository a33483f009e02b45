/** Randomness, from the system's generator alone (K-1, S-13). It exists on plain HTTP too. */

/** `count` random bytes. Throws where the system has no generator: nothing may be sealed then. */
export function randomBytes(count: number): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(count);
	// It refuses to fill more than 64 KB at once.
	for (let at = 0; at < count; at += 65_536) {
		crypto.getRandomValues(bytes.subarray(at, Math.min(at + 65_536, count)));
	}
	return bytes;
}
