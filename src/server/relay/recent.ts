/**
 * The last envelopes of workspaces that are at work now. A device that pushes is nearly always right behind
 * the log: what it asks for was committed a moment ago, by this process, and need not be read again.
 */
import { epochOf, markOf } from '../storage/snapshots.ts';
import type { Access, Page, Reading, Stored } from '../storage/storage.ts';
import { keyOf } from './hub.ts';

/** Of one workspace: envelopes, and bytes of them. */
const most = { envelopes: 32, bytes: 16_000 };
const workspaces = 2_000;

interface Run {
	/** Seqs that follow each other. */
	stored: Stored[];
	bytes: number;
	/** The mark of each, made when it is asked for. */
	marks: Map<number, Uint8Array>;
}

export class Recent {
	readonly #runs = new Map<string, Run>();

	/** What was committed, in the order of seq. */
	add(w: Uint8Array, stored: Stored[]): void {
		const key = keyOf(w);
		let run = this.#runs.get(key);
		if (!run || run.stored.at(-1)!.seq + 1 !== stored[0]!.seq) {
			// Another process has committed between.
			run = { stored: [], bytes: 0, marks: new Map() };
		}
		for (const one of stored) {
			run.stored.push(one);
			run.bytes += one.bytes.length;
		}
		while (
			run.stored.length > 1 &&
			(run.stored.length > most.envelopes || run.bytes > most.bytes)
		) {
			const gone = run.stored.shift()!;
			run.bytes -= gone.bytes.length;
			run.marks.delete(gone.seq);
		}
		this.#runs.delete(key);
		if (run.bytes <= most.bytes) this.#runs.set(key, run);
		if (this.#runs.size > workspaces) this.#runs.delete(this.#runs.keys().next().value!);
	}

	/** The page as the storage would give it; null where that has to be asked. */
	page(access: Access, { after, except, bytes }: Reading): Page | null {
		const { floor, epoch } = access;
		const run = this.#runs.get(keyOf(access.w));
		const first = run?.stored[0]?.seq;
		if (!run || first === undefined) return null;
		const head = run.stored.at(-1)!.seq;
		// Another process has committed since, or the cursor is too far back.
		if (head < access.head || after < first || after > head) return null;
		const envelopes = run.stored.filter(({ seq, lane }) => seq > after && lane !== except);
		if (run.bytes > bytes) return null;
		const at = run.stored[after - first]!;
		const mark = markIn(run, after);
		const upToMark = markIn(run, head);
		const markEpoch = epochOf(at.bytes);
		return {
			...{ epoch, head, floor, mark, markEpoch, envelopes },
			...{ upTo: head, upToMark, more: false }
		};
	}
}

function markIn({ stored, marks }: Run, seq: number): Uint8Array {
	let mark = marks.get(seq);
	if (!mark) {
		mark = markOf(stored[seq - stored[0]!.seq]!.bytes);
		marks.set(seq, mark);
	}
	return mark;
}
