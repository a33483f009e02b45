/** Whether this browser's user wants single characters as shortcuts. */
const name = 'assess-keys';

export function keysAreOn(): boolean {
	try {
		return localStorage.getItem(name) !== 'off';
	} catch {
		// Blocked storage (F-14): the shortcuts are on, as for everybody new.
		return true;
	}
}

export function turnKeys(on: boolean): void {
	try {
		if (on) localStorage.removeItem(name);
		else localStorage.setItem(name, 'off');
	} catch {
		// As above: the choice lasts as long as the page.
	}
}
