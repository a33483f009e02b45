/**
 * The journeys of several devices against two app processes on one PostgreSQL, behind a balancer that sends
 * each connection to one of them in turn. One is killed (SIGKILL) in the middle and comes back a minute later:
 * the journeys end as they do on one server.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { browserPath } from '../../src/launch/browser.mjs';
import { ensureBuilt } from '../../src/launch/build.mjs';
import { hasPostgres, startPostgres } from '../fixtures/postgres.ts';

if (!hasPostgres) {
	console.log('Skipped: there is no PostgreSQL here.');
	process.exit(0);
}
/** Seconds until one process is killed, and until it is started again. */
const [killAfter = 40, backAfter = 60] = process.argv.slice(2).map(Number);

await ensureBuilt();
const database = await startPostgres();
const DATABASE_URL = database.fresh();

type App = { port: number; stop: (signal: NodeJS.Signals) => Promise<void> };
async function start(): Promise<App> {
	const child = spawn(process.execPath, ['src/server/main.ts'], {
		env: { ...process.env, DATABASE_URL, PORT: '0', HOST: '127.0.0.1' },
		stdio: ['ignore', 'pipe', 'inherit']
	});
	let said = '';
	child.stdout.on('data', (part) => (said += part));
	for (let tries = 0; !/Ctrl-C/.test(said); tries++) {
		if (tries > 600 || child.exitCode !== null) throw new Error(`it did not start: ${said}`);
		await wait(50);
	}
	return {
		port: Number(/localhost:(\d+)/.exec(said)?.[1]),
		stop: async (signal) => {
			if (child.exitCode !== null) return;
			const ended = once(child, 'exit');
			child.kill(signal);
			await ended;
		}
	};
}

const apps: (App | null)[] = [await start(), await start()];
const served = [0, 0];
let turn = 0;
const balancer = createServer((client: Socket) => {
	client.on('error', () => {});
	const here = apps.map((app, i) => [app, i] as const).filter(([app]) => app !== null);
	const [app, i] = here[turn++ % here.length] ?? [];
	if (!app || i === undefined) return void client.destroy();
	served[i]!++;
	const server = connect(app.port, '127.0.0.1');
	server.on('error', () => client.destroy());
	client.pipe(server);
	server.pipe(client);
	server.on('close', () => client.destroy());
	client.on('close', () => server.destroy());
}).listen(0, '127.0.0.1');
await once(balancer, 'listening');
const origin = `http://localhost:${(balancer.address() as AddressInfo).port}`;

const journeys = spawn(
	process.execPath,
	['node_modules/@playwright/test/cli.js', 'test', 'two-devices', 'three-apart', '--reporter=list'],
	{
		env: { ...process.env, E2E_ORIGIN: origin, CHROMIUM_PATH: await browserPath() },
		stdio: 'inherit'
	}
);
const ended = once(journeys, 'exit');

let killed = 0;
const trouble = (async () => {
	await wait(killAfter * 1000, undefined, { ref: false });
	const victim = apps[0];
	apps[0] = null;
	await victim?.stop('SIGKILL');
	killed++;
	console.log(`-- one of the two processes was killed after ${killAfter} s`);
	await wait(backAfter * 1000, undefined, { ref: false });
	apps[0] = await start();
	console.log('-- it is back');
})();
const [code] = await ended;
await Promise.race([trouble, wait(100)]);

balancer.close();
for (const app of apps) await app?.stop('SIGTERM');
await database.remove();
console.table([
	{ journeys: code === 0 ? 'passed' : 'FAILED', killed, connections: served.join(' + ') }
]);
process.exit(code === 0 && killed > 0 ? 0 : 1);
