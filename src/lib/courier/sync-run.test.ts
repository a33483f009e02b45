/** Rules (X-4, H-1 …) are those of sync/SPEC.md, faults (F-49 …) those that the app must survive. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Device } from '../../../tests/fixtures/devices.ts';
import { TestRelay } from '../../../tests/fixtures/relay-line.ts';

vi.setConfig({ testTimeout: 30_000 });
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, 10_000);

let relay: TestRelay;
let devices: Device[];
beforeEach(async () => {
	relay = new TestRelay();
	await relay.start();
	devices = [];
});
afterEach(async () => {
	for (const device of devices) await device.stop();
	await relay.remove();
	vi.restoreAllMocks();
});
function device(name: string, ...more: never[]): Device {
	const made = new Device(relay, name, ...more);
	devices.push(made);
	return made;
}
/** Two devices of editors that are in step. */
async function pair(): Promise<[Device, Device]> {
	const ada = await device('ada').found();
	await ada.sync();
	const bo = await device('bo').joins(await ada.invites());
	return [ada, bo];
}

describe('exchange', () => {
	test('what one writes, the other reads; nothing waits then', async () => {
		const [ada, bo] = await pair();
		await ada.answer('q1', 3);
		await ada.note('q1', 'From Ada');
		await bo.note('q2', 'From Bo');
		expect(await ada.waiting()).toBe(2);
		await ada.sync();
		expect(await ada.waiting()).toBe(0);
		await bo.sync();
		await ada.sync();
		expect(await ada.notes()).toEqual(['q1/ada: From Ada', 'q2/bo: From Bo']);
		expect(await bo.read()).toEqual(await ada.read());
		expect((await ada.row()).lastSuccess).not.toBe('');
	});
});
