/**
 * RoomHost: the facilitator's device in the room of a workshop, for the screens.
 *
 * One tab of a browser leads the room; it goes on while other screens of the workspace are looked at,
 * and where the browser was killed, as soon as the workshop is open again.
 */
import { browser } from '$app/environment';
import { writeInvitation } from '#lib/crypto/invitation.ts';
import { deadline, shortPatience } from '#lib/courier/fetch.ts';
import { standFor } from '#lib/courier/leader.ts';
import { RelayClient } from '#lib/courier/relay-client.ts';
import { RelayError } from '#lib/courier/relay-error.ts';
import { tabId } from '#lib/courier/tab-id.ts';
import { asProblem, Problem } from '#lib/model/problem.ts';
import type { Guided, Reach } from '#lib/model/room.ts';
import type { Participant, Workshop } from '#lib/model/workshop.ts';
import { HostRun } from '#lib/room/host-run.ts';
import type { Desk, HostState } from '#lib/room/host-run.ts';
import { makeRoom, shortOf } from '#lib/room/making.ts';
import { fieldsOf } from '#lib/room/messages.ts';
import type { PhoneScene } from '#lib/room/phone-scene.ts';
import type { LineTimes } from '#lib/room/line.ts';
import { hereTimes, isStuck, presenceOf } from '#lib/room/presence.ts';
import { hostProblem } from '#lib/room/room-problems.ts';
import { laneOf } from '#lib/room/seats.ts';
import type { RoomRow } from '#lib/store/rooms.ts';
import type { WorkspaceStore } from '#lib/store/store.ts';
import type { RoomHostFacade, RoomState } from './room-host-facts.ts';
import { live } from './workspace.svelte.ts';
import type { LiveWorkspace } from './workspace.svelte.ts';

export type { RoomHostFacade, RoomState } from './room-host-facts.ts';

/** What `RoomHost` takes from outside; the tests bring their own. */
export type Around = {
	fetch: typeof fetch;
	/** Scheme and host of the server; empty: that of the page. */
	origin: string;
	page: () => { origin: string; hostname: string };
	locks: LockManager | null;
	tab: string;
	times?: LineTimes;
};
const here: Around = {
	fetch: (...args) => fetch(...args),
	origin: '',
	page: () => location,
	// Where they are missing (plain HTTP), a lease in the database does it.
	locks: browser ? (navigator.locks ?? null) : null,
	tab: browser ? tabId() : ''
};

/** Milliseconds: how often presence is looked at, and the reach until a phone has come and after. */
const often = { presence: 3_000, reach: 3_000, reached: 20_000 };

export class RoomHost implements RoomHostFacade {
	#live: LiveWorkspace;
	#around: Around;
	#state = $state.raw<RoomState>('off');
	#problem = $state.raw<Problem | null>(null);
	#row = $state.raw<RoomRow | null>(null);
	#host = $state.raw<HostState | null>(null);
	#reach = $state.raw<Reach | null>(null);
	#clock = $state.raw(0);
	#leads = $state.raw(false);
	/** When this window took the room up, by `#clock`. */
	#began = 0;
	#workshop = '';
	#run: HostRun | null = null;
	#scene: PhoneScene | null = null;
	#term = new AbortController();
	#ticking: ReturnType<typeof setInterval> | undefined;
	#reachFrom = 0;

	constructor(workspace: LiveWorkspace = live, around: Around = here, inBrowser = browser) {
		this.#live = workspace;
		this.#around = around;
		if (!inBrowser) return;
		workspace.follow((id) => {
			if (this.#row && this.#row.workspace !== id) this.leave();
		});
		if (typeof addEventListener === 'undefined' || typeof document === 'undefined') return;
		addEventListener('online', () => this.#run?.wake());
		document.addEventListener('visibilitychange', () => {
			// A laptop that slept hears nothing by itself.
			if (document.visibilityState === 'visible') this.#run?.wake();
		});
	}

	get state(): RoomState {
		return this.#state;
	}
	get problem(): Problem | null {
		return this.#problem ?? this.#host?.problem ?? null;
	}
	get line(): 'live' | 'trying' {
		return this.#host?.line ?? 'trying';
	}
	get room(): string {
		return this.#row ? shortOf(this.#row.address) : '';
	}
	get reach(): Reach | null {
		return this.#reach;
	}
	get locked(): boolean {
		return this.#row !== null && !this.#row.invitation;
	}
	get people(): Guided[] {
		const workshop = this.#theWorkshop();
		if (!workshop || !this.#host) return [];
		const { guests, row } = this.#host;
		return guests
			.flatMap(({ lane, heardAt, doing }): Guided[] => {
				const person = workshop.people.find((one) => laneOf(one, this.room) === lane);
				if (!person) return [];
				// Whoever was there before this window was loaded is not gone for that.
				const silent = this.#clock - this.#began + hereTimes.away;
				const ago = heardAt === null ? silent : Math.max(0, this.#clock - heardAt);
				const { openFor, voted } = votingOf(workshop, person);
				const help = row.help.includes(lane);
				const presence = presenceOf(ago);
				return [
					{
						participant: person.id,
						lane,
						name: person.name,
						organisation: person.organisation,
						presence,
						doing,
						help,
						stuck: isStuck({ presence, help, voted }, openFor),
						voted
					}
				];
			})
			.sort((a, b) => a.lane - b.lane);
	}
	get joined(): number {
		if (this.#host) return this.#host.guests.length;
		// Another window has the room: who joined stands in the workspace, which both have.
		const people = this.#theWorkshop()?.people ?? [];
		return people.filter((one) => laneOf(one, this.room) > 0).length;
	}
	get leads(): boolean {
		return this.#leads;
	}
	get dropped(): { lane: number; count: number }[] {
		return Object.entries(this.#row?.dropped ?? {}).map(([lane, count]) => ({
			lane: Number(lane),
			count
		}));
	}

	link(address: string): string {
		const row = this.#row;
		if (!row?.invitation) return '';
		const { address: w, secret } = row;
		return `${address.replace(/\/*$/, '/')}room/#${writeInvitation({ w, secret })}`;
	}

	async attend(workshop: string): Promise<void> {
		if (this.#workshop === workshop && this.#state !== 'off') return;
		this.leave();
		this.#workshop = workshop;
		try {
			const store = await this.#live.store();
			const row = await store.rooms.get(workshop);
			if (!row || row.workspace !== this.#live.workspace?.id || this.#workshop !== workshop) return;
			this.#begin(store, row);
		} catch (thrown) {
			this.#problem = asProblem(thrown);
		}
	}

	async open(workshop: string, code = ''): Promise<void> {
		if (this.#workshop === workshop && this.#state === 'open') return;
		await this.attend(workshop);
		if (this.#row) return;
		const workspace = this.#live.workspace?.id;
		this.#state = 'opening';
		this.#problem = null;
		try {
			if (!workspace) throw new Problem('workspace-missing');
			const store = await this.#live.store();
			const row = await makeRoom(this.#relay(), { workspace, workshop, code }).catch(
				(thrown: unknown) => {
					const { code } = RelayError.of(thrown);
					// A server without a relay, or a folder of files at a web host.
					if (code === 'none' || code === 'unknown') throw new Problem('sync-none');
					throw hostProblem(thrown);
				}
			);
			await store.rooms.put(row);
			const run = await this.#begin(store, row);
			await run.lockDoor(false, this.#theWorkshop()?.title ?? '');
		} catch (thrown) {
			this.#problem = asProblem(thrown);
			if (!this.#row) this.#state = 'failed';
			throw this.#problem;
		}
	}

	async close(): Promise<void> {
		const run = this.#run;
		if (!run) return;
		await this.#said(() => run.close());
		this.leave();
	}

	async lockDoor(on: boolean): Promise<void> {
		await this.#said(async () => this.#run?.lockDoor(on, this.#theWorkshop()?.title ?? ''));
	}
	async remove(lane: number): Promise<void> {
		await this.#said(async () => this.#run?.remove(lane));
	}
	show(scene: PhoneScene): void {
		this.#scene = scene;
		this.#run?.show(scene);
	}
	helped(lane: number): void {
		void this.#said(async () => this.#run?.helped(lane)).catch(() => {});
	}

	/** Takes the room up, in one tab of this browser. Resolves when that is this one. */
	#begin(store: WorkspaceStore, row: RoomRow): Promise<HostRun> {
		const term = new AbortController();
		this.#term = term;
		this.#row = row;
		this.#state = 'open';
		this.#problem = null;
		this.#clock = this.#began = performance.now();
		this.#ticking = setInterval(() => this.#tick(), often.presence);
		this.#tick();
		return new Promise((leads) => {
			const { locks, tab } = this.#around;
			const election = { locks, store: store.sync, now: () => Date.now(), tab };
			const lead = async (signal: AbortSignal): Promise<void> => {
				const run = await this.#lead(store, row.workshop);
				if (!run) return;
				leads(run);
				await new Promise<void>((done) => {
					if (signal.aborted) done();
					else signal.addEventListener('abort', () => done(), { once: true });
				});
				run.stop();
				if (this.#run !== run) return;
				this.#run = null;
				this.#host = null;
				this.#leads = false;
			};
			void standFor(`room/${row.workshop}`, election, lead, term.signal).catch(
				(thrown: unknown) => (this.#problem = asProblem(thrown))
			);
		});
	}

	async #lead(store: WorkspaceStore, workshop: string): Promise<HostRun | null> {
		// Another tab may have led it on meanwhile.
		const row = await store.rooms.get(workshop);
		if (!row || this.#workshop !== workshop) return null;
		const world = {
			relay: this.#relay(),
			rooms: store.rooms,
			desk: deskOf(this.#live, row.workspace),
			clock: () => performance.now(),
			random: () => Math.random(),
			times: this.#around.times
		};
		const run = new HostRun(row, world, (state) => {
			if (this.#run !== run) return;
			this.#host = state;
			this.#row = state.row;
			if (state.isLost) this.#state = 'failed';
		});
		this.#run = run;
		this.#leads = true;
		await run.start();
		if (this.#scene) run.show(this.#scene);
		return run;
	}

	/** This window has nothing to do with the room any more; the room goes on. */
	leave(): void {
		this.#term.abort();
		this.#run?.stop();
		clearInterval(this.#ticking);
		this.#run = null;
		this.#leads = false;
		this.#row = null;
		this.#host = null;
		this.#reach = null;
		this.#scene = null;
		this.#reachFrom = 0;
		this.#workshop = '';
		this.#problem = null;
		this.#state = 'off';
	}

	#tick(): void {
		this.#clock = performance.now();
		if (this.#clock >= this.#reachFrom) void this.#look();
	}

	/** Asks the server how phones find it. An installed server does not tell: its own address is the one. */
	async #look(): Promise<void> {
		this.#reachFrom = this.#clock + ((this.#reach?.seen ?? 0) > 0 ? often.reached : often.reach);
		const { origin, hostname } = this.#around.page();
		const isHere = /^(localhost|127\.|\[::1\])/.test(hostname);
		const here: Reach = {
			addresses: [`${origin}/`],
			listens: isHere ? 'this machine' : 'all',
			seen: isHere ? 0 : this.joined
		};
		const limit = deadline(shortPatience);
		try {
			const response = await this.#around.fetch(`${this.#around.origin}/api/room`, {
				signal: limit.signal,
				cache: 'no-store'
			});
			const isJson = /\bjson\b/i.test(response.headers.get('content-type') ?? '');
			const found = response.status === 200 && isJson ? parseReach(await response.json()) : null;
			if (this.#row) this.#reach = found ?? here;
		} catch {
			// What was known before stays.
		} finally {
			limit.clear();
		}
	}

	#relay(): RelayClient {
		const { fetch, origin } = this.#around;
		return new RelayClient(fetch, { origin });
	}
	#theWorkshop(): Workshop | null {
		return this.#live.workspace?.workshops.find(({ id }) => id === this.#workshop) ?? null;
	}
	async #said<T>(action: () => Promise<T>): Promise<T> {
		try {
			const result = await action();
			this.#problem = null;
			return result;
		} catch (thrown) {
			this.#problem = asProblem(thrown);
			throw this.#problem;
		}
	}
}

/** What phones said is stored before anything is told that it arrived. */
const deskOf = (live: LiveWorkspace, workspace: string): Desk => ({
	async write(edit) {
		if (live.workspace?.id !== workspace) throw new Problem('workspace-missing');
		live.fromPhones(edit);
		await live.flush();
		// A window that forgets has no better place.
		if (live.save === 'failed' && !live.forgets) {
			throw live.problem ?? new Problem('storage-broken');
		}
	}
});

/** How long a vote has been open for a person, 0 where none is; and whether they have voted in it. */
function votingOf(workshop: Workshop, person: Participant): { openFor: number; voted: boolean } {
	const session = workshop.turns.at(-1)?.session;
	const ballot = [...workshop.ballots]
		.reverse()
		.find((one) => one.session === session && (!one.group || one.group === person.group));
	const round = ballot?.rounds.find(({ opened, closed }) => opened !== '' && closed === '');
	if (!ballot || !round || ballot.way !== 'paper') return { openFor: 0, voted: false };
	const openFor = Math.max(1, Date.now() - Date.parse(round.opened));
	return { openFor, voted: round.voters.includes(person.id) };
}

function parseReach(value: unknown): Reach | null {
	const stored = fieldsOf(value);
	if (!stored || !Array.isArray(stored.addresses)) return null;
	const addresses = stored.addresses.filter(
		(one): one is string => typeof one === 'string' && /^https?:\/\/[^\s/]+\//.test(one)
	);
	const seen = typeof stored.seen === 'number' ? stored.seen : 0;
	return { addresses, listens: stored.listens === 'all' ? 'all' : 'this machine', seen };
}

/** The room of this window. */
export const roomHost = new RoomHost();
