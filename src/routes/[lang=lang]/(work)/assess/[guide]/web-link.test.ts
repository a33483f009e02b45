import { expect, test } from 'vitest';
import { webLink } from './web-link.ts';

test('only http and https are links (S-05)', () => {
	expect(webLink('https://example.org/law.pdf')).toBe('https://example.org/law.pdf');
	expect(webLink(' http://example.org ')).toBe('http://example.org/');
	const refused = [
		'javascript:alert(1)',
		'data:text/html,x',
		'example.org',
		'https://',
		'ftp://a.b',
		' java\nscript:x',
		'https:// a'
	];
	for (const text of refused) expect(webLink(text), text).toBeNull();
});
