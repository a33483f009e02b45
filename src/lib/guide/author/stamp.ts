/** Stamping: which translations get the mark of their source as it is now. */
import type { Lang } from '#lib/model/guide.ts';
import type { Translation } from './translations.ts';

export type Stamping = {
	/** Translations to be marked. */
	marked: Translation[];
	/** Stale ones that were covered but not named: only a person can say that they are up to date. */
	left: Translation[];
	/** What of the wishes is neither a translation, a folder of them, nor a language. */
	unknown: string[];
};

/**
 * `wishes`: paths of files (marked whatever their state: the translator says that they are up to
 * date), folders or language codes (of these only what has no mark yet); none: everything unmarked.
 * Paths may begin with `content/`.
 */
export function planStamps(
	translations: readonly Translation[],
	wishes: readonly string[],
	languages: readonly Lang[]
): Stamping {
	const there = translations.filter(({ state }) => state !== 'missing');
	const plan: Stamping = { marked: [], left: [], unknown: [] };
	const take = (covered: readonly Translation[]) => {
		plan.marked.push(...covered.filter(({ state }) => state === 'unmarked'));
		plan.left.push(...covered.filter(({ state }) => state === 'stale'));
	};
	if (wishes.length === 0) take(there);
	for (const wish of wishes) {
		const path = wish.replace(/^(?:\.\/)?content\//, '').replace(/\/$/, '');
		const file = there.find((one) => one.path === path);
		const covered = languages.includes(path)
			? there.filter(({ lang }) => lang === path)
			: there.filter((one) => one.path.startsWith(`${path}/`));
		if (file) plan.marked.push(file);
		else if (covered.length > 0) take(covered);
		else plan.unknown.push(wish);
	}
	const marked = new Set(plan.marked);
	return {
		marked: [...marked],
		left: [...new Set(plan.left)].filter((one) => !marked.has(one)),
		unknown: plan.unknown
	};
}
