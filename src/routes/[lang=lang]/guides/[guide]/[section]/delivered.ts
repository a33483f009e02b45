/**
 * The section that came with the page. A first visit has its text in the HTML already; fetching it
 * once more to make the page live would double the bytes, so it is read back from there.
 */
import type { Section } from '#lib/model/guide.ts';

let used = false;

export function deliveredSection(id: string): Section | undefined {
	if (import.meta.env.SSR || used) return undefined;
	// Later pages are drawn by the app: what stands in the document then is the page that is left.
	used = true;
	const head = document.querySelector<HTMLMetaElement>('meta[name="section"]');
	const prose = document.querySelector('main .prose');
	if (!head || !prose || head.dataset.id !== id) return undefined;
	return { ...(JSON.parse(head.content) as Omit<Section, 'html'>), html: prose.innerHTML };
}
