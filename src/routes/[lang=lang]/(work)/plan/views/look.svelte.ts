/**
 * The Look: which view of the plan is shown. It stands in the address, so that a link leads to it, and
 * is remembered on this device; a view's code comes when somebody looks at it.
 */
import type { Component } from 'svelte';
import { goto } from '$app/navigation';
import { page } from '$app/state';
import type { Listing } from '../listing.svelte.ts';

export const viewNames = ['list', 'timeline', 'board', 'grid', 'budget', 'log-frame'] as const;
export type ViewName = (typeof viewNames)[number];

export type ViewProps = {
	listing: Listing;
	/** Brings the reader to an action's form. */
	onopen: (id: string) => void;
	/** It is drawn for paper: wide, without controls. */
	paper?: boolean;
};
type Module = { default: Component<ViewProps> };

const modules: Record<Exclude<ViewName, 'list'>, () => Promise<Module>> = {
	timeline: () => import('./Timeline.svelte'),
	board: () => import('./Board.svelte'),
	grid: () => import('./Grid.svelte'),
	budget: () => import('./Budget.svelte'),
	'log-frame': () => import('./LogFrame.svelte')
};

const isView = (value: string | null): value is ViewName =>
	viewNames.some((name) => name === value);

const key = 'plan-view';
function remembered(): ViewName {
	try {
		const value = localStorage.getItem(key);
		return isView(value) ? value : 'list';
	} catch {
		// Blocked storage: the list comes first (F-14).
		return 'list';
	}
}

export class Look {
	// A link to an action means its row.
	#last = $state<ViewName>(location.hash ? 'list' : remembered());
	#asked = $derived(page.url.searchParams.get('view'));
	#view = $derived<ViewName>(isView(this.#asked) ? this.#asked : this.#last);
	#loaded = $state.raw<{ name: ViewName; view: Component<ViewProps> } | null>(null);
	#failed = $state(false);

	get view(): ViewName {
		return this.#view;
	}
	/** What draws the view; null for the list, and until it is there. */
	get component(): Component<ViewProps> | null {
		return this.#loaded?.name === this.#view ? this.#loaded.view : null;
	}
	/** The view's code could not be fetched. */
	get failed(): boolean {
		return this.#failed;
	}

	/** The address of a view. */
	addressOf(view: ViewName): string {
		const url = new URL(page.url);
		url.searchParams.set('view', view);
		url.hash = '';
		return url.href;
	}

	/** Puts a remembered view into the address, as if it had been there. */
	async recall(): Promise<void> {
		if (this.#asked !== null || this.#view === 'list') return;
		await goto(this.addressOf(this.#view), { replaceState: true, keepFocus: true, noScroll: true });
	}

	async show(view: ViewName): Promise<void> {
		const before = this.#view;
		this.#last = view;
		try {
			localStorage.setItem(key, view);
		} catch {
			// As above: the choice lasts for this page.
		}
		if (view !== before) {
			await goto(this.addressOf(view), { keepFocus: true, noScroll: true });
		}
	}

	/** Fetches the code of the view that is shown. */
	async load(): Promise<void> {
		const name = this.#view;
		this.#failed = false;
		if (name === 'list' || this.#loaded?.name === name) return;
		try {
			const { default: view } = await modules[name]();
			if (this.#view === name) this.#loaded = { name, view };
		} catch {
			if (this.#view === name) this.#failed = true;
		}
	}
}
