/**
 * Desk: one shared workspace in one tab. It stands for election, runs the exchange where it leads, and
 * knows how it goes where another tab does.
 */
import type { Shared, SharedChange } from '#lib/store/shared.ts';
import { standFor } from './leader.ts';
import type { Election } from './leader.ts';
import { RelayClient } from './relay-client.ts';
import { RelayError, syncProblem } from './relay-error.ts';
import { Session } from './session.ts';
import type { World } from './session.ts';
import { atRest } from './run-facts.ts';
import type { RunFacts } from './run-facts.ts';
import { SyncRun } from './sync-run.ts';
import { TabLine } from './tab-line.ts';

/** What a desk needs from outside; the relay's client it makes itself, to count what it costs. */
export type DeskWorld = Omit<World, 'relay'> & {
	fetch: typeof fetch;
	origin: string;
	locks: LockManager | null;
	tab: string;
};

/** Milliseconds between two notes of what was spent. */
const tally = 5000;
/** How long somebody who asks for an exchange waits for the leading tab. */
const patience = 30_000;

/** A row after more bytes were spent. */
export const spentMore =
	(more: { sent: number; received: number }) =>
	({ bytes }: Shared): SharedChange => ({
		bytes: {
			...bytes,
			sent: bytes.sent + more.sent,
			received: bytes.received + more.received
		}
	});

export class Desk {
	readonly id: string;
	readonly world: World;
	#election: Election;
	#heard: (facts: RunFacts) => void;
	#facts: RunFacts = atRest;
	#run: SyncRun | null = null;
	#line: TabLine;
	#stop = new AbortController();
	#ended: Promise<void> = Promise.resolve();
	#unlisten: (() => void)[] = [];
	#spent = { sent: 0, received: 0 };
	#tallying: ReturnType<typeof setTimeout> | undefined;
	#where = '';

	constructor(id: string, world: DeskWorld, heard: (facts: RunFacts) => void) {
		const { fetch, origin, locks, tab, ...rest } = world;
		const spent = (sent: number, received: number) => this.#spend(sent, received);
		this.id = id;
		this.world = {
			...rest,
			relay: new RelayClient(fetch, { origin, spent, stop: this.#stop.signal })
		};
		this.#election = { locks, tab, now: world.now, store: world.store.sync };
		this.#heard = heard;
		this.#line = new TabLine((message) => {
			if (message.workspace !== id) return;
			if (message.type === 'facts' && !this.#run) this.#hear(message.facts);
			if (message.type === 'wake') this.#run?.wake();
			if (message.type === 'where') this.#run?.sayWhere(message.where);
			if (message.type === 'ask' && this.#run) this.#tell();
		});
	}

	start(): void {
		const { store } = this.world;
		const mine = (workspace: string) => workspace === this.id;
		this.#unlisten = [
			store.onHere(({ workspace }, own) => {
				if (own && mine(workspace)) void this.#run?.nudge();
			}),
			store.onElsewhere(({ workspace }) => {
				if (mine(workspace)) void this.#run?.nudge();
			})
		];
		this.#line.tell({ type: 'ask', workspace: this.id });
		const lead = (term: AbortSignal) => this.#lead(term);
		const name = `sync/${this.id}`;
		this.#ended = standFor(name, this.#election, lead, this.#stop.signal);
	}

	/** Lets go: another tab may lead. */
	async stop(): Promise<void> {
		this.#stop.abort();
		for (const unlisten of this.#unlisten) unlisten();
		await this.#ended.catch(() => {});
		this.#line.close();
		await this.#note();
	}

	/** The line may be back, or the row was changed. */
	wake(): void {
		if (this.#run) this.#run.wake();
		else this.#line.tell({ type: 'wake', workspace: this.id });
	}

	/** One exchange now, by whoever leads. Rejects with the Problem of why it did not go through. */
	async now(): Promise<void> {
		const until = performance.now() + patience;
		this.#line.tell({ type: 'wake', workspace: this.id });
		while (!this.#run) {
			// Long enough for the leading tab to begin, or for this one to be elected.
			await new Promise((resolve) => setTimeout(resolve, 100));
			if (this.#run) break;
			const { busy, inStep, reason } = this.#facts;
			if (inStep && !busy) return;
			if ((reason && !busy) || performance.now() > until) {
				throw syncProblem(new RelayError('unreachable'));
			}
		}
		await this.#run.now();
	}

	/** Does something about people, while nothing else uses the session. */
	async alone<T>(action: (session: Session) => Promise<T>): Promise<T> {
		if (this.#run) return this.#run.alone(action);
		const session = new Session(this.id, this.world);
		try {
			return await action(session);
		} finally {
			session.drop();
			this.wake();
		}
	}

	sayWhere(where: string): void {
		this.#where = where;
		if (this.#run) this.#run.sayWhere(where);
		else this.#line.tell({ type: 'where', workspace: this.id, where });
	}

	async #lead(term: AbortSignal): Promise<void> {
		const run = new SyncRun(this.id, this.world, (facts) => {
			if (this.#run !== run) return;
			this.#hear(facts);
			this.#tell();
		});
		this.#run = run;
		run.start();
		if (this.#where) run.sayWhere(this.#where);
		await new Promise<void>((resolve) => {
			if (term.aborted) resolve();
			else term.addEventListener('abort', () => resolve());
		});
		this.#run = null;
		await run.stop();
	}

	#tell(): void {
		this.#line.tell({ type: 'facts', workspace: this.id, facts: this.#facts });
	}
	#hear(facts: RunFacts): void {
		this.#facts = facts;
		this.#heard(facts);
	}

	#spend(sent: number, received: number): void {
		this.#spent.sent += sent;
		this.#spent.received += received;
		this.#tallying ??= setTimeout(() => void this.#note(), tally);
	}

	/** What it cost is kept with the workspace. */
	async #note(): Promise<void> {
		clearTimeout(this.#tallying);
		this.#tallying = undefined;
		const { sent, received } = this.#spent;
		if (sent + received === 0) return;
		this.#spent = { sent: 0, received: 0 };
		// A workspace that is not shared any more costs nothing any more.
		await this.world.store.sync.change(this.id, spentMore({ sent, received })).catch(() => {});
		this.#hear(this.#facts);
	}
}
