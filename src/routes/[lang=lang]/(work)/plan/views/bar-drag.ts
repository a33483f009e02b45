/**
 * Dragging on the timeline: a bar (`data-bar`) is moved, or stretched at an end (`data-end`), in whole
 * months. Horizontal drags are the bar's, vertical ones still scroll the page.
 */
import type { Attachment } from 'svelte/attachments';
import { handles, type Handle } from '#lib/plan/timeline.ts';

export type Pull = { bar: string; handle: Handle; months: number };
export type PullRules = {
	/** How many months there are in the width of a row. */
	months: () => number;
	/** What it would be if it were let go now; null: nothing is pulled. */
	pull: (pull: Pull | null) => void;
	drop: (pull: Pull) => void;
};

const slack = 4;

export const bars =
	(rules: PullRules): Attachment<HTMLElement> =>
	(root) => {
		let held: { pull: Pull; x: number; width: number; pointer: number; isPulled: boolean } | null =
			null;

		const letGo = (): void => {
			held = null;
			rules.pull(null);
		};
		const down = (event: PointerEvent): void => {
			const target = event.target instanceof HTMLElement ? event.target : null;
			const bar = target?.closest<HTMLElement>('[data-bar]');
			const row = bar?.parentElement;
			if (!bar || !row || held || event.button !== 0) return;
			const end = target?.closest<HTMLElement>('[data-end]')?.dataset.end;
			const handle = handles.find((one) => one === end) ?? 'move';
			held = {
				pull: { bar: bar.dataset.bar ?? '', handle, months: 0 },
				x: event.clientX,
				width: row.clientWidth,
				pointer: event.pointerId,
				isPulled: false
			};
			bar.setPointerCapture(event.pointerId);
		};
		const move = (event: PointerEvent): void => {
			if (!held || event.pointerId !== held.pointer) return;
			const x = event.clientX - held.x;
			if (!held.isPulled && Math.abs(x) < slack) return;
			held.isPulled = true;
			const later = getComputedStyle(root).direction === 'rtl' ? -x : x;
			const months = Math.round((later / held.width) * rules.months()) + 0;
			held.pull = { ...held.pull, months };
			rules.pull(held.pull);
		};
		const up = (event: PointerEvent): void => {
			if (!held || event.pointerId !== held.pointer) return;
			const { pull, isPulled } = held;
			letGo();
			if (isPulled && pull.months !== 0) rules.drop(pull);
		};
		const keys = (event: KeyboardEvent): void => {
			if (event.key !== 'Escape' || !held?.isPulled) return;
			event.preventDefault();
			letGo();
		};
		root.addEventListener('pointerdown', down);
		root.addEventListener('pointermove', move);
		root.addEventListener('pointerup', up);
		root.addEventListener('pointercancel', letGo);
		addEventListener('keydown', keys);
		return () => {
			root.removeEventListener('pointerdown', down);
			root.removeEventListener('pointermove', move);
			root.removeEventListener('pointerup', up);
			root.removeEventListener('pointercancel', letGo);
			removeEventListener('keydown', keys);
		};
	};
