/**
 * RelayClient: the relay's requests as typed calls (SPEC.md, X, L, C, O, J).
 *
 * Every call ends after a bounded time. What it gives was believed first: a status, a type and a form
 * that only the relay gives. A captive portal's 200 is 'portal' (F-27), and its 404 is not "revoked".
 */
import { toBase64url } from '#lib/crypto/bytes.ts';
import {
	parseHolders,
	parseInvitationView,
	parseJoined,
	parseSnapshots
} from '#lib/sync/control.ts';
import type {
	Create,
	Holders,
	InvitationView,
	Join,
	Joined,
	NewDevice,
	NewInvitation,
	Rotate,
	SnapshotView
} from '#lib/sync/control.ts';
import { contentType, FrameReader, protocolVersion, writeRequest } from '#lib/sync/protocol.ts';
import type { Frame, Request } from '#lib/sync/protocol.ts';
import { deadline } from './fetch.ts';
import { portalOr, RelayError, refusalOf } from './relay-error.ts';

/** Who asks: an address and the token of a holder there. */
export type Access = { address: Uint8Array; token: Uint8Array };

/** Milliseconds. */
export const patience = {
	/** Until the head of an answer to a small request; larger ones have longer (`timeFor`). */
	answer: 20_000,
	/** Of silence in the middle of an answer. */
	silence: 20_000,
	/** Until the `hello` of a live stream, and between its frames (L-2). */
	hello: 10_000,
	frame: 60_000
};
/** Bytes a second of the slowest line that is waited for: GPRS on a bad day. */
const slowest = 500;
const timeFor = (bytes: number): number =>
	Math.min(120_000, patience.answer + (bytes / slowest) * 1000);

/**
 * What HTTP adds to a request and to an answer, about: request line, `Authorization`, the browser's own
 * headers. Nobody tells a page the real number before it is too late to count it.
 */
const heads = { sent: 400, received: 250 };

export type Reply = {
	frames: Frame[];
	/** False: it was cut after these frames. They are sound all the same. */
	whole: boolean;
	/** Milliseconds for all of it. */
	took: number;
};

export class RelayClient {
	#fetch: typeof fetch;
	#origin: string;
	#spent: Spent;
	#stop: AbortSignal | undefined;

	/** `spent` hears of the bytes that each call cost; when `stop` aborts, every call ends. */
	constructor(
		fetchIt: typeof fetch,
		{
			origin = '',
			spent = () => {},
			stop
		}: { origin?: string; spent?: Spent; stop?: AbortSignal } = {}
	) {
		// A browser's fetch wants to be called on its window.
		this.#fetch = (...args) => fetchIt(...args);
		this.#origin = origin;
		this.#spent = spent;
		this.#stop = stop;
	}

	/** Pushes and pulls. Gives what came, also of an answer that was cut. */
	async exchange(access: Access, request: Request, signal?: AbortSignal): Promise<Reply> {
		const body = writeRequest(request);
		const frames: Frame[] = [];
		const started = performance.now();
		const whole = await this.#stream(access, 'POST', '', {
			body,
			signal,
			limit: { answer: timeFor(body.length), silence: patience.silence },
			frame: (frame) => frames.push(frame)
		});
		return { frames, whole, took: performance.now() - started };
	}

	/**
	 * Reads the live stream (L-1): `heard` gets the frames that came together. Resolves when it ends,
	 * rejects with RelayError when it falls silent (L-2).
	 */
	async live(
		access: Access,
		{ cursor, mark }: { cursor: number; mark: Uint8Array },
		heard: (frames: Frame[]) => void,
		signal: AbortSignal
	): Promise<void> {
		const query = `/live?version=${protocolVersion}&cursor=${cursor}&mark=${toBase64url(mark)}`;
		await this.#stream(access, 'GET', query, {
			signal,
			limit: { answer: patience.hello, silence: patience.frame },
			frames: heard
		});
	}

	/** Hands a sealed note to those who listen now (L-3). */
	async here(access: Access, note: Uint8Array): Promise<void> {
		await this.#json(access, 'POST', '/here', { bytes: note });
	}

	async create(what: Create): Promise<Joined> {
		const answer = await this.#ask('POST', '/api/sync', { json: what });
		return parsed(parseJoined(answer));
	}
	async invitation(access: Access): Promise<InvitationView> {
		return parsed(parseInvitationView(await this.#json(access, 'GET', '/invitation')));
	}
	async join(access: Access, device: NewDevice & Partial<Join>): Promise<Joined> {
		return parsed(parseJoined(await this.#json(access, 'POST', '/join', { json: device })));
	}
	async holders(access: Access): Promise<Holders> {
		return parsed(parseHolders(await this.#json(access, 'GET', '/holders')));
	}
	async invite(access: Access, invitation: NewInvitation): Promise<void> {
		await this.#json(access, 'POST', '/holders', { json: invitation });
	}
	async setCard(access: Access, card: Uint8Array): Promise<void> {
		await this.#json(access, 'PUT', '/card', { json: { card: toBase64url(card) } });
	}
	async revoke(access: Access, id: string): Promise<void> {
		await this.#json(access, 'DELETE', `/holders/${id}`);
	}
	async rotate(access: Access, { grants, ...rotation }: Rotate): Promise<void> {
		const json = { ...rotation, grants: Object.fromEntries(grants) };
		await this.#json(access, 'POST', '/rotate', { json });
	}
	/** Deletes the workspace at the relay, for everybody (O-8). */
	async remove(access: Access): Promise<void> {
		await this.#json(access, 'DELETE', '');
	}

	async snapshots(access: Access): Promise<SnapshotView[]> {
		return parsed(parseSnapshots(await this.#json(access, 'GET', '/snapshot')));
	}
	async putPart(
		access: Access,
		{ covers, part, of, epoch }: { covers: number; part: number; of: number; epoch: number },
		bytes: Uint8Array
	): Promise<void> {
		const query = `/snapshot?covers=${covers}&part=${part}&of=${of}&epoch=${epoch}`;
		await this.#json(access, 'POST', query, { bytes });
	}
	async part(access: Access, covers: number, part: number): Promise<Uint8Array> {
		const path = `/snapshot/${covers}/${part}`;
		const { response, limit } = await this.#send('GET', this.#path(access, path), { access });
		try {
			if (!isOurs(response)) throw portalOr('malformed', response.status);
			const bytes = new Uint8Array(await response.arrayBuffer());
			this.#spent(heads.sent, heads.received + bytes.length);
			return bytes;
		} catch (thrown) {
			throw RelayError.of(thrown);
		} finally {
			limit.clear();
		}
	}
	/** Says that a snapshot holds all that this device has (C-3), or that it does not (C-4). */
	async judge(access: Access, covers: number, verdict: 'confirm' | 'refuse'): Promise<void> {
		await this.#json(access, 'POST', `/snapshot/${verdict}?covers=${covers}`);
	}

	#path({ address }: Access, path: string): string {
		return `/api/sync/${toBase64url(address)}${path}`;
	}

	#json(access: Access, method: string, path: string, body: Body = {}): Promise<unknown> {
		return this.#ask(method, this.#path(access, path), { ...body, access });
	}

	async #ask(method: string, path: string, body: Body & { access?: Access }): Promise<unknown> {
		const { response, limit, sent } = await this.#send(method, path, body);
		try {
			const text = await response.text();
			this.#spent(heads.sent + sent, heads.received + text.length);
			const type = response.headers.get('content-type') ?? '';
			if (!/^application\/json\b/i.test(type)) throw portalOr('malformed', response.status);
			return text ? JSON.parse(text) : {};
		} catch (thrown) {
			throw RelayError.of(thrown);
		} finally {
			limit.clear();
		}
	}

	/** Sends, and resolves with an answer of status 200; anything else is a RelayError. */
	async #send(
		method: string,
		path: string,
		{
			bytes,
			json,
			access,
			signal,
			time
		}: Body & { access?: Access; signal?: AbortSignal; time?: number }
	) {
		const body = json === undefined ? bytes : new TextEncoder().encode(JSON.stringify(json));
		const sent = body?.length ?? 0;
		const limit = deadline(time ?? timeFor(sent), signal ?? this.#stop);
		try {
			const response = await this.#fetch(this.#origin + path, {
				method,
				// Nothing of this may come from, or stay in, a cache between here and the relay.
				cache: 'no-store',
				credentials: 'omit',
				redirect: 'error',
				signal: limit.signal,
				headers: {
					...(access ? { authorization: `Bearer ${toBase64url(access.token)}` } : {}),
					...(body ? { 'content-type': json === undefined ? contentType : 'application/json' } : {})
				},
				...(body ? { body: new Uint8Array(body) } : {})
			});
			limit.touch();
			if (response.status !== 200) throw await refusalOf(response);
			return { response, limit, sent };
		} catch (thrown) {
			limit.clear();
			this.#spent(heads.sent + sent, 0);
			throw RelayError.of(thrown);
		}
	}

	/** Reads frames until the answer ends; whether it ended between two of them. */
	async #stream(
		access: Access,
		method: string,
		path: string,
		reading: {
			body?: Uint8Array;
			signal?: AbortSignal;
			limit: { answer: number; silence: number };
			frame?: (frame: Frame) => void;
			frames?: (frames: Frame[]) => void;
		}
	): Promise<boolean> {
		const { body, signal, limit: times } = reading;
		const { response, limit } = await this.#send(method, this.#path(access, path), {
			...(body ? { bytes: body } : {}),
			access,
			signal,
			time: times.answer
		});
		limit.clear();
		const silence = deadline(times.answer, signal);
		let received = heads.received;
		let greeted = false;
		const reader = new FrameReader();
		const source = response.body?.getReader();
		// From here on this deadline ends the reading, not that of the head.
		const stop = () => void source?.cancel().catch(() => {});
		silence.signal.addEventListener('abort', stop, { once: true });
		try {
			if (!isOurs(response) || !source) throw portalOr('malformed', response.status);
			for (;;) {
				const { done, value } = await source.read();
				if (silence.signal.aborted) throw silence.signal.reason;
				if (done) break;
				received += value.length;
				const frames = reader.push(value);
				const [first] = frames;
				if (!first) continue;
				// whoever does not greet is not the relay.
				if (!greeted && first.kind !== 'hello') throw new RelayError('portal');
				silence.touch(times.silence);
				greeted = true;
				for (const frame of frames) reading.frame?.(frame);
				reading.frames?.(frames);
			}
			if (!greeted) throw new RelayError('portal');
			return reader.whole;
		} catch (thrown) {
			signal?.throwIfAborted();
			// What came before the cut is sound, and half a catching up is better than none (F-59).
			if (greeted && reading.frame && !(thrown instanceof RelayError)) return false;
			throw RelayError.of(thrown);
		} finally {
			silence.signal.removeEventListener('abort', stop);
			silence.clear();
			stop();
			this.#spent(heads.sent + (body?.length ?? 0), received);
		}
	}
}

type Body = { bytes?: Uint8Array; json?: object };
/** Hears of bytes that went over the line. */
type Spent = (sent: number, received: number) => void;

const isOurs = (response: Response): boolean =>
	(response.headers.get('content-type') ?? '').toLowerCase().startsWith(contentType);

function parsed<T>(value: T | null): T {
	if (value === null) throw new RelayError('portal');
	return value;
}
