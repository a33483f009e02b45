/**
 * A Takeback: the last thing that was done on the page, said aloud, and the way to undo just that.
 *
 * Not the general undo of the workspace: the person may have edited elsewhere since, and the button
 * here must take back what its sentence says and nothing else.
 */
type Done = { words: string; undo: (() => void) | null };

export class Takeback {
	#done = $state.raw<Done | null>(null);

	/** What was done, until it is undone or put away. */
	get done(): Done | null {
		return this.#done;
	}

	say(words: string, undo: (() => void) | null = null): void {
		this.#done = { words, undo };
	}

	undo(words: string): void {
		this.#done?.undo?.();
		this.#done = { words, undo: null };
	}

	putAway(): void {
		this.#done = null;
	}
}
