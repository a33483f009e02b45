/**
 * A Sitting: one person going through a guide's questions, where they are and what they do there.
 *
 * Where they are is remembered in the workspace (`resume`) and in the address (`#question`), so that
 * they come back to the same question, and links of the guide lead to one. Which questions are asked
 * and how far the answers have come is the rules' business (`view`).
 */
import { tick } from 'svelte';
import { replaceState } from '$app/navigation';
import { questionsOf } from '#lib/assessment/view.ts';
import type { Question } from '#lib/model/guide.ts';
import type { Answer, Contribution, QuestionKey } from '#lib/model/workspace.ts';
import { placeNow } from '#lib/assessment/migration.ts';
import { edition } from '#lib/state/edition.svelte.ts';
import { guide } from '#lib/state/guide.svelte.ts';
import { view } from '#lib/state/view.svelte.ts';
import { live } from '#lib/state/workspace.svelte.ts';
import { changedQuestion } from './changed.ts';
import type { Filter } from './filter.ts';

/** start: readiness and path; question: one at a time; list: all of them; end: what comes next. */
export type Place = 'start' | 'question' | 'list' | 'end';

export class Sitting {
	readonly guide: string;
	#place = $state<Place>('start');
	#id = $state('');
	#moves = $state(0);
	#said = $state('');

	/** Whether the guide's text stands beside the question. */
	guidance = $state(false);
	/** Which questions the list shows. */
	filter = $state<Filter>('all');

	#question = $derived(guide.open?.questions.get(this.#id) ?? null);
	#at = $derived(view.questions.findIndex((question) => question.id === this.#id));
	#all = $derived(
		live.workspace?.contributions.filter((item) => item.key === this.keyOf(this.#id)) ?? []
	);
	#mine = $derived(this.#all.find((item) => item.contributor === live.contributor) ?? null);

	constructor(id: string) {
		this.guide = id;
	}

	get place(): Place {
		return this.#place;
	}
	/** The current question; null while there is none. */
	get question(): Question | null {
		return this.#question;
	}
	/** Its position among the questions on the path, from 0; -1 where it is not on it. */
	get at(): number {
		return this.#at;
	}
	/** What this device's contributor said to it; null if nothing. */
	get mine(): Contribution | null {
		return this.#mine;
	}
	/** What everybody said to it. */
	get contributions(): Contribution[] {
		return this.#all;
	}
	/** Counts the moves that the person made: 0 on arrival, when the focus is not ours to take. */
	get moves(): number {
		return this.#moves;
	}
	/** The last thing to read out. */
	get said(): string {
		return this.#said;
	}

	keyOf(id: string): QuestionKey {
		return `${this.guide}/${id}`;
	}

	/** Arrives by the address, else where the person was, else at the start. */
	arrive(hash: string): void {
		const work = live.workspace?.guides[this.guide];
		const id = [this.#now(hash), this.#now(work?.resume ?? '')].find((found) =>
			guide.open?.questions.has(found)
		);
		if (id) this.#stand(id);
	}

	/** To a question, from a link, the list or a key. */
	open(from: string): void {
		const id = this.#now(from);
		if (!guide.open?.questions.has(id)) return;
		this.#moves++;
		this.#stand(id);
	}

	show(place: Place): void {
		if (place === 'question' && !this.#question) place = 'start';
		this.#moves++;
		this.#place = place;
	}

	/** The next question on the path, after the last one the end. */
	next(): void {
		const all = questionsOf(view.all.assessment);
		const at = all.findIndex((question) => question.id === this.#id);
		const asked = new Set(view.questions);
		const next = all.find((question, i) => i > at && asked.has(question));
		if (next) this.open(next.id);
		else this.show('end');
	}

	/** The question before; from the end, the one that led there. */
	previous(): void {
		if (this.#place === 'end') return this.show('question');
		const all = questionsOf(view.all.assessment);
		const at = all.findIndex((question) => question.id === this.#id);
		const asked = new Set(view.questions);
		const previous = all.findLast((question, i) => i < at && asked.has(question));
		if (previous) this.open(previous.id);
	}

	answer(answer: Answer | null, id = this.#id): void {
		live.setAnswer(this.keyOf(id), answer);
		edition.remember();
	}

	/** Takes back the last edit, and shows the question that it was made in. False: nothing to undo. */
	async undo(): Promise<boolean> {
		if (!live.canUndo) return false;
		const before = live.workspace;
		live.undo();
		await tick();
		const id = changedQuestion(before, live.workspace, this.guide);
		if (id && id !== this.#id && this.#place === 'question') this.open(id);
		return true;
	}

	/** Has `words` read out; the same words again, too. */
	say(words: string): void {
		this.#said = words === this.#said ? `${words}\u00a0` : words;
	}

	/** A link, or a place to come back to, of an earlier edition names a question by its old id. */
	#now(id: string): string {
		return placeNow(guide.open?.index.migration, 'questions', id) ?? id;
	}

	#stand(id: string): void {
		this.#id = id;
		this.#place = 'question';
		if (live.workspace?.guides[this.guide]?.resume !== id) {
			live.setGuideWork(this.guide, { resume: id });
		}
		if (location.hash !== `#${id}`) replaceState(`#${id}`, {});
	}
}
