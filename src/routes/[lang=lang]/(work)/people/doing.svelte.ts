/** Something that takes a while and may fail: whether it runs, and what it failed with. */
import { asProblem, type Problem } from '#lib/model/problem.ts';

export class Doing {
	#isBusy = $state(false);
	#problem = $state.raw<Problem | null>(null);

	get isBusy(): boolean {
		return this.#isBusy;
	}
	get problem(): Problem | null {
		return this.#problem;
	}

	/** Runs it, unless it runs already; whether it succeeded. Never rejects. */
	async run(action: () => Promise<void>): Promise<boolean> {
		if (this.#isBusy) return false;
		this.#isBusy = true;
		this.#problem = null;
		try {
			await action();
			return true;
		} catch (thrown) {
			this.#problem = asProblem(thrown);
			return false;
		} finally {
			this.#isBusy = false;
		}
	}

	forget(): void {
		this.#problem = null;
	}
}
