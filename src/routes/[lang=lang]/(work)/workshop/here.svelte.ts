/**
 * The workshop that this window is at: of the open guide, the chosen one, else the one that runs, else
 * the newest.
 */
import type { Workshop } from '#lib/model/workshop.ts';
import { guide } from '#lib/state/guide.svelte.ts';
import { live } from '#lib/state/workspace.svelte.ts';

const place = 'workshop';

class Here {
	#chosen = $state('');
	#all = $derived(live.workspace?.workshops ?? []);
	#ours = $derived(this.#all.filter((one) => one.guide === guide.open?.index.id));
	#workshop = $derived(
		this.#ours.find(({ id }) => id === this.#chosen) ??
			this.#ours.findLast(({ turns, closed }) => turns.length > 0 && !closed) ??
			this.#ours.at(-1) ??
			null
	);

	/** Of every guide of the workspace. */
	get all(): readonly Workshop[] {
		return this.#all;
	}
	get workshop(): Workshop | null {
		return this.#workshop;
	}

	/** Goes to a workshop, and to its guide. */
	choose(id: string, lang: string): void {
		this.#chosen = id;
		const chosen = live.workspace?.workshops.find((one) => one.id === id);
		if (chosen && chosen.guide !== guide.open?.index.id) {
			// The next window opens at this guide too.
			live.setGuideWork(chosen.guide, {});
			void guide.load(lang, chosen.guide);
		}
		try {
			sessionStorage.setItem(place, id);
		} catch {
			// This window knows; only the next one will not.
		}
	}
	/** What this window was at before it was loaded anew. */
	remember(): void {
		try {
			this.#chosen ||= sessionStorage.getItem(place) ?? '';
		} catch {
			// Then it is the one that runs.
		}
	}
}

export const here = new Here();
