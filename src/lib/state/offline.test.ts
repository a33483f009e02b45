import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Found, Keeper } from '#lib/courier/keeper.ts';
import { Problem } from '#lib/model/problem.ts';
import { LiveOffline } from './offline.svelte.ts';
// Loaded by the door; here before, so that no test waits for the compiler.
import './offline-work.ts';

vi.mock('$app/environment', () => ({ browser: true, dev: false, version: '1' }));

// The page's own instance listens as soon as the file is read.
vi.hoisted(() => vi.stubGlobal('addEventListener', () => {}));

const cyber = { id: 'cyber', lang: 'en' };
const nothing: Found = { ready: [], pending: [], lost: [] };
const kept: Found = { ready: [cyber], pending: [], lost: [] };
const unreachable = () => Promise.reject(new Problem('pack-unreachable', { status: 0 }));

let isRegistered: boolean;
let found: Found;
let listeners: Map<string, (event: Event) => void>;
let changedElsewhere: () => void;
let aNewVersionWaits: () => void;
let keeper: { [K in keyof Keeper]: ReturnType<typeof vi.fn<Keeper[K]>> };
let loaded: number;

beforeEach(() => {
	isRegistered = false;
	found = nothing;
	loaded = 0;
	listeners = new Map();
	const stored = new Map<string, string>();
	vi.stubGlobal('localStorage', {
		getItem: (key: string) => stored.get(key) ?? null,
		setItem: (key: string, value: string) => stored.set(key, value)
	});
	vi.stubGlobal('addEventListener', (type: string, heard: (event: Event) => void) =>
		listeners.set(type, heard)
	);
	vi.stubGlobal('isSecureContext', true);
	vi.stubGlobal('caches', {});
	const serviceWorker = { getRegistration: async () => (isRegistered ? {} : undefined) };
	vi.stubGlobal('navigator', { onLine: true, serviceWorker });
	keeper = {
		look: vi.fn(async () => found),
		keep: vi.fn(async () => {}),
		giveUp: vi.fn(async () => found),
		remove: vi.fn(async () => found),
		updates: vi.fn(async () => []),
		dropIfDisabled: vi.fn(async () => false),
		applyApp: vi.fn(async () => true)
	};
});

const visit = () =>
	new LiveOffline(async (onWaiting, onChanged) => {
		loaded++;
		aNewVersionWaits = onWaiting;
		changedElsewhere = onChanged;
		return keeper;
	});
/** Until the questions that a visit asks by itself are answered. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

test('a visitor who keeps nothing loads nothing of what keeping takes', async () => {
	const offline = visit();
	await offline.start();
	expect(offline.state).toBe('not-kept');
	expect(offline.supported).toBe('yes');
	expect(loaded).toBe(0);
});

test('keeping goes from downloading, with its bytes, to ready', async () => {
	const offline = visit();
	await offline.start();
	keeper.keep.mockImplementation(async (_guide, _lang, progress) => {
		progress(100, 400);
		expect(offline.guide('cyber', 'en')).toMatchObject({
			state: 'downloading',
			done: 100,
			total: 400
		});
		expect(offline.state).toBe('downloading');
		expect(offline.fraction).toBe(0.25);
	});
	await offline.keep('cyber', 'en');
	expect(offline.guide('cyber', 'en').state).toBe('ready');
	expect(offline.guide('cyber', 'fr').state).toBe('not-kept');
	expect(offline.state).toBe('ready');
});

test('F-23: a broken download says so, and goes on by itself when the network is back', async () => {
	const offline = visit();
	await offline.start();
	keeper.keep.mockImplementationOnce(unreachable);
	await offline.keep('cyber', 'en');
	expect(offline.guide('cyber', 'en')).toMatchObject({ state: 'not-kept' });
	expect(offline.guide('cyber', 'en').problem?.code).toBe('pack-unreachable');
	expect(offline.online).toBe(false);
	listeners.get('online')!(new Event('online'));
	await settle();
	expect(offline.guide('cyber', 'en')).toMatchObject({ state: 'ready', problem: undefined });
	expect(offline.online).toBe(true);
});

test('F-23: a download that a closed tab broke off goes on with the next visit', async () => {
	isRegistered = true;
	found = { ready: [], pending: [cyber], lost: [] };
	const offline = visit();
	await offline.start();
	await settle();
	expect(keeper.keep).toHaveBeenCalledTimes(1);
	expect(offline.state).toBe('ready');
});

test('F-16: without room nothing is tried again unasked', async () => {
	const offline = visit();
	await offline.start();
	keeper.keep.mockRejectedValue(new Problem('storage-full'));
	await offline.keep('cyber', 'en');
	listeners.get('online')!(new Event('online'));
	await settle();
	expect(offline.guide('cyber', 'en').problem?.code).toBe('storage-full');
	expect(keeper.keep).toHaveBeenCalledTimes(1);
});

test('a failed update leaves the guide kept, and the update to be had', async () => {
	isRegistered = true;
	found = kept;
	keeper.updates.mockResolvedValue([{ ...cyber, bytes: 14_000 }]);
	const offline = visit();
	await offline.start();
	await settle();
	expect(offline.guide('cyber', 'en')).toMatchObject({ state: 'update-ready', total: 14_000 });
	keeper.keep.mockImplementationOnce(unreachable);
	await offline.applyUpdate('cyber', 'en');
	expect(offline.guide('cyber', 'en')).toMatchObject({ state: 'update-ready', total: 14_000 });
	await offline.applyUpdate('cyber', 'en');
	expect(offline.guide('cyber', 'en').state).toBe('ready');
});

describe('F-29: when the browser has taken what was kept', () => {
	test('it is said, and one click fetches it again', async () => {
		const before = visit();
		await before.start();
		await before.keep('cyber', 'en');
		// Cache and worker are gone; only the hint is left.
		const offline = visit();
		await offline.start();
		expect(offline.state).toBe('not-kept');
		expect(offline.missing).toBe(true);
		await offline.repair();
		expect(offline.missing).toBe(false);
		expect(offline.state).toBe('ready');
	});

	test('it is said also where the hint is gone and the record is not', async () => {
		isRegistered = true;
		found = { ready: [], pending: [], lost: [cyber] };
		const offline = visit();
		await offline.start();
		expect(offline.missing).toBe(true);
	});

	test('caches that cannot be read any more count as gone', async () => {
		const before = visit();
		await before.start();
		await before.keep('cyber', 'en');
		isRegistered = true;
		keeper.look.mockRejectedValue(new DOMException('Unexpected internal error', 'UnknownError'));
		const offline = visit();
		await offline.start();
		expect(offline.missing).toBe(true);
		expect(offline.state).toBe('not-kept');
	});

	test('what a person removed is not missed', async () => {
		const offline = visit();
		await offline.start();
		await offline.keep('cyber', 'en');
		await offline.remove('cyber', 'en');
		expect(offline.state).toBe('not-kept');
		expect(offline.missing).toBe(false);
		const next = visit();
		await next.start();
		expect(next.missing).toBe(false);
	});
});

test('F-28: a withdrawn version leaves the device within the visit, and can be had again', async () => {
	isRegistered = true;
	found = kept;
	keeper.dropIfDisabled.mockImplementation(async () => {
		found = { ready: [], pending: [], lost: [cyber] };
		return true;
	});
	const offline = visit();
	await offline.start();
	await settle();
	expect(offline.state).toBe('not-kept');
	expect(offline.missing).toBe(true);
});

test('a server that does not answer makes nothing of what is kept untrue', async () => {
	isRegistered = true;
	found = kept;
	keeper.dropIfDisabled.mockImplementation(unreachable);
	const offline = visit();
	await offline.start();
	await settle();
	expect(offline.state).toBe('ready');
	expect(offline.online).toBe(false);
});

test('a cancelled download is no problem, and a kept edition stays', async () => {
	isRegistered = true;
	found = kept;
	const offline = visit();
	await offline.start();
	keeper.keep.mockImplementation(
		(_guide, _lang, _progress, signal) =>
			new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
	);
	const keeping = offline.keep('cyber', 'en');
	await settle();
	await offline.cancel('cyber', 'en');
	await keeping;
	expect(offline.guide('cyber', 'en')).toMatchObject({ state: 'ready', problem: undefined });
});

test('what another tab keeps is ready here, too', async () => {
	isRegistered = true;
	const offline = visit();
	await offline.start();
	const before = offline.revision;
	found = kept;
	changedElsewhere();
	await settle();
	expect(offline.state).toBe('ready');
	expect(offline.revision).toBeGreaterThan(before);
});

test('F-29: what one tab removes while another looks is missed by neither', async () => {
	isRegistered = true;
	found = kept;
	const first = visit();
	await first.start();
	const second = visit();
	await second.start();
	let looked = (_: Found) => {};
	keeper.look.mockImplementation(() => new Promise((resolve) => (looked = resolve)));
	changedElsewhere();
	await settle();
	found = nothing;
	await first.remove('cyber', 'en');
	looked(kept);
	await settle();
	keeper.look.mockImplementation(async () => nothing);
	changedElsewhere();
	await settle();
	expect(second.missing).toBe(false);
	const next = visit();
	await next.start();
	expect(next.missing).toBe(false);
});

describe('P12: a new version of the app', () => {
	beforeEach(() => {
		isRegistered = true;
		found = kept;
	});

	test('waits until the person agrees', async () => {
		const offline = visit();
		await offline.start();
		aNewVersionWaits();
		expect(offline.appUpdate).toBe(true);
		expect(offline.state).toBe('update-ready');
		expect(keeper.applyApp).not.toHaveBeenCalled();
	});

	test('is not put to work when unsaved work cannot be saved', async () => {
		const offline = visit();
		await offline.start();
		aNewVersionWaits();
		keeper.applyApp.mockImplementation(async (flush) => {
			await flush();
			return true;
		});
		const undo = offline.beforeReload(() => Promise.reject(new Problem('storage-full')));
		await expect(offline.applyAppUpdate()).rejects.toThrow('storage-full');
		expect(offline.appUpdate).toBe(true);
		undo();
		await offline.applyAppUpdate();
	});
});

test.each([
	['plain HTTP', { isSecureContext: false }, 'insecure'],
	['a browser without workers', { navigator: { onLine: true } }, 'old']
])('on %s the reason is said and nothing is tried', async (_, world, reason) => {
	for (const [name, value] of Object.entries(world)) vi.stubGlobal(name, value);
	const offline = visit();
	await offline.start();
	expect(offline.supported).toBe(reason);
	expect(loaded).toBe(0);
});

test('F-14: with storage blocked, keeping still works', async () => {
	const blocked = () => {
		throw new DOMException('denied', 'SecurityError');
	};
	vi.stubGlobal('localStorage', { getItem: blocked, setItem: blocked });
	const offline = visit();
	await offline.start();
	await offline.keep('cyber', 'en');
	expect(offline.state).toBe('ready');
});

test('the offer to install is kept until asked for, and used once', async () => {
	const offline = visit();
	const prompt = vi.fn(async () => {});
	const event = Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt });
	listeners.get('beforeinstallprompt')!(event);
	expect(event.defaultPrevented).toBe(true);
	expect(offline.canInstall).toBe(true);
	await offline.install();
	await offline.install();
	expect(prompt).toHaveBeenCalledTimes(1);
	expect(offline.canInstall).toBe(false);
});
