/** Real keys into the field that has the focus, one after the other, and what each costs the page. */
import type { Page } from '@playwright/test';
import type { Figure } from './run.ts';
import { percentile } from './stage.ts';

/** Between two keys of somebody who types well. ms */
const pause = 120;
/** The shortest that Event Timing tells. ms */
const soonest = 16;

const letters = Array.from({ length: 40 }, () => 'a');

/**
 * Two figures for `keys`, one after the other. How long a key blocks the page is the longest task that it brings, 0 where
 * none is of 50 ms or more (the browser tells no shorter ones); the other is the time from the key until what
 * it changes is painted, in steps of 8 ms (Event Timing).
 */
export async function typeKeys(page: Page, what: string, keys = letters): Promise<Figure[]> {
	await page.evaluate((soonest) => {
		const tasks: number[] = [];
		const painted: number[] = [];
		Object.assign(window, { typed: { tasks, painted } });
		new PerformanceObserver((found) => {
			for (const { duration } of found.getEntries()) tasks.push(duration);
		}).observe({ type: 'longtask' });
		const events: PerformanceObserverInit & { durationThreshold: number } = {
			type: 'event',
			durationThreshold: soonest
		};
		new PerformanceObserver((found) => {
			for (const { name, duration } of found.getEntries()) {
				if (name === 'keydown') painted.push(duration);
			}
		}).observe(events);
	}, soonest);
	const blocked: number[] = [];
	for (const key of keys) {
		await page.keyboard.press(key);
		await page.waitForTimeout(pause);
		blocked.push(await page.evaluate(longest));
	}
	const painted = await page.evaluate(paints);
	if (painted.length === 0) throw new Error('no key was seen');
	// The browser tells none that was painted sooner.
	while (painted.length < keys.length) painted.push(soonest);
	return [
		{ what: `${what}: longest task, p95`, value: percentile(blocked, 0.95), unit: 'ms', limit: 50 },
		{ what: `${what}: until it is painted, p95`, value: percentile(painted, 0.95), unit: 'ms' }
	];
}

type Typed = { tasks: number[]; painted: number[] };
const longest = (): number => {
	const { tasks } = Reflect.get(window, 'typed') as Typed;
	return Math.max(0, ...tasks.splice(0));
};
const paints = (): number[] => (Reflect.get(window, 'typed') as Typed).painted;
