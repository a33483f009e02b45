/** What comes before any further deed of the person on this page. */
const deeds = ['keydown', 'beforeinput', 'pointerdown', 'click', 'change'] as const;
const first = { capture: true };
/** Fields into which nobody types. */
const chosen = ['checkbox', 'radio', 'range', 'color', 'file', 'button', 'submit', 'reset'];
/** A hidden page draws nothing. ms */
const atLatest = 100;

let last: Event | undefined;
if (typeof document !== 'undefined') addEventListener('input', (event) => (last = event), first);

/** What runs now answers a letter that was typed into a field. */
export function isTyping(): boolean {
	// Of an event that is over it says 0.
	if (!last?.eventPhase) return false;
	const { target } = last;
	return (
		target instanceof HTMLTextAreaElement ||
		(target instanceof HTMLInputElement && !chosen.includes(target.type))
	);
}

/**
 * Runs `work` once, after the frame that is to be drawn now: a slow phone shows a key first, and works out
 * what follows from it then. `isDeed` true: the person does the next thing already, and whoever hears of
 * that must find the work done. Where nothing is drawn it runs in a microtask.
 */
export function afterPaint(work: (isDeed: boolean) => void): void {
	if (typeof document === 'undefined' || document.visibilityState !== 'visible') {
		queueMicrotask(() => work(false));
		return;
	}
	const end = (isDeed: boolean) => {
		clearTimeout(latest);
		clearTimeout(soon);
		cancelAnimationFrame(frame);
		for (const deed of deeds) removeEventListener(deed, hear, first);
		work(isDeed);
	};
	const hear = () => end(true);
	let soon: ReturnType<typeof setTimeout> | undefined;
	const latest = setTimeout(() => end(false), atLatest);
	const frame = requestAnimationFrame(() => (soon = setTimeout(() => end(false))));
	for (const deed of deeds) addEventListener(deed, hear, first);
}
