/**
 * Rounds: the shared workspaces that are not open are exchanged, too, one after another: at the start and
 * from time to time, and at once where something waits to leave. They get no stream, and no snapshots.
 *
 * One tab of a browser goes, and leaves out what another tab leads (`leader.ts`). Where the line does not
 * work, the rest of a round waits for the next.
 */
import type { Shared } from '#lib/store/shared.ts';
import type { DeskWorld } from './desk.ts';
import { spentMore } from './desk.ts';
import { standFor } from './leader.ts';
import type { Election } from './leader.ts';
import { RelayClient } from './relay-client.ts';
import { final } from './run-facts.ts';
import type { RunFacts } from './run-facts.ts';
import type { World } from './session.ts';
import { SyncRun } from './sync-run.ts';
import { TabLine } from './tab-line.ts';

/** After an edit, for more of them to come along; then how long a visit waits to be elected: ms. */
const moment = 300;
const patience = 2000;

/** Why nothing goes on in one is no word about the others. */
const ofItsOwn = (reason: string): boolean =>
	reason === '' || !/^sync-(unreachable|portal|slow-down)$/.test(reason);

export class Rounds {
	#world: DeskWorld;
	#election: Election;
	/** Whether a workspace is open here: then its desk sees to it. */
	#isOpen: (id: string) => boolean;
	#stop = new AbortController();
	#ended: Promise<void> = Promise.resolve();
	#unlisten: (() => void)[] = [];
	/** Whoever shows how it goes hears it, in this tab and in others. */
	#line: TabLine | null = null;
	/** How the last visit to each went. */
	#told = new Map<string, RunFacts>();
	#visit: { id: string; cut: AbortController; over: Promise<unknown> } | null = null;
	/** Ends the pause, while this tab goes. */
	#rouse = (): void => {};
	/** Nobody asked for more than those in which something waits. */
	#onlyWaiting = false;
	#nudging: ReturnType<typeof setTimeout> | undefined;

	constructor(world: DeskWorld, isOpen: (id: string) => boolean) {
		const { locks, tab, now, store } = world;
		this.#world = world;
		this.#election = { locks, tab, now, store: store.sync };
		this.#isOpen = isOpen;
	}

	start(): void {
		const { store } = this.#world;
		this.#unlisten = [
			store.onHere(({ workspace }, own) => {
				if (own) this.nudge(workspace);
			}),
			store.onElsewhere(({ workspace }) => this.nudge(workspace))
		];
		this.#line = new TabLine(({ type, workspace: id }) => {
			const facts = this.#told.get(id);
			if (type === 'ask' && facts && !this.#isOpen(id)) this.#tell(id, facts);
		});
		const go = (term: AbortSignal) => this.#go(term);
		this.#ended = standFor('rounds', this.#election, go, this.#stop.signal);
	}

	async stop(): Promise<void> {
		this.#stop.abort();
		clearTimeout(this.#nudging);
		for (const unlisten of this.#unlisten) unlisten();
		await this.#ended.catch(() => {});
		this.#line?.close();
	}

	/** The line may be back: all of them, now. */
	wake(): void {
		this.#onlyWaiting = false;
		this.#rouse();
	}

	/** Something may wait in this one. */
	nudge(id: string): void {
		if (this.#isOpen(id)) return;
		clearTimeout(this.#nudging);
		this.#nudging = setTimeout(() => this.#rouse(), moment);
	}

	/** A desk is about to stand for this one: it does not have to wait for a visit. */
	async leave(id: string): Promise<void> {
		const visit = this.#visit;
		if (visit?.id !== id) return;
		visit.cut.abort();
		await visit.over;
	}

	async #go(term: AbortSignal): Promise<void> {
		const { rounds, last } = this.#world.waits;
		while (!term.aborted) {
			const onlyWaiting = this.#onlyWaiting;
			// Who rouses meanwhile asks for the next one.
			this.#onlyWaiting = true;
			const roused = new Promise<void>((resolve) => (this.#rouse = resolve));
			const works = await this.#round(onlyWaiting, term).catch(() => true);
			if (await isOver(works ? rounds : last, roused, term)) this.#onlyWaiting = false;
		}
		this.#rouse = () => {};
	}

	/** Goes to one after another; false where the line does not work. */
	async #round(onlyWaiting: boolean, term: AbortSignal): Promise<boolean> {
		const { sync } = this.#world.store;
		for (const { workspace: id } of await sync.all()) {
			if (term.aborted) return true;
			const { outbox, flight } = await sync.waiting(id);
			if (onlyWaiting && outbox + flight === 0) continue;
			// Paused, left or opened since the round began.
			const row = await sync.get(id);
			if (!row || this.#isOpen(id) || row.paused || final.has(row.refused)) continue;
			const facts = await this.#goTo(row, term);
			// Another tab leads it, and says how it goes.
			if (!facts) continue;
			this.#tell(id, facts);
			if (!ofItsOwn(facts.reason)) return false;
		}
		return true;
	}

	#tell(workspace: string, facts: RunFacts): void {
		this.#told.set(workspace, facts);
		this.#line?.tell({ type: 'facts', workspace, facts });
	}

	/** Exchanges until both sides have everything; null where another tab leads it, or it was cut. */
	async #goTo({ workspace: id }: Shared, term: AbortSignal): Promise<RunFacts | null> {
		const cut = new AbortController();
		const end = () => cut.abort();
		term.addEventListener('abort', end);
		const waiting = setTimeout(end, patience);
		let facts: RunFacts | null = null;
		const over = standFor(
			`sync/${id}`,
			this.#election,
			async (elected) => {
				clearTimeout(waiting);
				const found = await this.#exchange(id, elected);
				if (!elected.aborted) facts = found;
				end();
			},
			cut.signal
		).catch(() => {});
		this.#visit = { id, cut, over };
		await over;
		this.#visit = null;
		clearTimeout(waiting);
		term.removeEventListener('abort', end);
		return facts;
	}

	async #exchange(id: string, elected: AbortSignal): Promise<RunFacts> {
		const { fetch, origin, locks: _, tab: __, ...rest } = this.#world;
		const cost = { sent: 0, received: 0 };
		const spent = (sent: number, received: number) => {
			cost.sent += sent;
			cost.received += received;
		};
		const stop = new AbortController();
		const world: World = {
			...rest,
			relay: new RelayClient(fetch, { origin, spent, stop: stop.signal })
		};
		const run = new SyncRun(id, world, () => {}, { listens: false });
		const end = () => {
			stop.abort();
			void run.stop();
		};
		elected.addEventListener('abort', end);
		try {
			if (!elected.aborted) await run.now().catch(() => {});
			return run.facts;
		} finally {
			elected.removeEventListener('abort', end);
			await run.stop();
			if (cost.sent > 0) await rest.store.sync.change(id, spentMore(cost)).catch(() => {});
		}
	}
}

/** Whether so many milliseconds went by before somebody was roused, or it ended. */
function isOver(ms: number, roused: Promise<void>, term: AbortSignal): Promise<boolean> {
	return new Promise((resolve) => {
		const end = (isOver: boolean): void => {
			clearTimeout(timer);
			term.removeEventListener('abort', stop);
			resolve(isOver);
		};
		const stop = (): void => end(false);
		const timer = setTimeout(() => end(true), ms);
		term.addEventListener('abort', stop);
		void roused.then(stop);
		if (term.aborted) stop();
	});
}
