/**
 * A store whose app can die: from the so-and-so-manieth call on, nothing is answered any more. The call
 * at which it dies is done or not done, as a crash finds it; what was stored stays.
 */
import type { WorkspaceStore } from '#lib/store/store.ts';

/** Calls that are left, and who wants to know of the end. */
export type Life = { calls: number; ended?: () => void };

export function mortal(store: WorkspaceStore, life: Life): WorkspaceStore {
	return dying(store, life, dying(store.sync, life));
}

function dying<T extends object>(target: T, life: Life, sync?: object): T {
	return new Proxy(target, {
		get(_, name) {
			if (name === 'sync' && sync) return sync;
			const found: unknown = Reflect.get(target, name, target);
			if (typeof found !== 'function') return found;
			return (...args: unknown[]): unknown => {
				if (life.calls <= 0) return new Promise(() => {});
				life.calls--;
				if (life.calls > 0 || life.ended === undefined) return Reflect.apply(found, target, args);
				life.ended();
				// Every other one was done, and nobody lived to know it.
				if (args.length % 2 === 0) void Reflect.apply(found, target, args);
				return new Promise(() => {});
			};
		}
	});
}
