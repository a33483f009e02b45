/** The addresses to print at the start: for this machine, and for the room when others can reach it. */
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';

type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

/** Where this machine finds the app. */
export function ownAddress(host: string, port: number): string {
	const loopback = ['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host);
	return `http://${loopback ? 'localhost' : bracketed(host)}:${port}/`;
}

/**
 * Networks inside this machine, or to far away: containers, virtual machines, VPNs. No phone in the room is in them,
 * so the address that is shown first must not be one of theirs.
 */
const aside =
	/^(docker|podman|cni|br-|veth|virbr|lxc|lxd|vmnet|vboxnet|utun|tun|tap|ppp|wg|zt|tailscale)|vEthernet|VirtualBox|VMware|Hyper-V|WSL/i;

/** Where others in the same network find it, the likeliest first; none unless it listens on every address. */
export function roomAddresses(
	host: string,
	port: number,
	interfaces: Interfaces = networkInterfaces()
): string[] {
	if (host !== '0.0.0.0' && host !== '::') return [];
	return Object.entries(interfaces)
		.sort(([one], [other]) => Number(aside.test(one)) - Number(aside.test(other)))
		.flatMap(([, infos]) => infos ?? [])
		.filter(({ internal, family, address }) => {
			return !internal && family === 'IPv4' && !address.startsWith('169.254.');
		})
		.map(({ address }) => `http://${address}:${port}/`);
}

const bracketed = (host: string) => (host.includes(':') ? `[${host}]` : host);
