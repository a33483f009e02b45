/** How long a page may take to become as long as it was. ms */
const patience = 5000;

/**
 * Scrolls to `y` (px) as soon as the page is long enough for it; never after somebody has begun to scroll,
 * tap or type.
 *
 * A page that is loaded anew is short until its work is open: the browser, and SvelteKit, scroll too early.
 */
export function scrollBack(y: number): void {
	const done = new AbortController();
	const grown = new ResizeObserver(() => {
		if (document.documentElement.scrollHeight - innerHeight < y) return;
		scrollTo({ top: y, behavior: 'instant' });
		done.abort();
	});
	done.signal.addEventListener('abort', () => grown.disconnect());
	for (const event of ['wheel', 'touchstart', 'pointerdown', 'keydown']) {
		addEventListener(event, () => done.abort(), { passive: true, signal: done.signal });
	}
	setTimeout(() => done.abort(), patience);
	// At once, and whenever it grows.
	grown.observe(document.body);
}
