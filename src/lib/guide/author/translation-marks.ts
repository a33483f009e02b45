/**
 * What a translated file says about itself: which text it translates (`of`) and who read it over
 * (`reviewed`). In Markdown these are keys of the front matter, in JSON `$of` and `$reviewed`.
 *
 * `of` is a hash of the source file, so that nobody has to keep a date or a version by hand.
 */

/** The first ten hex digits of a text's SHA-256: comes in, as this room is pure. */
export type HashText = (text: string) => string;

export type Marks = { of: string | undefined; reviewed: string | undefined };

const frontMatter = /^---\n[\s\S]*?\n---[ \t]*(?:\n|$)/;
const isJson = (path: string): boolean => path.endsWith('.json');

/** The marks in a file's text. */
export function marksIn(path: string, text: string): Marks {
	const head = isJson(path) ? text : (frontMatter.exec(text)?.[0] ?? '');
	const mark = (key: string) =>
		isJson(path)
			? new RegExp(`"\\$${key}"\\s*:\\s*"([^"]*)"`).exec(head)?.[1]
			: new RegExp(`^${key}:[ \\t]*["']?([^"'\\n]*?)["']?[ \\t]*$`, 'm').exec(head)?.[1];
	return { of: mark('of'), reviewed: mark('reviewed') || undefined };
}

/**
 * The hash that translations of this file carry. Its own marks do not count: that somebody reviewed
 * the source makes no translation old.
 */
export const sourceHash = (path: string, text: string, hash: HashText): string =>
	hash(
		isJson(path)
			? text.replace(/^[ \t]*"\$(?:of|reviewed)"[ \t]*:.*\n/gm, '')
			: text.replace(frontMatter, (head) => head.replace(/^(?:of|reviewed):.*\n/gm, ''))
	);

/** The text with `of` set; whatever else is in it stays as it is. */
export function withOf(path: string, text: string, of: string): string {
	if (isJson(path)) {
		return marksIn(path, text).of === undefined
			? text.replace(/^(\s*)\{(\s*)/, (_all, before: string, gap: string) =>
					gap.includes('\n')
						? `${before}{${gap}"$of": "${of}",${gap}`
						: `${before}{ "$of": "${of}", `
				)
			: text.replace(/("\$of"\s*:\s*)"[^"]*"/, `$1"${of}"`);
	}
	return text.replace(frontMatter, (head) =>
		marksIn(path, text).of === undefined
			? head.replace(/\n---[ \t]*(\n?)$/, `\nof: "${of}"\n---$1`)
			: head.replace(/^of:.*$/m, `of: "${of}"`)
	);
}
