/**
 * Rows that are drawn a part a frame: on an old phone, 150 of them at once would leave the page dead
 * for a second. On paper all stand at once.
 */
export class Gradual {
	#count: number;

	/** Call while a component is set up. `step`: rows a frame; `whole`: all of them at once. */
	constructor(total: () => number, step: number, whole: boolean) {
		this.#count = $state(whole ? Infinity : step);
		$effect(() => {
			if (this.#count >= total()) return;
			const frame = requestAnimationFrame(() => (this.#count += step));
			return () => cancelAnimationFrame(frame);
		});
	}

	/** Draws all of them now: somebody moved one, and it must be there to keep the focus. */
	finish(): void {
		this.#count = Infinity;
	}

	/** How many rows to draw now. */
	get count(): number {
		return this.#count;
	}
}
