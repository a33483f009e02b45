/**
 * What is typed and not sent yet, so that a page that is loaded again, or a facilitator who goes on and
 * comes back, takes nothing away. Only for this tab: what is sent is the room's.
 */
const place = (name: string): string => `room-draft-${name}`;

export function readDraft(name: string): string {
	try {
		return sessionStorage.getItem(place(name)) ?? '';
	} catch {
		return '';
	}
}

export function keepDraft(name: string, text: string): void {
	try {
		if (text) sessionStorage.setItem(place(name), text);
		else sessionStorage.removeItem(place(name));
	} catch {
		// Then it lasts as long as it is on the screen.
	}
}
