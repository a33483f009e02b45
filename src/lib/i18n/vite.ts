/** Vite's side of the words: notes for translators (keys that begin with `$`) are not shipped. */
import { existsSync, readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { everydayNamespaces } from './everyday.ts';

export function words(): Plugin {
	return {
		name: 'words',
		enforce: 'pre',
		/** `language.json?everyday`: the words of every page of a language as one module. */
		load: {
			filter: { id: /[\\/]content[\\/]languages[\\/][\w-]+[\\/]language\.json\?everyday$/ },
			handler(id) {
				const files = everydayNamespaces.map((namespace) => {
					const own = id.replace(/language\.json\?everyday$/, `${namespace}.json`);
					// As with every other file of words: English where the language has none yet.
					const file = existsSync(own) ? own : own.replace(/[\w-]+([\\/][\w-]+\.json)$/, 'en$1');
					this.addWatchFile(file);
					return [namespace, JSON.parse(readFileSync(file, 'utf8'))];
				});
				return `export default ${withoutNotes(Object.fromEntries(files))}`;
			}
		},
		transform: {
			filter: { id: /[\\/]content[\\/]languages[\\/][^?]*\.json$/ },
			handler: (code, id) => withoutNotes({ ...JSON.parse(code), ...facts(id) })
		}
	};
}

/** What a browser would take long to find out about a language: whether it is written in Latin script, with 0 to 9. */
function facts(id: string): { plainDigits?: boolean } {
	const [, code] = /[\\/]([\w-]+)[\\/]language\.json$/.exec(id) ?? [];
	return code ? { plainDigits: new Intl.Locale(code).maximize().script === 'Latn' } : {};
}

const withoutNotes = (words: unknown): string =>
	JSON.stringify(words, (key, value: unknown) => (key.startsWith('$') ? undefined : value));
