/**
 * The line between the windows of this browser about the lock: who has the key, and that it closed.
 * Only pages of this origin hear it, and it is stored nowhere.
 */
export type LockNews =
	| { kind: 'ask' }
	| { kind: 'key'; key: Uint8Array }
	/** Close everywhere: the person left the desk. */
	| { kind: 'close' }
	/** The lock was turned on, off, or everything was erased: start again. */
	| { kind: 'changed' };

export class LockLine {
	#channel: BroadcastChannel | null;

	constructor(listen: (news: LockNews) => void, name = 'e-strategy-lock') {
		this.#channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name);
		this.#channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
			const news = parseLockNews(data);
			if (news) listen(news);
		});
	}

	tell(news: LockNews): void {
		this.#channel?.postMessage(news);
	}
}

/** Null for a message of any other form: it is dropped (F-44). */
export function parseLockNews(message: unknown): LockNews | null {
	if (typeof message !== 'object' || message === null || !('kind' in message)) return null;
	const { kind } = message;
	if (kind === 'ask' || kind === 'close' || kind === 'changed') return { kind };
	if (kind !== 'key' || !('key' in message)) return null;
	const { key } = message;
	return key instanceof Uint8Array && key.length === 32 ? { kind, key } : null;
}
