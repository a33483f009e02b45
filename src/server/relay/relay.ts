/**
 * The relay: a post office for sealed envelopes (src/lib/sync/SPEC.md). It knows who may do what, keeps
 * order, and cannot read. Refusals come before work: address, rate, holder, size, then the rest.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { limits as wire } from '#lib/sync/protocol.ts';
import { log, logError } from '../log.ts';
import { isForeign } from '../method.ts';
import { dayOf } from '../storage/sql.ts';
import { StorageError, type Outcome, type RelayStorage } from '../storage/storage.ts';
import type { Target } from '../target.ts';
import { addressOf, placeOf, tokenOf, type Ask } from './ask.ts';
import { Committer } from './committer.ts';
import { exchange } from './exchange.ts';
import { Hub, keyOf } from './hub.ts';
import type { Limits } from './limits.ts';
import { here, live } from './live.ts';
import { Metrics } from './metrics.ts';
import * as people from './people.ts';
import { Rate } from './rates.ts';
import { Refused } from './refusal.ts';
import { sendFrames, sendObject, sendRefused } from './reply.ts';
import * as snapshots from './snapshots.ts';
import { startUpkeep } from './upkeep.ts';

export interface RelayOptions {
	storage: RelayStorage;
	limits: Limits;
	/** See `Config`. */
	origin: string | null;
	/** The headers that every refusal carries. */
	always: Record<string, string>;
}

type Handle = (ask: Ask) => Promise<void>;

export class Relay {
	readonly kind: RelayStorage['kind'];
	readonly metrics = new Metrics();
	readonly #options: RelayOptions;
	readonly #hub: Hub;
	readonly #committer: Committer;
	readonly #rates: { address: Rate; device: Rate; create: Rate; here: Rate; notes: Rate };
	/** Open streams by network address. */
	readonly #streams = new Map<string, number>();
	/** `<method> <what follows the workspace>`, with a slash where an id follows that. */
	readonly #routes: Map<string, Handle>;
	readonly #endUpkeep: () => Promise<void>;
	#counted = { at: 0, workspaces: 0, bytes: 0 };
	/** `full`: it can be read. */
	#state: 'up' | StorageError['code'] = 'up';
	#stopping = false;

	constructor(options: RelayOptions) {
		const { storage, limits } = options;
		this.kind = storage.kind;
		this.#options = options;
		this.#hub = new Hub(storage, this.metrics);
		this.#committer = new Committer(storage, limits.room, this.metrics, this.#publish);
		this.#rates = {
			address: new Rate(limits.addressRate, 60_000),
			device: new Rate(limits.rate, 60_000),
			create: new Rate(limits.createRate, 3_600_000),
			here: new Rate(1, 8_000),
			notes: new Rate(wire.notes, 60_000)
		};
		this.#routes = this.#makeRoutes();
		this.#endUpkeep = startUpkeep(storage, limits, this.metrics);
	}

	/** See `Limits`. */
	get metricsToken(): string | null {
		return this.#options.limits.metricsToken;
	}

	/** Begins to hear what other processes change. */
	async start(): Promise<void> {
		await this.#options.storage.listen((change) => this.#hub.hear(change));
	}

	/** What was pushed is committed and answered, streams end, the storage is closed (F-62). */
	async stop(): Promise<void> {
		this.#stopping = true;
		this.#hub.close();
		await this.#committer.settled();
	}

	async close(): Promise<void> {
		await this.#endUpkeep();
		await this.#committer.settled();
		await this.#options.storage.close();
	}

	/** Answers a request whose path is /api/sync or below. */
	async answer(request: IncomingMessage, response: ServerResponse, target: Target): Promise<void> {
		try {
			await this.#route(request, response, target);
		} catch (error) {
			const refused = this.#refusalOf(error);
			this.metrics.add(`relay_refusals_total{code="${refused.code}"}`);
			sendRefused(response, refused, this.#options.always);
		}
	}

	/** Whether the storage can be used. */
	async isUp(): Promise<boolean> {
		try {
			await this.#options.storage.check();
			this.#canRead();
		} catch {
			this.#saw('unavailable');
		}
		return this.#state !== 'unavailable';
	}

	/** The page of metrics. */
	async writeMetrics(): Promise<string> {
		const up = await this.isUp();
		if (up && Date.now() - this.#counted.at > 10_000) {
			const { storage } = this.#options;
			const count = await storage.count().catch(() => this.#counted);
			this.#counted = { at: Date.now(), ...count };
		}
		const { user, system } = process.cpuUsage();
		return this.metrics.write({
			relay_streams: this.#hub.count,
			relay_workspaces: this.#counted.workspaces,
			relay_stored_bytes: this.#counted.bytes,
			relay_storage_up: up ? 1 : 0,
			process_resident_memory_bytes: process.memoryUsage.rss(),
			process_cpu_seconds: (user + system) / 1e6,
			process_uptime_seconds: Math.round(process.uptime())
		});
	}

	async #route(request: IncomingMessage, response: ServerResponse, { path, query }: Target) {
		const { limits, origin, storage } = this.#options;
		if (isForeign(request, origin)) throw new Refused('foreign');
		if (this.#stopping) throw new Refused('unavailable', {}, { 'retry-after': '1' });
		const from = addressOf(request, limits.proxies);
		this.#slow(this.#rates.address, from);
		if (path === '/api/sync') {
			if (request.method !== 'POST') throw notAllowed('POST');
			this.#slow(this.#rates.create, from);
			const made = await people.create({ request, response }, storage, limits.room, this.#allows);
			return sendObject(response, made);
		}
		const place = placeOf(path);
		if (!place) throw new Refused('not-found');
		const handle = this.#handler(request.method ?? '', place.rest);
		const token = tokenOf(request);
		const access = await storage.find(place.w, token);
		this.#canRead();
		if (!access) throw new Refused('unknown');
		if (access.deleted) throw new Refused('deleted');
		this.#slow(this.#rates.device, `${access.ws} ${keyOf(access.id)}`);
		const ask: Ask = { request, response, query, from, token, access, ...place };
		const today = dayOf(Date.now());
		if (access.seen < today) void storage.sawToday(access, today).catch(() => {});
		await handle(ask);
	}

	/** Throws `Refused` for an address or a method that there is not. */
	#handler(method: string, rest: string): Handle {
		const isBelow = /^(holders\/[A-Za-z0-9_-]{22}|snapshot\/\d{1,15}\/\d{1,4})$/.test(rest);
		const place = isBelow ? rest.slice(0, rest.indexOf('/') + 1) : rest;
		const found = this.#routes.get(`${method} ${place}`);
		if (found) return found;
		const allowed = [...this.#routes.keys()].filter((route) => route.endsWith(` ${place}`));
		if (!allowed.length) throw new Refused('not-found');
		throw notAllowed(allowed.map((route) => route.split(' ')[0]).join(', '));
	}

	#makeRoutes(): Map<string, Handle> {
		const { limits, storage } = this.#options;
		const { room } = limits;
		const object =
			(work: (ask: Ask) => Promise<unknown>, changed?: 'holders' | 'gone') => async (ask: Ask) => {
				const value = await work(ask);
				// The storage has told the other processes, with what it changed.
				if (changed) this.#hub.hear({ kind: changed, w: ask.w });
				sendObject(ask.response, value);
			};
		return new Map<string, Handle>(
			Object.entries({
				'POST ': (ask) => this.#exchange(ask),
				'DELETE ': object((ask) => people.remove(ask, storage), 'gone'),
				'GET live': (ask) => this.#live(ask),
				'POST here': object((ask) => here(ask, storage, this.#hub, this.#rates.here)),
				'GET invitation': object((ask) => people.invitation(ask, storage)),
				'POST join': object((ask) => people.join(ask, storage, room), 'holders'),
				'GET holders': object((ask) => people.listHolders(ask, storage)),
				'POST holders': object((ask) => people.invite(ask, storage, room), 'holders'),
				'DELETE holders/': object((ask) => people.revoke(ask, storage), 'holders'),
				'PUT card': object((ask) => people.setCard(ask, storage, this.#rates.notes), 'holders'),
				'POST rotate': object((ask) => people.rotate(ask, storage), 'holders'),
				'GET snapshot': object((ask) => snapshots.listSnapshots(ask, storage)),
				'POST snapshot': object((ask) => snapshots.putPart(ask, storage, room)),
				'GET snapshot/': async (ask) =>
					sendFrames(ask.response, await snapshots.part(ask, storage)),
				'POST snapshot/confirm': object((ask) => snapshots.judge(ask, storage)),
				'POST snapshot/refuse': object((ask) => snapshots.judge(ask, storage))
			} satisfies { [route: string]: Handle })
		);
	}

	async #exchange(ask: Ask): Promise<void> {
		const { storage } = this.#options;
		const { body, received, pushed } = await exchange(
			ask,
			storage,
			this.#committer,
			this.#rates.notes
		);
		this.metrics.add('relay_received_bytes_total', received);
		this.metrics.add('relay_sent_bytes_total', body.length);
		if (pushed) this.metrics.add('relay_pushes_total');
		this.metrics.add('relay_envelopes_total', pushed);
		sendFrames(ask.response, body);
	}

	async #live(ask: Ask): Promise<void> {
		const { from, response } = ask;
		const open = this.#streams.get(from) ?? 0;
		if (open >= this.#options.limits.streams) {
			throw new Refused('slow-down', {}, { 'retry-after': '60' });
		}
		this.#streams.set(from, open + 1);
		response.on('close', () => {
			const left = (this.#streams.get(from) ?? 1) - 1;
			if (left) this.#streams.set(from, left);
			else this.#streams.delete(from);
		});
		await live(ask, this.#options.storage, this.#hub);
	}

	readonly #publish = (outcomes: Outcome[]): void => {
		this.#saw('up');
		const all = outcomes.flatMap((outcome) => (outcome.refused === null ? [outcome] : []));
		for (const [, group] of Map.groupBy(all, ({ access }) => access.ws)) {
			this.#hub.publish(
				group[0]!.access.w,
				group.flatMap(({ stored }) => stored)
			);
		}
	};

	/** Throws `Refused` where `key` has asked too often. */
	#slow(rate: Rate, key: string): void {
		const wait = rate.take(key, Date.now());
		if (wait) throw new Refused('slow-down', {}, { 'retry-after': String(wait) });
	}

	/** The time that it takes says nothing about the code. */
	readonly #allows = (code: string): boolean => {
		const { limits } = this.#options;
		const hash = (text: string) => createHash('sha256').update(text).digest();
		return limits.code === null || timingSafeEqual(hash(code), hash(limits.code));
	};

	#refusalOf(error: unknown): Refused {
		if (error instanceof Refused) return error;
		if (error instanceof StorageError) {
			this.metrics.add(`relay_storage_failures_total{code="${error.code}"}`);
			this.#saw(error.code);
			if (error.code === 'full') return new Refused('full');
			return new Refused('unavailable', {}, { 'retry-after': '5' });
		}
		logError(error);
		return new Refused('internal');
	}

	#canRead(): void {
		if (this.#state === 'unavailable') this.#saw('up');
	}

	/** One line when the storage goes or is full, and one when it is well again. */
	#saw(state: 'up' | StorageError['code']): void {
		if (state === this.#state) return;
		this.#state = state;
		log('storage', { kind: this.kind, state });
	}
}

const notAllowed = (allow: string) => new Refused('method-not-allowed', {}, { allow });
