/**
 * A slow line: an HTTP proxy in front of the app that lets all connections together have so many
 * bytes a second and answers each request after so many milliseconds.
 *
 * The browser's own throttling does not reach service workers; a line does. Bytes are counted as
 * they are sent: head and compressed body.
 */
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export type Line = { bytesPerSecond: number; latency: number };
export const twoG: Line = { bytesPerSecond: 50_000, latency: 400 };

export type SlowLine = {
	origin: string;
	/** Bytes sent since the last `reset`. */
	readonly bytes: number;
	readonly requests: string[];
	reset: () => void;
	/** Full speed for what is not measured. */
	setLine: (line: Line) => void;
	close: () => Promise<void>;
};

const chunk = 1400;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export async function openSlowLine(target: string, first: Line): Promise<SlowLine> {
	let line = first;
	let bytes = 0;
	let requests: string[] = [];
	/** When the line is free again: everybody's bytes queue behind each other. */
	let free = 0;

	async function send(response: ServerResponse, data: Buffer): Promise<void> {
		for (let at = 0; at < data.length; at += chunk) {
			const piece = data.subarray(at, at + chunk);
			const now = performance.now();
			free = Math.max(free, now) + (piece.length / line.bytesPerSecond) * 1000;
			if (free - now > 4) await wait(free - now);
			if (response.destroyed) return;
			bytes += piece.length;
			if (!response.write(piece)) await once(response, 'drain').catch(() => {});
		}
	}

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		requests.push(request.url ?? '');
		const began = performance.now();
		const upstream = ask(target + request.url, {
			method: request.method,
			headers: request.headers
		});
		request.pipe(upstream);
		const [reply] = (await once(upstream, 'response')) as [IncomingMessage];
		await wait(Math.max(0, line.latency - (performance.now() - began)));
		response.writeHead(reply.statusCode ?? 502, reply.headers);
		bytes += reply.rawHeaders.join('').length + 4 * (reply.rawHeaders.length / 2) + 17;
		for await (const data of reply) await send(response, data as Buffer);
		response.end();
	}

	const server = createServer((request, response) => {
		answer(request, response).catch(() => response.destroy());
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		origin: `http://localhost:${(server.address() as AddressInfo).port}`,
		get bytes() {
			return bytes;
		},
		get requests() {
			return requests;
		},
		reset: () => {
			bytes = 0;
			requests = [];
		},
		setLine: (next) => {
			line = next;
		},
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		}
	};
}
