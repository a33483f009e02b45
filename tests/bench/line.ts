/** A bare HTTP/1.1 client on one connection: what is counted is what went over it, heads included. */
import { connect, type Socket } from 'node:net';

export class Line {
	sent = 0;
	received = 0;
	readonly #port: number;
	#socket: Socket | null = null;
	#waiting: ((body: Buffer) => void) | null = null;
	#heard: Buffer = Buffer.alloc(0);
	/** Of a stream: hears every chunk. */
	stream: ((chunk: Buffer) => void) | null = null;

	constructor(port: number) {
		this.#port = port;
	}

	/** A connection that says nothing for ten seconds would be closed: it is made with the first word. */
	#write(bytes: Uint8Array): void {
		this.sent += bytes.length;
		if (!this.#socket) {
			this.#socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
			this.#socket.on('data', (chunk) => this.#hear(chunk));
			this.#socket.on('error', () => {});
		}
		this.#socket.write(bytes);
	}

	/** Sends a whole request; resolves with the body of its answer. */
	ask(request: Uint8Array): Promise<Buffer> {
		return new Promise((resolve) => {
			this.#waiting = resolve;
			this.#write(request);
		});
	}

	/** Sends a request whose answer never ends; `hear` gets all that comes, chunked as it is. */
	listen(request: Uint8Array, hear: (chunk: Buffer) => void): void {
		this.stream = hear;
		this.#write(request);
	}

	close(): void {
		this.#socket?.destroy();
	}

	#hear(chunk: Buffer): void {
		this.received += chunk.length;
		if (this.stream) return this.stream(chunk);
		this.#heard = this.#heard.length ? Buffer.concat([this.#heard, chunk]) : chunk;
		const head = this.#heard.indexOf('\r\n\r\n');
		if (head < 0) return;
		const said = /content-length: (\d+)/i.exec(this.#heard.toString('latin1', 0, head));
		const end = head + 4 + Number(said?.[1] ?? 0);
		if (this.#heard.length < end) return;
		const body = this.#heard.subarray(head + 4, end);
		if (!this.#heard.toString('latin1', 0, 13).startsWith('HTTP/1.1 200')) {
			throw new Error(`${this.#heard.toString('latin1', 0, 15)} ${body}`);
		}
		this.#heard = this.#heard.subarray(end);
		const resolve = this.#waiting;
		this.#waiting = null;
		resolve?.(body);
	}
}

/** The bytes of a request, as short as HTTP/1.1 allows. */
export function requestOf(
	method: string,
	path: string,
	headers: Record<string, string>,
	body: Uint8Array = new Uint8Array(0)
): Buffer {
	const all: Record<string, string> = { Host: 'a.example', ...headers };
	if (method !== 'GET') all['Content-Length'] = String(body.length);
	const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
	return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`), body]);
}

/** Takes the chunks of an endless answer apart; its head is passed over. */
export class Chunks {
	#waiting: Buffer = Buffer.alloc(0);
	#isBody = false;

	push(bytes: Buffer): Uint8Array[] {
		this.#waiting = this.#waiting.length ? Buffer.concat([this.#waiting, bytes]) : bytes;
		const chunks: Uint8Array[] = [];
		for (;;) {
			const end = this.#waiting.indexOf(this.#isBody ? '\r\n' : '\r\n\r\n');
			if (end < 0) return chunks;
			if (!this.#isBody) {
				this.#isBody = true;
				this.#waiting = this.#waiting.subarray(end + 4);
				continue;
			}
			const size = parseInt(this.#waiting.toString('latin1', 0, end), 16);
			if (this.#waiting.length < end + 2 + size + 2) return chunks;
			chunks.push(new Uint8Array(this.#waiting.subarray(end + 2, end + 2 + size)));
			this.#waiting = this.#waiting.subarray(end + 2 + size + 2);
		}
	}
}
