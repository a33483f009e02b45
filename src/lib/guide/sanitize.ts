/**
 * A person's Markdown becomes HTML that was checked twice: rendered by `render.ts`, which lets no
 * raw HTML through, and then sanitised by DOMPurify with a short list of what may stay (S-05).
 * Loaded only where somebody previews a text.
 */
import DOMPurify from 'dompurify';
import { render } from './render.ts';

const allowed = {
	ALLOWED_TAGS: [
		'h2',
		'h3',
		'h4',
		'h5',
		'h6',
		'p',
		'ul',
		'ol',
		'li',
		'strong',
		'em',
		'del',
		'code',
		'pre',
		'blockquote',
		'a',
		'br',
		'hr',
		'table',
		'thead',
		'tbody',
		'tr',
		'th',
		'td',
		'div'
	],
	ALLOWED_ATTR: ['href', 'rel', 'target', 'scope', 'class', 'tabindex', 'role'],
	ALLOWED_URI_REGEXP: /^(?:https?:|mailto:)/i,
	// DOMPurify would make a Trusted Types policy of its own; the page has one, and allows no other.
	TRUSTED_TYPES_POLICY: undefined,
	RETURN_TRUSTED_TYPE: false
} as const;

/** Safe HTML of a person's Markdown. Needs a document. */
export function renderPersonal(markdown: string): string {
	return DOMPurify.sanitize(render(markdown).html, {
		...allowed,
		ALLOWED_TAGS: [...allowed.ALLOWED_TAGS],
		ALLOWED_ATTR: [...allowed.ALLOWED_ATTR]
	});
}
