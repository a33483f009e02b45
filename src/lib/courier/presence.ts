/**
 * Presence: who listens now and where in the app, from notes that the relay hands on and forgets (L-3).
 *
 * A note is `<run> <place>`. The run is drawn when the stream opens: whoever hears one for the first time
 * answers, so that a newcomer knows who is here without waiting for them to move.
 */
export type Here = { lane: number; at: string; where: string };

export type Notes = {
	/** Hands a note to those who listen now; it may fail, and nobody misses it. */
	send: (note: string) => Promise<void>;
	now: () => number;
	random: () => number;
	changed: (here: Here[]) => void;
};

/** Between two notes (L-3); between two that say the same; after that, whoever said nothing is away: ms. */
export const times = { apart: 10_000, again: 150_000, away: 340_000 };
/** Letters of a place. */
const placeLimit = 200;

export class Presence {
	#notes: Notes;
	#here: Here[] = [];
	#runs = new Map<number, string>();
	/** Empty while no stream is open: nobody would hear. */
	#run = '';
	#where = '';
	#saidAt = -Infinity;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(notes: Notes) {
		this.#notes = notes;
	}

	/** The stream is open. */
	opened(): void {
		this.#run = this.#notes.random().toString(36).slice(2, 8) || '0';
		this.#say();
	}

	/** The stream is closed; who was here is not known any more. */
	closed(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		if (this.#run === '') return;
		this.#run = '';
		this.#runs.clear();
		if (this.#here.length > 0) this.#change([]);
	}

	/** Where this person is now. */
	sayWhere(where: string): void {
		if (where === this.#where) return;
		this.#where = where.slice(0, placeLimit);
		this.#say();
	}

	/** Somebody's note. */
	heard(lane: number, note: string): void {
		const [run = '', ...place] = note.split(' ');
		const where = place.join(' ').slice(0, placeLimit);
		const at = new Date(this.#notes.now()).toISOString();
		this.#change([...this.#present().filter((one) => one.lane !== lane), { lane, at, where }]);
		if (this.#runs.get(lane) === run) return;
		this.#runs.set(lane, run);
		this.#say();
	}

	#present(): Here[] {
		const since = this.#notes.now() - times.away;
		return this.#here.filter(({ at }) => Date.parse(at) > since);
	}

	#change(here: Here[]): void {
		this.#here = here;
		this.#notes.changed(here);
	}

	#say(): void {
		if (this.#run === '' || this.#where === '') return;
		const soon = Math.max(0, this.#saidAt + times.apart - performance.now());
		this.#in(soon, times.apart * 1.1);
	}

	/** Says it after `wait`, and again for as long as it is so; where that fails, after `retry`. */
	#in(wait: number, retry: number): void {
		clearTimeout(this.#timer);
		const timer = setTimeout(async () => {
			this.#saidAt = performance.now();
			const present = this.#present();
			if (present.length < this.#here.length) this.#change(present);
			// The relay counts the ten seconds from before this page was loaded.
			const isSaid = await this.#notes.send(`${this.#run} ${this.#where}`).then(
				() => true,
				() => false
			);
			if (this.#timer !== timer) return;
			if (isSaid) this.#in(times.again, times.apart * 1.1);
			else this.#in(retry, Math.min(retry * 2, times.again));
		}, wait);
		this.#timer = timer;
	}
}
