/** The nouns of sharing that screens show, and how the relay's list becomes them. */
import type { AskedPart } from '#lib/crypto/card.ts';
import type { Member } from '#lib/courier/members.ts';
import { refusals } from '#lib/courier/run-facts.ts';
import type { RunFacts } from '#lib/courier/run-facts.ts';
import { Problem } from '#lib/model/problem.ts';
import type { ProblemCode } from '#lib/model/problem.ts';
import type { Shared, SharedRole } from '#lib/store/shared.ts';

export type Role = SharedRole;

/** off: not shared; pending: changes wait and nothing is under way; refused: `reason` says why. */
export type SyncState = 'off' | 'offline' | 'pending' | 'syncing' | 'synced' | 'refused';

/** How the exchange of a shared workspace stands, by its row and by what its run last said. */
export function stateOf(
	{ refused, paused }: Pick<Shared, 'refused' | 'paused'>,
	{ busy, waiting, inStep, reason: said }: RunFacts
): SyncState {
	const reason = said || refused;
	if (refusals.has(reason) || reason.startsWith('storage')) return 'refused';
	if (reason) return 'offline';
	if (waiting > 0) return busy ? 'syncing' : 'pending';
	return inStep || paused ? 'synced' : 'syncing';
}

/** Why it does not go on; null: nothing is wrong. */
export function reasonOf(
	{ refused }: Pick<Shared, 'refused'>,
	{ reason }: Pick<RunFacts, 'reason'>
): Problem | null {
	const code = reason || refused;
	return isCode(code) ? new Problem(code) : null;
}

/** Of what a run, or a row of another version, may say; the whole list would be on every reading page. */
const isCode = (code: string): code is ProblemCode =>
	/^(sync|storage)-[a-z-]+$/.test(code) || code === 'unreadable';

/** A device that has joined, as a person. */
export type Person = {
	id: string;
	lane: number;
	role: Role;
	name: string;
	organisation: string;
	/** Contributor id of the answers that it writes. */
	contributor: string;
	me: boolean;
	/** It is listening now: since when it said so (ISO 8601), and where in the app. */
	here: { at: string; where: string } | null;
	/** The day on which the relay last heard of it: `YYYY-MM-DD`, or empty. */
	lastSeen: string;
	/** Id of the invitation by which it came; empty for who made the workspace. */
	invitedBy: string;
	/** Envelopes of it that were put aside (E-5). */
	unreadable: number;
	revoked: boolean;
};

export type Invited = {
	id: string;
	role: Role;
	label: string;
	madeAt: string;
	/** ISO 8601 or empty. */
	until: string;
	/** How many have joined by it. */
	uses: number;
	/** How often it can still be used; null: no limit. */
	left: number | null;
	revoked: boolean;
	/** Id of the person whose device made it; empty where that is not known. */
	madeBy: string;
	/** Empty where another device made it. */
	link: string;
};

export type Me = { name: string; organisation: string };
export type Invite = { role: Role; label: string; until?: string; uses?: number };
export type Preview = {
	role: Role;
	until: string;
	workspace: { name: string; country: string } | null;
	people: number;
	/** Of a part: what is asked; null for a whole workspace. */
	part: AskedPart | null;
};

export interface SharingFacade {
	readonly state: SyncState;
	/** Changes that the relay has not acknowledged. */
	readonly waiting: number;
	/** ISO 8601 or empty. */
	readonly lastSuccess: string;
	/** Why the state is 'refused' or 'offline'. */
	readonly reason: Problem | null;
	/** What should be known, though it stops nothing. */
	readonly notices: Problem[];
	readonly bytes: { sent: number; received: number; since: string };
	readonly paused: boolean;
	pause(): Promise<void>;
	resume(): Promise<void>;
	syncNow(): Promise<void>;
	/** Null: not shared. */
	readonly role: Role | null;
	readonly people: Person[];
	readonly invitations: Invited[];
	/** Whether there is a relay at this origin. Rejects with a Problem where that cannot be known now. */
	available(): Promise<boolean>;
	/** Shares the open workspace. `code`: the server's creation code, where it asks for one. */
	share(me: Me, code?: string): Promise<void>;
	/** Gives the link. */
	invite(what: Invite): Promise<string>;
	preview(link: string): Promise<Preview>;
	/** Joins and opens; gives the id of the workspace on this device. */
	join(link: string, me: Me): Promise<string>;
	rename(me: Me): Promise<void>;
	/** Revokes people and invitations, and gives all others a new key. */
	revoke(ids: string[]): Promise<void>;
	leave(): Promise<void>;
	/** Deletes it at the relay, for everybody; copies on devices stay. */
	stopSharing(): Promise<void>;
	/** An invitation of one's own role, made once; `label` stands in the list of invitations. */
	recovery(label: string): Promise<{ link: string; words: string[] }>;
	restore(words: string, me: Me): Promise<string>;
	sayWhere(where: string): void;
}

/** Who participates is in a room, not in a workspace (M): what such a one could see here, a viewer sees. */
const roleOf = ({ role }: Member): Role => (role === 'participate' ? 'view' : role);

/** A device of the relay's list. Whose card does not open has no name. */
export function asPerson(
	member: Member,
	{ holder, here, unreadable }: { holder: string } & Pick<RunFacts, 'here' | 'unreadable'>
): Person {
	const { id, lane, by, seen, revoked, about } = member;
	const note = here.find((one) => one.lane === lane);
	return {
		id,
		lane,
		role: roleOf(member),
		name: about?.name ?? '',
		organisation: about?.organisation ?? '',
		contributor: about?.contributor ?? '',
		me: id === holder,
		here: note && !revoked ? { at: note.at, where: note.where } : null,
		lastSeen: seen,
		invitedBy: by,
		unreadable: unreadable.find((one) => one.lane === lane)?.count ?? 0,
		revoked
	};
}

/** An invitation of the relay's list; `link` where this device made it. */
export function asInvited(member: Member, link: string): Invited {
	const { id, until, uses, used, revoked, about } = member;
	return {
		id,
		role: roleOf(member),
		label: about?.label ?? '',
		madeAt: about?.at ?? '',
		until: until ? new Date(until).toISOString() : '',
		uses: used,
		left: uses ? Math.max(0, uses - used) : null,
		revoked,
		madeBy: about?.madeBy ?? '',
		link
	};
}
