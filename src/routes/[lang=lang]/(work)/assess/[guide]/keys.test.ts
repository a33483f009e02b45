import { expect, test } from 'vitest';
import { commandFor, type Command } from './keys.ts';

const none = { ctrlKey: false, altKey: false, metaKey: false, shiftKey: false };
const press = (key: string, code = '', more = {}) => ({ ...none, key, code, ...more });

test('1 to 5 choose level 0 to 4, and 6 nothing', () => {
	const chosen = ['1', '2', '3', '4', '5', '6'].map((key) => commandFor(press(key), 'page', 'ltr'));
	expect(chosen).toEqual([0, 1, 2, 3, 4, null]);
});

test('the arrow that points where the reading goes leads forward', () => {
	expect(commandFor(press('ArrowRight'), 'page', 'ltr')).toBe('next');
	expect(commandFor(press('ArrowLeft'), 'page', 'ltr')).toBe('previous');
	expect(commandFor(press('ArrowLeft'), 'page', 'rtl')).toBe('next');
	expect(commandFor(press('ArrowRight'), 'page', 'rtl')).toBe('previous');
});

test('no key is a shortcut while somebody types, or with Ctrl, Alt or Meta', () => {
	const keys = ['1', 'd', 'n', 'u', 'Enter', 'ArrowRight', '?'];
	for (const key of keys) {
		expect(commandFor(press(key), 'field', 'ltr')).toBeNull();
		for (const held of ['ctrlKey', 'altKey', 'metaKey']) {
			expect(commandFor(press(key, '', { [held]: true }), 'page', 'ltr')).toBeNull();
		}
	}
});

test('Enter goes on, but on a button it is the button’s', () => {
	expect(commandFor(press('Enter'), 'page', 'ltr')).toBe('next');
	expect(commandFor(press('Enter'), 'options', 'ltr')).toBe('next');
	expect(commandFor(press('Enter'), 'button', 'ltr')).toBeNull();
	expect(commandFor(press('d'), 'button', 'ltr')).toBe('unknown');
});

test('the arrows of another group of radio buttons stay its own', () => {
	expect(commandFor(press('ArrowRight'), 'options', 'ltr')).toBeNull();
});

test('an Arabic and a French keyboard reach every command', () => {
	const arabic: [string, string, Command][] = [
		['ي', 'KeyD', 'unknown'],
		['ى', 'KeyN', 'not-applicable'],
		['٣', 'Digit3', 2],
		['؟', 'Slash', 'shortcuts']
	];
	for (const [key, code, command] of arabic) {
		expect(commandFor(press(key, code), 'page', 'rtl')).toBe(command);
	}
	expect(commandFor(press('"', 'Digit3'), 'page', 'ltr')).toBe(2);
	expect(commandFor(press('3', 'Digit3', { shiftKey: true }), 'page', 'ltr')).toBe(2);
	expect(commandFor(press('#', 'Digit3', { shiftKey: true }), 'page', 'ltr')).toBeNull();
});

test('a Latin letter counts as what it says, not where it lies', () => {
	expect(commandFor(press('q', 'KeyA'), 'page', 'ltr')).toBeNull();
	expect(commandFor(press('n', 'KeyL'), 'page', 'ltr')).toBe('not-applicable');
});

test('with single characters turned off, Enter and the arrows still go on', () => {
	expect(commandFor(press('1'), 'page', 'ltr', false)).toBeNull();
	expect(commandFor(press('?'), 'page', 'ltr', false)).toBeNull();
	expect(commandFor(press('Enter'), 'page', 'ltr', false)).toBe('next');
	expect(commandFor(press('ArrowRight'), 'page', 'ltr', false)).toBe('next');
});

test('a name that every object has is no command', () => {
	expect(commandFor(press('constructor', 'KeyC'), 'page', 'ltr')).toBeNull();
});
