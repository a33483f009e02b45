/**
 * A Command: what a key asks for while somebody goes through the questions.
 *
 * Single characters never fire while somebody types, nor with Ctrl, Alt or Meta; whoever's tools send
 * stray characters (speech input) can turn them off (WCAG 2.1.4). Enter and the arrows stay.
 */
import { levels, type Direction, type Level } from '#lib/model/guide.ts';

/** A level to choose, or a word. */
export type Command = Level | Word | 'next' | 'previous';

const letters = {
	d: 'unknown',
	n: 'not-applicable',
	c: 'clear',
	u: 'undo',
	l: 'list',
	g: 'guidance',
	e: 'evidence',
	t: 'take',
	j: 'next',
	k: 'previous'
} as const;
type Word = (typeof letters)[keyof typeof letters] | 'shortcuts';

/**
 * Where the focus is. field: text is typed there, and every key is its own; button: Enter is its own;
 * options: a group of radio buttons, whose arrows are its own; page: anywhere else.
 */
export type Focus = 'field' | 'button' | 'options' | 'page';

type Key = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'>;

/** The command of a key, or null where the key is not ours. */
export function commandFor(
	key: Key,
	focus: Focus,
	direction: Direction,
	characters = true
): Command | null {
	if (focus === 'field' || key.ctrlKey || key.altKey || key.metaKey) return null;
	if (key.key === 'Enter') return focus === 'button' || key.shiftKey ? null : 'next';
	if (key.key === 'ArrowRight' || key.key === 'ArrowLeft') {
		if (focus === 'options' || key.shiftKey) return null;
		// The key that points where the reading goes leads forward.
		return (key.key === 'ArrowRight') === (direction === 'ltr') ? 'next' : 'previous';
	}
	return characters ? commandOfCharacter(key) : null;
}

function commandOfCharacter({ key, code, shiftKey }: Key): Command | null {
	if (key === '?' || key === '؟') return 'shortcuts';
	// French keyboards give digits with Shift, Arabic ones other digits and letters: there the place
	// of the key counts.
	const digit = /^[1-5]$/.test(key)
		? key
		: shiftKey
			? ''
			: (/^(?:Digit|Numpad)([1-5])$/.exec(code)?.[1] ?? '');
	if (digit) return levels[Number(digit) - 1] ?? null;
	if (shiftKey || key.length !== 1) return null;
	const letter = /^[a-z]$/i.test(key) ? key.toLowerCase() : placeOf(key, code);
	return isLetter(letter) ? letters[letter] : null;
}

/** The Latin letter in the place of a key that writes a letter of another script. */
const placeOf = (key: string, code: string): string =>
	/\p{L}/u.test(key) ? (/^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? '') : '';

const isLetter = (letter: string): letter is keyof typeof letters => Object.hasOwn(letters, letter);

/** Where the focus is. `own` marks the group of radio buttons whose sideways arrows are ours. */
export function focusOf(element: Element | null, own: string): Focus {
	if (!element) return 'page';
	if (element instanceof HTMLInputElement) {
		if (element.type === 'radio') return element.closest(own) ? 'page' : 'options';
		return element.type === 'checkbox' ? 'page' : 'field';
	}
	if (element.matches('textarea, select') || (element as HTMLElement).isContentEditable)
		return 'field';
	return element.closest('button, a[href], summary') ? 'button' : 'page';
}
