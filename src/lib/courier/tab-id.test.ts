import { afterEach, expect, test, vi } from 'vitest';
import { tabId } from './tab-id.ts';

afterEach(() => void vi.unstubAllGlobals());

/** A page of a tab, over that tab's session storage. */
function page(storage: Map<string, string>) {
	const listeners = new Map<string, () => void>();
	const look = () => {
		vi.stubGlobal('sessionStorage', {
			getItem: (key: string) => storage.get(key) ?? null,
			setItem: (key: string, value: string) => void storage.set(key, value),
			removeItem: (key: string) => void storage.delete(key)
		});
	};
	const hear = (type: string, listener: () => void) => void listeners.set(type, listener);
	vi.stubGlobal('addEventListener', hear);
	look();
	const id = tabId();
	const happens = (type: string) => () => {
		look();
		listeners.get(type)?.();
	};
	return { id, goes: happens('pagehide'), returns: happens('pageshow') };
}

test('a tab keeps its name when it is reloaded; one that was duplicated has another (F-07)', () => {
	const storage = new Map<string, string>();
	const first = page(storage);
	const twin = page(new Map(storage));
	expect(twin.id).not.toBe(first.id);
	first.goes();
	expect(page(storage).id).toBe(first.id);
	// A page that comes back takes its name back with it.
	first.goes();
	first.returns();
	expect(page(new Map(storage)).id).not.toBe(first.id);
});

test('where storage is blocked every page is a new tab, and nothing breaks (F-14)', () => {
	vi.stubGlobal('addEventListener', () => {});
	vi.stubGlobal('sessionStorage', {
		getItem: () => {
			throw new DOMException('blocked', 'SecurityError');
		}
	});
	expect(tabId()).toMatch(/^[0-9a-z]{26}$/);
});
