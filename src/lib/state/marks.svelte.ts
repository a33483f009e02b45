/**
 * LiveMarks: the reader's own bookmarks, highlights and notes, as they are on this device now.
 *
 * Every edit shows at once and is stored at once; `save` says 'saved' only after the read-back (P3). Until
 * then it stands in the journal, because its page may go.
 */
import { newId } from '#lib/model/ids.ts';
import type { Mark } from '#lib/model/mark.ts';
import { asProblem, type Problem } from '#lib/model/problem.ts';
import type { MarkedSection } from './reading.ts';
import { allMarks, MarkJournal } from '#lib/store/mark-journal.ts';
import { openMarks, type MarkStore } from '#lib/store/marks.ts';

export type NewMark = Omit<Mark, 'id' | 'at'>;

export class LiveMarks {
	#open: () => Promise<MarkStore>;
	#clock: () => string;
	#store: Promise<MarkStore> | undefined;
	#journal = new MarkJournal();
	#all = $state.raw<Mark[]>([]);
	#ready = $state(false);
	#forgets = $state(false);
	#problem = $state.raw<Problem | undefined>();
	#writing = $state(0);

	constructor(open = () => openMarks(), clock = () => new Date().toISOString()) {
		this.#open = open;
		this.#clock = clock;
	}

	get all(): Mark[] {
		return this.#all;
	}
	/** The marks have been read. */
	get ready(): boolean {
		return this.#ready;
	}
	/** This window keeps nothing when it closes (F-13). */
	get forgets(): boolean {
		return this.#forgets;
	}
	get problem(): Problem | undefined {
		return this.#problem;
	}
	get save(): 'saving' | 'saved' | 'failed' {
		if (this.#problem) return 'failed';
		return this.#writing > 0 ? 'saving' : 'saved';
	}

	of(guide: string, { id, was = [] }: MarkedSection): Mark[] {
		return this.#all.filter(
			(mark) => mark.guide === guide && (mark.section === id || was.includes(mark.section))
		);
	}

	/** Reads what is there; another tab may have written since. Never rejects. */
	async refresh(): Promise<void> {
		// What is being written would be read too early.
		if (this.#writing > 0) return;
		await this.#saying(async (store) => {
			const { all, refused } = await allMarks(store);
			if (this.#writing > 0) return;
			this.#all = all;
			this.#ready = true;
			this.#forgets = store.forgets;
			this.#remember();
			if (refused) throw refused;
		});
	}

	/** Adds a mark under a new id. */
	add(mark: NewMark): Mark {
		const whole = { ...mark, id: newId(), at: this.#clock() };
		this.put(whole);
		return whole;
	}

	/** Changes the text of a note, or of the remark on a highlight. */
	write(id: string, text: string): void {
		const mark = this.#all.find((known) => known.id === id);
		if (mark) this.put({ ...mark, text, at: this.#clock() });
	}

	/** Stores a mark as it is: also to bring one back. */
	put(mark: Mark): void {
		this.#all = [...this.#all.filter(({ id }) => id !== mark.id), mark];
		// Until the store is open nobody knows whether a passphrase locks it: nothing plain may be left then.
		const stored = this.#ready ? this.#journal.keep(mark) : undefined;
		this.#keep((store) => store.put(mark).then(stored));
	}

	remove(id: string): void {
		this.#all = this.#all.filter((mark) => mark.id !== id);
		this.#journal.drop(id);
		this.#keep((store) => store.remove(id));
	}

	#keep(write: (store: MarkStore) => Promise<void>): void {
		this.#remember();
		this.#writing++;
		void this.#saying(write).finally(() => this.#writing--);
	}

	async #saying(work: (store: MarkStore) => Promise<void>): Promise<void> {
		try {
			this.#store ??= this.#open();
			await work(await this.#store);
			this.#problem = undefined;
		} catch (thrown) {
			// One that did not open is opened anew; after a failed write the next one tries again.
			if (!(await this.#store?.catch(() => undefined))) this.#store = undefined;
			this.#problem = asProblem(thrown);
		}
	}

	/** See `hasMarks` in reading.ts. */
	#remember(): void {
		const names = new Set(this.#all.map(({ guide, section }) => `${guide}/${section}`));
		try {
			localStorage.setItem('marked', names.size > 0 ? ` ${[...names].join(' ')} ` : '');
		} catch {
			// Blocked storage: the marks show once the reader opens them.
		}
	}
}

export const marks = new LiveMarks();
