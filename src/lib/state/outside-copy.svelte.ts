/** The outside copy: what is known of the project files that were saved outside this browser (P4). */
import type { WorkspaceStore } from '#lib/store/store.ts';

/** When, and with which update as the last one: the clock may jump, the numbers do not (F-18). */
type Copy = { at: string; seq: number };

export class OutsideCopy {
	#store: WorkspaceStore;
	#workspace: string;
	#last = $state.raw<Copy | null>(null);
	#written: Copy | null = null;

	/** `last`: what the store knows; `OutsideCopy.of` reads it. */
	constructor(store: WorkspaceStore, workspace: string, last: Copy | null) {
		this.#store = store;
		this.#workspace = workspace;
		this.#last = last;
	}

	/** What is known of a workspace's copies. */
	static async of(store: WorkspaceStore, workspace: string): Promise<OutsideCopy> {
		const known = parseCopy(await store.setting(settingFor(workspace)));
		return new OutsideCopy(store, workspace, known);
	}

	/** When a copy was last saved outside; ISO 8601 or empty. */
	get at(): string {
		return this.#last?.at ?? '';
	}
	/** The number of the last update in it; 0 where there is none. */
	get seq(): number {
		return this.#last?.seq ?? 0;
	}

	/** A project file was made; it is not outside yet. */
	wrote(copy: Copy): void {
		this.#written = copy;
	}

	/** The file that was made last is outside. */
	async saved(): Promise<void> {
		if (!this.#written) return;
		this.#last = this.#written;
		// That the file is outside is true even where the browser cannot note it.
		await this.#store.saveSetting(settingFor(this.#workspace), this.#last).catch(() => {});
	}
}

const settingFor = (workspace: string): string => `copy/${workspace}`;

function parseCopy(value: unknown): Copy | null {
	if (typeof value !== 'object' || value === null) return null;
	if (!('at' in value) || !('seq' in value)) return null;
	const { at, seq } = value;
	return typeof at === 'string' && typeof seq === 'number' ? { at, seq } : null;
}
