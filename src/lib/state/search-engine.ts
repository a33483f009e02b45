/**
 * A SearchEngine: the search as a screen asks it, here or in a worker. Both do the same; the one
 * beside the page leaves the page free, the one in it is there at once and everywhere.
 */
import workerUrl from '../guide/search-worker.ts?worker&url';
import { trustedScriptUrl } from '#lib/device/trusted.ts';
import { parseReply, type Reply, type Request } from '#lib/guide/search-protocol.ts';
import { createSearch, type Answer } from '#lib/guide/search.ts';
import { Problem } from '#lib/model/problem.ts';

export type SearchEngine = {
	/** Rejects with 'pack-broken' for a file that is not one, with EngineLost when the worker is gone. */
	add: (type: 'titles' | 'piece', file: unknown) => Promise<void>;
	/** Rejects with EngineLost when the worker is gone. */
	search: (query: string, limit: number) => Promise<Answer>;
	close: () => void;
};

/** The worker did not start, broke or does not answer: its work has to be done here. */
export class EngineLost extends Error {}

/** Milliseconds; on a slow line the worker's own script comes first. */
const patience = 20_000;

export function pageEngine(): SearchEngine {
	const search = createSearch();
	return {
		add: async (type, file) => {
			// One file at a time between two frames, however many are already on the device.
			if (type === 'piece') await new Promise((resolve) => setTimeout(resolve));
			if (type === 'titles') search.addTitles(file);
			else search.addPiece(file);
		},
		search: async (query, limit) => search.search(query, limit),
		close: () => {}
	};
}

/** The engine in a worker, or undefined where the browser makes none. */
export function startWorkerEngine(): SearchEngine | undefined {
	if (typeof Worker === 'undefined') return undefined;
	try {
		const url = trustedScriptUrl(workerUrl);
		return workerEngine(new Worker(url, { type: 'module', name: 'search' }));
	} catch {
		// Refused by a policy or by an old browser: the page does the work itself.
		return undefined;
	}
}

/** What of a Worker is used, so that a test can stand in for one. */
export type WorkerPort = Pick<Worker, 'postMessage' | 'terminate'> & {
	addEventListener: (type: 'message' | 'error', heard: (event: { data?: unknown }) => void) => void;
};

type Waiting = { resolve: (reply: Reply) => void; reject: (error: EngineLost) => void };
type Asked = Request extends infer R ? (R extends Request ? Omit<R, 'id'> : never) : never;

export function workerEngine(worker: WorkerPort, timeout = patience): SearchEngine {
	const waiting = new Map<number, Waiting>();
	let last = 0;
	let lost: EngineLost | undefined;

	worker.addEventListener('message', ({ data }) => {
		const reply = parseReply(data);
		if (reply) waiting.get(reply.id)?.resolve(reply);
	});
	worker.addEventListener('error', () => lose('the worker broke'));

	return {
		add: async (type, file) => {
			const reply = await ask({ type, file });
			if (reply.type === 'refused') throw new Problem('pack-broken', { url: reply.detail });
		},
		search: async (query, limit) => {
			const reply = await ask({ type: 'search', query, limit });
			if (reply.type !== 'answer') throw lose('the worker gave no answer');
			return reply.answer;
		},
		close: () => void lose('closed')
	};

	function ask(asked: Asked): Promise<Reply> {
		if (lost) return Promise.reject(lost);
		const id = ++last;
		return new Promise<Reply>((resolve, reject) => {
			const timer = setTimeout(() => lose('the worker does not answer'), timeout);
			const done = () => {
				clearTimeout(timer);
				waiting.delete(id);
			};
			waiting.set(id, {
				resolve: (reply) => (done(), resolve(reply)),
				reject: (error) => (done(), reject(error))
			});
			worker.postMessage({ ...asked, id });
		});
	}

	function lose(why: string): EngineLost {
		lost ??= new EngineLost(why);
		for (const { reject } of [...waiting.values()]) reject(lost);
		worker.terminate();
		return lost;
	}
}
