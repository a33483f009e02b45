/**
 * The live streams of this process (SPEC.md, L). A stream knows the last seq that it has given, and is
 * either right behind the log, so that what is committed is handed to it at once, or reads from the
 * storage until it is. So a slow reader costs no memory, and what another process commits needs only a word.
 */
import type { ServerResponse } from 'node:http';
import { writeFrame } from '#lib/sync/protocol.ts';
import { endOf, frameOf, sharedFrameOf } from './frames.ts';
import { logError } from '../log.ts';
import { markOf } from '../storage/snapshots.ts';
import { roleNumber } from '../storage/sql.ts';
import { StorageError } from '../storage/storage.ts';
import type { Access, Change, Page, RelayStorage, Stored } from '../storage/storage.ts';
import type { Metrics } from './metrics.ts';

const pingEvery = 25_000;
/** How often a stream asks unasked whether it may still be: a word of another process may get lost. */
const lookEvery = 60_000;
/** So many streams ask in one second, so that they never all do at once. */
const looksAtOnce = 50;
/** Bytes that are read for one stream at once. */
const pageBytes = 32_000;
/** How long a reader may take nothing. */
const patience = 60_000;

export const keyOf = (w: Uint8Array): string => Buffer.from(w).toString('base64url');

const nothing = new Uint8Array(0);
const again = { holders: writeFrame({ kind: 'holders' }), ping: writeFrame({ kind: 'ping' }) };

export class Hub {
	readonly #storage: RelayStorage;
	readonly #metrics: Metrics;
	readonly #streams = new Map<string, Set<Stream>>();
	readonly #beat: NodeJS.Timeout;
	#count = 0;

	constructor(storage: RelayStorage, metrics: Metrics) {
		this.#storage = storage;
		this.#metrics = metrics;
		this.#beat = setInterval(() => this.#ping(), 1_000).unref();
	}

	get count(): number {
		return this.#count;
	}

	/** A new stream after `cursor`; its first frame has been sent, `page` has not. */
	open(
		response: ServerResponse,
		access: Access,
		token: Uint8Array,
		page: Page,
		cursor: number
	): void {
		const key = keyOf(access.w);
		const stream = new Stream(response, access, token, this.#storage, this.#metrics);
		const set = this.#streams.get(key) ?? new Set();
		this.#streams.set(key, set.add(stream));
		this.#count++;
		response.on('close', () => {
			if (!set.delete(stream)) return;
			this.#count--;
			if (set.size === 0 && this.#streams.get(key) === set) this.#streams.delete(key);
		});
		stream.begin(page, cursor);
		// Whoever was ended, or got a new key, after the token was looked up and before the stream was here to hear it.
		stream.look(false);
	}

	/** What this process has committed, in the order of seq. */
	publish(w: Uint8Array, stored: Stored[]): void {
		const streams = this.#streams.get(keyOf(w));
		if (!streams || !stored.length) return;
		const frames = new Map<number, Uint8Array>();
		const framesFor = (lane: number) => {
			let bytes = frames.get(lane);
			if (!bytes) frames.set(lane, (bytes = livelyFrames(stored, lane)));
			return bytes;
		};
		const own = new Set(stored.map(({ lane }) => lane));
		const scene = stored.findLast(({ role }) => role === 'edit');
		const newest = scene ? sharedFrameOf(scene) : nothing;
		for (const stream of streams) {
			if (stream.participates) stream.follow(stored, newest);
			// All lanes that pushed nothing of this hear the same bytes.
			else stream.follow(stored, framesFor(own.has(stream.lane) ? stream.lane : 0));
		}
	}

	/** What this or another process changed. */
	hear(change: Change): void {
		if (change.kind === 'all') {
			for (const set of this.#streams.values()) for (const stream of set) stream.look();
			return;
		}
		const streams = this.#streams.get(keyOf(change.w));
		if (!streams) return;
		for (const stream of streams) {
			if (change.kind === 'log') stream.wake(change.head);
			else if (change.kind === 'here') stream.here(change);
			else if (change.kind === 'gone') stream.end(true);
			else stream.look();
		}
	}

	/** Ends all streams, as a cut line would: their clients come again. */
	close(): void {
		clearInterval(this.#beat);
		for (const set of this.#streams.values()) for (const stream of set) stream.end(false);
	}

	#ping(): void {
		const now = Date.now();
		let looks = looksAtOnce;
		for (const set of this.#streams.values()) {
			for (const stream of set) {
				stream.ping(now);
				if (looks > 0 && stream.isDue(now)) {
					looks--;
					stream.look(false);
				}
			}
		}
	}
}

/** Of frames that go to many, made once. */
const chunks = new WeakMap<Uint8Array, Buffer>();

function sharedChunkOf(frames: Uint8Array): Buffer {
	let chunk = chunks.get(frames);
	if (!chunk) chunks.set(frames, (chunk = chunkOf(frames)));
	return chunk;
}

/** A chunk of a chunked answer. */
function chunkOf(frames: Uint8Array): Buffer {
	const [head, end] = [Buffer.from(`${frames.length.toString(16)}\r\n`), Buffer.from('\r\n')];
	return Buffer.concat([head, frames, end]);
}

class Stream {
	readonly lane: number;
	/** A phone in a room: it hears scenes, and that it is out, and nothing of the others (M-4, M-5). */
	readonly participates: boolean;
	readonly #response: ServerResponse;
	readonly #access: Access;
	readonly #token: Uint8Array;
	readonly #storage: RelayStorage;
	readonly #metrics: Metrics;
	#given = 0;
	#grantEpoch: number;
	#reading = false;
	#more = false;
	#looking = false;
	#lookAgain = false;
	/** Something about people did change, which the client should hear. */
	#isTold = false;
	#looked = Date.now();
	#last = Date.now();

	constructor(
		response: ServerResponse,
		access: Access,
		token: Uint8Array,
		storage: RelayStorage,
		metrics: Metrics
	) {
		this.#response = response;
		this.#access = access;
		this.#token = token;
		this.#storage = storage;
		this.#metrics = metrics;
		this.lane = access.lane;
		this.participates = access.role === 'participate';
		this.#grantEpoch = access.grantEpoch;
	}

	begin(page: Page, cursor: number): void {
		this.#given = cursor;
		this.#give(page, true);
		// Something may have been committed since the page was read, or there is more.
		void this.#read();
	}

	/** What was just committed, and its frames as this lane sees them. */
	follow(stored: Stored[], frames: Uint8Array): void {
		if (this.#reading || this.#isFull || stored[0]!.seq !== this.#given + 1) {
			return this.wake(stored.at(-1)!.seq);
		}
		this.#given = stored.at(-1)!.seq;
		this.#write(frames, true);
	}

	/** There is something up to `head`. */
	wake(head: number): void {
		if (head > this.#given) void this.#read();
	}

	here({ lane, role, note }: Change & { kind: 'here' }): void {
		if (lane === this.lane || this.participates || this.#isFull) return;
		this.#write(writeFrame({ kind: 'here', lane, role: roleNumber(role), note }));
	}

	/** Am I still one of them, and is there a new key? `told`: something about people changed. */
	look(told = true): void {
		this.#lookAgain = true;
		this.#isTold ||= told;
		if (!this.#looking) void this.#look();
	}

	/** Whether it is long since it looked. */
	isDue(now: number): boolean {
		return now - this.#looked >= lookEvery;
	}

	ping(now: number): void {
		if (now - this.#last < pingEvery) return;
		if (!this.#isFull) this.#write(again.ping);
		else if (now - this.#last > patience) this.#response.destroy();
	}

	end(gone: boolean): void {
		if (gone) this.#write(writeFrame({ kind: 'gone' }));
		this.#response.end();
	}

	async #look(): Promise<void> {
		this.#looking = true;
		let told = false;
		try {
			while (this.#lookAgain && !this.#response.writableEnded) {
				told = this.#isTold;
				this.#lookAgain = this.#isTold = false;
				this.#looked = Date.now();
				const access = await this.#storage.find(this.#access.w, this.#token);
				if (!access || access.deleted) return this.end(true);
				if (access.grantEpoch > this.#grantEpoch) {
					const grant = await this.#storage.grantOf(access);
					this.#grantEpoch = access.grantEpoch;
					if (grant) this.#write(writeFrame({ kind: 'grant', grant: grant.bytes }));
				}
				if (told && !this.participates) this.#write(again.holders);
				this.wake(access.head);
			}
		} catch (error) {
			// Unasked it can wait: a storage that is away gives nobody anything meanwhile.
			if (told || this.#isTold || !(error instanceof StorageError)) this.#fail(error);
		} finally {
			this.#looking = false;
		}
	}

	async #read(): Promise<void> {
		this.#more = true;
		if (this.#reading) return;
		this.#reading = true;
		try {
			while (this.#more && !this.#response.destroyed && !this.#response.writableEnded) {
				this.#more = false;
				const { ws } = this.#access;
				const page = await this.#storage.read(ws, {
					after: this.#given,
					except: this.lane,
					bytes: pageBytes,
					newest: this.participates
				});
				// What it had not been given yet was pruned: it comes again, and gets a snapshot (C-2).
				if (page.floor > this.#given && !this.participates) return void this.#response.end();
				this.#give(page);
				this.#more ||= page.more;
				if (this.#isFull) await this.#drained();
			}
		} catch (error) {
			this.#fail(error);
		} finally {
			this.#reading = false;
		}
	}

	#give({ envelopes, upTo, upToMark }: Page, first = false): void {
		if (upTo <= this.#given) return;
		this.#given = upTo;
		// A vote of somebody else is none of a phone's business, and no bytes on its line: an old cursor costs
		// it nothing, because the newest scene is all that it ever gets.
		if (this.participates && !first && !envelopes.length) return;
		const frames: Uint8Array[] = envelopes.map(frameOf);
		// After what was left out because it is the device's own, it still has to know how far it is.
		if (envelopes.at(-1)?.seq !== upTo) frames.push(endOf(upTo, upToMark));
		for (const frame of frames) this.#write(frame);
	}

	/** `shared`: the same bytes go to others too. */
	#write(frames: Uint8Array, shared = false): void {
		if (this.#response.destroyed || this.#response.writableEnded || !frames.length) return;
		this.#last = Date.now();
		this.#metrics.add('relay_sent_bytes_total', frames.length);
		// Straight to the socket: Node would make three writes of a chunk, anew for every receiver.
		const { socket } = this.#response;
		if (socket) socket.write(shared ? sharedChunkOf(frames) : chunkOf(frames));
		else this.#response.write(frames);
	}

	get #isFull(): boolean {
		return this.#response.socket?.writableNeedDrain ?? false;
	}

	#drained(): Promise<void> {
		const { socket } = this.#response;
		return new Promise((resolve) => {
			const done = () => {
				socket?.off('drain', done).off('close', done);
				resolve();
			};
			if (socket) socket.on('drain', done).on('close', done);
			else resolve();
		});
	}

	/** The client comes again, with its cursor. */
	#fail(error: unknown): void {
		if (!(error instanceof StorageError)) logError(error);
		this.#response.end();
	}
}

/** As `lane` sees them: its own only as "you have all up to here". */
function livelyFrames(stored: Stored[], lane: number): Uint8Array {
	const frames = stored.map((one) =>
		one.lane === lane ? endOf(one.seq, markOf(one.bytes)) : sharedFrameOf(one)
	);
	return frames.length === 1 ? frames[0]! : Buffer.concat(frames);
}
