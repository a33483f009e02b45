/**
 * What came with the page. A first visit has the contents and the text in its HTML already; to fetch
 * them once more to make the page live would double the bytes, so they are read back from there.
 */
import { isOverlayOn } from '#lib/guide/overlay-flag.ts';
import type { Contents, Section } from '#lib/model/guide.ts';

/** Later pages are drawn by the app: what stands in the document then is the page that is left. */
const first = { contents: true, section: true };

const meta = (name: string) =>
	import.meta.env.SSR ? null : document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`);

/** Where the page says that the index of its guide is; `of`: `<lang>/<guide>`. */
export function namedIndex(of: string): string | undefined {
	const named = meta('guide-index');
	return named?.dataset.of === of ? named.content : undefined;
}

/** The contents beside a section's text. */
export function deliveredContents(of: string): Contents | undefined {
	// The page came without the overlay of this browser.
	if (!first.contents || isOverlayOn()) return undefined;
	first.contents = false;
	const named = meta('guide-index');
	const parts = import.meta.env.SSR ? [] : [...document.querySelectorAll('aside [data-part]')];
	const [lang = '', id = ''] = of.split('/');
	const { title = '', short = '', edition = '' } = named?.dataset ?? {};
	if (named?.dataset.of !== of || parts.length === 0) return undefined;
	return {
		id,
		lang,
		edition,
		title,
		short,
		parts: parts.map((part) => ({
			id: part.getAttribute('data-part') ?? '',
			title: part.querySelector('strong')?.textContent ?? '',
			sections: [...part.querySelectorAll('a')].map((link) => ({
				id: link.pathname.split('/').at(-2) ?? '',
				title: link.textContent ?? '',
				lang: link.lang || lang
			}))
		}))
	};
}

/** The section that the page shows. */
export function deliveredSection(id: string): Section | undefined {
	if (!first.section || isOverlayOn()) return undefined;
	first.section = false;
	const head = meta('section');
	const prose = import.meta.env.SSR ? null : document.querySelector('main .prose');
	if (!head || !prose || head.dataset.id !== id) return undefined;
	return { ...(JSON.parse(head.content) as Omit<Section, 'html'>), html: prose.innerHTML };
}
