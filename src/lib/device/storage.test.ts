import { afterEach, expect, test, vi } from 'vitest';
import { saveFile } from './save.ts';
import { askPersistence, roomLeft } from './storage.ts';

const browser = (storage: unknown) => vi.stubGlobal('navigator', { storage });
afterEach(() => {
	vi.unstubAllGlobals();
	vi.useRealTimers();
});

test('on plain HTTP and in old browsers nothing is known, and nothing breaks', async () => {
	for (const storage of [undefined, {}, { estimate: async () => ({}) }]) {
		browser(storage);
		expect(await askPersistence()).toBe(false);
		expect(await roomLeft()).toBeNull();
	}
	vi.stubGlobal('navigator', undefined);
	expect(await askPersistence()).toBe(false);
	expect(await roomLeft()).toBeNull();
});

test('a browser that refuses with an error has refused', async () => {
	browser({
		persist: () => Promise.reject(new TypeError('no')),
		estimate: () => Promise.reject(new TypeError('no'))
	});
	expect(await askPersistence()).toBe(false);
	expect(await roomLeft()).toBeNull();
});

test('persistence that is granted is not asked for again', async () => {
	const persist = vi.fn(async () => true);
	browser({ persisted: async () => true, persist });
	expect(await askPersistence()).toBe(true);
	expect(persist).not.toHaveBeenCalled();
	browser({ persisted: async () => false, persist });
	expect(await askPersistence()).toBe(true);
	expect(persist).toHaveBeenCalledOnce();
});

test('room left is what the quota leaves', async () => {
	browser({ estimate: async () => ({ quota: 100, usage: 30 }), persisted: async () => true });
	expect(await roomLeft()).toEqual({ used: 30, quota: 100, left: 70, persistent: true });
	browser({ estimate: async () => ({ quota: 10, usage: 30 }) });
	expect(await roomLeft()).toEqual({ used: 30, quota: 10, left: 0, persistent: false });
});

test('a file is saved as a download of that name, and its address is given back later', () => {
	vi.useFakeTimers();
	const link = { click: vi.fn(), remove: vi.fn(), href: '', download: '', hidden: false };
	vi.stubGlobal('document', { createElement: () => link, body: { append: vi.fn() } });
	const made = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:x');
	const revoked = vi.spyOn(URL, 'revokeObjectURL').mockReturnValue();
	saveFile(new Uint8Array([1, 2]), 'Numenia.estrategy', 'application/zip');
	expect(made.mock.calls[0]![0]).toMatchObject({ size: 2, type: 'application/zip' });
	expect(link).toMatchObject({ href: 'blob:x', download: 'Numenia.estrategy' });
	expect(link.click).toHaveBeenCalledOnce();
	expect(revoked).not.toHaveBeenCalled();
	vi.runAllTimers();
	expect(revoked).toHaveBeenCalledWith('blob:x');
});
