/**
 * Plain words inside Markdown: what a person called a country or an action is shown as they wrote
 * it, and cannot become a link, a heading or a live block.
 */

/**
 * `text` as one line of Markdown that renders to exactly these words. A web address among them becomes
 * a link to itself, as it does everywhere in Markdown.
 */
export function escapeMarkdown(text: string): string {
	return (
		text
			.replace(/\s+/g, ' ')
			.trim()
			.replace(/[\\`*_[\]<~{]/g, '\\$&')
			.replace(/&(?=#?\w+;)/g, '\\&')
			// Where a line begins, these would begin a heading, a list, a quotation or a rule.
			.replace(/^[#>+=-]/, '\\$&')
			.replace(/^(\d{1,9})([.)])(?= |$)/, '$1\\$2')
	);
}

/**
 * `text` with its `{places}` filled, in one pass: a value that looks like a place stays as it is, and
 * so does a place without a value.
 */
export const fillPlaces = (text: string, values: Record<string, string>): string =>
	text.replace(/\{(\w+)\}/g, (place, name: string) =>
		Object.hasOwn(values, name) ? (values[name] ?? place) : place
	);

/** The names of the places in a text, each once. */
export const placesIn = (text: string): string[] => [
	...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!))
];

/**
 * Paragraphs: what empty lines set apart. A list with the line above it is one, and so is a fenced
 * code block with empty lines in it.
 */
export function paragraphsOf(markdown: string): string[] {
	const paragraphs: string[][] = [[]];
	let fence = '';
	for (const line of markdown.split('\n')) {
		const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
		if (fence === '') fence = mark;
		else if (mark.startsWith(fence)) fence = '';
		if (fence === '' && line.trim() === '') paragraphs.push([]);
		else paragraphs.at(-1)?.push(line);
	}
	return paragraphs.map((lines) => lines.join('\n').trimEnd()).filter(Boolean);
}
