/**
 * LiveWorkspace: the workspace that is open in this window, and the list of those on this device.
 *
 * Screens read its values and call its edits; it stands between them and the document (`sync`), the
 * store and files. Every edit is saved at once, and `save` says 'saved' only after the read-back (P3).
 * Importing it on a server is harmless: the browser is touched by methods alone.
 */
import type { Transaction } from 'yjs';
import { projectExtension, projectType, writeProjectFile } from '#lib/device/project.ts';
import { importProjectFile } from '#lib/device/import.ts';
import type { Imported } from '#lib/device/import.ts';
import { safeFileName } from '#lib/device/names.ts';
import { askPersistence } from '#lib/device/storage.ts';
import { zipLimits } from '#lib/device/zip.ts';
import { newId } from '#lib/model/ids.ts';
import { asProblem, Problem } from '#lib/model/problem.ts';
import type { Assessment, Outline } from '#lib/model/guide.ts';
import type { Contributor, Workspace } from '#lib/model/workspace.ts';
import type { DemoOptions } from '#lib/store/demo.ts';
import type { ChangeStore } from '#lib/store/changes.ts';
import { takeJournals } from '#lib/store/journal.ts';
import { openStore } from '#lib/store/open.ts';
import type { SharedRole } from '#lib/store/shared.ts';
import type { Listed, WorkspaceStore } from '#lib/store/store.ts';
import { createDocument, readMeta, setMeta } from '#lib/sync/document.ts';
import type { Author } from '#lib/sync/document.ts';
import { History } from './history.ts';
import { OpenDocument } from './open-document.svelte.ts';
import { OutsideCopy } from './outside-copy.svelte.ts';
import type { SaveState } from './saver.ts';
import { StoreDoor } from './store-door.ts';
import { WorkspaceEdits } from './workspace-edits.ts';
import type { WriteEdit } from './workspace-edits.ts';

export type { SaveState } from './saver.ts';

/** What `LiveWorkspace` takes from outside; the tests bring their own. */
export type Surroundings = {
	openStore: () => Promise<WorkspaceStore>;
	clock: () => string;
	askPersistence: () => Promise<unknown>;
	/** Who changed what; without it, this browser's own. */
	openChanges?: () => Promise<ChangeStore>;
};
const browser: Surroundings = {
	openStore: () => openStore(),
	clock: () => new Date().toISOString(),
	askPersistence
};
const openChanges = async () => (await import('#lib/store/changes.ts')).openChanges();

export class LiveWorkspace extends WorkspaceEdits {
	#surroundings: Surroundings;
	#door: StoreDoor;
	/** Who changed what, as this device came to know it. */
	readonly history: History;
	#current: Promise<void> | null = null;
	#open = $state.raw<OpenDocument | null>(null);
	#copy = $state.raw<OutsideCopy | null>(null);
	#forgets = $state.raw(false);
	#problem = $state.raw<Problem | null>(null);
	#list = $state.raw<Listed[]>([]);
	#contributor = $state.raw('');
	#guide = $state.raw('');
	#role = $state.raw<SharedRole | null>(null);
	#followers = new Set<(id: string) => void>();
	#answered = false;
	#turn: Promise<void> = Promise.resolve();

	constructor(surroundings: Surroundings = browser) {
		super();
		this.#surroundings = surroundings;
		this.history = new History(surroundings.openChanges ?? openChanges, surroundings.clock);
		this.#door = new StoreDoor(surroundings.openStore, surroundings.clock, {
			opened: (store) => {
				this.#forgets = store.forgets;
				this.#allIsWell();
			},
			news: (workspace) => {
				if (workspace === null || workspace === this.#open?.id) void this.#pull();
			},
			flush: () => this.flush(),
			leaving: () => void this.#open?.keepUnsaved(),
			retired: (problem) => {
				this.#problem = problem;
			},
			wouldLose: () => this.save === 'failed' || this.#open?.keepUnsaved() === false
		});
	}

	/** The open workspace; null while there is none. Read again in the turn after a change. */
	get workspace(): Workspace | null {
		return this.#open?.workspace ?? null;
	}
	/** A window that forgets has saved nothing once something was edited, whatever its memory says. */
	get save(): SaveState {
		if (this.#forgets && this.#open?.edited) return 'failed';
		return this.#open?.save ?? 'saved';
	}
	/** When everything was last saved; ISO 8601 or empty. */
	get savedAt(): string {
		return this.#open?.savedAt ?? '';
	}
	/** What is wrong with keeping the work, for as long as it is. */
	get problem(): Problem | null {
		return this.#open?.problem ?? this.#problem;
	}
	/** This window keeps nothing when it closes (F-13). */
	get forgets(): boolean {
		return this.#forgets;
	}
	/** All workspaces on this device, deleted ones too (`deletedAt`), last changed first. */
	get list(): Listed[] {
		return this.#list;
	}
	/** Whose contributions this window writes: an id; empty before a workspace is open. */
	get contributor(): string {
		return this.#contributor;
	}
	/** What this window's contributor is called; null where they have not said. */
	get me(): Contributor | null {
		return this.workspace?.contributors.find(({ id }) => id === this.#contributor) ?? null;
	}
	/** The guide that the team last worked on, or empty. */
	get currentGuide(): string {
		return this.#guide;
	}
	/** What this person may do in the open workspace; null where it is not shared. */
	get role(): SharedRole | null {
		return this.#role;
	}
	get canUndo(): boolean {
		return this.#open?.canUndo ?? false;
	}
	get canRedo(): boolean {
		return this.#open?.canRedo ?? false;
	}
	/** When a project file was last saved outside this browser; ISO 8601 or empty. */
	get outsideCopyAt(): string {
		return this.#copy?.at ?? '';
	}
	/** There is work that no outside copy has. Counts updates, not clocks (F-18). */
	get changedSinceCopy(): boolean {
		if (!this.#open) return false;
		return this.#open.unsaved || this.#open.seq > (this.#copy?.seq ?? 0);
	}

	/**
	 * Opens the workspace that was open last, if it is still here. Never rejects: `problem` says what
	 * is wrong, and `workspace` is null then.
	 */
	openCurrent(): Promise<void> {
		if (this.#open) return Promise.resolve();
		this.#current ??= this.#openLast().finally(() => {
			this.#current = null;
		});
		return this.#current;
	}

	/** Opens a workspace. Rejects with its Problem, also when the open one cannot be saved first. */
	async open(id: string): Promise<void> {
		await this.#saying(async () => {
			const store = await this.#door.store();
			await this.#inTurn(async () => {
				if (this.#open?.id !== id) await this.#attach(store, id);
			});
			// On a full disk it is open all the same; only the next window will not know.
			await store.saveSetting('workspace', id).catch(() => {});
		});
	}

	/** Makes a workspace and opens it; gives its id. */
	async create({ name, country }: { name: string; country: string }): Promise<string> {
		const createdAt = this.#surroundings.clock();
		const doc = createDocument({ id: newId(), name, country, createdAt, demo: false });
		return this.#saying(async () => {
			const store = await this.#door.store();
			await this.#settle();
			const { id } = await store.create(doc, createdAt);
			await this.open(id);
			await this.refreshList();
			return id;
		});
	}

	/**
	 * Opens the fictional country at a guide; makes what it says there where that is not here yet.
	 * `options` bring its words, and the voice that prefills its draft.
	 */
	async openDemo(
		{ assessment, outline }: { assessment: Assessment; outline: Outline },
		options: DemoOptions
	): Promise<void> {
		await this.#saying(async () => {
			const store = await this.#door.store();
			await this.#settle();
			const found = (await store.list()).find(({ demo, deletedAt }) => demo && !deletedAt);
			// Few people open it: its rules need not be on every work page.
			const { demoContributor, fillDemo, makeDemo } = await import('#lib/store/demo.ts');
			const now = this.#surroundings.clock();
			if (found) {
				await this.open(found.id);
				const open = this.#opened();
				if (!open.workspace.guides[assessment.guide]) {
					const fill = (doc: OpenDocument['doc']) =>
						fillDemo(doc, assessment, outline, now, options);
					open.edit(demoContributor, 'demo', fill, false);
				}
				this.#rememberGuide(open, assessment.guide);
			} else {
				const doc = makeDemo(assessment, outline, now, { ...options, id: newId() });
				const { id } = await store.create(doc, now);
				await store.saveSetting(`contributor/${id}`, demoContributor);
				await this.open(id);
			}
			await this.refreshList();
		});
	}

	/** Takes in a project file and opens its workspace. Rejects with a Problem; nothing changed then. */
	async importFile(file: Blob): Promise<Imported> {
		if (file.size > zipLimits.packed) throw new Problem('file-too-large', { limit: '20 MB' });
		const bytes = new Uint8Array(await file.arrayBuffer());
		const store = await this.#door.store();
		await this.flush();
		const imported = await importProjectFile(store, bytes, { now: this.#surroundings.clock() });
		this.history.arrived(imported.id, imported.changes, 'file');
		if (this.#open?.id === imported.id) await this.#pull();
		else await this.open(imported.id);
		await this.refreshList();
		return imported;
	}

	async rename(id: string, name: string): Promise<void> {
		await this.#saying(async () => {
			if (this.#open?.id === id) {
				this.setMeta({ name });
				await this.flush();
			} else {
				await this.#renameStored(id, name);
			}
			await this.refreshList();
		});
	}

	/** Makes a copy under another name; it is not opened. */
	async duplicate(id: string, name: string): Promise<void> {
		await this.#saying(async () => {
			await this.flush();
			const now = this.#surroundings.clock();
			await (await this.#door.store()).duplicate(id, { id: newId(), name, now });
			await this.refreshList();
		});
	}

	/** Marks a workspace as deleted and closes it; `restore` brings it back for 30 days. */
	async remove(id: string): Promise<void> {
		await this.#saying(async () => {
			const store = await this.#door.store();
			if (this.#open?.id === id) await this.#leave();
			await store.remove(id, this.#surroundings.clock());
			if ((await store.setting('workspace')) === id) await store.saveSetting('workspace', '');
			await this.refreshList();
		});
	}

	async restore(id: string): Promise<void> {
		await this.#saying(async () => {
			await (await this.#door.store()).restore(id);
			if (!this.#open) await this.open(id);
			await this.refreshList();
		});
	}

	async refreshList(): Promise<void> {
		await this.#saying(async () => {
			this.#list = await (await this.#door.store()).list();
		});
	}

	/** Whether any workspace of this device is shared. */
	async sharesAny(): Promise<boolean> {
		return (await (await this.#door.store()).sync.all()).length > 0;
	}

	/** Goes on as another contributor of this workspace: the same person on a new device. */
	async continueAs(contributor: string): Promise<void> {
		const open = this.#opened();
		this.#contributor = contributor;
		await (await this.#door.store()).saveSetting(`contributor/${open.id}`, contributor);
	}

	undo(): void {
		this.#open?.undo();
	}
	redo(): void {
		this.#open?.redo();
	}

	/** Resolves when everything is saved or the store refused; `save` says which. Never rejects. */
	async flush(): Promise<void> {
		await this.#open?.flush();
		void this.history.flush();
	}

	/** The store of this window, for `sharing`. Rejects with its Problem where it will not open. */
	store(): Promise<WorkspaceStore> {
		return this.#door.store();
	}

	/** Tells which workspace is open (empty: none), now and whenever that changes. Returns the way to stop. */
	follow(listen: (id: string) => void): () => void {
		this.#followers.add(listen);
		listen(this.#open?.id ?? '');
		return () => this.#followers.delete(listen);
	}

	/** A workspace was shared, joined or left: what may be done in it is read again. */
	async roleChanged(id: string): Promise<void> {
		const shared = await (await this.#door.store()).sync.get(id);
		if (this.#open?.id === id) this.#role = shared?.role ?? null;
	}

	/** After a problem: opens what did not open, saves what was not saved. Never rejects. */
	async retry(): Promise<void> {
		if (!this.#open) return this.openCurrent();
		await this.#open.flush();
		await takeJournals(await this.#door.store(), this.#surroundings.clock);
		await this.#pull();
	}

	/** The project file of the open workspace. Call `copied` once it is outside the browser. */
	async projectFile(about: {
		appVersion: string;
		guides: Record<string, string>;
	}): Promise<{ bytes: Uint8Array<ArrayBuffer>; name: string; type: string }> {
		const open = this.#opened();
		await open.flush();
		this.#copy?.wrote({ at: this.#surroundings.clock(), seq: open.seq });
		const bytes = await writeProjectFile(open.doc, about);
		const name = safeFileName(readMeta(open.doc).name, projectExtension);
		return { bytes, name, type: projectType };
	}

	/** The open workspace's document, to read from; edits go through the methods. */
	document(): OpenDocument['doc'] {
		return this.#opened().doc;
	}

	/** The last `projectFile` was saved outside the browser. */
	async copied(): Promise<void> {
		await this.#copy?.saved();
	}

	/** Whether this person may change what belongs to the whole team. */
	get mayEdit(): boolean {
		return this.#role === null || this.#role === 'edit';
	}

	protected write: WriteEdit = (thing, edit, about = {}) => {
		const { guide = '', undoable = true, own = false } = about;
		const open = this.#opened();
		if (this.#role === 'view') throw new Problem('view-only');
		if (!this.mayEdit && !own) throw new Problem('own-answers-only');
		open.edit(this.#contributor, thing, edit, undoable);
		if (thing.startsWith('answer ')) this.#answered = true;
		if (guide && guide !== this.#guide) this.#rememberGuide(open, guide);
	};

	#opened(): OpenDocument {
		if (!this.#open) throw new Problem('workspace-missing');
		return this.#open;
	}

	async #openLast(): Promise<void> {
		try {
			await this.#saying(async () => {
				const store = await this.#door.store();
				const [id, list] = await Promise.all([store.setting('workspace'), store.list()]);
				const listed = list.find((known) => known.id === id);
				if (!listed || listed.deletedAt) return;
				await this.#inTurn(async () => {
					if (!this.#open) await this.#attach(store, listed.id);
				});
			});
		} catch {
			// `problem` has it.
		}
	}

	/** Opens a workspace in place of the open one, which stays open where that fails. */
	async #attach(store: WorkspaceStore, id: string): Promise<void> {
		// Once more: while a passphrase locked this device, nothing could be taken in.
		await takeJournals(store, this.#surroundings.clock);
		const [opened, list, own, as, guide, copy, shared] = await Promise.all([
			store.open(id),
			store.list(),
			store.ensureSetting('contributor', newId()).catch(() => newId()),
			store.setting(`contributor/${id}`),
			store.setting(`guide/${id}`),
			OutsideCopy.of(store, id),
			store.sync.get(id)
		]);
		const savedAt = list.find((listed) => listed.id === id)?.updatedAt ?? '';
		await this.#settle();
		// From here on nothing waits: no edit can come between.
		this.#open?.close();
		this.#open = new OpenDocument(store, id, opened, {
			clock: this.#surroundings.clock,
			savedAt,
			heard: (transaction, isOwn) => this.#heard(id, transaction, isOwn),
			onSaved: () => {
				this.#allIsWell();
				void this.#askOnce(store);
			}
		});
		this.history.begin(id);
		this.#copy = copy;
		// A part has one voice, whoever of the ministry writes.
		this.#contributor = String(as ?? this.#open.workspace.partOf?.contributor ?? own);
		this.#role = shared?.role ?? null;
		this.#guide = typeof guide === 'string' ? guide : firstGuide(this.#open.workspace);
		// What was stored between reading and listening.
		void this.#pull();
		for (const listen of this.#followers) listen(id);
	}

	#heard(id: string, transaction: Transaction, isOwn: boolean): void {
		if (this.#open?.id !== id) return;
		if (isOwn) this.history.mine(transaction, this.#contributor);
		else this.history.stored(transaction, this.#contributor);
	}

	/** Saves the open workspace. Rejects if it cannot be saved: it must stay open then. */
	async #settle(): Promise<void> {
		const open = this.#open;
		if (!open) return;
		do await open.flush();
		while (open.unsaved && open.save !== 'failed');
		if (open.unsaved) throw open.problem ?? new Problem('storage-broken');
	}

	/** Saves and closes the open workspace. Rejects, and keeps it open, if it cannot be saved. */
	async #leave(): Promise<void> {
		await this.#settle();
		this.#open?.close();
		this.#open = null;
		this.#copy = null;
		this.#role = null;
		for (const listen of this.#followers) listen('');
	}

	/** One opening after another: two at once would leave a document that nobody closes. */
	#inTurn(action: () => Promise<void>): Promise<void> {
		this.#turn = this.#turn.catch(() => {}).then(action);
		return this.#turn;
	}

	/** Takes in what other tabs stored. */
	async #pull(): Promise<void> {
		const open = this.#open;
		if (!open) return;
		try {
			await open.pull();
			this.#allIsWell();
		} catch (thrown) {
			this.#problem = asProblem(thrown);
			if (!(thrown instanceof Problem)) await this.#openAgain(open);
		}
	}

	/** A document that an update spoilt is opened again, once its own edits are safe (F-42). */
	async #openAgain(spoilt: OpenDocument): Promise<void> {
		await spoilt.flush();
		if (spoilt.unsaved || this.#open !== spoilt) return;
		const store = await this.#door.store();
		await this.#inTurn(async () => {
			await this.#attach(store, spoilt.id);
			this.#allIsWell();
		}).catch((thrown: unknown) => {
			this.#problem = asProblem(thrown);
		});
	}

	async #renameStored(id: string, name: string): Promise<void> {
		const store = await this.#door.store();
		const { doc } = await store.open(id);
		const updates: Uint8Array[] = [];
		doc.on('update', (update: Uint8Array) => updates.push(update));
		const now = this.#surroundings.clock();
		const by: Author = { contributor: this.#contributor, now, origin: null };
		setMeta(doc, by, { name });
		const { country, demo, name: tidied } = readMeta(doc);
		for (const update of updates) {
			await store.append(id, update, { name: tidied, country, demo, updatedAt: now });
		}
	}

	#rememberGuide(open: OpenDocument, guide: string): void {
		this.#guide = guide;
		const remember = async () => (await this.#door.store()).saveSetting(`guide/${open.id}`, guide);
		remember().catch(() => {});
	}

	/** With the first answer saved, the browser is asked to keep it; once a profile. */
	async #askOnce(store: WorkspaceStore): Promise<void> {
		if (!this.#answered || this.#forgets) return;
		this.#answered = false;
		try {
			if (await store.setting('persistence-asked')) return;
			await store.saveSetting('persistence-asked', true);
			await this.#surroundings.askPersistence();
		} catch {
			// The work is saved; only the promise to keep it is missing.
		}
	}

	/** The store has just worked: only that it forgets remains to be said. */
	#allIsWell(): void {
		this.#problem = this.#forgets ? new Problem('storage-blocked') : null;
	}

	/** Runs an action; `problem` is what it failed with, and nothing once it succeeds. */
	async #saying<T>(action: () => Promise<T>): Promise<T> {
		try {
			const result = await action();
			this.#allIsWell();
			return result;
		} catch (thrown) {
			this.#problem = asProblem(thrown);
			throw this.#problem;
		}
	}
}

const firstGuide = (workspace: Workspace): string =>
	Object.keys(workspace.guides)[0] ?? workspace.contributions[0]?.key.split('/')[0] ?? '';

/** The workspace of this window. */
export const live = new LiveWorkspace();
