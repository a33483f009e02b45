/** A short reply: the whole body is at hand. */
import type { ServerResponse } from 'node:http';

export interface Reply {
	status: number;
	type: string;
	body: string | Buffer;
	headers?: Record<string, string>;
}

/** Sends it; a HEAD request gets the headers only. Nothing is cached unless `headers` say so. */
export function send(response: ServerResponse, { status, type, body, headers }: Reply): void {
	response.writeHead(status, {
		'cache-control': 'no-store',
		'content-type': type,
		'content-length': Buffer.byteLength(body),
		...headers
	});
	response.end(response.req.method === 'HEAD' ? undefined : body);
}

export function sendText(
	response: ServerResponse,
	status: number,
	sentence: string,
	headers: Record<string, string> = {}
): void {
	send(response, { status, type: 'text/plain;charset=utf-8', body: `${sentence}\n`, headers });
}

export function sendJson(
	response: ServerResponse,
	status: number,
	value: unknown,
	headers: Record<string, string> = {}
): void {
	send(response, { status, type: 'application/json', body: JSON.stringify(value), headers });
}
