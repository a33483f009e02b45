/** Reads the relay's log from a place to its end, snapshots and new keys on the way; pushes nothing. */
import type { Frame } from '#lib/sync/protocol.ts';
import type { Coming } from './intake.ts';
import type { Access, RelayClient } from './relay-client.ts';
import { RelayError } from './relay-error.ts';
import type { Place } from './session.ts';

/** What one reply says, sorted. */
export type LogReply = {
	hello: Extract<Frame, { kind: 'hello' }> | null;
	acks: { counter: number; seq: number }[];
	grants: Uint8Array[];
	envelopes: Coming[];
	end: Place | null;
	more: boolean;
	snapshot: Extract<Frame, { kind: 'snapshot' }> | null;
	rewound: boolean;
};

export function sorted(frames: Frame[]): LogReply {
	const reply: LogReply = {
		hello: null,
		acks: [],
		grants: [],
		envelopes: [],
		end: null,
		more: false,
		snapshot: null,
		rewound: false
	};
	for (const frame of frames) {
		if (frame.kind === 'hello') reply.hello = frame;
		else if (frame.kind === 'ack') reply.acks.push(frame);
		else if (frame.kind === 'grant') reply.grants.push(frame.grant);
		else if (frame.kind === 'envelope') reply.envelopes.push(frame);
		else if (frame.kind === 'end') reply.end = { cursor: frame.seq, mark: frame.mark };
		else if (frame.kind === 'more') reply.more = true;
		else if (frame.kind === 'snapshot') reply.snapshot = frame;
		else if (frame.kind === 'rewound') reply.rewound = true;
	}
	return reply;
}

/**
 * Gives each reply to `take`, one after another; resolves with the place of the end. One's own lane's
 * envelopes are among them. `log`: the log from its floor, where a snapshot would be shorter.
 */
export async function readLog(
	relay: RelayClient,
	access: Access,
	{ from, log: wantsLog = false }: { from: Place; log?: boolean },
	take: (log: LogReply) => Promise<void>
): Promise<Place> {
	let place = from;
	for (let first = true; ; first = false) {
		const request = { own: true, grant: first, log: wantsLog, ...place, envelopes: [] };
		const reply = await relay.exchange(access, request);
		const log = sorted(reply.frames);
		if (log.rewound) throw new RelayError('conflict');
		const behind = place.cursor;
		await take(log);
		if (log.end && log.end.cursor >= behind) place = log.end;
		if (!reply.whole || !log.end) throw new RelayError('unreachable');
		if (!log.more && !log.snapshot) return place;
		if (place.cursor === behind) throw new RelayError('portal');
	}
}
