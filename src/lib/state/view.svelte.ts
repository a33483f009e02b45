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
import type { Answer, Chapter, Path } from '#lib/model/workspace.ts';
import { guide } from './guide.svelte.ts';
import { live } from './workspace.svelte.ts';

const corePath: Path = { mode: 'core', topics: [] };
const none: never[] = [];
const nothing: Assessment = { guide: '', topics: [] };

/** Gives the value from before where the new one says the same, entry by entry. */
function keeping<T extends Iterable<unknown>>(): (value: T) => T {
	let last: { value: T; mark: string } | undefined;
	return (value) => {
		const mark = JSON.stringify([...value]);
		if (last?.mark !== mark) last = { value, mark };
		return last.value;
	};
}

class LiveView {
	#guide = $derived(guide.open?.index.id ?? '');
	#assessment = $derived(guide.open?.assessment ?? nothing);
	// Part by part: with each key the workspace is another object, and what the key did not touch is not.
	#path = $derived(live.workspace?.guides[this.#guide]?.path ?? corePath);
	#contributions = $derived(live.workspace?.contributions ?? none);
	#agreed = $derived(live.workspace?.agreed ?? none);
	#aims = $derived(live.workspace?.targets ?? none);
	#planned = $derived(live.workspace?.actions ?? none);
	#written = $derived(live.workspace?.chapters ?? none);
	#figures = $derived(live.workspace?.figures ?? none);
	#guides = $derived(live.workspace?.guides);
	#said = $derived({ contributions: this.#contributions, agreed: this.#agreed });
	#keepAnswers = keeping<Map<string, Answer>>();
	#keepProven = keeping<Set<string>>();
	// A note says nothing that is counted: then these are the very ones from before.
	#answers = $derived(this.#keepAnswers(agreedAnswers(this.#said, this.#guide)));
	#proven = $derived(this.#keepProven(provenQuestions(this.#said, this.#guide)));
	#targets = $derived(targetsOf(this.#aims, this.#guide));
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
		actionsFor(this.#planned, this.#guide).sort(
			(a, b) => a.order - b.order || (a.id < b.id ? -1 : 1)
		)
	);
	#hasFigures = $derived(givenFigures(this.#figures).length > 0);
	#chapters = $derived(
		this.#written
			.filter((chapter) => chapter.guide === this.#guide && !this.#isCarried(chapter))
			.map((chapter) => withFigures(chapter, this.#hasFigures))
			.sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
	);

	/** Hidden since its text went to a chapter of a later edition: who shows it again sees both. */
	#isCarried({ id, guide: of, hidden }: Chapter): boolean {
		const carried = this.#guides?.[of]?.carried ?? {};
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
