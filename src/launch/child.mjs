// A child process that lives and dies with us: it shares our terminal, gets our signals, and its exit
// code becomes the answer.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Resolves to the exit code; 127 when the program could not be started. */
export function run(command, args, options = {}) {
	return new Promise((resolve) => {
		const child = spawn(command, args, { stdio: 'inherit', ...options });
		let told = false;

		const forward = (signal) => {
			told = true;
			// The terminal sends Ctrl-C to the whole group: the child has it already.
			if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
		};
		for (const signal of signals) process.on(signal, forward);
		const watch = whenLeftByNpm(() => forward('SIGTERM'));

		const end = (code) => {
			clearInterval(watch);
			for (const signal of signals) process.off(signal, forward);
			if (told) process.exit(code);
			resolve(code);
		};
		child.on('error', (error) => {
			console.error(`${command} could not be started: ${error.message}`);
			end(127);
		});
		child.on('exit', (code, signal) => end(code ?? 128 + constants.signals[signal]));
	});
}

/**
 * npm passes a SIGTERM on to the shell that it started us with, and the shell dies without telling us:
 * the server would go on for ever. A new parent is the only sign. Whoever starts us without npm may
 * leave us on purpose.
 */
function whenLeftByNpm(leave) {
	if (!process.env.npm_lifecycle_event) return undefined;
	const parent = process.ppid;
	const watch = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(watch);
		leave();
	}, 200);
	return watch;
}
