import { expect, it } from 'vitest';
import { ownAddress, roomAddresses } from './addresses.ts';

const base = { netmask: '', mac: '', cidr: null };
const interfaces = {
	lo: [{ ...base, address: '127.0.0.1', family: 'IPv4' as const, internal: true }],
	wlan0: [
		{ ...base, address: '192.168.1.20', family: 'IPv4' as const, internal: false },
		{ ...base, address: 'fe80::1', family: 'IPv6' as const, internal: false, scopeid: 2 }
	],
	eth1: [{ ...base, address: '169.254.3.4', family: 'IPv4' as const, internal: false }]
};

it('this machine calls itself localhost, whatever it listens on', () => {
	expect(ownAddress('127.0.0.1', 3000)).toBe('http://localhost:3000/');
	expect(ownAddress('0.0.0.0', 8080)).toBe('http://localhost:8080/');
	expect(ownAddress('192.168.1.20', 3000)).toBe('http://192.168.1.20:3000/');
	expect(ownAddress('2001:db8::1', 3000)).toBe('http://[2001:db8::1]:3000/');
});

it('the room is told addresses that phones can reach, only when it may come in', () => {
	expect(roomAddresses('0.0.0.0', 3000, interfaces)).toEqual(['http://192.168.1.20:3000/']);
	expect(roomAddresses('127.0.0.1', 3000, interfaces)).toEqual([]);
});

it('the address that is shown first is of the room, not of a container, a virtual machine or a VPN', () => {
	const at = (address: string) => [{ ...base, address, family: 'IPv4' as const, internal: false }];
	const all = {
		'vEthernet (WSL (Hyper-V firewall))': at('172.28.0.1'),
		'VirtualBox Host-Only Network': at('192.168.56.1'),
		docker0: at('172.17.0.1'),
		tun0: at('10.8.0.2'),
		'Wi-Fi': at('192.168.1.20'),
		en7: at('10.0.0.5')
	};
	expect(roomAddresses('0.0.0.0', 80, all).slice(0, 2)).toEqual([
		'http://192.168.1.20:80/',
		'http://10.0.0.5:80/'
	]);
	expect(roomAddresses('0.0.0.0', 80, all)).toHaveLength(6);
});
