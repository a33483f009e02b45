/** The workshop that this window is at: the chosen one, else the one that runs, else the newest. */
import type { Workshop } from '#lib/model/workshop.ts';
import { live } from '#lib/state/workspace.svelte.ts';

const place = 'workshop';

class Here {
	#chosen = $state('');
	#all = $derived(live.workspace?.workshops ?? []);
	#workshop = $derived(
		this.#all.find(({ id }) => id === this.#chosen) ??
			this.#all.findLast(({ turns, closed }) => turns.length > 0 && !closed) ??
			this.#all.at(-1) ??
			null
	);

	get all(): readonly Workshop[] {
		return this.#all;
	}
	get workshop(): Workshop | null {
		return this.#workshop;
	}

	choose(id: string): void {
		this.#chosen = id;
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
