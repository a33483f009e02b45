/**
 * The kept hint: a short list, beside the caches, of what was once whole on this device. It must
 * outlive them, to say what is gone when the browser has taken them (F-29). The truth is in the
 * caches; where storage is blocked (F-14) an eviction shows as "not kept", without the notice.
 */
/** `app.html` asks for it too, before anything is drawn. */
const key = 'kept-guides';

/** The names (`<lang>/<guide>`) of what was kept. */
export function readHint(): string[] {
	try {
		const value: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
		return Array.isArray(value) ? value.filter(isName) : [];
	} catch {
		return [];
	}
}

export const rememberKept = (names: string[]): void => write([...readHint(), ...names]);
export const forgetKept = (name: string): void =>
	write(readHint().filter((other) => other !== name));

function write(names: string[]): void {
	try {
		localStorage.setItem(key, JSON.stringify([...new Set(names)]));
	} catch {
		// Blocked or full: see above.
	}
}

const isName = (value: unknown): value is string =>
	typeof value === 'string' && /^[\w-]+\/[\w-]+$/.test(value);
