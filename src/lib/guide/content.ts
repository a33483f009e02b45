/**
 * Content: the files below `content/`, from disk (`content-disk.ts`), from memory or from a test. All
 * that compiles or checks takes one of these, and names a file by its path below `content/`.
 */
import type { Lang } from '#lib/model/guide.ts';

export type Content = {
	/** Path → size in bytes, of every file. */
	files: ReadonlyMap<string, number>;
	/** The text of a file with `\n` line ends; undefined where there is none, or it is too large. */
	read: (path: string) => string | undefined;
};

/** The language that the interface and what guides share are written in first. */
export const sharedSource: Lang = 'en';
/** The largest text that anybody writes is a tenth of this; what is larger is not text. */
export const largestFile = 400_000;

/** Content that is held in memory: path → text. */
export function contentOf(files: Record<string, string>): Content {
	return {
		files: new Map(Object.entries(files).map(([path, text]) => [path, text.length])),
		read: (path) => {
			const text = Object.hasOwn(files, path) ? files[path] : undefined;
			return text === undefined || text.length > largestFile ? undefined : text;
		}
	};
}

/** Names directly in `folder` (which ends with a slash), files and folders, in order. */
export function namesIn(content: Content, folder: string): string[] {
	const names = new Set<string>();
	for (const path of content.files.keys()) {
		if (path.startsWith(folder)) names.add(path.slice(folder.length).split('/', 1)[0]!);
	}
	return [...names].sort();
}

/** Codes of the languages that the interface speaks, in order. */
export const languagesOf = (content: Content): Lang[] =>
	namesIn(content, 'languages/').filter((code) =>
		content.files.has(`languages/${code}/language.json`)
	);

export const guidesOf = (content: Content): string[] =>
	namesIn(content, 'guides/').filter((id) => content.files.has(`guides/${id}/guide.json`));
