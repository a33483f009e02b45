/** A QR code for the terminal, so that a room of phones need not type an address. */
import { createRequire } from 'node:module';

/** Lines of half blocks; empty where the package uqr is not installed. */
export function qrLines(text: string): string {
	try {
		return createRequire(import.meta.url)('uqr').renderUnicodeCompact(text, { border: 2 });
	} catch {
		return '';
	}
}
