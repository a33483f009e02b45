/**
 * Highlights on the page: from a selection to a quote, and from quotes to coloured words.
 *
 * Words are coloured by the browser (CSS Custom Highlights) where it can, without a change to the
 * page; elsewhere they are wrapped in `<mark>`, by nodes and never by HTML (Trusted Types).
 */
import { findQuote, quoteOf } from '#lib/guide/quote.ts';
import type { Mark, Quote } from '#lib/model/mark.ts';

/** A text in one language on the page: its text nodes and where each begins. */
type Text = { lang: string; text: string; nodes: { node: globalThis.Text; from: number }[] };

const langOf = (element: Element): string => element.closest<HTMLElement>('[lang]')?.lang ?? '';

/** The texts of the section on the page: one, or two beside each other. */
function texts(): Text[] {
	const found = new Map<string, Text>();
	for (const prose of document.querySelectorAll('main .prose')) {
		const lang = langOf(prose);
		const text = found.get(lang) ?? { lang, text: '', nodes: [] };
		found.set(lang, text);
		const walker = document.createTreeWalker(prose, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node; node = walker.nextNode()) {
			if (!(node instanceof globalThis.Text)) continue;
			text.nodes.push({ node, from: text.text.length });
			text.text += node.data;
		}
	}
	return [...found.values()];
}

/** What the person selected, and in which language; null where it is nothing of the section's text. */
export function quoteOfRange(range: Range): { lang: string; quote: Quote } | null {
	for (const { lang, text, nodes } of texts()) {
		const inside = nodes.filter(({ node }) => range.intersectsNode(node));
		const first = inside[0];
		const last = inside.at(-1);
		if (!first || !last) continue;
		const start = first.from + (first.node === range.startContainer ? range.startOffset : 0);
		const end =
			last.node === range.endContainer
				? last.from + range.endOffset
				: last.from + last.node.data.length;
		const quote = quoteOf(text, start, end);
		if (quote) return { lang, quote };
	}
	return null;
}

const name = 'marked';

/** Colours the highlights; gives the ids of those whose words are not on the page any more. */
export function paint(marks: readonly Mark[]): Set<string> {
	clear();
	const lost = new Set<string>();
	const ranges: Range[] = [];
	for (const text of texts()) {
		for (const { id, lang, quote } of marks) {
			if (lang !== text.lang) continue;
			const place = findQuote(text.text, quote);
			if (place) ranges.push(...rangesOf(text, place.start, place.end));
			else lost.add(id);
		}
	}
	if ('highlights' in CSS) CSS.highlights.set(name, new Highlight(...ranges));
	// From the end, so that no wrapping moves what is still to be wrapped.
	else for (const range of ranges.reverse()) wrap(range);
	return lost;
}

/** The languages whose text is on the page. */
export const shownLanguages = (): string[] => texts().map(({ lang }) => lang);

export function clear(): void {
	if ('highlights' in CSS) CSS.highlights.delete(name);
	for (const mark of document.querySelectorAll('mark.marked')) {
		const parent = mark.parentNode;
		mark.replaceWith(...mark.childNodes);
		parent?.normalize();
	}
}

/** A range for each text node: a range over two blocks would also colour what stands between. */
function rangesOf({ nodes }: Text, start: number, end: number): Range[] {
	return nodes.flatMap(({ node, from }) => {
		const a = Math.max(start - from, 0);
		const b = Math.min(end - from, node.data.length);
		if (a >= b || node.data.slice(a, b).trim() === '') return [];
		const range = document.createRange();
		range.setStart(node, a);
		range.setEnd(node, b);
		return [range];
	});
}

function wrap(range: Range): void {
	const mark = document.createElement('mark');
	mark.className = name;
	range.surroundContents(mark);
}
