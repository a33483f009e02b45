/**
 * A web page: an ExportDocument as one HTML file that any browser shows and prints, with nothing to
 * load and nothing that can run.
 *
 * Everything that came from outside is escaped; the pictures are the SVGs of `charts/`, checked once
 * more; the page's own policy forbids scripts, addresses to load from, and styles but the one below.
 */
import type {
	Cell,
	Column,
	ExportBlock,
	ExportDocument,
	FigureBlock,
	Note,
	Run,
	TableBlock
} from '../document.ts';
import { isPlainSvg } from '../charts/plain-svg.ts';
import { prepare, type Prepared, type PreparedBlock } from '../prepare.ts';
import { escapeMarkup as esc } from '../text.ts';
import { style, styleHash } from './html-style.ts';

/** The file in UTF-8. Throws Problem `export-failed` for a document beyond the limits. */
export async function writeHtml(document: ExportDocument): Promise<Uint8Array<ArrayBuffer>> {
	return new TextEncoder().encode(htmlOf(document));
}

const policy =
	`default-src 'none'; style-src '${styleHash}'; img-src data:; ` +
	"base-uri 'none'; form-action 'none'";

/** The same as a string. */
export function htmlOf(document: ExportDocument): string {
	const prepared = prepare(document);
	const { lang, direction, title, fictional } = prepared;
	const words = fictional === null ? '' : lined(fictional);
	// Printed, every page says so.
	const across = [lined(prepared.marking), words].filter((one) => one !== '').join('<br>');
	const mark = across === '' ? '' : `<p class="watermark" aria-hidden="true">${across}</p>\n`;
	const marking =
		prepared.marking === '' ? '' : `<p class="marking">${lined(prepared.marking)}</p>\n`;
	const notice = marking + (words === '' ? '' : `<p class="fictional">${words}</p>`) + mark;
	return (
		`<!doctype html>\n<html lang="${esc(lang)}" dir="${direction}">\n<head>\n<meta charset="utf-8">\n` +
		`<meta http-equiv="Content-Security-Policy" content="${esc(policy)}">\n` +
		`<meta name="viewport" content="width=device-width, initial-scale=1">\n` +
		`<meta name="referrer" content="no-referrer">\n` +
		`<title>${esc(title)}</title>\n<style>${style}</style>\n</head>\n<body>\n` +
		`${notice}${cover(prepared)}${prepared.contents ? contents(prepared) : ''}<main>\n` +
		`${prepared.blocks.map(block).join('\n')}\n${notes(prepared)}</main>\n</body>\n</html>\n`
	);
}

function cover({ title, subtitle, meta }: Prepared): string {
	const country = meta.country || meta.workspace;
	const lines = [
		country === meta.workspace ? '' : meta.workspace,
		meta.date,
		meta.edition,
		meta.app,
		meta.stamp
	];
	const written = lines.filter((line) => line !== '').map((line) => `<li>${esc(line)}</li>`);
	return (
		`<header>\n${country ? `<p class="country">${esc(country)}</p>\n` : ''}` +
		`<h1>${lined(title)}</h1>\n<p class="subtitle">${lined(subtitle)}</p>\n` +
		`<ul class="meta">${written.join('')}</ul>\n</header>\n`
	);
}

function contents({ blocks, words }: Prepared): string {
	const entries = blocks.flatMap((entry) => {
		if (entry.kind !== 'heading' || entry.level > 2) return [];
		const number = entry.number === '' ? '' : `<span class="number">${entry.number}</span> `;
		const text = `<a href="#${entry.anchor}">${number}${entry.runs.map((r) => lined(r.text)).join('')}</a>`;
		return [`<li class="l${entry.level}">${text}</li>`];
	});
	if (entries.length < 3) return '';
	return `<nav aria-label="${esc(words.contents)}"><h2>${esc(words.contents)}</h2><ul>${entries.join('')}</ul></nav>\n`;
}

/** At the end, each with a way back: a page that scrolls has no foot. */
function notes({ notes: all, words }: Prepared): string {
	if (all.length === 0) return '';
	const items = all.map(
		({ number, runs }) =>
			`<li id="note-${number}">${inline(runs)} <a class="back" href="#ref-${number}" aria-label="${esc(words.back)}">↑</a></li>`
	);
	return `<section class="notes" aria-label="${esc(words.notes)}"><h2>${lined(words.notes)}</h2>\n<ol>${items.join('\n')}</ol></section>\n`;
}

function markOf({ number = 0, runs }: Note): string {
	const id = runs === null ? '' : ` id="ref-${number}"`;
	return `<sup class="ref"><a href="#note-${number}"${id}>${number}</a></sup>`;
}

const lined = (text: string): string => esc(text).replace(/\n/g, '<br>');

function block(item: PreparedBlock | ExportBlock): string {
	switch (item.kind) {
		case 'heading': {
			const tag = `h${item.level + 1}`;
			const number =
				'number' in item && item.number ? `<span class="number">${item.number}</span> ` : '';
			const id = 'anchor' in item ? ` id="${item.anchor}"` : '';
			return `<${tag}${id}>${number}${inline(item.runs)}</${tag}>`;
		}
		case 'paragraph':
			return `<p${item.role ? ` class="${item.role}"` : ''}>${inline(item.runs)}</p>`;
		case 'list': {
			const items = item.items.map((inner) => `<li>${inner.map(block).join('')}</li>`).join('');
			if (!item.ordered) return `<ul>${items}</ul>`;
			return `<ol${item.start === 1 ? '' : ` start="${Math.trunc(item.start)}"`}>${items}</ol>`;
		}
		case 'table':
			return table(item);
		case 'notice': {
			const title = item.title === '' ? '' : `<p><strong>${lined(item.title)}</strong></p>`;
			return `<div class="notice">${title}${item.blocks.map(block).join('')}</div>`;
		}
		case 'quote':
			return `<blockquote>${item.blocks.map(block).join('')}</blockquote>`;
		case 'code':
			return `<pre><code>${esc(item.text)}</code></pre>`;
		case 'figure':
			return figure(item);
		case 'lines': {
			const lines = '<div class="line"></div>'.repeat(Math.min(Math.max(item.count, 1), 20));
			return `<div class="lines"><p class="small">${lined(item.label)}</p>${lines}</div>`;
		}
		case 'rule':
			return '<hr>';
		case 'page-break':
			return '<div class="page-break"></div>';
	}
}

function inline(runs: readonly Run[]): string {
	return runs
		.map((run) => {
			if (run.note) return markOf(run.note);
			let html = lined(run.text);
			if (run.code) html = `<code>${html}</code>`;
			if (run.italic) html = `<em>${html}</em>`;
			if (run.bold) html = `<strong>${html}</strong>`;
			if (run.strike) html = `<s>${html}</s>`;
			if (run.link === undefined) return html;
			return `<a href="${esc(run.link)}" rel="noopener noreferrer">${html}</a>`;
		})
		.join('');
}

function table({ columns, header, rows, caption }: TableBlock): string {
	const isFacts = header.length === 0;
	const cell = (tag: string, { runs, tint }: Cell, column: Column | undefined): string => {
		const classes = [column?.align ?? 'start', ...(tint === undefined ? [] : [`t${tint}`])];
		const scope = tag === 'td' ? '' : ` scope="${isFacts ? 'row' : 'col'}"`;
		return `<${tag}${scope} class="${classes.join(' ')}">${inline(runs)}</${tag}>`;
	};
	const head = isFacts
		? ''
		: `<thead><tr>${header.map((c, i) => cell('th', c, columns[i])).join('')}</tr></thead>`;
	const body = rows
		.map((row) => row.map((c, i) => cell(isFacts && i === 0 ? 'th' : 'td', c, columns[i])).join(''))
		.map((cells) => `<tr>${cells}</tr>`)
		.join('\n');
	const after = caption === '' ? '' : `<p class="caption">${lined(caption)}</p>`;
	const wide = `<div class="table" tabindex="0"><table${isFacts ? ' class="facts"' : ''}>`;
	return `${wide}${head}<tbody>\n${body}\n</tbody></table></div>${after}`;
}

/** The SVG if it is one of ours, else the PNG, else the words. */
function figure({ svg, png, alt, caption }: FigureBlock): string {
	const words = caption === '' ? '' : `<figcaption>${lined(caption)}</figcaption>`;
	if (isPlainSvg(svg))
		return `<figure><div role="img" aria-label="${esc(alt)}">${svg}</div>${words}</figure>`;
	if (png === null) return `<figure><p>${lined(alt)}</p>${words}</figure>`;
	return `<figure><img alt="${esc(alt)}" src="data:image/png;base64,${base64(png)}">${words}</figure>`;
}

function base64(bytes: Uint8Array): string {
	let binary = '';
	// One call for all bytes would be more arguments than a browser takes.
	for (let i = 0; i < bytes.length; i += 8192) {
		binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
	}
	return btoa(binary);
}
