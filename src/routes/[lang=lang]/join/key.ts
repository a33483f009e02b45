/**
 * The key of an invitation, out of the address (SPEC.md, K-3).
 *
 * The first script of app.html has taken it before the page asked for anything else: whoever looks
 * over a shoulder, a screenshot, the list of visited pages and a copied address do not have it. What
 * comes later, without a new document, is taken here.
 */
declare global {
	interface Window {
		/** What stood behind the `#` of the join page's address when the document came. */
		invitationKey?: string;
	}
}

/** Takes the key, once; empty where there is none. */
export function takeKey(): string {
	const early = window.invitationKey ?? '';
	delete window.invitationKey;
	const late = location.hash === '#content' ? '' : location.hash.slice(1);
	if (late) history.replaceState(history.state, '', location.pathname);
	return late || early;
}
