/** What is not a file, but for the relay: health and metrics, under /api/. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isReading } from './method.ts';
import { send, sendJson } from './reply.ts';
import type { Service } from './serve.ts';

/** Answers any request whose path is /api or below, and not the relay's. */
export async function answerApi(
	response: ServerResponse,
	path: string,
	{ relay, version }: Service
): Promise<void> {
	const request = response.req;
	const mayMeasure =
		relay !== null && path === '/api/metrics' && isTrusted(request, relay.metricsToken);
	if (path !== '/api/health' && !mayMeasure) {
		return sendJson(response, 404, { error: 'not-found' });
	}
	if (!isReading(request)) {
		return sendJson(response, 405, { error: 'method-not-allowed' }, { allow: 'GET, HEAD' });
	}
	if (mayMeasure) {
		const body = await relay.writeMetrics();
		return send(response, { status: 200, type: 'text/plain; version=0.0.4;charset=utf-8', body });
	}
	// 200 all the same while the database is away: reading and local work need no database.
	const status = relay && !(await relay.isUp()) ? 'degraded' : 'ok';
	sendJson(response, 200, { status, version, storage: relay?.kind ?? 'none' });
}

/**
 * Numbers are the operator's: whoever asks from this very machine, not through a proxy on it, or has the token.
 */
function isTrusted({ headers, socket }: IncomingMessage, token: string | null): boolean {
	if (token !== null) {
		const hash = (text: string) => createHash('sha256').update(text).digest();
		return timingSafeEqual(hash(headers.authorization ?? ''), hash(`Bearer ${token}`));
	}
	const isHere = /^(127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '');
	const through = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via'];
	return isHere && !through.some((name) => headers[name] !== undefined);
}
