// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { DOMParser } from 'prosemirror-model';
import { hostile } from '../../../tests/fixtures/hostile.ts';
import { cleanHtml } from './paste.ts';
import { schema } from './schema.ts';

const bodyOf = (html: string) => {
	document.body.innerHTML = cleanHtml(html);
	return document.body;
};
const pasted = (html: string) => {
	bodyOf(html);
	return DOMParser.fromSchema(schema).parse(document.body);
};

it('of pasted HTML nothing is left that runs, is fetched or is styled (F-30, F-37)', () => {
	for (const html of hostile) {
		for (const element of bodyOf(html).querySelectorAll('*')) {
			expect(element.tagName, html).not.toMatch(/^(SCRIPT|STYLE|IMG|IFRAME|LINK|BASE|META)$/);
			for (const { name } of element.attributes) {
				expect(name, html).toMatch(/^(href|start|data-[a-z-]+)$/);
			}
		}
		pasted(html).descendants((node) => {
			for (const mark of node.marks) {
				if (mark.type.name === 'link') expect(mark.attrs.href).toMatch(/^(https?|mailto):/);
			}
		});
	}
});

it('what Word writes keeps its headings, lists, tables, bold and links', () => {
	const doc = pasted(
		`<html xmlns:o="urn:x"><head><style>p{color:red}</style></head><body><!--[if gte mso 9]><xml>x</xml><![endif]-->
		<h1 style='mso-x:1'>Title<o:p></o:p></h1>
		<p class=MsoNormal style="margin:0">A <span style="font-weight:700;color:red">bold</span> <b style="font-weight:normal">plain</b> <a href="https://x.y/?a=1&amp;b=2">link</a></p>
		<ul><li>one</li><li><i>two</i></li></ul>
		<table border=1><tr><td colspan=2>a</td><td>b</td></tr></table></body></html>`
	);
	expect(doc.textContent.replace(/\s+/g, ' ')).toContain('TitleA bold plain link');
	const names: string[] = [];
	doc.descendants((node) => {
		names.push([node.type.name, ...node.marks.map(({ type }) => type.name)].join(' '));
	});
	expect(names).toEqual(
		expect.arrayContaining([
			'heading',
			'text strong',
			'text link',
			'bullet_list',
			'text em',
			'table'
		])
	);
	expect(doc.textContent).not.toContain('color:red');
});
