/** Writes the page's language and direction into the HTML that is prerendered. */
import type { Handle } from '@sveltejs/kit';
import { directionOf, sourceLanguage } from '#lib/i18n/languages.ts';

export const handle: Handle = ({ event, resolve }) => {
	const isPage = event.route.id !== null;
	const lang = event.params.lang ?? sourceLanguage;
	return resolve(event, {
		// The fallback page belongs to no language yet: the build's last step makes one per language.
		transformPageChunk: ({ html }) =>
			isPage ? html.replace('%lang%', lang).replace('%dir%', directionOf(lang)) : html,
		preload: ({ type }) => type === 'js' || type === 'css'
	});
};
