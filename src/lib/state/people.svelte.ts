/** The people of the open workspace, as screens name them. */
import { isShared, peopleOf, unnamed, type Who } from '#lib/assessment/people.ts';
import { live } from './workspace.svelte.ts';

class People {
	#all = $derived(peopleOf({ contributors: live.workspace?.contributors ?? [] }));
	#several = $derived(live.workspace !== null && isShared(live.workspace, live.contributor));

	/** Contributor id → what they are called; somebody without a name is known by a mark. */
	who(id: string): Who {
		return this.#all.get(id) ?? unnamed(id);
	}
	/** Those who are named, in the order of their ids. */
	get named(): Who[] {
		return [...this.#all.values()];
	}
	/** Several people work on this, or it was asked of somebody: alone, nobody is asked for a name. */
	get several(): boolean {
		return this.#several || live.role !== null;
	}
}

export const people = new People();
