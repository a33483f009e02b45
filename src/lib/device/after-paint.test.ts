import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { afterPaint, isTyping } from './after-paint.ts';

let frames: (() => void)[];
let page: EventTarget;

beforeEach(() => {
	vi.useFakeTimers();
	frames = [];
	page = new EventTarget();
	vi.stubGlobal('document', { visibilityState: 'visible' });
	vi.stubGlobal('requestAnimationFrame', (draw: () => void) => frames.push(draw) - 1);
	vi.stubGlobal('cancelAnimationFrame', (number: number) => (frames[number] = () => {}));
	vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
	vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});
const draw = () => frames.forEach((one) => one());

test('the work waits for the frame, and is done once', () => {
	const work = vi.fn();
	afterPaint(work);
	vi.advanceTimersByTime(20);
	expect(work).not.toHaveBeenCalled();
	draw();
	expect(work).not.toHaveBeenCalled();
	vi.advanceTimersByTime(1);
	expect(work.mock.calls).toEqual([[false]]);
	page.dispatchEvent(new Event('keydown'));
	vi.advanceTimersByTime(1000);
	expect(work.mock.calls).toEqual([[false]]);
});

test.each(['keydown', 'beforeinput', 'pointerdown', 'click', 'change'])(
	'%s comes sooner: who hears of it finds the work done',
	(deed) => {
		const work = vi.fn();
		afterPaint(work);
		draw();
		page.addEventListener(deed, () => expect(work).toHaveBeenCalledTimes(1));
		page.dispatchEvent(new Event(deed));
		expect(work.mock.calls).toEqual([[true]]);
		draw();
		vi.advanceTimersByTime(1000);
		expect(work).toHaveBeenCalledTimes(1);
	}
);

test('a page that no longer draws does it all the same', () => {
	const work = vi.fn();
	afterPaint(work);
	vi.advanceTimersByTime(100);
	expect(work.mock.calls).toEqual([[false]]);
});

test('a hidden page, and a place without pages, does it in this turn', async () => {
	const work = vi.fn();
	vi.stubGlobal('document', { visibilityState: 'hidden' });
	afterPaint(work);
	vi.stubGlobal('document', undefined);
	afterPaint(work);
	await Promise.resolve();
	expect(work.mock.calls).toEqual([[false], [false]]);
});

test('no page, no letter', () => {
	expect(isTyping()).toBe(false);
});

describe('a letter', () => {
	class Field {
		type = 'text';
	}
	class Area {}
	/** What is said while the window and the field hear the event, and once it is over. Node's events have no phase. */
	async function heard(target: object): Promise<[during: boolean, after: boolean]> {
		vi.resetModules();
		let hear = (_: object): void => {};
		vi.stubGlobal('addEventListener', (_: string, listener: typeof hear) => (hear = listener));
		vi.stubGlobal('HTMLInputElement', Field);
		vi.stubGlobal('HTMLTextAreaElement', Area);
		const typing = await import('./after-paint.ts');
		const event = { target, eventPhase: 1 };
		hear(event);
		event.eventPhase = 3;
		const during = typing.isTyping();
		event.eventPhase = 0;
		return [during, typing.isTyping()];
	}

	test('is one in a text field, for as long as it is being heard of', async () => {
		expect(await heard(new Field())).toEqual([true, false]);
		expect(await heard(new Area())).toEqual([true, false]);
	});

	test('and a box that is ticked is none, nor a list', async () => {
		expect(await heard(Object.assign(new Field(), { type: 'checkbox' }))).toEqual([false, false]);
		expect(await heard({})).toEqual([false, false]);
	});
});
