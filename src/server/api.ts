/** What is not a file: addresses under /api/. This version answers for its health, and nothing else. */
import type { ServerResponse } from 'node:http';
import { isReading } from './method.ts';
import { sendJson } from './reply.ts';

/** Answers any request whose path is /api or below. */
export function answerApi(response: ServerResponse, path: string, version: string): void {
	if (path !== '/api/health') {
		return sendJson(response, 404, { error: 'not-found' });
	}
	if (!isReading(response.req)) {
		return sendJson(response, 405, { error: 'method-not-allowed' }, { allow: 'GET, HEAD' });
	}
	sendJson(response, 200, { status: 'ok', version, storage: 'none' });
}
