/** The server as a process of its own, for the tests that kill it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { writeBuild } from '../fixture.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
export const fromHere = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const build = writeBuild();
const running = new Set<ChildProcess>();

export interface Launched {
	port: number;
	child: ChildProcess;
	pid: number;
	/** All that it has said. */
	said: () => string;
	ended: Promise<number | null>;
	kill: (signal: NodeJS.Signals) => Promise<number | null>;
}

/** Starts it, and waits until it listens. `under` is a program that runs it, with its arguments. */
export async function launch(env: Record<string, string>, under: string[] = []): Promise<Launched> {
	const [program = '', ...args] = [...under, process.execPath, main, build.folder];
	const all = { PATH: process.env.PATH ?? '', PORT: '0', HOST: '127.0.0.1', ...generous, ...env };
	const child = spawn(program, args, { env: all });
	running.add(child);
	let said = '';
	child.stdout.on('data', (part) => (said += part));
	child.stderr.on('data', (part) => (said += part));
	const ended = new Promise<number | null>((resolve) =>
		child.on('close', (code) => {
			running.delete(child);
			resolve(code);
		})
	);
	for (let tries = 0; !said.includes('Ctrl-C'); tries++) {
		if (tries > 1_000 || child.exitCode !== null) throw new Error(`it did not start: ${said}`);
		await wait(20);
	}
	return {
		port: Number(/localhost:(\d+)/.exec(said)?.[1]),
		child,
		pid: child.pid ?? 0,
		said: () => said,
		ended,
		kill: (signal) => {
			child.kill(signal);
			return ended;
		}
	};
}

/** In a test everybody comes from one address, and in no time. */
const generous = {
	SYNC_ADDRESS_RATE: '100000000',
	SYNC_RATE: '1000000',
	SYNC_CREATE_RATE: '1000000'
};

/** Ends what a test has left. */
export function endAll(): void {
	for (const child of running) child.kill('SIGKILL');
}
