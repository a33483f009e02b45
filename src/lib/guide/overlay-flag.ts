/**
 * Whether an overlay of this browser is on: a word in localStorage, so that a device without one learns
 * so without loading anything. The overlay itself is in IndexedDB (`store/overlay.ts`).
 */
const key = 'overlay';

export function isOverlayOn(): boolean {
	if (import.meta.env.SSR) return false;
	try {
		return localStorage.getItem(key) === 'on';
	} catch {
		// Blocked storage: nothing is kept here, and no overlay either (F-14).
		return false;
	}
}

/** Throws what the browser throws where storage is blocked. */
export function setOverlayOn(isOn: boolean): void {
	if (isOn) localStorage.setItem(key, 'on');
	else localStorage.removeItem(key);
}
