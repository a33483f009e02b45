/**
 * History: what happens to the open workspace, gathered into rows and kept in the store of changes.
 *
 * Typing is one change, not one for each letter: what one person does to one field within ten minutes
 * is a row, with the field as it was before. It never stands in the way: where a row cannot be kept, the
 * work goes on without it.
 */
import type * as Y from 'yjs';
import { newId } from '#lib/model/ids.ts';
import type { ChangeRow, ChangeStore, ChangeWay } from '#lib/store/changes.ts';
import { changesIn, clientsOf, labelled } from '#lib/sync/document.ts';
import type { Change } from '#lib/sync/document.ts';

/** Milliseconds within which changes of one field are one. */
const oneChange = 600_000;
/** How long rows that grow wait for more of the same. A new row waits for nothing: the page may go. */
const patience = 400;

export class History {
	#open: () => Promise<ChangeStore>;
	#clock: () => string;
	#store: Promise<ChangeStore | null> | null = null;
	#workspace = '';
	/** This person's rows that may still grow, by what they are about. */
	#growing = new Map<string, ChangeRow>();
	#dirty = new Map<string, ChangeRow>();
	#gone = new Set<string>();
	#isNew = false;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#writing: Promise<void> = Promise.resolve();

	constructor(open: () => Promise<ChangeStore>, clock: () => string) {
		this.#open = open;
		this.#clock = clock;
	}

	/** Another workspace is open. */
	begin(workspace: string): void {
		if (workspace === this.#workspace) return;
		void this.flush();
		this.#workspace = workspace;
		this.#growing.clear();
	}

	/** A transaction of this window's own: an edit, an undo. */
	mine(transaction: Y.Transaction, me: string): void {
		const at = this.#clock();
		for (const change of labelled(transaction.doc, changesIn(transaction)))
			this.#grow(change, me, at);
		this.#soon();
	}

	/**
	 * A transaction that came from the store: another tab of this browser, or another device. What this
	 * person's own tabs did, they have noted themselves.
	 */
	stored(transaction: Y.Transaction, me: string): void {
		const clients = clientsOf(transaction.doc);
		// Where nobody has signed, all of it is this browser's own.
		if (clients.size === 0) return;
		const isSigned = [...clients.values()].includes(me);
		const changes = changesIn(transaction)
			.map((change) => ({ ...change, who: clients.get(change.client) ?? '' }))
			.filter(({ who }) => (who === '' ? isSigned : who !== me));
		this.arrived(this.#workspace, labelledWho(transaction.doc, changes), 'other');
	}

	/** Changes that others made and that have come in. */
	arrived(workspace: string, changes: readonly (Change & { who: string })[], way: ChangeWay): void {
		if (changes.length === 0) return;
		const at = this.#clock();
		const rows = changes.map(
			({ collection, record, fields, added, label, client, clock, who }) => ({
				id: `${workspace}/${collection}/${record}/${client}.${clock}`,
				...{ workspace, at, who, way, collection, record, fields, added, label }
			})
		);
		this.#write((store) => store.put(rows, 'stay'));
	}

	/** Resolves when everything is written or could not be. Never rejects. */
	flush(): Promise<void> {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		const [rows, gone] = [[...this.#dirty.values()], [...this.#gone]];
		this.#dirty.clear();
		this.#gone.clear();
		if (rows.length > 0) this.#write((store) => store.put(rows));
		if (gone.length > 0) this.#write((store) => store.remove(gone));
		return this.#writing;
	}

	/** The newest first. Rejects with the store's Problem. */
	async of(workspace: string): Promise<ChangeRow[]> {
		await this.flush();
		const store = await this.#reach();
		return store ? store.of(workspace) : [];
	}

	#grow(change: Change, who: string, at: string): void {
		const { collection, record, fields, added, label } = change;
		const about = `${collection}\n${record}`;
		const known = this.#growing.get(about);
		const isRecent = known && Math.abs(Date.parse(at) - Date.parse(known.at)) < oneChange;
		if (known && isRecent && known.who === who) {
			const merged = mergeFields(known.fields, fields);
			const row = { ...known, at, fields: merged, label: label || known.label };
			if (merged.length > 0) this.#keep(about, row);
			else this.#drop(about, known.id);
			return;
		}
		const { client, clock } = change;
		const id = `${this.#workspace}/${collection}/${record}/${client}.${clock}.${newId().slice(-6)}`;
		const way = 'here' as const;
		const workspace = this.#workspace;
		const row = { id, workspace, at, who, way, collection, record, fields, added, label };
		this.#keep(about, row);
		this.#isNew = true;
	}

	#keep(about: string, row: ChangeRow): void {
		this.#growing.set(about, row);
		this.#dirty.set(row.id, row);
		this.#gone.delete(row.id);
	}

	/** It is as it was before: nothing has changed. */
	#drop(about: string, id: string): void {
		this.#growing.delete(about);
		this.#dirty.delete(id);
		this.#gone.add(id);
	}

	#soon(): void {
		if (this.#dirty.size + this.#gone.size === 0) return;
		// On its way already when there is something to write: a page may be gone soon.
		void this.#reach();
		if (this.#isNew) void this.flush();
		else this.#timer ??= setTimeout(() => void this.flush(), patience);
		this.#isNew = false;
	}

	#write(work: (store: ChangeStore) => Promise<void>): void {
		this.#writing = this.#writing
			.then(async () => {
				const store = await this.#reach();
				if (store) await work(store);
			})
			.catch(() => {});
	}

	#reach(): Promise<ChangeStore | null> {
		this.#store ??= this.#open().catch(() => {
			this.#store = null;
			return null;
		});
		return this.#store;
	}
}

/** What `before` and then `after` did, as one: a field that is as it was is left out. */
function mergeFields(before: Change['fields'], after: Change['fields']): Change['fields'] {
	const fields = new Map(before.map((one) => [one.field, one]));
	for (const one of after) {
		const known = fields.get(one.field);
		fields.set(one.field, known ? { ...one, before: known.before } : one);
	}
	const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
	return [...fields.values()].filter((one) => !same(one.before, one.after));
}

function labelledWho(
	doc: Y.Doc,
	changes: (Change & { who: string })[]
): (Change & { who: string })[] {
	return labelled(doc, changes).map((change, at) => ({ ...change, who: changes[at]?.who ?? '' }));
}
