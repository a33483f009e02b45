/**
 * The search in a worker: the index is built and asked beside the page, so that typing never waits
 * for it. `state/search-thread.ts` starts it; the messages are in `search-protocol.ts`.
 */
import { parseRequest, replyTo } from './search-protocol.ts';
import { createSearch } from './search.ts';

const search = createSearch();

addEventListener('message', (event: MessageEvent<unknown>) => {
	const request = parseRequest(event.data);
	if (request) postMessage(replyTo(search, request));
});
