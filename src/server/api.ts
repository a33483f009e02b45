/** What is not a file, but for the relay: health, metrics and the room, under /api/. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isForeign, isReading } from './method.ts';
import { send, sendJson } from './reply.ts';
import { isHere, reachOf, type Visitors } from './room.ts';
import type { Service } from './serve.ts';

/** Answers any request whose path is /api or below, and not the relay's. */
export async function answerApi(
	response: ServerResponse,
	path: string,
	{ relay, version, host, origin }: Service,
	visitors: Visitors
): Promise<void> {
	const request = response.req;
	const mayMeasure =
		relay !== null && path === '/api/metrics' && isTrusted(request, relay.metricsToken);
	// A name that another site lets point here must not learn it either (S-20).
	const mayLook = path === '/api/room' && isHere(request) && !isForeign(request, origin);
	if (path !== '/api/health' && !mayMeasure && !mayLook) {
		return sendJson(response, 404, { error: 'not-found' });
	}
	if (!isReading(request)) {
		return sendJson(response, 405, { error: 'method-not-allowed' }, { allow: 'GET, HEAD' });
	}
	if (mayMeasure) {
		const body = await relay.writeMetrics();
		return send(response, { status: 200, type: 'text/plain; version=0.0.4;charset=utf-8', body });
	}
	if (mayLook) {
		return sendJson(response, 200, reachOf(host, request.socket.localPort ?? 0, visitors));
	}
	// 200 all the same while the database is away: reading and local work need no database.
	const status = relay && !(await relay.isUp()) ? 'degraded' : 'ok';
	sendJson(response, 200, { status, version, storage: relay?.kind ?? 'none' });
}

/**
 * Numbers are the operator's: whoever asks from this very machine, not through a proxy on it, or has the token.
 */
function isTrusted(request: IncomingMessage, token: string | null): boolean {
	if (token === null) return isHere(request);
	const hash = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(hash(request.headers.authorization ?? ''), hash(`Bearer ${token}`));
}
