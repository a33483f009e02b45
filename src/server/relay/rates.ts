/** How often somebody may ask (S-16): a bucket each that fills evenly, and forgets who is quiet. */

/** More who ask at once than this are not told apart from those who just came. */
const most = 100_000;

export class Rate {
	readonly #perMs: number;
	readonly #burst: number;
	readonly #buckets = new Map<string, Bucket>();

	/** `count` in `ms`; all of them may come at once. */
	constructor(count: number, ms: number) {
		this.#burst = count;
		this.#perMs = count / ms;
	}

	/** Seconds to wait; 0 when it may be done now, `count` times at once. */
	take(key: string, now: number, count = 1): number {
		let bucket = this.#buckets.get(key);
		if (!bucket) {
			bucket = { left: this.#burst, at: now, put: now };
			this.#put(key, bucket);
		} else if (now - bucket.put > 10_000) {
			// At the end, so that the first of the map is who has been quiet for longest.
			this.#buckets.delete(key);
			this.#put(key, bucket);
			bucket.put = now;
		}
		const passed = Math.max(0, now - bucket.at);
		bucket.left = Math.min(this.#burst, bucket.left + passed * this.#perMs);
		bucket.at = now;
		if (bucket.left < count) return Math.ceil((count - bucket.left) / this.#perMs / 1000);
		bucket.left -= count;
		return 0;
	}

	#put(key: string, bucket: Bucket): void {
		this.#buckets.set(key, bucket);
		if (this.#buckets.size <= most) return;
		const [oldest] = this.#buckets.keys();
		if (oldest !== undefined) this.#buckets.delete(oldest);
	}
}

interface Bucket {
	left: number;
	at: number;
	/** When it came to its place in the map. */
	put: number;
}
