/** `GET /api/sync/<w>/live` and `POST …/here` (SPEC.md, L). */
import { contentType, limits, protocolVersions, writeFrame } from '#lib/sync/protocol.ts';
import type { RelayStorage } from '../storage/storage.ts';
import { parametersOf, wholeNumber, type Ask } from './ask.ts';
import { readBody } from './body.ts';
import { placeFor, snapshotFrames } from './exchange.ts';
import { helloOf } from './frames.ts';
import type { Hub } from './hub.ts';
import type { Rate } from './rates.ts';
import { Refused } from './refusal.ts';
import { leanHeaders, quiet } from './reply.ts';

export async function live(ask: Ask, storage: RelayStorage, hub: Hub): Promise<void> {
	const { response, access, token, query } = ask;
	if (access.kind !== 'device') throw new Refused('unknown');
	const said = parametersOf(query, 'cursor', 'mark', 'version');
	const version = wholeNumber(said.version ?? '1', 0, 255);
	if (!protocolVersions.includes(version)) {
		throw new Refused('version', { versions: protocolVersions });
	}
	const cursor = wholeNumber(said.cursor ?? '0', 0, Number.MAX_SAFE_INTEGER);
	const mark = Buffer.from(said.mark ?? '', 'base64url');
	const newest = access.role === 'participate';
	const reading = { after: cursor, except: access.lane, bytes: 64_000, newest };
	const page = await storage.read(access.ws, reading);
	const place = await placeFor(storage, access.ws, page, cursor, mark, newest);
	const snapshot =
		place === 'log' || place === 'rewound' ? null : await snapshotFrames(storage, access.ws, place);

	quiet(response);
	// nginx holds answers back until they are long, unless it is told (F-60).
	response.writeHead(200, {
		...leanHeaders,
		'content-type': contentType,
		'x-accel-buffering': 'no'
	});
	response.write(helloOf(page, Date.now()));
	if (place === 'rewound') {
		response.end(writeFrame({ kind: 'rewound' }));
	} else if (snapshot) {
		response.end(snapshot);
	} else {
		if (access.grantEpoch > page.markEpoch) {
			const grant = await storage.grantOf(access);
			if (grant?.bytes.length) response.write(writeFrame({ kind: 'grant', grant: grant.bytes }));
		}
		if (!response.destroyed) hub.open(response, access, token, page, cursor);
	}
}

/** Hands a note to those who listen now. It is not stored. */
export async function here(
	{ request, response, access }: Ask,
	storage: RelayStorage,
	hub: Hub,
	rate: Rate
): Promise<Record<never, never>> {
	if (access.kind !== 'device') throw new Refused('unknown');
	const wait = rate.take(`${access.ws} ${access.lane}`, Date.now());
	if (wait) throw new Refused('slow-down', {}, { 'retry-after': String(wait) });
	const note = await readBody(request, response, limits.here);
	const { w, lane, role } = access;
	const change = { kind: 'here', w, lane, role, note } as const;
	hub.hear(change);
	storage.announce(change);
	return {};
}
