/**
 * Pairs: a section in two languages, cut at its headings and laid side by side.
 *
 * Headings that have the same id belong together. A translation whose headings were given other ids
 * but that has as many of them is paired by position; what only one language has stands alone.
 */

/** A heading with what follows it, in both languages; empty where a language lacks it. */
export type Pair = { own: string; other: string };

type Piece = { id: string; html: string };

/** The HTML is that of `guide/render.ts`. The second text loses its ids: a page has each id once. */
export function pairs(own: string, other: string): Pair[] {
	const left = pieces(own);
	const right = pieces(other);
	const shared = new Set(left.map(({ id }) => id).filter((id) => right.some((r) => r.id === id)));
	if (left.length === right.length && shared.size <= 1) {
		return left.map(({ html }, i) => ({ own: html, other: withoutIds(right[i]!.html) }));
	}
	const found: Pair[] = [];
	let next = 0;
	for (const { id, html } of left) {
		const at = right.findIndex((piece, i) => i >= next && piece.id === id);
		if (at < 0) found.push({ own: html, other: '' });
		else {
			for (const piece of right.slice(next, at)) found.push(alone(piece));
			found.push({ own: html, other: withoutIds(right[at]!.html) });
			next = at + 1;
		}
	}
	return [...found, ...right.slice(next).map(alone)];
}

const alone = ({ html }: Piece): Pair => ({ own: '', other: withoutIds(html) });

/** What stands before the first heading has the id of none. */
function pieces(html: string): Piece[] {
	return html
		.split(/(?=<h2[ >])/)
		.filter((piece) => piece.trim() !== '')
		.map((piece) => ({ id: /^<h2 id="([^"]*)"/.exec(piece)?.[1] ?? '', html: piece }));
}

const withoutIds = (html: string): string => html.replace(/(<h[2-6]) id="[^"]*"/g, '$1');
