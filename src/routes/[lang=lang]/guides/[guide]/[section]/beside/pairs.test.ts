import { expect, test } from 'vitest';
import { pairs } from './pairs.ts';

const h = (id: string, text: string) => `<h2 id="${id}">${text}</h2>\n<p>${text} text</p>\n`;
const texts = (own: string, other: string) =>
	pairs(own, other).map((pair) =>
		[pair.own, pair.other].map((html) => />([^<]+)</.exec(html)?.[1] ?? '')
	);

test('headings of the same id stand side by side, and the lead with the lead', () => {
	const en = `<p>Lead</p>\n${h('do', 'Do')}${h('pitfalls', 'Pitfalls')}`;
	const fr = `<p>Chapeau</p>\n${h('do', 'Faire')}${h('pitfalls', 'Pièges')}`;
	expect(texts(en, fr)).toEqual([
		['Lead', 'Chapeau'],
		['Do', 'Faire'],
		['Pitfalls', 'Pièges']
	]);
});

test('headings that a translator named otherwise are paired by their position', () => {
	expect(texts(h('why', 'Why') + h('how', 'How'), h('pourquoi', 'P') + h('comment', 'C'))).toEqual([
		['Why', 'P'],
		['How', 'C']
	]);
});

test('a heading that one language has not stands alone, in its place', () => {
	const en = h('do', 'Do') + h('example', 'Example') + h('pitfalls', 'Pitfalls');
	const fr = h('do', 'Faire') + h('pitfalls', 'Pièges') + h('note', 'Note');
	expect(texts(en, fr)).toEqual([
		['Do', 'Faire'],
		['Example', ''],
		['Pitfalls', 'Pièges'],
		['', 'Note']
	]);
});

test('nothing is lost, and no id stands twice on the page', () => {
	const en = h('do', 'Do') + '<h3 id="deep">Deep</h3>\n' + h('x', 'X');
	const found = pairs(en, h('y', 'Y') + h('do', 'Faire') + '<h3 id="deep">Loin</h3>\n');
	expect(found.map((pair) => pair.own).join('')).toBe(en);
	const other = found.map((pair) => pair.other).join('');
	expect(other).toContain('Loin');
	expect(other).not.toContain(' id=');
});
