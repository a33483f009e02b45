/** The line between tabs: "workspace w has update n now". It carries no content. */
import { isContentId } from '#lib/model/ids.ts';
import type { News } from './store.ts';

export class Channel {
	#channel: BroadcastChannel | null;
	#listeners = new Set<(news: News) => void>();

	/** Silent where the browser has no BroadcastChannel. */
	constructor(name = 'e-strategy') {
		this.#channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name);
		this.#channel?.addEventListener('message', (event: MessageEvent<unknown>) => {
			const news = parseNews(event.data);
			if (news) for (const listen of this.#listeners) listen(news);
		});
	}

	tell(news: News): void {
		this.#channel?.postMessage(news);
	}

	listen(listen: (news: News) => void): () => void {
		this.#listeners.add(listen);
		return () => this.#listeners.delete(listen);
	}

	close(): void {
		this.#channel?.close();
		this.#channel = null;
		this.#listeners.clear();
	}
}

/** Null for a message of any other form: it is dropped (F-44). */
export function parseNews(message: unknown): News | null {
	if (typeof message !== 'object' || message === null) return null;
	if (!('workspace' in message) || !('seq' in message)) return null;
	const { workspace, seq } = message;
	if (typeof workspace !== 'string' || !isContentId(workspace)) return null;
	if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 0) return null;
	return { workspace, seq };
}
