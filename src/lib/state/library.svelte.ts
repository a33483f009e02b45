/** The names of the guides in the language of the screen, for pages that speak of several. */
import { packReader, readManifest } from '#lib/guide/packs.ts';
import type { Lang, ManifestGuide } from '#lib/model/guide.ts';

class LiveLibrary {
	#guides = $state.raw<ManifestGuide[]>([]);
	#lang = '';

	/** The guides there are in the language; empty until they are known. */
	get guides(): ManifestGuide[] {
		return this.#guides;
	}

	/** Never rejects: without the list a guide is called by its id. */
	async load(lang: Lang): Promise<void> {
		if (this.#lang === lang) return;
		this.#lang = lang;
		try {
			const { guides } = await readManifest(packReader(fetch));
			if (this.#lang === lang) this.#guides = guides.filter((guide) => guide.lang === lang);
		} catch {
			this.#lang = '';
		}
	}

	titleOf(id: string): string {
		return this.#guides.find((guide) => guide.id === id)?.title ?? id;
	}
}

export const library = new LiveLibrary();
