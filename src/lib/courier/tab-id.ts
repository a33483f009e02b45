/**
 * The name of a tab: the same after a reload, so that a lease (`leader.ts`) is still its own, and never
 * that of two tabs. While the page lives, the name is in memory alone: a tab that is duplicated copies
 * the session's storage, and must not find it there.
 */
import { newId } from '#lib/model/ids.ts';

const key = 'e-strategy-tab';

export function tabId(): string {
	const id = swap(null) || newId();
	addEventListener('pagehide', () => swap(id));
	// Back from where the browser keeps pages that may come back.
	addEventListener('pageshow', () => swap(null));
	return id;
}

/** Puts a value there, or nothing; gives what was. Blocked storage (F-14) makes every page a new tab. */
function swap(value: string | null): string {
	try {
		const before = sessionStorage.getItem(key) ?? '';
		if (value === null) sessionStorage.removeItem(key);
		else sessionStorage.setItem(key, value);
		return before;
	} catch {
		return '';
	}
}
