/** Lines of a JSON text: where a key or an id stands, and which keys stand twice in one object. */

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** The line, from 1, of a place in the text. */
export const lineAt = (text: string, position: number): number =>
	text.slice(0, position).split('\n').length;

/** Line on which `key` stands as a key, else as any text; 1 where it is nowhere. */
export function lineOfKey(text: string, key: string): number {
	if (!key) return 1;
	const at = text.search(new RegExp(`"${escaped(key)}"\\s*:`));
	return lineAt(text, at >= 0 ? at : Math.max(0, text.indexOf(`"${key}"`)));
}

/** Where `key` stands as a key after the place `from`; `from` where it does not. */
export function placeOfKey(text: string, key: string, from: number): number {
	const at = text.slice(from).search(new RegExp(`"${escaped(key)}"\\s*:`));
	return at >= 0 ? from + at : from;
}

/** Where the first object with this `id` says so, after the place `from`; `from` where none does. */
export function placeOfId(text: string, id: string, from: number): number {
	const at = text.slice(from).search(new RegExp(`"id"\\s*:\\s*"${escaped(id)}"`));
	return at >= 0 ? from + at : from;
}

/** Line of the `nth` object whose `id` is this one, else of the `nth` place where the word stands. */
export function lineOfId(text: string, id: string, nth = 1): number {
	for (const pattern of [`"id"\\s*:\\s*"${escaped(id)}"`, `"${escaped(id)}"`]) {
		const hits = [...text.matchAll(new RegExp(pattern, 'g'))];
		if (hits[nth - 1]) return lineAt(text, hits[nth - 1]!.index);
	}
	return 1;
}

/** Keys that stand twice in one object, which JSON.parse would silently drop. `text` is valid JSON. */
export function duplicateKeys(text: string): { key: string; line: number }[] {
	const found: { key: string; line: number }[] = [];
	const open: Set<string>[] = [];
	for (const token of text.matchAll(/[{}[\]]|"((?:[^"\\]|\\.)*)"(\s*:)?/g)) {
		const [whole, key, colon] = token;
		if (whole === '{' || whole === '[') open.push(new Set());
		else if (whole === '}' || whole === ']') open.pop();
		else if (colon !== undefined && key !== undefined) {
			const keys = open.at(-1);
			if (keys?.has(key)) found.push({ key, line: lineAt(text, token.index) });
			keys?.add(key);
		}
	}
	return found;
}
