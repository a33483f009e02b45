/**
 * Whether phones in the room reach this machine: what the screen of whoever leads a workshop asks, on the
 * machine itself. Nobody else is told: neither the addresses of this network nor who came is theirs.
 */
import type { IncomingMessage } from 'node:http';
import { roomAddresses } from './addresses.ts';

/** `GET /api/room`. */
export interface Reach {
	/** Where phones in the same network find this machine; none where it listens to itself only. */
	addresses: string[];
	listens: 'all' | 'this machine';
	/** How many other addresses have asked for anything since the start, up to `most`. */
	seen: number;
}

const most = 1_000;

/** Other machines that have asked for anything, in memory only. */
export class Visitors {
	readonly #addresses = new Set<string>();

	note({ socket: { remoteAddress = '', localAddress } }: IncomingMessage): void {
		// This machine may call itself by the address that it has in the network.
		if (remoteAddress === localAddress || isLoopback(remoteAddress)) return;
		if (this.#addresses.size < most) this.#addresses.add(remoteAddress);
	}

	get count(): number {
		return this.#addresses.size;
	}
}

/** `host`: what the server listens on; `port`: where it was asked. */
export function reachOf(host: string, port: number, visitors: Visitors): Reach {
	const all = host === '0.0.0.0' || host === '::';
	return {
		addresses: roomAddresses(host, port),
		listens: all ? 'all' : 'this machine',
		seen: visitors.count
	};
}

/** Whether it was asked on this very machine, and not through a proxy on it. */
export function isHere({ headers, socket }: IncomingMessage): boolean {
	const through = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via'];
	return (
		isLoopback(socket.remoteAddress ?? '') && !through.some((name) => headers[name] !== undefined)
	);
}

const isLoopback = (address: string) => /^(127\.|::1$|::ffff:127\.)/.test(address);
