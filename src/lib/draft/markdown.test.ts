import { expect, it } from 'vitest';
import { escapeHtml, render } from '#lib/guide/render.ts';
import { forSeeds } from '../../../tests/fixtures/seeds.ts';
import { splitBlocks } from './blocks.ts';
import { escapeMarkdown, fillPlaces, paragraphsOf, placesIn } from './markdown.ts';

const shown = (markdown: string): string => render(markdown).html.trim();

it('what a person wrote is shown as they wrote it, and nothing of it becomes a mark (F-30)', () => {
	for (const text of [
		'Plain words, with commas (and more)',
		'*bold* _under_ ~~gone~~ `code`',
		'[a link](javascript:alert(1))',
		'![image](x)',
		'<script>alert(1)</script>',
		'<img src=x onerror=alert(1)>',
		'# heading',
		'> quotation',
		'- item',
		'+ item',
		'1. item',
		'12) item',
		'===',
		'---',
		'{{radar}}',
		'{#id}',
		'&lt;b&gt; &#60;',
		'C:\\temp\\',
		'a | b | c',
		'[x]: /etc/passwd',
		'snake_case and __init__',
		'Ministère de l’Économie — côté «est»',
		'وزارة الاقتصاد'
	]) {
		expect(shown(escapeMarkdown(text)), text).toBe(`<p>${escapeHtml(text)}</p>`);
		const inBold = shown(`**${escapeMarkdown(text)}** is here`);
		expect(inBold, text).toBe(`<p><strong>${escapeHtml(text)}</strong> is here</p>`);
		expect(splitBlocks(escapeMarkdown(text)), text).toHaveLength(1);
	}
});

it('random signs are shown as they are', () => {
	const signs = [...'\\`*_{}[]<>()#+-.!|~&;:"\'= 1a'];
	forSeeds(500, (random) => {
		const text = Array.from({ length: 1 + random.number(14) }, () => random.pick(signs))
			.join('')
			.replace(/\s+/g, ' ')
			.trim();
		if (text === '') return;
		expect(shown(escapeMarkdown(text)), JSON.stringify(text)).toBe(`<p>${escapeHtml(text)}</p>`);
	});
});

it('several lines become one', () => {
	expect(escapeMarkdown('  a\n\n\tb\r\nc ')).toBe('a b c');
});

it('places are filled once: a value that looks like a place is no place', () => {
	const values = { country: '{date}', date: 'today' };
	expect(fillPlaces('{country}, {date}, {unknown}', values)).toBe('{date}, today, {unknown}');
	expect(fillPlaces('{constructor} {__proto__}', values)).toBe('{constructor} {__proto__}');
	expect(placesIn('{a} and {b} and {a}')).toEqual(['a', 'b']);
});

it('paragraphs are set apart by empty lines, and by nothing else', () => {
	expect(paragraphsOf('One\nline.\n\n \nLine:\n- a\n- b\n')).toEqual([
		'One\nline.',
		'Line:\n- a\n- b'
	]);
	expect(paragraphsOf('  \n\n')).toEqual([]);
});

it('a code block with empty lines is one paragraph, also when it never ends', () => {
	expect(paragraphsOf('```\na\n\nb\n```\n\nc')).toEqual(['```\na\n\nb\n```', 'c']);
	expect(paragraphsOf('~~~\na\n\n```\n\nb')).toEqual(['~~~\na\n\n```\n\nb']);
});
