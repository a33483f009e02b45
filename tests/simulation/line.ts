/**
 * A line as lines are: it loses requests, loses answers after the relay has committed, cuts answers in
 * the middle, says everything twice, says it again much later, and shows a hotel's log-in page.
 */
import type { Random } from '../fixtures/seeds.ts';

export type Quality = 'good' | 'bad' | 'none';

const portal = (): Response =>
	new Response('<!doctype html><title>Log in to Hotel Wi-Fi</title>', {
		status: 200,
		headers: { 'content-type': 'text/html' }
	});
const gateway = (): Response => new Response('Bad Gateway', { status: 502 });
const lost = (): never => {
	throw new TypeError('fetch failed');
};

export class Line {
	quality: Quality = 'good';
	#random: Random;
	#origin: () => string;
	/** Requests that come once more, after others: the line has kept copies of them. */
	#late: (() => Promise<unknown>)[] = [];

	constructor(random: Random, origin: () => string) {
		this.#random = random;
		this.#origin = origin;
	}

	readonly fetch: typeof fetch = async (input, init) => {
		const url = this.#origin() + String(input);
		// Streams are for browsers and have their own tests; here a run has to be the same each time.
		if (this.quality === 'none' || url.includes('/live?')) return lost();
		const send = (): Promise<Response> => fetch(url, init);
		if (this.quality === 'good') return send();
		if (this.#random.chance(0.3)) await this.#sendLate();
		const fate = this.#random.number(100);
		if (fate < 45) return send();
		if (fate < 52) return lost();
		if (fate < 56) return this.#random.chance(0.5) ? portal() : gateway();
		if (fate < 66) {
			await (await send()).arrayBuffer();
			return lost();
		}
		if (fate < 80) return cut(await send(), this.#random);
		if (fate < 90) {
			const [, second] = await Promise.all([send().then((one) => one.arrayBuffer()), send()]);
			return second;
		}
		// It comes again when nobody thinks of it any more. Only an exchange: it can be repeated.
		const again = { ...init, signal: null };
		if (init?.method === 'POST') this.#late.push(() => fetch(url, again));
		return send();
	};

	async #sendLate(): Promise<void> {
		const late = this.#random.shuffle(this.#late.splice(0));
		for (const send of late) {
			// The relay may have moved or refuse it by now; nobody hears the answer.
			await send()
				.then((response) => (response instanceof Response ? response.arrayBuffer() : null))
				.catch(() => null);
		}
	}
}

/** An answer that breaks off after some of its bytes. */
async function cut(response: Response, random: Random): Promise<Response> {
	const bytes = new Uint8Array(await response.arrayBuffer());
	const kept = bytes.slice(0, random.number(bytes.length + 1));
	const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
		start(controller) {
			if (kept.length > 0) controller.enqueue(kept);
			controller.error(new TypeError('terminated'));
		}
	});
	const { status, headers } = response;
	return new Response(body, { status, headers });
}
