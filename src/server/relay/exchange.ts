/** `POST /api/sync/<w>`: pushes and pulls in one request (SPEC.md, X). */
import { Buffer } from 'node:buffer';
import {
	headOf,
	limits,
	parseRequest,
	protocolVersions,
	RequestError
} from '#lib/sync/protocol.ts';
import { writeFrame, type Request } from '#lib/sync/protocol.ts';
import { equal } from '../storage/people.ts';
import type { Access, Ack, Page, RelayStorage, Snapshot } from '../storage/storage.ts';
import type { Ask } from './ask.ts';
import { readBody } from './body.ts';
import type { Committer } from './committer.ts';
import { ackOf, endOf, frameOf, helloOf } from './frames.ts';
import type { Rate } from './rates.ts';
import type { Recent } from './recent.ts';
import { Refused, refuseAs } from './refusal.ts';

export async function exchange(
	{ request, response, w, token, access }: Ask,
	storage: RelayStorage,
	committer: Committer,
	recent: Recent,
	notes: Rate
): Promise<{ body: Buffer; received: number; pushed: number }> {
	if (access.kind !== 'device') throw new Refused('unknown');
	const bytes = await readBody(request, response, limits.push);
	const asked = parsed(bytes);
	let acks: Ack[] = [];
	let now = access;
	let pushed = 0;
	if (asked.envelopes.length) {
		if (access.role === 'participate') boundNotes(access, asked.envelopes, notes);
		const envelopes = asked.envelopes.map((bytes) => ({ ...headOf(bytes), bytes }));
		const outcome = await committer.commit({ w, token, envelopes });
		if (outcome.refused !== null) refuseAs(outcome);
		({ acks, access: now } = outcome);
		pushed = outcome.stored.length;
	}
	const body = await reply(storage, recent, now, asked, acks);
	return { body, received: bytes.length, pushed };
}

/** What a phone may send (M-3). Throws `Refused`. */
function boundNotes({ ws, lane }: Access, envelopes: Uint8Array[], notes: Rate): void {
	if (envelopes.length > limits.notes) throw new Refused('too-large', { limit: limits.notes });
	if (envelopes.some(({ length }) => length > limits.note)) {
		throw new Refused('too-large', { limit: limits.note });
	}
	const wait = notes.take(`${ws} ${lane}`, Date.now(), envelopes.length);
	if (wait) throw new Refused('slow-down', {}, { 'retry-after': String(wait) });
}

/** Throws `Refused`. */
function parsed(bytes: Uint8Array): Request {
	try {
		return parseRequest(bytes);
	} catch (error) {
		if (!(error instanceof RequestError)) throw error;
		if (error.code === 'version') throw new Refused('version', { versions: protocolVersions });
		throw new Refused(error.code, error.code === 'too-large' ? { limit: error.limit } : {});
	}
}

async function reply(
	storage: RelayStorage,
	recent: Recent,
	access: Access,
	{ own, grant, log, cursor, mark, envelopes }: Request,
	acks: Ack[]
): Promise<Buffer> {
	const newest = access.role === 'participate';
	const reading = { after: cursor, except: own ? 0 : access.lane, bytes: limits.reply, newest };
	let page =
		(newest ? null : recent.page(access, reading)) ?? (await storage.read(access.ws, reading));
	const frames: Uint8Array[] = [helloOf(page, Date.now())];
	for (const ack of acks) frames.push(ackOf(ack));

	const isNews = !envelopes.length && access.grantEpoch > page.markEpoch;
	if (grant || isNews) {
		const sealed = await storage.grantOf(access);
		if (sealed?.bytes.length) frames.push(writeFrame({ kind: 'grant', grant: sealed.bytes }));
	}
	const place = await placeFor(storage, access.ws, page, cursor, mark, (log ?? false) || newest);
	if (place === 'rewound') frames.push(writeFrame({ kind: 'rewound' }));
	else if (place === 'log') {
		if (page.floor > cursor)
			page = await storage.read(access.ws, { ...reading, after: page.floor });
		for (const one of page.envelopes) frames.push(frameOf(one));
		frames.push(endOf(page.upTo, page.upToMark));
		if (page.more) frames.push(writeFrame({ kind: 'more' }));
	} else {
		const { covers, of: parts, epoch } = place;
		frames.push(writeFrame({ kind: 'snapshot', covers, parts, epoch }));
		frames.push(await endAt(storage, access.ws, covers));
	}
	return Buffer.concat(frames);
}

/** From where whoever has taken in a snapshot goes on (C-2). */
export async function endAt(storage: RelayStorage, ws: number, covers: number): Promise<Buffer> {
	const { mark } = await storage.read(ws, { after: covers, except: 0, bytes: 0 });
	return endOf(covers, mark ?? new Uint8Array(8));
}

/**
 * Where a reader at `cursor` goes on: in the log, at a snapshot (C-2), or nowhere, because what it has read
 * is not what is here.
 */
export async function placeFor(
	storage: RelayStorage,
	ws: number,
	page: Page,
	cursor: number,
	mark: Uint8Array,
	log: boolean
): Promise<'log' | 'rewound' | Snapshot> {
	const isBefore = cursor < page.floor;
	if (!isBefore && (!page.mark || !equal(page.mark, mark))) {
		// At 0 there is nothing to compare: a mark there is somebody's mistake, and no loss of ours.
		if (cursor > 0) return 'rewound';
	}
	if (log || (!isBefore && cursor > 0)) return 'log';
	const complete = (await storage.snapshots(ws)).filter((one) => one.complete);
	// What a second editor has compared brings a newcomer on safer ground than what is newest.
	return complete.find((one) => one.confirmed) ?? complete[0] ?? 'log';
}
