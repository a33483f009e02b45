/** Snapshots: uploading, fetching, confirming, refusing (SPEC.md, C and J-5). */
import { limits } from '#lib/sync/protocol.ts';
import type { RelayStorage, Room } from '../storage/storage.ts';
import { parametersOf, wholeNumber, type Ask } from './ask.ts';
import { readBody } from './body.ts';
import { Refused, refuseAs } from './refusal.ts';

const most = Number.MAX_SAFE_INTEGER;

export async function listSnapshots({ access }: Ask, storage: RelayStorage) {
	if (access.kind !== 'device') throw new Refused('unknown');
	if (access.role === 'participate') throw new Refused('role');
	const snapshots = await storage.snapshots(access.ws);
	return {
		floor: access.floor,
		snapshots: snapshots.map(({ complete, ...one }) => ({ ...one, complete: complete > 0 }))
	};
}

export async function putPart(
	{ request, response, access, query }: Ask,
	storage: RelayStorage,
	room: Room
) {
	if (access.kind !== 'device') throw new Refused('unknown');
	if (access.role !== 'edit') throw new Refused('role');
	const said = parametersOf(query, 'covers', 'part', 'of', 'epoch');
	const of = wholeNumber(said.of, 1, limits.parts);
	const part = {
		covers: wholeNumber(said.covers, 1, most),
		part: wholeNumber(said.part, 0, of - 1),
		of,
		epoch: wholeNumber(said.epoch, 1, most)
	};
	const bytes = await readBody(request, response, limits.sealedPart);
	if (!bytes.length) throw new Refused('malformed');
	const refusal = await storage.putPart(access, { ...part, bytes }, room, Date.now());
	return refusal ? refuseAs(refusal) : {};
}

export async function part({ access, rest }: Ask, storage: RelayStorage): Promise<Uint8Array> {
	if (access.kind !== 'device') throw new Refused('unknown');
	if (access.role === 'participate') throw new Refused('role');
	const [, covers, number] = rest.split('/');
	const bytes = await storage.part(
		access.ws,
		wholeNumber(covers, 1, most),
		wholeNumber(number, 0, limits.parts)
	);
	// It was pruned or refused while somebody was fetching it: begin again.
	if (!bytes) throw new Refused('conflict');
	return bytes;
}

export async function judge({ access, query, rest }: Ask, storage: RelayStorage) {
	if (access.kind !== 'device') throw new Refused('unknown');
	const covers = wholeNumber(parametersOf(query, 'covers').covers, 1, most);
	const verdict = rest === 'snapshot/confirm' ? 'confirm' : 'refuse';
	const refusal = await storage[verdict](access, covers);
	return refusal ? refuseAs(refusal) : {};
}
