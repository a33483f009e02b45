/**
 * Leader: of all tabs of a browser, the one that does something (F-07, F-08).
 *
 * By a Web Lock where there are any. On plain HTTP in a room there are none: then by a lease in the
 * database that its holder renews. A frozen leader says nothing; after half a minute another takes over.
 * That both may believe it for a moment is harmless: what is pushed twice is there once.
 */
import type { SyncStore } from '#lib/store/shared.ts';

export type Election = {
	/** Null where the browser has none. */
	locks: LockManager | null;
	store: Pick<SyncStore, 'lease' | 'release'>;
	now: () => number;
	/** A name of this tab that no other has. */
	tab: string;
	times?: typeof times;
};

/** Milliseconds: how often a leader says that it is there, and after which silence it is none. */
export const times = { beat: 5000, silence: 25_000 };

/** Stands for election until `stop` aborts. `lead` runs while this tab is the leader, and ends when told to. */
export async function standFor(
	name: string,
	election: Election,
	lead: (signal: AbortSignal) => Promise<void>,
	stop: AbortSignal
): Promise<void> {
	const { locks } = election;
	if (locks && (await byLock(name, locks, election.times ?? times, lead, stop))) return;
	await byLease(name, election, lead, stop);
}

/** False where the browser has locks and refuses them to this page. */
async function byLock(
	name: string,
	locks: LockManager,
	{ beat, silence }: typeof times,
	lead: (signal: AbortSignal) => Promise<void>,
	stop: AbortSignal
): Promise<boolean> {
	const line =
		typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`lead/${name}`);
	let heard = performance.now();
	line?.addEventListener('message', () => (heard = performance.now()));
	let leads = false;
	let endTerm = () => {};
	let refused = false;
	const held = async (): Promise<void> => {
		leads = true;
		const term = termOf(stop);
		endTerm = term.end;
		const timer = setInterval(() => line?.postMessage(null), beat);
		try {
			await lead(term.signal);
		} finally {
			leads = false;
			// Whoever has just taken it gets as long to say so as anybody.
			heard = performance.now();
			clearInterval(timer);
			term.end();
		}
	};
	// A lock of a frozen tab is never let go: it is taken from it.
	const watch = setInterval(() => {
		// Where tabs cannot hear each other, silence says nothing.
		if (leads || !line || performance.now() - heard < silence) return;
		heard = performance.now();
		void take({ steal: true });
	}, beat);
	const take = async (how: { steal: true } | { signal: AbortSignal }): Promise<void> => {
		try {
			await locks.request(`e-strategy/${name}`, how, async () => {
				if (!leads && !stop.aborted) await held();
			});
		} catch (thrown) {
			// It was stolen from us while we slept, or we stopped.
			if (leads) endTerm();
			const isRefused = thrown instanceof DOMException && thrown.name !== 'AbortError';
			if (isRefused) refused = true;
		}
	};
	try {
		while (!stop.aborted && !refused) {
			await take({ signal: stop });
			if (!stop.aborted && !refused) await pause(beat, stop);
		}
		return !refused;
	} finally {
		clearInterval(watch);
		line?.close();
	}
}

async function byLease(
	name: string,
	{ store, now, tab, times: { beat, silence } = times }: Election,
	lead: (signal: AbortSignal) => Promise<void>,
	stop: AbortSignal
): Promise<void> {
	const take = () => store.lease(name, tab, now(), silence).catch(() => false);
	while (!stop.aborted) {
		if (!(await take())) {
			await pause(beat, stop);
			continue;
		}
		const term = termOf(stop);
		const timer = setInterval(() => {
			// Whoever slept too long finds another in its place.
			void take().then((mine) => {
				if (!mine) term.end();
			});
		}, beat);
		try {
			await lead(term.signal);
		} finally {
			clearInterval(timer);
			term.end();
			await store.release(name, tab).catch(() => {});
		}
	}
}

/** A signal that ends with `stop`, or earlier. */
function termOf(stop: AbortSignal): { signal: AbortSignal; end: () => void } {
	const controller = new AbortController();
	const end = () => {
		stop.removeEventListener('abort', end);
		controller.abort();
	};
	stop.addEventListener('abort', end);
	if (stop.aborted) end();
	return { signal: controller.signal, end };
}

const pause = (ms: number, stop: AbortSignal): Promise<void> =>
	new Promise((resolve) => {
		if (stop.aborted) return resolve();
		const done = () => {
			clearTimeout(timer);
			stop.removeEventListener('abort', done);
			resolve();
		};
		const timer = setTimeout(done, ms);
		stop.addEventListener('abort', done);
	});
