/**
 * What a page that goes leaves to the next window, because it is not in the database yet.
 *
 * A browser aborts the unfinished transactions of a page that goes, and nothing makes it wait. Only
 * localStorage takes words in the same moment: there they stand until they are saved after all, or until
 * the next window takes them in.
 *
 * Each writing has a name of its own, so that whoever took one in can never remove a newer one. While a
 * passphrase locks this device it is sealed as rows are (S-21).
 */
import { fromBase64url, toBase64url } from '#lib/crypto/bytes.ts';
import { Problem } from '#lib/model/problem.ts';
import { cipherForReading, cipherForWriting } from './lock-state.ts';
import { bytesOfRow, rowOfBytes } from './row-bytes.ts';

/** All names begin so. A text is how it is written, and base64url. */
const everything = 'unsaved';
const plain = 'plain:';
const sealed = 'sealed:';

/** Writes before it returns. False where localStorage is blocked or full (F-14), or the device is locked. */
export function leave(name: string, row: object): boolean {
	try {
		const bytes = bytesOfRow(row);
		const cipher = cipherForWriting();
		const text = cipher
			? `${sealed}${toBase64url(cipher.seal(bytes, name))}`
			: `${plain}${toBase64url(bytes)}`;
		localStorage.setItem(name, text);
		return true;
	} catch {
		return false;
	}
}

/** The names of what is there and begins so. */
export function leftBehind(prefix = everything): string[] {
	try {
		return Object.keys(localStorage).filter((name) => name.startsWith(prefix));
	} catch {
		return [];
	}
}

/** Throws where it is damaged, or locked. */
export function readLeft(name: string): object {
	const text = stored(name) ?? '';
	const kind = [plain, sealed].find((one) => text.startsWith(one));
	const bytes = kind ? fromBase64url(text.slice(kind.length)) : null;
	if (!bytes) throw new Problem('unexpected', { detail: `left behind: ${name}` });
	return rowOfBytes(kind === sealed ? cipherForReading().open(bytes, name) : bytes);
}

export function forget(name: string): void {
	try {
		localStorage.removeItem(name);
	} catch {
		// Blocked since: then it cannot be read either.
	}
}

/** All that can be read now; for `rewriteLeft`. */
export function allLeft(): Map<string, object> {
	const found = new Map<string, object>();
	for (const name of leftBehind()) {
		try {
			found.set(name, readLeft(name));
		} catch {
			// Damaged, or sealed with a key that this window does not have.
		}
	}
	return found;
}

/** The lock was turned on or off: writes all as rows are written now. No plain one stays behind a lock. */
export function rewriteLeft(rows: Map<string, object>): void {
	for (const [name, row] of rows) if (stored(name)) leave(name, row);
	if (!cipherForWriting()) return;
	for (const name of leftBehind()) if (!stored(name)?.startsWith(sealed)) forget(name);
}

function stored(name: string): string | null {
	try {
		return localStorage.getItem(name);
	} catch {
		return null;
	}
}
