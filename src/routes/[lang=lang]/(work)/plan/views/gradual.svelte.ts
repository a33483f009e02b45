/** How long the first part stands alone: ms. A hand that taps as soon as it sees something is that fast. */
const breath = 50;

/**
 * Rows that are drawn a part a frame: on an old phone, 150 of them at once would leave the page dead
 * for a second. On paper all stand at once.
 */
export class Gradual {
	#count: number;

	/**
	 * Call while a component is set up. `step`: rows of the first frame; `whole`: all of them at once;
	 * `next`: rows of each further frame, once there is something to look at.
	 */
	constructor(total: () => number, step: number, whole: boolean, next: number = step) {
		this.#count = $state(whole ? Infinity : step);
		let pause = breath;
		$effect(() => {
			if (this.#count >= total()) return;
			// Whoever draws in the next frame's callbacks keeps this part from the screen until it is done,
			// and a key that came meanwhile waits: first the paint, then what was asked, then more.
			let timer: ReturnType<typeof setTimeout> | undefined;
			let frame = requestAnimationFrame(() => {
				timer = setTimeout(() => {
					frame = requestAnimationFrame(() => (this.#count += next));
				}, pause);
				pause = 0;
			});
			return () => {
				cancelAnimationFrame(frame);
				clearTimeout(timer);
			};
		});
	}

	/** Draws all of them now: somebody moved one, and it must be there to keep the focus. */
	finish(): void {
		this.#count = Infinity;
	}

	/** Has so many drawn at once: one that lies further down is wanted. */
	reach(count: number): void {
		this.#count = Math.max(this.#count, count);
	}

	/** How many rows to draw now. */
	get count(): number {
		return this.#count;
	}
}
