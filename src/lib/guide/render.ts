/**
 * Markdown becomes safe HTML, here and nowhere else.
 *
 * Safe by construction: raw HTML in the source is shown as text, links keep only http, https,
 * mailto and the guide's own `section:` and `term:` schemes, images are refused. A person's
 * Markdown never becomes HTML: the draft's preview draws it with `ui/DocumentView.svelte`.
 */
import { Marked, type Tokens } from 'marked';
import type { Heading } from '#lib/model/guide.ts';

export type Rendered = {
	html: string;
	headings: Heading[];
	/** Ids behind `section:` and `term:` links, in order, for the link check. */
	links: { scheme: 'section' | 'term'; id: string }[];
	/** What was refused: raw HTML, images, foreign URL schemes. */
	refused: string[];
};

export type RenderOptions = {
	/** Where `section:x` and `term:x` lead. Without it they are shown as plain words. */
	linkTo?: (scheme: 'section' | 'term', id: string) => string;
};

const escapes: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;'
};
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => escapes[c]!);

/** `text` (Markdown) as HTML that no script can hide in. */
export function render(text: string, options: RenderOptions = {}): Rendered {
	const headings: Heading[] = [];
	const links: Rendered['links'] = [];
	const refused: string[] = [];
	const taken = new Set<string>();
	const marked = new Marked({ gfm: true, async: false });

	marked.use({
		renderer: {
			html({ text }: Tokens.HTML | Tokens.Tag) {
				refused.push(`HTML ${text.trim().slice(0, 40)}`);
				return escapeHtml(text);
			},
			image({ text, href }: Tokens.Image) {
				refused.push(`image ${href.slice(0, 40)}`);
				return escapeHtml(text);
			},
			heading({ tokens, text, depth }: Tokens.Heading) {
				const level = Math.min(Math.max(depth, 2), 6);
				const named = /\s*\{#([a-z0-9-]+)\}\s*$/.exec(text);
				const inline = this.parser.parseInline(tokens).replace(/\s*\{#[a-z0-9-]+\}\s*$/, '');
				const plain = text.replace(/\s*\{#[a-z0-9-]+\}\s*$/, '').replace(/[*_`]/g, '');
				const id = unique(named?.[1] ?? slug(plain), taken);
				if (level <= 3) headings.push({ id, text: plain, level: level as 2 | 3 });
				return `<h${level} id="${escapeHtml(id)}">${inline}</h${level}>\n`;
			},
			link({ href, tokens }: Tokens.Link) {
				const words = this.parser.parseInline(tokens);
				const own = /^(section|term):([a-z0-9-]+)$/.exec(href);
				if (own) {
					const scheme = own[1] as 'section' | 'term';
					links.push({ scheme, id: own[2]! });
					if (!options.linkTo) return words;
					const to = escapeHtml(options.linkTo(scheme, own[2]!));
					return scheme === 'term'
						? `<a class="term" data-term="${own[2]}" href="${to}">${words}</a>`
						: `<a href="${to}">${words}</a>`;
				}
				if (!/^(https?:|mailto:)/i.test(href)) {
					refused.push(`link ${href.slice(0, 40)}`);
					return words;
				}
				return `<a href="${escapeHtml(href)}" rel="noopener noreferrer" target="_blank">${words}</a>`;
			},
			table({ header, rows }: Tokens.Table) {
				const cell = (tag: string, tokens: Tokens.TableCell) =>
					`<${tag}${tag === 'th' ? ' scope="col"' : ''}>${this.parser.parseInline(tokens.tokens)}</${tag}>`;
				const head = header.map((c) => cell('th', c)).join('');
				const body = rows
					.map((row) => `<tr>${row.map((c) => cell('td', c)).join('')}</tr>`)
					.join('\n');
				// A wide table scrolls by itself, also for somebody who has only a keyboard.
				return `<div class="table" tabindex="0" role="group"><table><thead><tr>${head}</tr></thead><tbody>\n${body}</tbody></table></div>\n`;
			}
		}
	});
	const html = marked.parse(text) as string;
	return { html, headings, links, refused };
}

function slug(text: string): string {
	const plain = text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
	return plain.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'part';
}

function unique(id: string, taken: Set<string>): string {
	let free = id;
	for (let n = 2; taken.has(free); n++) free = `${id}-${n}`;
	taken.add(free);
	return free;
}

/** The words of a Markdown text without its marks: for the search index, counts and previews. */
export function plainText(markdown: string): string {
	return markdown
		.replace(/\{#[a-z0-9-]+\}/g, '')
		.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
		.replace(/^\s*(?:#{1,6}|[-*+]|\d+\.|>|\|?[-: |]+\|?$)\s+/gm, '')
		.replace(/[*_`|]/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
}
