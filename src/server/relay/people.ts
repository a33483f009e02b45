/** Creating, joining, inviting, revoking, rotating, deleting (SPEC.md, O and J). */
import {
	controlLimits,
	parseCard,
	parseCreate,
	parseJoin,
	parseNewInvitation,
	parseRotate,
	type Holders,
	type InvitationView,
	type NewDevice
} from '#lib/sync/control.ts';
import type { Access, HolderRow, NewHolder, RelayStorage, Room } from '../storage/storage.ts';
import { idOf, parametersOf, type Ask } from './ask.ts';
import { readJson } from './body.ts';
import type { Rate } from './rates.ts';
import { Refused, refuseAs } from './refusal.ts';

/** What one holder, or a card, may weigh as JSON. */
const small = 2 * (controlLimits.card + controlLimits.grant);

const bytes = (text: string): Uint8Array => Buffer.from(text, 'base64url');
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

const holderOf = ({ id, token, card, grant, epoch }: NewDevice): NewHolder => ({
	id: bytes(id),
	token: bytes(token),
	card: bytes(card),
	grant: bytes(grant),
	epoch
});

/** `allows` says whether a creation code is the right one. */
export async function create(
	{ request, response }: Pick<Ask, 'request' | 'response'>,
	storage: RelayStorage,
	room: Room,
	allows: (code: string) => boolean
) {
	const asked = orMalformed(parseCreate(await readJson(request, response, small)));
	if (!allows(asked.code)) throw new Refused('code');
	const made = await storage.create(bytes(asked.w), holderOf(asked.device), room, Date.now());
	return 'refused' in made ? refuseAs(made) : made;
}

export async function join({ request, response, access }: Ask, storage: RelayStorage, room: Room) {
	if (access.kind !== 'invitation') throw new Refused('unknown');
	const asked = orMalformed(parseJoin(await readJson(request, response, small)));
	const device = { ...holderOf(asked), lane: asked.lane };
	const joined = await storage.join(access, device, room, Date.now());
	return 'refused' in joined ? refuseAs(joined) : joined;
}

/** What an invitation shows to whoever holds it. */
export async function invitation({ access }: Ask, storage: RelayStorage): Promise<InvitationView> {
	if (access.kind !== 'invitation') throw new Refused('unknown');
	const holders = await storage.holders(access.ws);
	const own = holders.find(({ id }) => text(id) === text(access.id));
	const grant = await storage.grantOf(access);
	if (!own || !grant) throw new Refused('unknown');
	const left = own.uses ? Math.max(0, own.uses - own.used) : null;
	if (left === 0 || (own.until && Date.now() > own.until)) throw new Refused('ended');
	return {
		id: text(own.id),
		role: own.role,
		epoch: access.epoch,
		card: text(own.card),
		grant: text(grant.bytes),
		until: own.until,
		left,
		devices: holders.filter(({ kind, revoked }) => kind === 'device' && !revoked).length
	};
}

export async function listHolders({ access }: Ask, storage: RelayStorage): Promise<Holders> {
	if (access.kind !== 'device') throw new Refused('unknown');
	if (access.role === 'participate') throw new Refused('role');
	const holders = await storage.holders(access.ws);
	return {
		epoch: access.epoch,
		holders: holders.map(({ id, card, by, seen, grantEpoch: _, ...row }: HolderRow) => ({
			...row,
			id: text(id),
			card: text(card),
			by: text(by),
			seen: seen ? new Date(seen * 86_400_000).toISOString().slice(0, 10) : ''
		}))
	};
}

export async function invite(
	{ request, response, access }: Ask,
	storage: RelayStorage,
	room: Room
) {
	mayEdit(access);
	const asked = orMalformed(parseNewInvitation(await readJson(request, response, small)));
	const { role, until, uses } = asked;
	return done(await storage.invite(access, { ...holderOf(asked), role, until, uses }, room));
}

/** `notes`: how often a phone may say something (M-3). All editors fetch the list anew for a card. */
export async function setCard(
	{ request, response, access }: Ask,
	storage: RelayStorage,
	notes: Rate
) {
	if (access.kind !== 'device') throw new Refused('unknown');
	if (access.role === 'participate') {
		const wait = notes.take(`${access.ws} ${access.lane}`, Date.now());
		if (wait) throw new Refused('slow-down', {}, { 'retry-after': String(wait) });
	}
	const card = orMalformed(parseCard(await readJson(request, response, small)));
	return done(await storage.setCard(access, bytes(card)));
}

export async function revoke({ access, query, rest }: Ask, storage: RelayStorage) {
	if (access.kind !== 'device') throw new Refused('unknown');
	const { devices = '0' } = parametersOf(query, 'devices');
	if (devices !== '0' && devices !== '1') throw new Refused('malformed');
	return done(await storage.revoke(access, idOf(rest.slice('holders/'.length)), devices === '1'));
}

export async function rotate({ request, response, access }: Ask, storage: RelayStorage) {
	mayEdit(access);
	const asked = parseRotate(await readJson(request, response, controlLimits.body));
	const { epoch, revoke, devices, grants } = orMalformed(asked);
	const rotation = {
		epoch,
		revoke: revoke.map(bytes),
		devices,
		grants: Array.from(grants, ([id, grant]) => ({ id: bytes(id), bytes: bytes(grant) }))
	};
	done(await storage.rotate(access, rotation, Date.now()));
	return { epoch };
}

export async function remove({ access }: Ask, storage: RelayStorage) {
	return done(await storage.remove(access, Date.now()));
}

/** Before a body is read; the storage looks again. */
function mayEdit({ kind, role }: Access): void {
	if (kind !== 'device' || role !== 'edit') throw new Refused('role');
}

function done(refusal: Parameters<typeof refuseAs>[0] | null): Record<never, never> {
	return refusal ? refuseAs(refusal) : {};
}

function orMalformed<T>(value: T | null): T {
	if (value === null) throw new Refused('malformed');
	return value;
}
