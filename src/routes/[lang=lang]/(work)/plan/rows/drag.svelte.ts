/**
 * Drag: a row that follows the pointer (mouse, pen or finger) to another place in the list. The rows
 * stay where they are until it is let go; a line shows where it would fall. Escape calls it off.
 */
export type Drop = { id: string; over: string; isAfter: boolean };

export class Drag {
	#at = $state.raw<Drop | null>(null);
	readonly #ondrop: (drop: Drop) => void;

	constructor(ondrop: (drop: Drop) => void) {
		this.#ondrop = ondrop;
	}

	/** What a row shows of it. */
	of(id: string): 'before' | 'after' | 'self' | null {
		const at = this.#at;
		if (!at) return null;
		if (at.id === id) return 'self';
		return at.over === id ? (at.isAfter ? 'after' : 'before') : null;
	}

	/** From pressing the handle of the row `id` until it is let go. */
	start(id: string, event: PointerEvent): void {
		const handle = event.currentTarget;
		if (event.button !== 0 || !(handle instanceof Element)) return;
		event.preventDefault();
		const list = handle.closest('[data-testid="action-list"]');
		handle.setPointerCapture(event.pointerId);
		const ends = new AbortController();
		const { signal } = ends;
		const move = (moved: PointerEvent): void => {
			// Near an edge the page comes along.
			if (moved.clientY < 70) scrollBy(0, -14);
			if (moved.clientY > innerHeight - 70) scrollBy(0, 14);
			const row = document.elementFromPoint(moved.clientX, moved.clientY)?.closest('li[id]');
			if (!row || !list?.contains(row)) return;
			const { top, height } = row.getBoundingClientRect();
			this.#at = { id, over: row.id, isAfter: moved.clientY > top + height / 2 };
		};
		const end = (isDropped: boolean): void => {
			ends.abort();
			const at = this.#at;
			this.#at = null;
			if (isDropped && at && at.over !== id) this.#ondrop(at);
		};
		const on = (name: string, listener: (event: PointerEvent) => void): void =>
			handle.addEventListener(name, (heard) => listener(heard as PointerEvent), { signal });
		on('pointermove', move);
		on('pointerup', () => end(true));
		on('pointercancel', () => end(false));
		window.addEventListener('keydown', ({ key }) => key === 'Escape' && end(false), { signal });
	}
}
