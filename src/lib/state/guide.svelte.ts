/**
 * The guide that the team works on, with its whole assessment, in the language of the screen.
 *
 * Work pages are drawn in the browser, after the person's own data: they open the guide here
 * rather than in a `load`, so that their prerendered HTML stays a frame of a few kilobytes.
 */
import {
	packReader,
	readAssessment,
	readIndex,
	readManifest,
	readOutline
} from '#lib/guide/packs.ts';
import type { Assessment, GuideIndex, Lang, Measure, Outline, Question } from '#lib/model/guide.ts';
import { asProblem, type Problem } from '#lib/model/problem.ts';

export type OpenGuide = {
	lang: Lang;
	index: GuideIndex;
	assessment: Assessment;
	outline: Outline;
	questions: Map<string, Question>;
	measures: Map<string, Measure>;
};

/** A guide with its whole assessment in a language. Rejects with a Problem. */
export async function openGuide(lang: Lang, guide: string): Promise<OpenGuide> {
	const read = packReader(fetch);
	const index = await readIndex(read, lang, guide);
	const [assessment, outline] = await Promise.all([
		readAssessment(read, index),
		readOutline(read, index)
	]);
	const { topics } = assessment;
	return {
		lang,
		index,
		assessment,
		outline,
		questions: new Map(topics.flatMap((t) => t.questions).map((q) => [q.id, q])),
		measures: new Map(topics.flatMap((t) => t.measures).map((m) => [m.id, m]))
	};
}

class LiveGuide {
	#open = $state.raw<OpenGuide | null>(null);
	#problem = $state.raw<Problem | null>(null);
	/** What was asked for last; empty once that has failed, so that asking again tries again. */
	#wanted = '';

	/** The open guide; null until it is there. */
	get open(): OpenGuide | null {
		return this.#open;
	}

	get problem(): Problem | null {
		return this.#problem;
	}

	/**
	 * Opens `guide` in `lang`; the last call wins. With an empty id: the first guide there is.
	 *
	 * Reads nothing that is drawn: an effect that calls it would run again with each failure, and so without end.
	 */
	async load(lang: Lang, guide: string): Promise<void> {
		const wanted = `${lang}/${guide}`;
		if (this.#wanted === wanted) return;
		this.#wanted = wanted;
		this.#problem = null;
		try {
			const id = guide || ((await readManifest(packReader(fetch))).guides[0]?.id ?? '');
			const open = await openGuide(lang, id);
			if (this.#wanted === wanted) this.#open = open;
		} catch (thrown) {
			if (this.#wanted !== wanted) return;
			this.#wanted = '';
			this.#problem = asProblem(thrown);
		}
	}
}

export const guide = new LiveGuide();
