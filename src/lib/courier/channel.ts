/**
 * The offline channel: what the worker and the tabs tell each other while things are being kept.
 * A message of another form is dropped (F-44).
 */
import { isRecord } from './kept-list.ts';

const channelName = 'e-strategy-offline';

export type OfflineMessage =
	/** The worker is installing the app: transferred bytes that are there, and all. */
	| { type: 'progress'; done: number; total: number }
	/** The worker could not install; the old version goes on. `full`: for want of room. */
	| { type: 'failed'; full: boolean }
	/** What is kept has changed: what a tab read before may be of another edition. */
	| { type: 'kept-changed' };

/** Parses a message; undefined for one that is none of ours. */
export function parseMessage(value: unknown): OfflineMessage | undefined {
	if (!isRecord(value)) return undefined;
	const { type, done, total, full } = value;
	if (type === 'progress' && isBytes(done) && isBytes(total)) return { type, done, total };
	if (type === 'failed' && typeof full === 'boolean') return { type, full };
	if (type === 'kept-changed') return { type };
	return undefined;
}

const isBytes = (value: unknown): value is number =>
	typeof value === 'number' && Number.isFinite(value) && value >= 0;

/** Opens the channel. `heard` gets what others say; `say` reaches all but oneself. */
export function openChannel(heard: (message: OfflineMessage) => void = () => {}): {
	say: (message: OfflineMessage) => void;
	close: () => void;
} {
	const channel = new BroadcastChannel(channelName);
	channel.onmessage = (event: MessageEvent<unknown>) => {
		const message = parseMessage(event.data);
		if (message) heard(message);
	};
	return { say: (message) => channel.postMessage(message), close: () => channel.close() };
}
