/**
 * LiveLock: the passphrase of this device, as this window knows it.
 *
 * Its rules and its cryptography are loaded when somebody uses them. Closing reloads the page: that
 * empties the memory, which nothing else does for certain.
 */
import { browser } from '$app/environment';
import { Problem } from '#lib/model/problem.ts';
import type { DeviceLock } from '#lib/store/device-lock.ts';
import { hasLock } from '#lib/store/lock-state.ts';
import { allLeft, rewriteLeft } from '#lib/store/left-behind.ts';
import { eraseBrowser } from './erase.ts';
import { LockLine } from './lock-line.ts';
import type { LockNews } from './lock-line.ts';
import { live } from './workspace.svelte.ts';

export type LiveLockState = 'unknown' | 'none' | 'off' | 'open' | 'locked';

/** How long another window has to hand over the key, in milliseconds. */
const patience = 400;

export class LiveLock {
	#state = $state.raw<LiveLockState>('unknown');
	#minutes = $state.raw(0);
	#device: Promise<DeviceLock> | null = null;
	#line: LockLine | null = null;
	#taken: (() => void) | null = null;
	#idle: ReturnType<typeof setTimeout> | undefined;

	/** `none`: this browser stores nothing, so there is nothing to lock. */
	get state(): LiveLockState {
		return this.#state;
	}
	get minutes(): number {
		return this.#minutes;
	}

	/**
	 * For a page whose work has just been opened: the store knows by then whether there is a lock. Most
	 * people have none: then this only listens, because another window may set one. A window that stores nothing
	 * does not: it would be loaded anew by the news, and what it holds would be gone.
	 */
	async follow(): Promise<void> {
		if (!browser) return;
		if (hasLock()) await this.look();
		else if (this.#stores) this.#listen();
	}

	/** Finds out how it is; asks the other windows for the key where it is closed here. */
	async look(): Promise<void> {
		if (!browser) return;
		const device = await this.#open();
		if (!device) {
			this.#state = 'none';
			return;
		}
		const state = await device.state();
		if (state === 'locked' && (await this.#askOthers())) await this.#opened(device);
		else this.#state = state;
		this.#minutes = await device.minutes();
		this.#watch();
	}

	/** Problem `passphrase-wrong`. */
	async unlock(passphrase: string): Promise<void> {
		const device = await this.#must();
		await device.unlock(passphrase);
		this.#line?.tell({ kind: 'key', key: device.key ?? new Uint8Array(0) });
		await this.#opened(device);
	}

	async turnOn(passphrase: string, minutes: number): Promise<void> {
		const device = await this.#must();
		await live.flush();
		const left = allLeft();
		await device.turnOn(passphrase, minutes);
		rewriteLeft(left);
		this.#line?.tell({ kind: 'changed' });
		await this.#opened(device);
	}

	async turnOff(passphrase: string): Promise<void> {
		const device = await this.#must();
		await live.flush();
		const left = allLeft();
		await device.turnOff(passphrase);
		rewriteLeft(left);
		this.#line?.tell({ kind: 'changed' });
		this.#state = 'off';
		this.#watch();
	}

	async change(old: string, passphrase: string): Promise<void> {
		await (await this.#must()).change(old, passphrase);
	}

	async closeAfter(minutes: number): Promise<void> {
		await (await this.#must()).closeAfter(minutes);
		this.#minutes = minutes;
		this.#watch();
	}

	/** Closes it in all windows. False where the last words cannot be saved: then it stays open. */
	async close(): Promise<boolean> {
		await live.flush();
		if (live.save === 'failed') return false;
		this.#line?.tell({ kind: 'close' });
		await this.#forget();
		return true;
	}

	/** Takes everything of this app from this browser: work, notes, kept guides, settings. */
	async erase(): Promise<void> {
		const device = await this.#open();
		await device?.erase();
		device?.close();
		this.#line?.tell({ kind: 'changed' });
		await eraseBrowser();
	}

	async #opened(device: DeviceLock): Promise<void> {
		this.#state = 'open';
		this.#minutes = await device.minutes();
		this.#watch();
		await live.retry();
		await live.refreshList();
	}

	async #forget(): Promise<void> {
		(await this.#open())?.forget();
		location.reload();
	}

	async #must(): Promise<DeviceLock> {
		const device = await this.#open();
		if (device) return device;
		throw new Problem('storage-blocked');
	}

	async #open(): Promise<DeviceLock | null> {
		if (!this.#stores) return null;
		this.#listen();
		this.#device ??= import('#lib/store/device-lock.ts').then(
			({ DeviceLock }) => new DeviceLock({ indexedDB, IDBKeyRange })
		);
		return this.#device;
	}

	get #stores(): boolean {
		return typeof indexedDB !== 'undefined' && !live.forgets;
	}

	#listen(): void {
		this.#line ??= new LockLine((news) => void this.#hear(news));
	}

	async #hear(news: LockNews): Promise<void> {
		// Who holds no key has none to hand over.
		if (news.kind === 'ask' && !hasLock()) return;
		const device = await this.#open();
		if (news.kind === 'ask') {
			if (device?.key) this.#line?.tell({ kind: 'key', key: device.key });
		} else if (news.kind === 'key') {
			if (this.#state === 'open' || !(await device?.take(news.key))) return;
			if (this.#taken) this.#taken();
			else if (device) await this.#opened(device);
		} else {
			// What is typed here is saved first, while there is a key.
			await live.flush();
			await this.#forget();
		}
	}

	/** True once another window has handed the key over. */
	#askOthers(): Promise<boolean> {
		return new Promise((resolve) => {
			const finish = (isOpen: boolean) => {
				this.#taken = null;
				clearTimeout(timer);
				resolve(isOpen);
			};
			const timer = setTimeout(() => finish(false), patience);
			this.#taken = () => finish(true);
			this.#line?.tell({ kind: 'ask' });
		});
	}

	/** Closes after the minutes without a touch. */
	#watch(): void {
		clearTimeout(this.#idle);
		for (const name of touches) removeEventListener(name, this.#touched);
		if (this.#state !== 'open' || this.#minutes === 0) return;
		for (const name of touches) addEventListener(name, this.#touched, { passive: true });
		this.#touched();
	}

	#touched = (): void => {
		clearTimeout(this.#idle);
		this.#idle = setTimeout(() => void this.close(), this.#minutes * 60_000);
	};
}

const touches = ['pointerdown', 'keydown', 'scroll'] as const;

export const lock = new LiveLock();
