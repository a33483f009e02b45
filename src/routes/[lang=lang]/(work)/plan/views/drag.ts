/**
 * Dragging by pointer: what has `data-card` within an element is carried to a place with `data-drop`.
 * A mouse takes the card anywhere, a finger by its `data-grip`, so that a page still scrolls. Escape
 * lets go. What can be dragged can also be moved by keyboard: that is the view's business.
 */
import type { Attachment } from 'svelte/attachments';

export type DragRules = {
	/** The card that is carried and the place that it is over; both empty when it is let go. */
	over: (card: string, place: string) => void;
	drop: (card: string, place: string) => void;
};

/** Pixels before a press becomes a drag. */
const slack = 6;

export const cards =
	(rules: DragRules): Attachment<HTMLElement> =>
	(root) => {
		let held: { node: HTMLElement; id: string; x: number; y: number; pointer: number } | null =
			null;
		let isCarried = false;

		const placeAt = ({ clientX, clientY }: PointerEvent): string => {
			for (const element of document.elementsFromPoint(clientX, clientY)) {
				const place = element.closest<HTMLElement>('[data-drop]');
				if (place && root.contains(place)) return place.dataset.drop ?? '';
			}
			return '';
		};
		const letGo = (): void => {
			if (!held) return;
			const { node, pointer } = held;
			if (node.hasPointerCapture(pointer)) node.releasePointerCapture(pointer);
			node.style.transform = '';
			delete node.dataset.carried;
			held = null;
			isCarried = false;
			rules.over('', '');
		};
		const down = (event: PointerEvent): void => {
			const target = event.target instanceof Element ? event.target : null;
			const node = target?.closest<HTMLElement>('[data-card]');
			if (!node || held || event.button !== 0 || target?.closest('select, option, input')) return;
			if (event.pointerType === 'touch' && !target?.closest('[data-grip]')) return;
			held = {
				node,
				id: node.dataset.card ?? '',
				x: event.clientX,
				y: event.clientY,
				pointer: event.pointerId
			};
		};
		const move = (event: PointerEvent): void => {
			if (!held || event.pointerId !== held.pointer) return;
			const [x, y] = [event.clientX - held.x, event.clientY - held.y];
			if (!isCarried) {
				if (Math.hypot(x, y) < slack) return;
				isCarried = true;
				held.node.setPointerCapture(held.pointer);
				held.node.dataset.carried = '';
				getSelection()?.removeAllRanges();
			}
			event.preventDefault();
			held.node.style.transform = `translate(${x}px, ${y}px)`;
			rules.over(held.id, placeAt(event));
		};
		const up = (event: PointerEvent): void => {
			if (!held || event.pointerId !== held.pointer) return;
			const { id } = held;
			const place = isCarried ? placeAt(event) : '';
			if (isCarried) {
				// The click that follows is the end of the drag, not a press.
				const swallow = (click: Event): void => {
					click.preventDefault();
					click.stopPropagation();
				};
				addEventListener('click', swallow, { capture: true, once: true });
				setTimeout(() => removeEventListener('click', swallow, { capture: true }));
			}
			letGo();
			if (place) rules.drop(id, place);
		};
		const keys = (event: KeyboardEvent): void => {
			if (event.key === 'Escape' && isCarried) {
				event.preventDefault();
				letGo();
			}
		};
		root.addEventListener('pointerdown', down);
		addEventListener('pointermove', move);
		addEventListener('pointerup', up);
		addEventListener('pointercancel', letGo);
		addEventListener('keydown', keys);
		return () => {
			root.removeEventListener('pointerdown', down);
			removeEventListener('pointermove', move);
			removeEventListener('pointerup', up);
			removeEventListener('pointercancel', letGo);
			removeEventListener('keydown', keys);
		};
	};
