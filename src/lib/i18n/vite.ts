/** Vite's side of the words: notes for translators (keys that begin with `$`) are not shipped. */
import type { Plugin } from 'vite';

export function words(): Plugin {
	return {
		name: 'words',
		enforce: 'pre',
		transform: {
			filter: { id: /[\\/]content[\\/]languages[\\/][^?]*\.json$/ },
			handler: (code) =>
				JSON.stringify(JSON.parse(code), (key, value: unknown) =>
					key.startsWith('$') ? undefined : value
				)
		}
	};
}
