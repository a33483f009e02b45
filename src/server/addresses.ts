/** The addresses to print at the start: for this machine, and for the room when others can reach it. */
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';

type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

/** Where this machine finds the app. */
export function ownAddress(host: string, port: number): string {
	const loopback = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host);
	return `http://${loopback ? 'localhost' : bracketed(host)}:${port}/`;
}

/** Where others in the same network find it; none unless it listens on every address. */
export function roomAddresses(
	host: string,
	port: number,
	interfaces: Interfaces = networkInterfaces()
): string[] {
	if (host !== '0.0.0.0' && host !== '::') return [];
	return Object.values(interfaces)
		.flatMap((infos) => infos ?? [])
		.filter(({ internal, family, address }) => {
			return !internal && family === 'IPv4' && !address.startsWith('169.254.');
		})
		.map(({ address }) => `http://${address}:${port}/`);
}

const bracketed = (host: string) => (host.includes(':') ? `[${host}]` : host);
