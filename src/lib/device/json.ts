/** JSON from a stranger (F-34). */

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** As deep as lists and objects may lie in each other. */
export const depthLimit = 32;

/**
 * The value of `text`. Objects have no prototype, so that no name means more than itself, and a name
 * `__proto__` is dropped. Throws a SyntaxError for what is no JSON or lies deeper than 32.
 */
export function parseJson(text: string): Json {
	refuseDepth(text);
	return harmless(JSON.parse(text));
}

/** Counts brackets outside of strings, so that nothing deep reaches a parser that recurses. */
function refuseDepth(text: string): void {
	let depth = 0;
	let inString = false;
	for (let i = 0; i < text.length; i++) {
		const char = text[i];
		if (inString) {
			if (char === '\\') i++;
			else if (char === '"') inString = false;
		} else if (char === '"') inString = true;
		else if (char === '[' || char === '{') {
			if (++depth > depthLimit) throw new SyntaxError(`nested deeper than ${depthLimit}`);
		} else if (char === ']' || char === '}') depth--;
	}
}

function harmless(value: Json): Json {
	if (Array.isArray(value)) return value.map(harmless);
	if (typeof value !== 'object' || value === null) return value;
	const copy: { [name: string]: Json } = Object.create(null);
	for (const [name, item] of Object.entries(value)) {
		if (name !== '__proto__') copy[name] = harmless(item);
	}
	return copy;
}
