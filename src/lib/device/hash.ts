/** SHA-256, by the browser where it has it. */

/**
 * Lower-case hex SHA-256 of `bytes`; empty where the browser has none to give, which is on plain HTTP
 * in a room. A project file then still has its ZIP checksums (CRC-32): they catch a broken file, and a
 * checksum that travels inside the file never was a proof against a forger.
 */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
	const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
	if (!subtle) return '';
	const hash = new Uint8Array(await subtle.digest('SHA-256', bytes));
	return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
