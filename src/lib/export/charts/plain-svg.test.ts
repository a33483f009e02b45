import { expect, it } from 'vitest';
import { isPlainSvg } from './plain-svg.ts';

const svg = (inner: string, more = ''): string => `<svg viewBox="0 0 1 1"${more}>${inner}</svg>`;

it.each([svg(''), svg('<g><text x="1">a &lt; b</text></g>'), svg('<path d="M0 0l1 1z"/>')])(
	'%s is plain',
	(text) => expect(isPlainSvg(text)).toBe(true)
);

it.each([
	'',
	'text',
	svg('<script>alert(1)</script>'),
	svg('<foreignObject><b>x</b></foreignObject>'),
	svg('<image href="https://evil.example/x.png"/>'),
	svg('<use href="#a"/>'),
	svg('<a href="javascript:alert(1)"><text>x</text></a>'),
	svg('<animate attributeName="href" to="javascript:alert(1)"/>'),
	svg('<style>*{}</style>'),
	svg('', ' onload="alert(1)"'),
	svg('', ' style="color:red"'),
	svg('<rect fill="url(https://evil.example)"/>'),
	svg('<rect fill="URL (x)"/>'),
	svg('<rect/ onload="x">'),
	svg('<rect x=1>'),
	svg('<g>'),
	svg('</g>'),
	svg('<!-- x -->'),
	svg('<![CDATA[x]]>'),
	svg('a > b'),
	`${svg('')}<script>alert(1)</script>`,
	`<?xml version="1.0"?>${svg('')}`,
	'<g></g>'
])('%s is not (F-30)', (text) => expect(isPlainSvg(text)).toBe(false));
