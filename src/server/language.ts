/** The reader's language, from what the browser says it prefers (Accept-Language, RFC 4647 lookup). */

/** The first preference that we have, else `fallback`. `pt-BR` finds `pt`, and `pt` finds `pt-BR`. */
export function chooseLanguage(
	accepted: string | undefined,
	available: readonly string[],
	fallback = 'en'
): string {
	for (const range of preferences(accepted ?? '')) {
		const found = lookUp(range, available);
		if (found) return found;
	}
	return available.includes(fallback) ? fallback : (available[0] ?? fallback);
}

/** Language ranges, the best first; what is refused with `q=0` is left out. */
function preferences(header: string): string[] {
	return header
		.split(',')
		.map((part) => {
			const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim());
			const quality = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2) ?? '1';
			return { range: range.toLowerCase(), quality: Number(quality) };
		})
		.filter(({ range, quality }) => /^[a-z0-9-]{1,35}$/.test(range) && quality > 0)
		.sort((one, other) => other.quality - one.quality)
		.map(({ range }) => range);
}

function lookUp(range: string, available: readonly string[]): string | undefined {
	for (let wanted = range; wanted; wanted = wanted.slice(0, Math.max(0, wanted.lastIndexOf('-')))) {
		const found = available.find((code) => code.toLowerCase() === wanted);
		if (found) return found;
	}
	return available.find((code) => code.toLowerCase().startsWith(`${range}-`));
}
