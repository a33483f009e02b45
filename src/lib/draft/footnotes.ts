/**
 * Footnotes in a chapter's Markdown: `[^1]` in the text, and `[^1]: what it says` on a line of its own.
 * The editor and the exports read them alike.
 */

/** `[^1]` in a text, its label as the first group. */
export const noteMarks = (): RegExp => /\[\^([^\]\s[^]{1,40})\]/g;
const mark = /^\[\^([^\]\s[^]{1,40})\]$/;
const definition = /^ {0,3}\[\^([^\]\s[^]{1,40})\]:[ \t]*/;

/** `[^1]: Its text.`; `source`: all its letters. */
export type NoteSource = { label: string; text: string; source: string };

/** The label of a text that is one mark and nothing else, or null. */
export const labelOf = (text: string): string | null => mark.exec(text)?.[1] ?? null;

/** Notes that follow each other without an empty line are a paragraph to Markdown; [] where none begins. */
export function definitionsIn(source: string): NoteSource[] {
	if (!definition.test(source)) return [];
	return source.split(/\n(?= {0,3}\[\^[^\]\s[^]{1,40}\]:)/).map((one) => {
		const [lead = '', label = ''] = definition.exec(one) ?? [];
		return { label, text: one.slice(lead.length), source: one };
	});
}
