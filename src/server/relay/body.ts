/** The body of a request: bounded before it is buffered (F-51), and JSON that means one thing (F-63). */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refused } from './refusal.ts';

/** Bytes of all bodies that are being read now, of all clients together. */
let reading = 0;
const most = 64_000_000;

/** All of it. Throws `Refused` too-large before more than `limit` bytes are kept. */
export async function readBody(
	request: IncomingMessage,
	response: ServerResponse,
	limit: number
): Promise<Uint8Array> {
	const said = Number(request.headers['content-length'] ?? 0);
	if (said > limit) throw new Refused('too-large', { limit });
	if (reading > most) throw new Refused('unavailable', {}, { 'retry-after': '5' });
	if (request.headers.expect) response.writeContinue();
	const chunks: Buffer[] = [];
	let size = 0;
	try {
		return await new Promise((resolve, reject) => {
			request.on('data', (chunk: Buffer) => {
				size += chunk.length;
				reading += chunk.length;
				// What still comes is not kept: the connection ends with the answer.
				if (size > limit) reject(new Refused('too-large', { limit }));
				else chunks.push(chunk);
			});
			request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
			// An error is dear to make, and every request closes.
			request.on('error', () => reject(new Refused('malformed')));
			request.on('close', () => request.complete || reject(new Refused('malformed')));
		});
	} finally {
		reading -= size;
		request.removeAllListeners('data');
		request.pause();
	}
}

/** A JSON body. Throws `Refused` malformed: no UTF-8, no JSON, or a name twice in one object. */
export async function readJson(
	request: IncomingMessage,
	response: ServerResponse,
	limit: number
): Promise<unknown> {
	const body = await readBody(request, response, limit);
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
		const value: unknown = JSON.parse(text);
		if (countNames(value) === namesIn(text)) return value;
	} catch {
		// Malformed, as below.
	}
	throw new Refused('malformed');
}

/** JSON.parse keeps the last of two equal names; another reader may keep the first. */
function namesIn(text: string): number {
	let names = 0;
	for (const [, colon] of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)) if (colon) names++;
	return names;
}

function countNames(value: unknown): number {
	let names = 0;
	const left: unknown[] = [value];
	while (left.length) {
		const one = left.pop();
		if (typeof one !== 'object' || one === null) continue;
		const values: unknown[] = Object.values(one);
		if (!Array.isArray(one)) names += values.length;
		for (const inner of values) left.push(inner);
	}
	return names;
}
