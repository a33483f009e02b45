/**
 * Languages: which ones the interface speaks, their names in themselves, and their direction.
 *
 * One folder of `content/languages/` is one language; its `language.json` is read here.
 */
import type { Direction, Lang } from '#lib/model/guide.ts';
import { Problem } from '#lib/model/problem.ts';
import { everydayNamespaces } from './everyday.ts';
import { register, isRegistered, writesPlainDigits, type Messages } from './words.ts';
import type { Namespace } from './namespaces.ts';

export type Language = { code: Lang; name: string; direction: Direction };

const identities = import.meta.glob<Omit<Language, 'code'> & { plainDigits: boolean }>(
	'/content/languages/*/language.json',
	{
		eager: true,
		import: 'default'
	}
);
/** What every page uses: `vite.ts` makes one file a language of it. */
const everyday = import.meta.glob<Record<(typeof everydayNamespaces)[number], Messages>>(
	'/content/languages/*/language.json',
	{ query: '?everyday', import: 'default' }
);

export const languages: Language[] = Object.entries(identities)
	.map(([path, { plainDigits, ...identity }]) => {
		const code = path.split('/')[3]!;
		if (plainDigits) writesPlainDigits(code);
		return { code, ...identity };
	})
	.sort((a, b) => (a.code < b.code ? -1 : 1));

/** The language that everything is written in first, and that a missing page comes from. */
export const sourceLanguage: Lang = 'en';

export const isLanguage = (code: string): boolean => languages.some((l) => l.code === code);
export const directionOf = (code: Lang): Direction =>
	languages.find((l) => l.code === code)?.direction ?? 'ltr';

/** Loads the named namespaces of `lang`. Throws Problem 'pack-unreachable' where they cannot be had. */
export async function loadWords(lang: Lang, ...namespaces: Namespace[]): Promise<void> {
	await Promise.all(
		namespaces.map(async (namespace) => {
			if (isRegistered(lang, namespace)) return;
			const nameIn = (code: Lang, name: string = namespace) =>
				`/content/languages/${code}/${name}.json`;
			const of = <T>(files: Record<string, T>, name?: string) =>
				files[nameIn(lang, name)] ?? files[nameIn(sourceLanguage, name)];
			try {
				const daily = everydayNamespaces.find((name) => name === namespace);
				const messages = daily
					? (await of(everyday, 'language')?.())?.[daily]
					: await of((await import('./work-words.ts')).workWords)?.();
				if (messages) register(lang, namespace, messages);
			} catch (thrown) {
				// The browser's own words name an address and no way out, and are in no language of ours.
				throw new Problem('pack-unreachable', { url: nameIn(lang) }, thrown);
			}
			if (!isRegistered(lang, namespace)) throw new Error(`no words: ${nameIn(lang)}`);
		})
	);
}
