/**
 * A phone that scans the code of a room: what it costs and how long it takes until it is in. At 400 kbit/s,
 * with a processor slowed four times; whoever types is quick. See the README of this folder.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { Facilitator } from '../fixtures/room.ts';
import type { Figure } from './run.ts';
import { openSlowLine, type Line } from './slow-line.ts';
import { median, openPhone, startApp } from './stage.ts';

const rounds = 5;
/** 400 kbit/s over a room's own access point, which is near. */
const line: Line = { bytesPerSecond: 50_000, latency: 40 };

export async function phone(browser: Browser): Promise<Figure[]> {
	const folder = mkdtempSync(join(tmpdir(), 'bench-phone-'));
	const app = await startApp('build', 4407, { SYNC: 'on', DATA_DIR: folder });
	const slow = await openSlowLine(app.origin, line);
	const host = await new Facilitator(app.origin).opens();
	const key = host.link.slice(host.link.indexOf('#'));
	const asked: number[] = [];
	const inside: number[] = [];
	const bytes: number[] = [];
	for (let round = 0; round < rounds; round++) {
		const { context, page } = await openPhone(browser, 4);
		slow.reset();
		const scanned = performance.now();
		await page.goto(`${slow.origin}/en/room/${key}`, { waitUntil: 'commit' });
		await page.locator('#nickname').waitFor();
		const typing = performance.now();
		asked.push(typing - scanned);
		await page.locator('#nickname').fill(`Person ${round}`);
		await page.getByTestId('phone-join').click();
		await page.locator('[data-testid=phone-body]:not([data-kind=waiting])').waitFor();
		inside.push(performance.now() - scanned);
		await page.waitForTimeout(1500);
		bytes.push(slow.bytes);
		await context.close();
	}
	host.stop();
	await slow.close();
	await app.stop();
	rmSync(folder, { recursive: true, force: true });
	return [
		{ what: 'phone: from the code to the name', value: median(asked), unit: 'ms' },
		{ what: 'phone: from the code to the room', value: median(inside), unit: 'ms', limit: 5000 },
		{
			what: 'phone: bytes from the code to the room',
			value: median(bytes) / 1000,
			unit: 'kB',
			limit: 120
		}
	];
}
