/**
 * Answers of the relay. An edit is a hundred bytes, so the head of an answer that succeeds says only what
 * it must: that it is ours, not to be guessed at, not to be kept, and not to be shown.
 */
import type { ServerResponse } from 'node:http';
import { contentType } from '#lib/sync/protocol.ts';
import type { Refused } from './refusal.ts';

export const leanHeaders = {
	'content-security-policy': "default-src 'none'",
	'x-content-type-options': 'nosniff',
	'cache-control': 'no-store'
};

/**
 * HTTP/1.1 keeps the line open unasked, and the server's time is in the first frame: no `Connection`, no
 * `Keep-Alive`, no `Date`.
 */
export function quiet(response: ServerResponse): void {
	response.sendDate = false;
	if (response.shouldKeepAlive) response.removeHeader('connection');
}

export function sendFrames(response: ServerResponse, body: Uint8Array): void {
	quiet(response);
	const length = { 'content-length': body.length };
	response.writeHead(200, { ...leanHeaders, 'content-type': contentType, ...length });
	response.end(body);
}

export function sendObject(response: ServerResponse, value: unknown): void {
	quiet(response);
	const body = JSON.stringify(value);
	response.writeHead(200, {
		...leanHeaders,
		'content-type': 'application/json',
		'content-length': Buffer.byteLength(body)
	});
	response.end(body);
}

/** Always the same for the same code (V-1). What is left of the request is not read. */
export function sendRefused(
	response: ServerResponse,
	{ code, status, facts, headers }: Refused,
	always: Record<string, string>
): void {
	if (response.headersSent) return void response.destroy();
	const body = JSON.stringify({ error: code, ...facts });
	const isRead = response.req.complete;
	response.writeHead(status, {
		...always,
		...headers,
		'cache-control': 'no-store',
		'content-type': 'application/json',
		'content-length': Buffer.byteLength(body),
		...(!isRead && { connection: 'close' })
	});
	response.end(body);
}
