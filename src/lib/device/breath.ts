/**
 * A breath: long work stops in between, so that the page can draw and hear a key.
 *
 * By a message and not by a timer: timers that follow each other wait 4 ms each, and in a tab that
 * is not looked at a second or more.
 */

/** Resolves in a later task. */
export const breath = (): Promise<void> =>
	new Promise((resolve) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			port1.close();
			resolve();
		};
		port2.postMessage(undefined);
	});

/** Takes a breath when `ms` have passed since the last; call it between small pieces of work. */
export function breather(ms = 8): () => Promise<void> {
	let last = performance.now();
	return async () => {
		if (performance.now() - last < ms) return;
		await breath();
		last = performance.now();
	};
}

/** A hidden page draws nothing. ms */
const atLatest = 100;

/** Resolves when what is to be drawn now has been drawn. */
export const drawn = (): Promise<void> =>
	new Promise((resolve) => {
		setTimeout(resolve, atLatest);
		globalThis.requestAnimationFrame?.(() => setTimeout(resolve));
	});
