/**
 * One open workspace document: read again when it changes, saved at once, with undo.
 *
 * `LiveWorkspace` has one of these at a time and speaks for it.
 */
import { flushSync } from 'svelte';
import * as Y from 'yjs';
import { afterPaint, isTyping } from '#lib/device/after-paint.ts';
import type { Problem } from '#lib/model/problem.ts';
import type { Workspace } from '#lib/model/workspace.ts';
import { Journal } from '#lib/store/journal.ts';
import type { WorkspaceStore } from '#lib/store/store.ts';
import {
	applyUpdates,
	checkUpdate,
	readMeta,
	signClient,
	workspaceReader
} from '#lib/sync/document.ts';
import type { Author } from '#lib/sync/document.ts';
import { Saver } from './saver.ts';
import type { SaveState } from './saver.ts';

/** Origins: whose transaction it is. Only `mine` can be undone; what came `stored` is not saved again. */
const mine = { origin: 'mine' };
const quiet = { origin: 'quiet' };
const stored = { origin: 'stored' };

/** Edits closer than this to each other are one step of undo, if they are of the same thing. */
const captureTimeout = 500;

export class OpenDocument {
	readonly id: string;
	readonly doc: Y.Doc;
	#store: WorkspaceStore;
	#clock: () => string;
	#saver: Saver;
	#journal: Journal;
	#undo: Y.UndoManager;
	#read: () => Workspace;
	#workspace: Workspace;
	#save = $state.raw<SaveState>('saved');
	#savedAt = $state.raw('');
	#problem = $state.raw<Problem | null>(null);
	#canUndo = $state.raw(false);
	#canRedo = $state.raw(false);
	/** The number of the last stored update, whoever wrote it. */
	#seq = $state.raw(0);
	#edited = $state.raw(false);
	/** The number up to which the store was read: others may have written before our own last. */
	#cursor: number;
	/** The workspace is to be read again: in this turn of the event loop, or once a frame is drawn. */
	#reading: 'no' | 'soon' | 'later' = 'no';
	#lastThing = '';
	/** The edit that runs is one more letter in the same field. */
	#goesOn = false;
	#inBurst = false;
	#onSaved: () => void;
	#pulling: Promise<void> = Promise.resolve();

	constructor(
		store: WorkspaceStore,
		id: string,
		opened: { doc: Y.Doc; seq: number },
		about: {
			clock: () => string;
			savedAt: string;
			onSaved: () => void;
			/** Hears of each transaction, and whether it is this window's own. */
			heard?: (transaction: Y.Transaction, isOwn: boolean) => void;
		}
	) {
		this.#store = store;
		this.id = id;
		this.doc = opened.doc;
		this.#clock = about.clock;
		this.#onSaved = about.onSaved;
		this.#savedAt = about.savedAt;
		this.#seq = opened.seq;
		this.#cursor = opened.seq;
		this.#journal = new Journal(id);
		this.#read = workspaceReader(this.doc);
		this.#workspace = $state.raw(this.#read());
		this.#saver = new Saver(
			(update) => this.#append(update),
			(state, problem) => this.#heard(state, problem)
		);
		this.#undo = new Y.UndoManager(this.doc, { trackedOrigins: new Set([mine]), captureTimeout });
		for (const event of ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const) {
			this.#undo.on(event, () => this.#countSteps());
		}
		const { heard } = about;
		if (heard) this.doc.on('afterTransaction', (done) => heard(done, done.origin !== stored));
		this.doc.on('update', (update: Uint8Array, origin: unknown) => {
			this.#readSoon();
			if (origin === stored) return;
			this.#edited = true;
			this.#saver.add(update);
		});
	}

	get workspace(): Workspace {
		return this.#workspace;
	}
	get save(): SaveState {
		return this.#save;
	}
	get savedAt(): string {
		return this.#savedAt;
	}
	get problem(): Problem | null {
		return this.#problem;
	}
	get canUndo(): boolean {
		return this.#canUndo;
	}
	get canRedo(): boolean {
		return this.#canRedo;
	}
	get seq(): number {
		return this.#seq;
	}
	/** Something was edited in this window, saved or not. */
	get edited(): boolean {
		return this.#edited;
	}
	/** Something is not saved. */
	get unsaved(): boolean {
		return this.#saver.pending.length > 0;
	}

	/**
	 * Runs an edit. Edits of one `thing` in quick succession are one step of undo, and so are all edits
	 * of one turn of the event loop ("take all six"). `undoable` false: a step of undo passes it over.
	 * Throws what the edit throws.
	 */
	edit(
		contributor: string,
		thing: string,
		write: (doc: Y.Doc, by: Author) => void,
		undoable = true
	): void {
		if (undoable && !this.#inBurst && thing !== this.#lastThing) this.#undo.stopCapturing();
		if (undoable && !this.#inBurst) {
			this.#inBurst = true;
			queueMicrotask(() => (this.#inBurst = false));
		}
		const now = this.#clock();
		signClient(this.doc, { contributor, now, origin: quiet });
		this.#goesOn = undoable && thing === this.#lastThing && isTyping();
		if (undoable) this.#lastThing = thing;
		try {
			write(this.doc, { contributor, now, origin: undoable ? mine : quiet });
		} finally {
			this.#goesOn = false;
		}
	}

	undo(): void {
		this.#undo.undo();
	}
	redo(): void {
		this.#undo.redo();
	}

	flush(): Promise<void> {
		return this.#saver.flush();
	}

	/**
	 * The page may be gone in a moment: what is not saved is kept where the next window finds it, before
	 * this returns. False where that cannot be, and leaving would lose it.
	 */
	keepUnsaved(): boolean {
		// A window that forgets says so. What was deleted for good is not brought back, nor what was erased.
		if (this.#store.forgets || this.#problem?.code === 'workspace-missing') return true;
		return this.#journal.keep(this.#saver.pending);
	}

	/**
	 * Takes in what the store has and this document has not. Rejects if that cannot be applied: the
	 * document may be half-changed then, and has to be opened again.
	 */
	pull(): Promise<void> {
		this.#pulling = this.#pulling.catch(() => {}).then(() => this.#pull());
		return this.#pulling;
	}

	close(): void {
		this.#saver.close();
		this.#undo.destroy();
		this.doc.destroy();
	}

	async #pull(): Promise<void> {
		const { updates, seq } = await this.#store.since(this.id, this.#cursor);
		for (const update of updates) checkUpdate(update);
		applyUpdates(this.doc, updates, stored);
		this.#cursor = Math.max(this.#cursor, seq);
		this.#seq = Math.max(this.#seq, seq);
	}

	async #append(update: Uint8Array): Promise<void> {
		const { name, country, demo } = readMeta(this.doc);
		const facts = { name, country, demo, updatedAt: this.#clock() };
		this.#seq = Math.max(this.#seq, await this.#store.append(this.id, update, facts));
	}

	#heard(state: SaveState, problem: Problem | null): void {
		this.#save = state;
		if (state === 'saving') return;
		this.#problem = problem;
		if (state !== 'saved') return;
		this.#journal.drop();
		this.#savedAt = this.#clock();
		this.#onSaved();
	}

	/** Reads the workspace once for all changes of this turn of the event loop; letters of a word, of this frame. */
	#readSoon(): void {
		if (this.#reading === 'soon') return;
		if (!this.#goesOn) {
			this.#reading = 'soon';
			queueMicrotask(() => this.#readNow());
		} else if (this.#reading === 'no') {
			this.#reading = 'later';
			afterPaint((isDeed) => {
				if (this.#reading === 'later') this.#readNow();
				// Whoever answers this deed must not write back what stood there before the last letter.
				if (isDeed) flushSync();
			});
		}
	}

	#readNow(): void {
		this.#reading = 'no';
		this.#workspace = this.#read();
	}

	#countSteps(): void {
		this.#canUndo = this.#undo.canUndo();
		this.#canRedo = this.#undo.canRedo();
	}
}
