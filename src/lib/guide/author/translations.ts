/**
 * Translations of everything that is written in a source language, with the state of each: missing,
 * without a mark, older than its source, or current. Guides, what they share, and the interface.
 */
import type { Lang } from '#lib/model/guide.ts';
import { guidesOf, languagesOf, sharedSource, type Content } from '../content.ts';
import { sharedPages } from '../shared.ts';
import { marksIn, sourceHash, type HashText } from './translation-marks.ts';

/** unmarked: there, but without `of`; stale: its source has changed since. */
export type TranslationState = 'missing' | 'unmarked' | 'stale' | 'current';

export type Translation = {
	/** A guide's id, `shared` or `interface`. */
	scope: string;
	lang: Lang;
	/** Paths below `content/`; of the translation (also where it is missing) and of its source. */
	path: string;
	source: string;
	/** What `of` must be for the translation to be current. */
	hash: string;
	state: TranslationState;
	isReviewed: boolean;
	/** Content declares this language complete: a missing or stale page is a mistake. */
	isPromised: boolean;
};

/** What of a guide an assessment in a room needs: see `promises`. */
const assessmentOnly = /^(?:questions\/|measures\/|names\.json$|readiness\.json$|owners\.json$)/;

type Scope = {
	name: string;
	/** Folder that holds a folder per language. */
	folder: string;
	source: Lang;
	isPromised: (lang: Lang, name: string) => boolean;
};

/** Every translation that there could be, in the order of scopes, languages, paths. */
export function translationsOf(content: Content, hash: HashText): Translation[] {
	const hashes = new Map<string, string>();
	const hashOf = (source: string): string => {
		if (!hashes.has(source)) {
			hashes.set(source, sourceHash(source, sourceText(content, source), hash));
		}
		return hashes.get(source)!;
	};
	return scopesOf(content).flatMap((scope) => {
		const names = sourceNames(content, scope);
		return languagesOf(content)
			.filter((lang) => lang !== scope.source)
			.flatMap((lang) =>
				names.map((name): Translation => {
					const path = `${scope.folder}${lang}/${name}`;
					const source = `${scope.folder}${scope.source}/${name}`;
					const text = content.read(path);
					const marks = marksIn(path, text ?? '');
					return {
						scope: scope.name,
						lang,
						path,
						source,
						hash: hashOf(source),
						state: stateOf(text, marks.of, hashOf(source)),
						isReviewed: marks.reviewed !== undefined,
						isPromised: scope.isPromised(lang, name)
					};
				})
			);
	});
}

/** The text behind a translation: that of hints is in the skeleton, and translated in names.json. */
function sourceText(content: Content, source: string): string {
	return [content.read(source) ?? '', ...hintTexts(content, source).map(([, text]) => text)].join(
		'\n'
	);
}

/** Id and text of a guide's hints where `source` is the names.json that translations follow. */
export function hintTexts(content: Content, source: string): [id: string, text: string][] {
	const guide = /^(guides\/[^/]+\/)[^/]+\/names\.json$/.exec(source)?.[1];
	const hints = guide ? objectIn(content, `${guide}assessment.json`).hints : [];
	return Array.isArray(hints)
		? hints.filter(isObject).map((hint) => [String(hint.id), String(hint.text)])
		: [];
}

function stateOf(text: string | undefined, of: string | undefined, hash: string): TranslationState {
	if (text === undefined) return 'missing';
	if (of === undefined) return 'unmarked';
	return of === hash ? 'current' : 'stale';
}

/** Where there is something to translate, and what of it is promised. */
export function scopesOf(content: Content): Scope[] {
	const guides = guidesOf(content);
	const identities = new Map(
		guides.map((id) => [id, objectIn(content, `guides/${id}/guide.json`)])
	);
	const promised = (guide: string, lang: Lang, name: string): boolean => {
		const complete = identities.get(guide)?.complete;
		const much = isObject(complete) ? complete[lang] : undefined;
		return much === 'all' || (much === 'assessment' && assessmentOnly.test(name));
	};
	const users = sharedPages(content);
	return [
		...guides.map((id): Scope => {
			const source = identities.get(id)?.source;
			return {
				name: id,
				folder: `guides/${id}/`,
				source: typeof source === 'string' ? source : sharedSource,
				isPromised: (lang, name) => promised(id, lang, name)
			};
		}),
		{
			name: 'shared',
			folder: 'shared/',
			source: sharedSource,
			// Owners belong to every guide, a page to those that take it.
			isPromised: (lang, name) =>
				(users.get(name) ?? guides).some((guide) => promised(guide, lang, name))
		},
		{
			name: 'interface',
			folder: 'languages/',
			source: sharedSource,
			isPromised: (lang) => objectIn(content, `languages/${lang}/language.json`).complete === true
		}
	];
}

/** What of a scope is translated: every text of its source language, by name below the language. */
export function sourceNames(content: Content, scope: Pick<Scope, 'folder' | 'source'>): string[] {
	const folder = `${scope.folder}${scope.source}/`;
	return (
		[...content.files.keys()]
			.filter((path) => path.startsWith(folder) && /\.(?:md|json)$/.test(path))
			.map((path) => path.slice(folder.length))
			// A language's own: not a translation of another's.
			.filter((name) => name !== 'language.json' && name !== 'thesaurus.json')
	);
}

/** The object in a JSON file; empty where there is none, which the compiler reports. */
export function objectIn(content: Content, path: string): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(content.read(path) ?? '{}');
		return isObject(value) ? value : {};
	} catch {
		return {};
	}
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
