/** The address by which phones come in, and what the code on the projector says. */
import { browser } from '$app/environment';
import { roomHost } from '#lib/state/room-host.svelte.ts';

class Door {
	#chosen = $state('');

	/** The app is open at this very machine's address: phones need another one. */
	readonly isLaptop = browser && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(location.hostname);

	/** The chosen one, else the likeliest; empty: there is none that a phone could reach. */
	get address(): string {
		const { reach } = roomHost;
		if (this.isLaptop && reach?.listens === 'this machine') return '';
		const all = reach?.addresses ?? [];
		if (all.includes(this.#chosen)) return this.#chosen;
		if (all[0]) return all[0];
		return browser && !this.isLaptop ? `${location.origin}/` : '';
	}
	/** Empty while nobody new is let in, and while no phone could come. */
	get link(): string {
		return this.address ? roomHost.link(this.address) : '';
	}
	choose(address: string): void {
		this.#chosen = address;
	}
}

export const door = new Door();
