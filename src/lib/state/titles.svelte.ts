/** Titles of questions of any guide, in the language of the screen: for lists that go across guides. */
import { questionsOf } from '#lib/assessment/view.ts';
import { packReader, readAssessment, readIndex } from '#lib/guide/packs.ts';
import type { Lang } from '#lib/model/guide.ts';
import { guide } from './guide.svelte.ts';

class QuestionTitles {
	#titles = $state.raw<ReadonlyMap<string, string>>(new Map());
	#asked = new Set<string>();

	/** The title of `<guide>/<question>`; its id until it is known, or where the guide has it no more. */
	of(key: string): string {
		const [id, question = ''] = key.split('/');
		const here = guide.open?.index.id === id ? guide.open?.questions.get(question) : undefined;
		return here?.title ?? this.#titles.get(key) ?? question;
	}

	/** Reads the guides of these questions. Never rejects: without them, ids stand for titles. */
	async load(lang: Lang, keys: readonly string[]): Promise<void> {
		const guides = [...new Set(keys.map((key) => key.slice(0, key.indexOf('/'))))];
		await Promise.all(guides.map((id) => this.#read(lang, id)));
	}

	async #read(lang: Lang, id: string): Promise<void> {
		if (this.#asked.has(`${lang}/${id}`)) return;
		this.#asked.add(`${lang}/${id}`);
		try {
			const read = packReader(fetch);
			const assessment = await readAssessment(read, await readIndex(read, lang, id));
			const titles = questionsOf(assessment).map((one): [string, string] => [
				`${id}/${one.id}`,
				one.title
			]);
			this.#titles = new Map([...this.#titles, ...titles]);
		} catch {
			this.#asked.delete(`${lang}/${id}`);
		}
	}
}

export const titles = new QuestionTitles();
