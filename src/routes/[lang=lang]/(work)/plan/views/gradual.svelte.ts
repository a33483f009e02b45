/**
 * Rows that are drawn a part a frame: on an old phone, 150 of them at once would leave the page dead
 * for a second. On paper all stand at once.
 */
const step = 24;

export class Gradual {
	#count = $state(step);

	/** Call while a component is set up; `total` and `whole` may change. */
	constructor(total: () => number, whole: () => boolean) {
		if (whole()) this.#count = Infinity;
		$effect(() => {
			if (this.#count >= total()) return;
			const frame = requestAnimationFrame(() => (this.#count += step));
			return () => cancelAnimationFrame(frame);
		});
	}

	/** How many rows to draw now. */
	get count(): number {
		return this.#count;
	}
}
