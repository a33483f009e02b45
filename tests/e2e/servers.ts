/** Servers that a journey can kill, hang or break, each on its own loopback port. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Running = { origin: string; port: number; stop: () => Promise<void> };

/** The app's own server on `port` (0: any); with `host` 0.0.0.0 the network reaches it too. */
export async function startApp(port = 0, host = '127.0.0.1'): Promise<Running> {
	const found = port || (await freePort());
	const child: ChildProcess = spawn(process.execPath, ['src/server/main.ts'], {
		// Two servers never share a folder.
		env: {
			DATA_DIR: mkdtempSync(join(tmpdir(), 'relay-')),
			...process.env,
			PORT: String(found),
			HOST: host
		},
		stdio: 'ignore'
	});
	const origin = `http://localhost:${found}`;
	for (let tries = 0; ; tries++) {
		if (
			await fetch(`${origin}/api/health`).then(
				(r) => r.ok,
				() => false
			)
		)
			break;
		if (tries > 100) throw new Error('the server did not start');
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	return {
		origin,
		port: found,
		stop: async () => {
			// Stopped already, in the middle of a journey.
			if (child.exitCode !== null || child.signalCode !== null) return;
			const ended = once(child, 'exit');
			child.kill('SIGKILL');
			await ended;
		}
	};
}

/** Accepts every request and never answers. */
export const startSilent = (port: number): Promise<Running> => listen(port, () => {});

/** Answers every request with 500. */
export const startBroken = (port: number): Promise<Running> =>
	listen(port, (server) =>
		server.on('request', (_request, response) => {
			response.statusCode = 500;
			response.end('broken');
		})
	);

/** Answers every request with 200 and a page of its own, like the sign-in page of a hotel (F-26, F-27). */
export const startPortal = (port: number): Promise<Running> =>
	listen(port, (server) =>
		server.on('request', (_request, response) => {
			response.setHeader('Content-Type', 'text/html');
			response.end('<!doctype html><title>Hotel</title><h1>Please sign in</h1>');
		})
	);

async function listen(port: number, prepare: (server: Server) => void): Promise<Running> {
	const server = createServer();
	prepare(server);
	server.listen(port, '127.0.0.1');
	await once(server, 'listening');
	return {
		origin: `http://localhost:${port}`,
		port,
		stop: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		}
	};
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	return port;
}
