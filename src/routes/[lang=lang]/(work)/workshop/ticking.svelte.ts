/** The present moment for a page with timers, in milliseconds; moves while `start` is running. */
export class Ticking {
	now = $state(Date.now());

	/** Gives what stops it. */
	start(every = 500): () => void {
		const timer = setInterval(() => (this.now = Date.now()), every);
		return () => clearInterval(timer);
	}
	get iso(): string {
		return new Date(this.now).toISOString();
	}
}
