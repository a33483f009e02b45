/**
 * The inline half of Markdown: runs as text with marks, and a text so that all of it is text.
 */
import type { Run } from '../document.ts';

/**
 * `text` such that a Markdown reader gives it back as it is. Line breaks become hard breaks; spaces at
 * the beginning and end of a line, which Markdown has no way to keep, go.
 */
export function literal(text: string, lineBreak = '\\\n'): string {
	return text
		.split('\n')
		.map((line) => line.trim())
		.filter((line, i, all) => line !== '' || (i > 0 && i < all.length - 1))
		.map((line) => (line === '' ? '\u00A0' : atLineStart(escaped(line))))
		.join(lineBreak);
}

/** Signs that mean something anywhere in a line. */
function escaped(text: string): string {
	return (
		text
			.replace(/[\\`*[\]<>~|]/g, '\\$&')
			// A name_like_this is safe; a lone or leading _ is not.
			.replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
			.replace(/&(?=#?[a-zA-Z0-9]+;)/g, '\\&')
			// GitHub makes links of addresses, and what was escaped in them would show.
			.replace(/\b(https?|ftp)(?=:\/\/)/gi, '$1\\')
			.replace(/\bwww\./gi, (www) => `${www.slice(0, 3)}\\.`)
			.replace(/@/g, '\\@')
	);
}

/** Signs that mean something at the beginning of a line only. */
const atLineStart = (line: string): string =>
	line.replace(/^([-+=#:])/, '\\$1').replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2');

/** Runs with their marks. `lineBreak`: what a line break becomes, `<br>` in a table. */
export function inline(runs: readonly Run[], lineBreak = '\\\n'): string {
	const whole = trimmed(runs);
	/** The sign beside a run; none where the neighbour has marks of its own, and so cannot be told. */
	const beside = (run: Run | undefined, sign: string | undefined): string | null =>
		run === undefined ? '' : markOf(run) || run.code || run.link ? null : (sign ?? '');
	let out = '';
	whole.forEach((run, i) => {
		// Marks hold only where they touch the words, so the space goes outside.
		const [, lead = '', core = '', tail = ''] = /^(\s*)(.*?)(\s*)$/su.exec(run.text) ?? [];
		const space = (words: string): string =>
			words.includes('\n') ? lineBreak : words === '' ? '' : ' ';
		if (run.note) {
			out += `[^${run.note.number ?? 0}]`;
			return;
		}
		const before = whole[i - 1];
		const after = whole[i + 1];
		const isSpaceBefore = lead !== '' || /\s$/.test(before?.text ?? '');
		const isSpaceAfter = tail !== '' || /^\s/.test(after?.text ?? '');
		out += space(lead);
		if (core === '') return;
		const isStart = out === '' || out.endsWith(lineBreak);
		const plainText = run.code ? codeSpan(core) : inLine(core, isStart, lineBreak);
		// After a mark, these would make a link or a definition of it.
		const text = before?.note && lead === '' ? plainText.replace(/^[(:]/, '\\$&') : plainText;
		const isLink = run.link !== undefined;
		const mark = run.code ? '' : markOf(run);
		const holds =
			marksHold(
				mark,
				[...text][0],
				isLink || isSpaceBefore ? '' : beside(before, [...(before?.text ?? '')].at(-1))
			) &&
			marksHold(
				mark,
				[...text].at(-1),
				isLink || isSpaceAfter ? '' : beside(after, [...(after?.text ?? '')][0])
			);
		const dressed = holds ? mark + text + [...mark].reverse().join('') : text;
		out += isLink ? `[${bracketless(dressed)}](${addressOf(run.link ?? '')})` : dressed;
		out += space(tail);
	});
	return out;
}

const markOf = (run: Run): string =>
	(run.strike ? '~~' : '') + (run.bold ? '**' : '') + (run.italic ? '*' : '');

/** marked takes the backslash off a bracket before it reads a link's text, as if it were not there. */
const bracketless = (text: string): string =>
	text.replaceAll('\\[', '&#91;').replaceAll('\\]', '&#93;');

/** Brackets would end the address too early for some readers. */
const addressOf = (link: string): string => link.replaceAll('(', '%28').replaceAll(')', '%29');

/**
 * Whether a mark between `touched` (the first or last sign of its text) and `neighbour` is read as
 * one: CommonMark's flanking rules, on the safe side. A mark that does not hold would show.
 */
function marksHold(mark: string, touched = '', neighbour: string | null): boolean {
	if (mark === '' || neighbour === null) return false;
	if (neighbour === '') return true;
	// marked looks at half of an emoji and takes it for a letter.
	if (neighbour.length > 1 || touched.length > 1) return false;
	const isSign = (char: string): boolean => /[\p{P}\p{S}]/u.test(char);
	return isSign(neighbour) || (!isSign(touched) && new Set(mark).size === 1);
}

/** Without space at both ends, and without empty runs. */
function trimmed(runs: readonly Run[]): Run[] {
	const kept = runs.filter((run) => run.note || run.text !== '').map((run) => ({ ...run }));
	const isEmpty = (run?: Run): boolean => run !== undefined && !run.note && run.text.trim() === '';
	while (isEmpty(kept[0])) kept.shift();
	while (isEmpty(kept.at(-1))) kept.pop();
	if (kept.length > 0) {
		kept[0]!.text = kept[0]!.text.trimStart();
		kept.at(-1)!.text = kept.at(-1)!.text.trimEnd();
	}
	return kept;
}

/** The text of a run: only its first line, and only in front, is at the start of a line. */
const inLine = (text: string, isFirst: boolean, lineBreak: string): string =>
	text
		.split('\n')
		.map((line) => line.trim())
		.map((line, i) => (i > 0 || isFirst ? atLineStart(escaped(line)) : escaped(line)))
		.map((line) => (line === '' ? '\u00A0' : line))
		.join(lineBreak);

function codeSpan(text: string): string {
	const line = text.replace(/\s*\n\s*/g, ' ').replace(/\|/g, '\\|');
	const longest = [...line.matchAll(/`+/g)].reduce(
		(most, [ticks]) => Math.max(most, ticks.length),
		0
	);
	const ticks = '`'.repeat(longest + 1);
	const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
	return ticks + pad + line + pad + ticks;
}
