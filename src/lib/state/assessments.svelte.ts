/** The assessments of several guides at once, for the pages that look at all of a team's guides. */
import { packReader, readAssessment, readIndex } from '#lib/guide/packs.ts';
import type { Assessment, GuideIndex, Lang } from '#lib/model/guide.ts';
import { asProblem, type Problem } from '#lib/model/problem.ts';

export type KnownGuide = { index: GuideIndex; assessment: Assessment };

export class LiveAssessments {
	#known = $state.raw<KnownGuide[]>([]);
	#problem = $state.raw<Problem | undefined>();
	#wanted = $state.raw('');
	#have = $state.raw('');

	/** In the order that was asked for; those that could not be read are missing. */
	get known(): KnownGuide[] {
		return this.#known;
	}
	get isLoading(): boolean {
		return this.#wanted !== this.#have;
	}
	/** Why some are missing. */
	get problem(): Problem | undefined {
		return this.#problem;
	}

	/** Reads them; the last call wins. Never rejects. */
	async load(lang: Lang, guides: readonly string[]): Promise<void> {
		const wanted = `${lang} ${guides.join(' ')}`;
		if (this.#wanted === wanted && !this.#problem) return;
		this.#wanted = wanted;
		const read = packReader(fetch);
		let problem: Problem | undefined;
		const found = await Promise.all(
			guides.map(async (guide) => {
				try {
					const index = await readIndex(read, lang, guide);
					return [{ index, assessment: await readAssessment(read, index) }];
				} catch (thrown) {
					problem = asProblem(thrown);
					return [];
				}
			})
		);
		if (this.#wanted !== wanted) return;
		this.#known = found.flat();
		this.#problem = problem;
		this.#have = wanted;
	}
}
