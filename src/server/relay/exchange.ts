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
import { Refused, refuseAs } from './refusal.ts';

/** Bytes of a request that pushes nothing: some twenty, and room for what later versions add. */
const largestPull = 1_024;
/** How long a body takes that is here at once, in ms. */
const quick = 500;

export async function exchange(
	{ request, response, w, token, access }: Ask,
	storage: RelayStorage,
	committer: Committer,
	notes: Rate
): Promise<{ body: Buffer; received: number; pushed: number }> {
	if (access.kind !== 'device') throw new Refused('unknown');
	// Nothing is read of what may not be pushed.
	const said = Number(request.headers['content-length'] ?? 0);
	if (access.role === 'view' && said > largestPull) throw new Refused('role');
	const started = performance.now();
	const bytes = await readBody(request, response, limits.push);
	const asked = parsed(bytes);
	let acks: Ack[] = [];
	let now = access;
	let pushed = 0;
	// A body may take minutes, in which who sends it may have been ended. A push looks again by itself.
	if (!asked.envelopes.length && performance.now() - started > quick) {
		const again = await storage.find(w, token);
		if (!again) throw new Refused('unknown');
		if (again.deleted) throw new Refused('deleted');
		now = again;
	}
	if (asked.envelopes.length) {
		if (access.role === 'participate') boundNotes(access, asked.envelopes, notes);
		const envelopes = asked.envelopes.map((bytes) => ({ ...headOf(bytes), bytes }));
		const outcome = await committer.commit({ w, token, envelopes });
		if (outcome.refused !== null) refuseAs(outcome);
		({ acks, access: now } = outcome);
		pushed = outcome.stored.length;
	}
	const body = await reply(storage, now, asked, acks);
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
	access: Access,
	{ own, grant, log, cursor, mark, envelopes }: Request,
	acks: Ack[]
): Promise<Buffer> {
	const newest = access.role === 'participate';
	const reading = { after: cursor, except: own ? 0 : access.lane, bytes: limits.reply, newest };
	let page = await storage.read(access.ws, reading);
	const isNews = !envelopes.length && access.grantEpoch > page.markEpoch;
	const sealed = grant || isNews ? await storage.grantOf(access) : null;
	const place = await placeFor(storage, access.ws, page, cursor, mark, (log ?? false) || newest);
	const frames: Uint8Array[] = [];
	if (place === 'rewound') frames.push(writeFrame({ kind: 'rewound' }));
	else if (place === 'log') {
		if (page.floor > cursor)
			page = await storage.read(access.ws, { ...reading, after: page.floor });
		for (const one of page.envelopes) frames.push(frameOf(one));
		frames.push(endOf(page.upTo, page.upToMark));
		if (page.more) frames.push(writeFrame({ kind: 'more' }));
	} else frames.push(await snapshotFrames(storage, access.ws, place));
	// The log may be pruned between two reads: `hello` says the floor of what is given in the end.
	const first = [helloOf(page, Date.now()), ...acks.map(ackOf)];
	if (sealed?.bytes.length)
		first.push(Buffer.from(writeFrame({ kind: 'grant', grant: sealed.bytes })));
	return Buffer.concat([...first, ...frames]);
}

/** A snapshot, and from where whoever has taken it in goes on (C-2). Throws `Refused` where it has gone meanwhile. */
export async function snapshotFrames(
	storage: RelayStorage,
	ws: number,
	{ covers, of: parts, epoch }: Snapshot
): Promise<Buffer> {
	const { mark } = await storage.read(ws, { after: covers, except: 0, bytes: 0 });
	if (!mark) throw new Refused('unavailable', {}, { 'retry-after': '1' });
	return Buffer.concat([
		writeFrame({ kind: 'snapshot', covers, parts, epoch }),
		endOf(covers, mark)
	]);
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
