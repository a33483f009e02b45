/** A small build in a temporary folder, a real server for it, and ways to ask it, for the tests here. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { createService } from './serve.ts';
import { openSite } from './site.ts';

const policy = "default-src 'none'; script-src 'self' 'sha256-abc='";

const page = (words: string) =>
	`<!doctype html><meta http-equiv="content-security-policy" content="${policy}"><p>${words}</p>`;

const pages = {
	'en/index.html': page('Welcome'),
	'fr/index.html': page('Bienvenue'),
	'ar/index.html': page('مرحبا'),
	'en/guides/index.html': page('Guides'),
	'404.html': page('No such page')
};

const files: Record<string, string | Buffer> = {
	...pages,
	'_app/immutable/entry/start.Bx9_k2Qa.js': 'export const start = 1;',
	'_app/immutable/workers/search.js': 'onmessage = null;',
	'_app/version.json': '{"version":"abc"}',
	'content/cybersecurity/en/index.0a1b2c3d4e.json': '{"id":"cybersecurity"}',
	'content/manifest.json': '{}',
	'csp.json': JSON.stringify(Object.fromEntries(Object.keys(pages).map((name) => [name, policy]))),
	'languages.json': JSON.stringify(['ar', 'en', 'fr', 'xx'].map((code) => ({ code }))),
	'manifest.webmanifest': '{"name":"e-Strategy Guide"}',
	'service-worker.js': 'self.onfetch = null;',
	'.stamp': 'not for others'
};
files['en/index.html.br'] = brotliCompressSync(pages['en/index.html']);
files['en/index.html.gz'] = gzipSync(pages['en/index.html']);

/** Writes the build; `more` adds files to it or replaces them. */
export function writeBuild(more: Record<string, string | Buffer> = {}) {
	const folder = mkdtempSync(join(tmpdir(), 'build-'));
	for (const [name, body] of Object.entries({ ...files, ...more })) {
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		writeFileSync(join(folder, name), body);
	}
	return { folder, policy, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Answer {
	status: number;
	headers: IncomingHttpHeaders;
	body: string;
	bytes: Buffer;
}

interface Ask {
	method?: string;
	headers?: Record<string, string>;
	body?: string;
}

/** Asks a server of this machine, exactly as written: no redirect is followed, nothing is unpacked. */
export function ask(port: number, path: string, { method, headers, body }: Ask = {}) {
	return new Promise<Answer>((resolve, reject) => {
		const asking = request({ host: '127.0.0.1', port, path, method, headers, agent: false });
		asking.on('error', reject);
		asking.on('response', async (response) => {
			const bytes = Buffer.concat(await response.toArray());
			resolve({
				status: response.statusCode ?? 0,
				headers: response.headers,
				body: bytes.toString('utf8'),
				bytes
			});
		});
		asking.end(body);
	});
}

/** Sends bytes and resolves to all that comes back before the server closes the connection. */
export function sendBytes(port: number, bytes: string) {
	return new Promise<string>((resolve) => {
		let heard = '';
		const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
		socket.setEncoding('latin1');
		socket.on('data', (part) => (heard += part));
		socket.on('close', () => resolve(heard));
		socket.on('error', () => {});
	});
}

/** A real server on a free port. */
export async function serveBuild(origin: string | null = null, more = {}, host = '127.0.0.1') {
	const build = writeBuild(more);
	const server = createService({
		site: openSite(build.folder),
		origin,
		host,
		version: '1.2.3',
		relay: null,
		connections: 1_000
	});
	await new Promise<void>((resolve) => server.listen(0, host, resolve));
	const { port } = server.address() as AddressInfo;
	return {
		...build,
		server,
		port,
		ask: (path: string, how?: Ask) => ask(port, path, how),
		sendBytes: (bytes: string) => sendBytes(port, bytes),
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
			build.remove();
		}
	};
}
