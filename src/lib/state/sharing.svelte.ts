/**
 * Sharing: the open workspace, other people's devices, and what lies between.
 *
 * Loaded where a workspace is shared (`live.role`) or where somebody opens the people screen; a page
 * that shares nothing pays nothing for it.
 */
import { browser } from '$app/environment';
import { formatDate } from '#lib/i18n/words.ts';
import { parseInvitation, writeInvitation } from '#lib/crypto/invitation.ts';
import type { Invitation } from '#lib/crypto/invitation.ts';
import { Desk } from '#lib/courier/desk.ts';
import type { DeskWorld } from '#lib/courier/desk.ts';
import { deadline, shortPatience } from '#lib/courier/fetch.ts';
import { look } from '#lib/courier/entering.ts';
import type { Seen } from '#lib/courier/entering.ts';
import { joinWorkspace, shareWorkspace } from '#lib/courier/joining.ts';
import * as people from '#lib/courier/members.ts';
import type { Member } from '#lib/courier/members.ts';
import { waits } from '#lib/courier/pace.ts';
import { RelayClient } from '#lib/courier/relay-client.ts';
import { RelayError, syncProblem } from '#lib/courier/relay-error.ts';
import { accessOf, keyringOf } from '#lib/courier/session.ts';
import { Rounds } from '#lib/courier/rounds.ts';
import { tabId } from '#lib/courier/tab-id.ts';
import { atRest } from '#lib/courier/run-facts.ts';
import type { RunFacts } from '#lib/courier/run-facts.ts';
import { newId } from '#lib/model/ids.ts';
import { Problem } from '#lib/model/problem.ts';
import type { ProblemCode } from '#lib/model/problem.ts';
import type { Shared } from '#lib/store/shared.ts';
import type { WorkspaceStore } from '#lib/store/store.ts';
import { edition } from './edition.svelte.ts';
import { asInvited, asPerson, reasonOf, stateOf } from './sharing-facts.ts';
import type {
	Invited,
	Invite,
	Me,
	Person,
	Preview,
	Role,
	SharingFacade,
	SyncState
} from './sharing-facts.ts';
import { live } from './workspace.svelte.ts';
import type { LiveWorkspace } from './workspace.svelte.ts';

export type {
	Invite,
	Invited,
	Me,
	Person,
	Preview,
	Role,
	SharingFacade,
	SyncState
} from './sharing-facts.ts';

/** What `Sharing` takes from outside; the tests bring their own. */
export type Around = Omit<DeskWorld, 'store'> & {
	/** Scheme and host of links, and the language of their page. */
	page: () => { origin: string; lang: string };
	/** Somebody works in an edition of the open guide that this device has not got. */
	otherEdition: () => boolean;
};
const here: Around = {
	fetch: (...args) => fetch(...args),
	origin: '',
	now: () => Date.now(),
	random: () => Math.random(),
	waits,
	// Where they are missing (plain HTTP), a lease in the database does it.
	locks: browser ? (navigator.locks ?? null) : null,
	tab: browser ? tabId() : '',
	page: () => ({ origin: location.origin, lang: location.pathname.split('/')[1] || 'en' }),
	otherEdition: () => edition.newer !== ''
};

/** How long what waits may take to leave when another workspace is opened: ms. */
const farewell = 10_000;
/** For so long what an invitation said is taken as what it says: ms. */
const seenFor = 600_000;
/** For so long a healing is worth a notice: ms. */
const toldFor = 7 * 86_400_000;

export class Sharing implements SharingFacade {
	#live: LiveWorkspace;
	#around: Around;
	#desk: Desk | null = null;
	#facts = $state.raw<RunFacts>(atRest);
	#row = $state.raw<Shared | null>(null);
	#members = $state.raw<Member[]>([]);
	/** Somebody looks at the people: they are asked for, and again when they change. */
	#isLooking = false;
	#asked = -1;
	#where = '';
	#attending: Promise<void> = Promise.resolve();
	/** Sees to the workspaces that are shared and not open. */
	#rounds: Rounds | null = null;
	#reading = false;
	/** The invitation that was looked at last. */
	#seen: { link: string; at: number; view: Seen } | null = null;

	constructor(workspace: LiveWorkspace = live, around: Around = here, inBrowser = browser) {
		this.#live = workspace;
		this.#around = around;
		if (!inBrowser) return;
		workspace.follow((id) => void this.#attend(id));
		if (typeof addEventListener === 'undefined' || typeof document === 'undefined') return;
		addEventListener('online', () => {
			this.#desk?.wake();
			this.#rounds?.wake();
		});
		addEventListener('offline', () => this.#desk?.wake());
		document.addEventListener('visibilitychange', () => {
			if (document.visibilityState === 'visible') this.#desk?.wake();
		});
	}

	get state(): SyncState {
		const row = this.#row;
		if (!row) return 'off';
		return stateOf(row, this.#facts);
	}
	get waiting(): number {
		return this.#facts.waiting;
	}
	get lastSuccess(): string {
		return this.#row?.lastSuccess ?? '';
	}
	get reason(): Problem | null {
		return reasonOf(this.#row ?? { refused: '' }, this.#facts);
	}
	get notices(): Problem[] {
		const row = this.#row;
		if (!row) return [];
		const { skew, unreadable } = this.#facts;
		const found: Problem[] = [];
		if (skew !== 0) found.push(new Problem('sync-clock', { minutes: Math.abs(skew) }));
		const healed = Date.parse(row.healedAt);
		if (this.#around.now() - healed < toldFor) {
			const at = formatDate(this.#around.page().lang, row.healedAt, 'moment');
			found.push(new Problem('sync-rewound', { at }));
		}
		for (const { lane, count } of unreadable) {
			found.push(new Problem('sync-unreadable', { count, who: this.#nameOf(lane) }));
		}
		if (this.#around.otherEdition()) found.push(new Problem('sync-other-edition'));
		return found;
	}
	get bytes(): { sent: number; received: number; since: string } {
		return this.#row?.bytes ?? { sent: 0, received: 0, since: '' };
	}
	get paused(): boolean {
		return this.#row?.paused ?? false;
	}
	get role(): Role | null {
		return this.#row?.role ?? null;
	}
	get people(): Person[] {
		this.#look();
		const { here, unreadable } = this.#facts;
		const holder = this.#row?.holder ?? '';
		return this.#members.flatMap((member) =>
			member.kind === 'device' ? asPerson(member, { holder, here, unreadable }) : []
		);
	}
	get invitations(): Invited[] {
		this.#look();
		const row = this.#row;
		if (!row) return [];
		return this.#members.flatMap((member) => {
			if (member.kind !== 'invitation') return [];
			const secret = row.made[member.id];
			const link = secret ? this.#linkOf({ w: row.address, secret }) : '';
			return asInvited(member, link);
		});
	}

	async pause(): Promise<void> {
		await this.#change({ paused: true });
	}
	async resume(): Promise<void> {
		// What was refused for good is asked once more by whoever goes on.
		await this.#change({ paused: false, refused: '' });
	}
	async syncNow(): Promise<void> {
		await this.#change({ paused: false, refused: '' });
		// What was typed in this moment goes with it.
		await this.#live.flush();
		await this.#opened().now();
	}

	async available(): Promise<boolean> {
		const limit = deadline(shortPatience);
		try {
			const { fetch, origin } = this.#around;
			const response = await fetch(`${origin}/api/health`, {
				signal: limit.signal,
				cache: 'no-store'
			});
			const type = response.headers.get('content-type') ?? '';
			// A folder of files at a web host has no such address; a sign-in page has every address.
			if (response.status >= 400 && response.status < 500) return false;
			if (response.status >= 500) throw new Problem('sync-unavailable');
			if (response.status !== 200 || !/\bjson\b/i.test(type)) throw new Problem('sync-portal');
			const health: unknown = await response.json();
			const hasStorage = typeof health === 'object' && health !== null && 'storage' in health;
			return hasStorage && health.storage !== 'none';
		} catch (thrown) {
			throw thrown instanceof Problem ? thrown : new Problem('sync-unreachable', {}, thrown);
		} finally {
			limit.clear();
		}
	}

	async share(me: Me, code = ''): Promise<void> {
		const id = this.#live.workspace?.id;
		if (!id) throw new Problem('workspace-missing');
		this.#live.setMe(me);
		await this.#live.flush();
		const { contributor } = this.#live;
		const world = await this.#world();
		await said(() => shareWorkspace(world, id, me, { contributor, code }), {
			unknown: 'sync-none',
			none: 'sync-none'
		});
		await this.#attend(id);
		// Whether all of it is there yet, the status says.
		await this.#opened()
			.now()
			.catch(() => {});
	}

	async invite({ role, label, until = '', uses = 0 }: Invite): Promise<string> {
		const desk = this.#opened();
		// Nobody is invited to an empty room.
		if (this.#facts.waiting > 0) await desk.now();
		const { name = '', country = '' } = this.#live.workspace ?? {};
		const what = { role, label, until: until ? endOf(until) : 0, uses };
		const made = await said(() =>
			desk.alone((session) => people.invite(session, what, { name, country }))
		);
		await this.#readRow();
		await this.#loadMembers();
		return this.#linkOf(made.invitation);
	}

	async preview(link: string): Promise<Preview> {
		const invitation = parseInvitation(link);
		const { relay, now } = await this.#world();
		const view = await said(() => look(relay, invitation), ofInvitations);
		this.#seen = { link: writeInvitation(invitation), at: now(), view };
		const { role, until, about, devices } = view;
		const { name, organisation } = about;
		return {
			role,
			until: until ? new Date(until).toISOString() : '',
			workspace: name ? { name, country: organisation } : null,
			people: devices,
			part: about?.part ?? null
		};
	}

	async join(link: string, me: Me): Promise<string> {
		return this.#enter(parseInvitation(link), me);
	}

	async restore(words: string, me: Me): Promise<string> {
		const { invitationFromWords } = await import('#lib/crypto/words.ts');
		return this.#enter(invitationFromWords(words), me);
	}

	async rename(me: Me): Promise<void> {
		if (this.role !== 'view') this.#live.setMe(me);
		const { contributor } = this.#live;
		const desk = this.#opened();
		await said(() => desk.alone((session) => people.introduce(session, me, contributor)));
		await this.#readRow();
		await this.#loadMembers();
	}

	async revoke(ids: string[]): Promise<void> {
		const desk = this.#opened();
		await said(() => desk.alone((session) => people.revoke(session, ids)));
		await this.#readRow();
		await this.#loadMembers();
	}

	async leave(): Promise<void> {
		await this.#end((relay, row) => relay.revoke(accessOf(row), row.holder));
	}
	async stopSharing(): Promise<void> {
		await this.#end((relay, row) => relay.remove(accessOf(row)));
	}

	async recovery(label: string): Promise<{ link: string; words: string[] }> {
		const { invitationWords } = await import('#lib/crypto/words.ts');
		const row = this.#row;
		if (!row) throw new Problem('sync-none');
		const invitation = row.role === 'edit' ? await this.#recoveryOf(row, label) : ownOf(row);
		return { link: this.#linkOf(invitation), words: invitationWords(invitation) };
	}

	sayWhere(where: string): void {
		// A page says it while the workspace is still being attended to.
		this.#where = where;
		this.#desk?.sayWhere(where);
	}

	/** Lets go of everything, for the end of a test or a window. */
	async close(): Promise<void> {
		await this.#attend('');
		await this.#rounds?.stop();
	}

	#opened(): Desk {
		if (!this.#desk) throw new Problem('sync-none');
		return this.#desk;
	}

	async #world() {
		const store = await this.#live.store();
		const { fetch, origin, ...rest } = this.#around;
		return { ...rest, store, relay: new RelayClient(fetch, { origin }) };
	}

	/** Another workspace is open, or this one is shared now, or not any more. */
	#attend(id: string): Promise<void> {
		this.#attending = this.#attending.catch(() => {}).then(() => this.#turnTo(id));
		return this.#attending;
	}

	async #turnTo(id: string): Promise<void> {
		const store = id ? await this.#live.store() : null;
		const row = (id && (await store?.sync.get(id))) || null;
		if (row && this.#desk?.id === id) {
			this.#row = row;
			return;
		}
		const left = this.#leaveDesk();
		// Whoever ends wants it ended; whoever goes on need not wait for it.
		if (!id) await left;
		this.#row = row;
		this.#facts = atRest;
		this.#members = [];
		this.#asked = -1;
		if (id) await this.#live.roleChanged(id);
		if (store) this.#goRounds(store);
		if (!row || !store) return;
		await this.#rounds?.leave(id);
		const desk = new Desk(id, { ...this.#around, store }, (facts) => {
			if (this.#desk !== desk) return;
			this.#facts = facts;
			void this.#readRow();
			if (this.#isLooking && facts.people > this.#asked) void this.#loadMembers();
		});
		this.#desk = desk;
		desk.start();
		if (this.#where) desk.sayWhere(this.#where);
		if (this.#isLooking) void this.#loadMembers();
	}

	#goRounds(store: WorkspaceStore): void {
		if (this.#rounds) return;
		this.#rounds = new Rounds({ ...this.#around, store }, (id) => this.#live.workspace?.id === id);
		this.#rounds.start();
	}

	/** What still waits of the workspace that was open has a moment to leave. */
	async #leaveDesk(): Promise<void> {
		const before = this.#desk;
		this.#desk = null;
		if (!before) return;
		const { waiting, reason } = this.#facts;
		if (waiting > 0 && !reason && !this.#row?.paused) {
			const moment = new Promise((resolve) => setTimeout(resolve, farewell));
			await Promise.race([before.now().catch(() => {}), moment]);
		}
		await before.stop();
		this.#rounds?.nudge(before.id);
	}

	/** Reads the row again, once for all that was said in this turn of the event loop. */
	async #readRow(): Promise<void> {
		if (this.#reading) return;
		this.#reading = true;
		await Promise.resolve();
		this.#reading = false;
		const desk = this.#desk;
		if (!desk) return;
		const row = await desk.world.store.sync.get(desk.id).catch(() => undefined);
		if (this.#desk !== desk) return;
		// Another tab has left, or stopped the sharing.
		if (row === undefined) return void this.#attend(desk.id);
		const roleBefore = this.#row?.role;
		this.#row = row;
		if (roleBefore !== row.role) await this.#live.roleChanged(desk.id);
		await this.#writeAs(row);
	}

	/** A contributor writes under the id of its lane, and that changes when it comes back. */
	async #writeAs({ role, lane, workspace }: Shared): Promise<void> {
		const own = people.contributorOf(lane);
		const isOther = role === 'contribute' && this.#live.contributor !== own;
		if (isOther && this.#live.workspace?.id === workspace) await this.#live.continueAs(own);
	}

	#look(): void {
		if (this.#isLooking) return;
		this.#isLooking = true;
		// Not while somebody is reading: a value must not change by being looked at.
		queueMicrotask(() => void this.#loadMembers());
	}

	async #loadMembers(): Promise<void> {
		const desk = this.#desk;
		const row = this.#row;
		if (!desk || !row) return;
		this.#asked = this.#facts.people;
		try {
			const about = { ...accessOf(row), keyring: keyringOf(row) };
			const found = await people.members(desk.world.relay, about);
			if (this.#desk === desk) this.#members = found;
		} catch {
			// Without a line the last list stays, and is asked for again when there is one.
			this.#asked = -1;
		}
	}

	#nameOf(lane: number): string {
		this.#look();
		const about = this.#members.find((member) => member.lane === lane)?.about;
		return about?.name || about?.organisation || `${lane}`;
	}

	#linkOf(invitation: Invitation): string {
		const { origin, lang } = this.#around.page();
		return `${origin}/${lang}/join/#${writeInvitation(invitation)}`;
	}

	async #change(change: Partial<Pick<Shared, 'paused' | 'refused' | 'recovery'>>): Promise<void> {
		const desk = this.#opened();
		this.#row = await desk.world.store.sync.change(desk.id, change);
		desk.wake();
	}

	async #enter(invitation: Invitation, me: Me): Promise<string> {
		const world = await this.#world();
		// Perhaps no workspace was ever open here: then nobody has asked for it.
		const contributor = String(await world.store.ensureSetting('contributor', newId()));
		const join = () => joinWorkspace(world, invitation, me, contributor, this.#seenOf(invitation));
		const id = await said(join, ofInvitations);
		await this.#live.open(id);
		const row = await world.store.sync.get(id);
		if (row) await this.#writeAs(row);
		await this.#live.refreshList();
		await this.#attend(id);
		if (this.role !== 'view') this.#live.setMe(me);
		return id;
	}

	/** What was read of it just now, while somebody wrote their name. It counts once. */
	#seenOf(invitation: Invitation): Seen | undefined {
		const seen = this.#seen;
		this.#seen = null;
		if (seen?.link !== writeInvitation(invitation)) return undefined;
		return Math.abs(this.#around.now() - seen.at) < seenFor ? seen.view : undefined;
	}

	/** Leaves or ends it. Who is out already has left. */
	async #end(ask: (relay: RelayClient, row: Shared) => Promise<void>): Promise<void> {
		const desk = this.#opened();
		const { store, relay } = desk.world;
		const row = await store.sync.get(desk.id);
		if (!row) return;
		try {
			await ask(relay, row);
		} catch (thrown) {
			const { code } = RelayError.of(thrown);
			if (code !== 'unknown' && code !== 'deleted') throw syncProblem(thrown);
		}
		await store.sync.stop(desk.id);
		await this.#attend(desk.id);
	}

	/** The invitation of the recovery sheet: made once, and anew when it was withdrawn. */
	async #recoveryOf(row: Shared, label: string): Promise<Invitation> {
		await this.#loadMembers();
		const secret = row.made[row.recovery];
		const known = this.#members.find(({ id }) => id === row.recovery);
		if (secret && known && !known.revoked) return { w: row.address, secret };
		const link = await this.invite({ role: row.role, label });
		const invitation = parseInvitation(link);
		const { made } = this.#row ?? row;
		const id = Object.keys(made).find((one) => made[one]?.join() === invitation.secret.join());
		if (id) await this.#change({ recovery: id });
		return invitation;
	}
}

/** Who may invite nobody can print the way by which it came. */
function ownOf({ address: w, invitation: secret }: Shared): Invitation {
	if (!secret) throw new Problem('sync-role');
	return { w, secret };
}

const ofInvitations = {
	unknown: 'invitation-unknown',
	deleted: 'invitation-unknown',
	ended: 'invitation-expired'
} as const;

/** Runs a call; what the relay says becomes a Problem. */
async function said<T>(
	call: () => Promise<T>,
	words: Partial<Record<RelayError['code'], ProblemCode>> = {}
): Promise<T> {
	try {
		return await call();
	} catch (thrown) {
		const code = thrown instanceof RelayError ? words[thrown.code] : undefined;
		throw code ? new Problem(code, {}, thrown) : syncProblem(thrown);
	}
}

/** A day counts until it is over, wherever that is. */
const endOf = (until: string): number =>
	Date.parse(until.length === 10 ? `${until}T23:59:59.999Z` : until) || 0;

export const sharing = new Sharing();
