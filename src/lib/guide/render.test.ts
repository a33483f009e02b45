// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { hostile } from '../../../tests/fixtures/hostile.ts';
import { plainText, render } from './render.ts';

/** What stands in a document after `html` was put into it that could run or fetch. */
function dangers(html: string): string[] {
	const body = new DOMParser().parseFromString(html, 'text/html').body;
	return [...body.querySelectorAll('*')].flatMap((element) => [
		...(/^(script|img|svg|math|iframe|form|style|base|meta|object|embed|details|noscript)$/i.test(
			element.tagName
		)
			? [element.outerHTML]
			: []),
		...[...element.attributes]
			.filter(
				(a) =>
					/^on/i.test(a.name) ||
					(a.name === 'href' && !/^(https?:|mailto:|\.\.\/|#)/i.test(a.value))
			)
			.map((a) => `${a.name}=${a.value}`)
	]);
}

describe('nothing that a stranger writes can run (F-30, S-05)', () => {
	for (const text of hostile) {
		test(JSON.stringify(text), () => {
			expect(dangers(render(text).html)).toEqual([]);
		});
	}
});

test('the words of a hostile text are still there to be read', () => {
	expect(render('Hello <script>alert(1)</script>').html).toContain('&lt;script&gt;');
});

test('a heading keeps the id that its author gave, and repeats none', () => {
	const { headings, html } = render('## What to do {#do}\n\n## Again {#do}\n\n### Été à Salvara');
	expect(headings.map((h) => h.id)).toEqual(['do', 'do-2', 'ete-a-salvara']);
	expect(headings[0]!.text).toBe('What to do');
	expect(html).not.toContain('{#');
});

test('a link to the outside opens no door back (F-43)', () => {
	expect(render('[x](https://example.org)').html).toContain('rel="noopener noreferrer"');
});

test('a table can be scrolled with the keyboard', () => {
	expect(render('| a |\n|---|\n| b |').html).toContain('tabindex="0"');
});

test('plain text has the words and none of the marks', () => {
	expect(plainText('## Do {#do}\n1. **Sign** the [decree](section:x).\n> `Now`')).toBe(
		'Do Sign the decree. Now'
	);
});
