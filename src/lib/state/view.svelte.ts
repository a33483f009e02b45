/**
 * What the rules say of the open workspace and guide: answers, progress, scores, gaps. Always
 * computed, never stored; each is worked out when somebody looks at it and something changed.
 */
import { agreedAnswers, provenQuestions } from '#lib/assessment/agreed.ts';
import { findGaps } from '#lib/assessment/gaps.ts';
import { questionsOnPath } from '#lib/assessment/path.ts';
import { progressOf } from '#lib/assessment/progress.ts';
import { scoreAll } from '#lib/assessment/score.ts';
import { targetsOf, type View } from '#lib/assessment/view.ts';
import { actionsFor } from '#lib/draft/serving.ts';
import { withFigures } from '#lib/draft/blocks.ts';
import { givenFigures } from '#lib/model/figure.ts';
import type { Assessment } from '#lib/model/guide.ts';
import type { Chapter, Path } from '#lib/model/workspace.ts';
import { guide } from './guide.svelte.ts';
import { live } from './workspace.svelte.ts';

const corePath: Path = { mode: 'core', topics: [] };
const nothing: Assessment = { guide: '', topics: [] };

class LiveView {
	#guide = $derived(guide.open?.index.id ?? '');
	#assessment = $derived(guide.open?.assessment ?? nothing);
	#path = $derived(live.workspace?.guides[this.#guide]?.path ?? corePath);
	#answers = $derived(live.workspace ? agreedAnswers(live.workspace, this.#guide) : new Map());
	#proven = $derived(
		live.workspace ? provenQuestions(live.workspace, this.#guide) : new Set<string>()
	);
	#targets = $derived(targetsOf(live.workspace?.targets ?? [], this.#guide));
	#all: View = $derived({
		assessment: this.#assessment,
		answers: this.#answers,
		proven: this.#proven,
		targets: this.#targets,
		path: this.#path
	});
	#questions = $derived(questionsOnPath(this.#assessment, this.#path));
	#progress = $derived(progressOf(this.#all));
	#scores = $derived(scoreAll(this.#all));
	#gaps = $derived(findGaps(this.#all));
	#actions = $derived(
		actionsFor(live.workspace?.actions ?? [], this.#guide).sort(
			(a, b) => a.order - b.order || (a.id < b.id ? -1 : 1)
		)
	);
	#hasFigures = $derived(givenFigures(live.workspace?.figures ?? []).length > 0);
	#chapters = $derived(
		(live.workspace?.chapters ?? [])
			.filter((chapter) => chapter.guide === this.#guide && !this.#isCarried(chapter))
			.map((chapter) => withFigures(chapter, this.#hasFigures))
			.sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
	);

	/** Hidden since its text went to a chapter of a later edition: who shows it again sees both. */
	#isCarried({ id, guide: of, hidden }: Chapter): boolean {
		const carried = live.workspace?.guides[of]?.carried ?? {};
		return hidden && `chapter:${id.slice(of.length + 1)}` in carried;
	}

	/** Everything that the rules take. */
	get all() {
		return this.#all;
	}
	/** Questions on the chosen path, in the guide's order. */
	get questions() {
		return this.#questions;
	}
	get progress() {
		return this.#progress;
	}
	get scores() {
		return this.#scores;
	}
	get gaps() {
		return this.#gaps;
	}
	/** The actions that serve this guide, with its gaps, in the plan's order. */
	get actions() {
		return this.#actions;
	}
	/** This guide's chapters, in the draft's order; hidden ones too, but those that went to a later edition. */
	get chapters() {
		return this.#chapters;
	}
}

export const view = new LiveView();
