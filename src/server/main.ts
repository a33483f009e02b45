/**
 * The process: reads the environment, opens the build and the storage, listens, says where, and stops
 * when told.
 * `main.ts <folder>` serves another folder than build/.
 */
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { ownAddress, roomAddresses } from './addresses.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { log, logError } from './log.ts';
import { qrLines } from './qr.ts';
import { openRelay, StartError } from './relay/open.ts';
import { createService } from './serve.ts';
import { openSite, SiteError, unguarded } from './site.ts';
import { stop } from './stop.ts';

const fromRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

async function start(folder: string): Promise<void> {
	const config = readConfig(process.env);
	const site = openSite(folder);
	const blank = unguarded(site);
	if (blank[0]) log('error', { name: 'PageWithoutPolicy', pages: blank.length, first: blank[0] });
	const { version } = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8'));
	const { relay, notices } = await openRelay(config);
	const { proxies = 0, streams = 1_000 } = config.sync?.limits ?? {};
	const connections = proxies > 0 ? Infinity : streams + 500;
	const { host, origin } = config;
	const server = createService({ site, origin, host, version, relay, connections });

	server.on('error', (error: NodeJS.ErrnoException) => fail(reason(error, config) ?? error));
	server.listen(config.port, config.host, () => {
		const { port } = server.address() as AddressInfo;
		log('start', { version, port, storage: relay?.kind ?? 'none' });
		console.log(greeting(config, [...config.notices, ...notices], port));
	});

	let stopping = false;
	const end = async () => {
		if (stopping) return;
		stopping = true;
		const closed = stop(server);
		await relay?.stop();
		await closed;
		await relay?.close();
		log('stop');
		process.exit(0);
	};
	for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end);
}

function greeting({ host, origin }: Config, notices: string[], port: number): string {
	const room = roomAddresses(host, port).flatMap((address) => [
		`For the room, in the same network: ${address}`,
		qrLines(address)
	]);
	const caution =
		'Over plain http, devices in the room read and work, but cannot keep the app for offline use.';
	return [
		...notices,
		`e-Strategy Guide is ready at ${ownAddress(host, port)}`,
		...(origin ? [`People find it at ${origin}/`] : []),
		...room,
		...(room.length ? [caution] : []),
		'Stop it with Ctrl-C.'
	].join('\n');
}

/** Why it cannot listen, as a sentence; null for what nobody foresaw. */
function reason({ code }: NodeJS.ErrnoException, { host, port }: Config): string | null {
	if (code === 'EADDRINUSE') {
		return (
			`Port ${port} is taken by another program. ` +
			`Stop that program, or choose another port: PORT=${port + 1} npm start`
		);
	}
	if (code === 'EACCES') return `Port ${port} needs more rights; choose one above 1023 with PORT.`;
	if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
		return `HOST is set to "${host}", which is no address of this machine; try 0.0.0.0 or unset it.`;
	}
	return null;
}

function fail(error: unknown): void {
	if (typeof error === 'string') console.error(error);
	else if (isSentence(error)) console.error(error.message);
	else logError(error);
	process.exit(1);
}

const isSentence = (error: unknown) =>
	error instanceof ConfigError || error instanceof SiteError || error instanceof StartError;

process.on('uncaughtException', fail);
start(process.argv[2] ?? fromRoot('build')).catch(fail);
