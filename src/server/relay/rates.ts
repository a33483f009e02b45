/** How often somebody may ask (S-16): a bucket each that fills evenly, and forgets who is quiet. */

/** More who ask at once than this are not told apart from those who just came. */
const most = 100_000;

export class Rate {
	readonly #perMs: number;
	readonly #burst: number;
	readonly #buckets = new Map<string, { left: number; at: number }>();

	/** `count` in `ms`; all of them may come at once. */
	constructor(count: number, ms: number) {
		this.#burst = count;
		this.#perMs = count / ms;
	}

	/** Seconds to wait; 0 when it may be done now. */
	take(key: string, now: number): number {
		const bucket = this.#buckets.get(key) ?? { left: this.#burst, at: now };
		const passed = Math.max(0, now - bucket.at);
		const left = Math.min(this.#burst, bucket.left + passed * this.#perMs);
		const may = left >= 1;
		// Put at the end, so that the first of the map is who has been quiet for longest.
		this.#buckets.delete(key);
		this.#buckets.set(key, { left: may ? left - 1 : left, at: now });
		if (this.#buckets.size > most) {
			const [oldest] = this.#buckets.keys();
			if (oldest !== undefined) this.#buckets.delete(oldest);
		}
		return may ? 0 : Math.ceil((1 - left) / this.#perMs / 1000);
	}
}
