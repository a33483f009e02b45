/**
 * A Pack: one guide of the content, read in one language. It knows where the words of a thing are:
 * in the guide or in `shared/`, in the reader's language or in the source.
 */
import type { Lang } from '#lib/model/guide.ts';
import { isContentId } from '#lib/model/ids.ts';
import type { Fields, Page } from '../fields.ts';
import { sharedSource } from '../content.ts';
import type { PageChecker } from '../page-checker.ts';

export class Pack {
	readonly checker: PageChecker;
	readonly guide: string;
	readonly lang: Lang;
	/** The language that the guide is written in first. */
	readonly source: Lang;

	constructor(checker: PageChecker, guide: string, lang: Lang, source: Lang) {
		this.checker = checker;
		this.guide = guide;
		this.lang = lang;
		this.source = source;
	}

	/** Path of a file of the guide. */
	path(name: string): string {
		return `guides/${this.guide}/${name}`;
	}

	skeleton(name: string): Fields {
		return this.checker.json(this.path(name));
	}

	/** The page `<folder>/<id>.md` in the best language there is. */
	page(folder: string, id: string, shared = false): { page: Page; lang: Lang } {
		const root = shared ? 'shared' : `guides/${this.guide}`;
		const langs = shared ? [this.lang, this.source, sharedSource] : [this.lang, this.source];
		const pathIn = (lang: Lang) => `${root}/${lang}/${folder}/${id}.md`;
		const lang = langs.find((one) => this.checker.content.files.has(pathIn(one)));
		const found = lang ?? this.source;
		if (!isContentId(id)) return { page: this.checker.noPage(pathIn(found)), lang: found };
		return { page: this.checker.markdown(pathIn(found)), lang: found };
	}

	/** Words by key in a file of the guide (`names.json`): what the language lacks is in the source's. */
	words(name: string): Fields {
		return this.#words(`guides/${this.guide}`, name, this.source);
	}

	/** Words by key in a file that all guides share. */
	sharedWords(name: string): Fields {
		return this.#words('shared', name, sharedSource);
	}

	/** Whether the guide has the file in its source language. */
	has(name: string): boolean {
		return this.checker.content.files.has(this.path(`${this.source}/${name}`));
	}

	/** Whether the reader's language has the file itself. */
	isTranslated(name: string): boolean {
		return this.checker.content.files.has(this.path(`${this.lang}/${name}`));
	}

	#words(root: string, name: string, source: Lang): Fields {
		const first = this.checker.json(`${root}/${source}/${name}`);
		const own = `${root}/${this.lang}/${name}`;
		if (this.lang === source || !this.checker.content.files.has(own)) return first;
		return this.checker.json(own).over(first);
	}
}
