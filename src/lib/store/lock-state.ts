/**
 * Whether this device's work is behind a passphrase, and what opens it while it is open in this window.
 *
 * One for the window, because workspaces, marks and overlays each have a connection of their own. It
 * knows no cryptography: a reading page has this file, and loads nothing of the lock.
 */
import { Problem } from '#lib/model/problem.ts';

/** Seals bytes for a place of the store, and opens them again; `open` throws where they are not those. */
export type Cipher = {
	seal(bytes: Uint8Array, where: string): Uint8Array;
	open(bytes: Uint8Array, where: string): Uint8Array;
};

/** The setting that says how to open all others: the only row that a locked device can read. */
export const lockKey = 'lock';

let cipher: Cipher | null = null;
let isLocked = false;

/** What a row is sealed with; null where nothing is. Throws Problem `locked`. */
export function cipherForWriting(): Cipher | null {
	if (!cipher && isLocked) throw new Problem('locked');
	return cipher;
}

/** What opens a sealed row. Throws Problem `locked`. */
export function cipherForReading(): Cipher {
	if (!cipher) throw new Problem('locked');
	return cipher;
}

/** How many rows were read that nothing had sealed. */
let plainRows = 0;
export const sawPlainRow = (): void => void plainRows++;
export const plainRowsSeen = (): number => plainRows;

/** The work is open in this window from now on. */
export function openWith(opened: Cipher): void {
	cipher = opened;
	isLocked = true;
}

/** There is a lock on this device, and this window has no key. */
export function closeLock(): void {
	cipher = null;
	isLocked = true;
}

/** There is no lock on this device. */
export function noLock(): void {
	cipher = null;
	isLocked = false;
}

/** What the database says when a connection opens: whether there is a lock. */
export function noteLock(exists: boolean): void {
	if (exists) isLocked = true;
	else if (!cipher) isLocked = false;
}

/** Whether there is a lock on this device, as far as a connection has said so. */
export const hasLock = (): boolean => cipher !== null || isLocked;

/** Whether the work can be read in this window. */
export const isOpen = (): boolean => cipher !== null || !isLocked;
