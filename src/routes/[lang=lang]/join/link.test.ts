import { describe, expect, test } from 'vitest';
import { readPasted } from './link.ts';

const here = 'https://guide.example/fr/join/';
const key = 'AQ8x-kq_0a1b2c3d4e5f6g7h8i9jAQ8xkq0a1b2c3d4e5f6';

describe('what somebody pastes as an invitation', () => {
	test.each([
		['the link itself', `https://guide.example/en/join/#${key}`],
		['a link without its last slash', `https://guide.example/en/join#${key}`],
		[
			'a link that a mail program broke',
			`https://guide.example/en/\n join/#${key.slice(0, 9)}\r\n${key.slice(9)} `
		],
		['a link in brackets', `<https://guide.example/en/join/#${key}>.`],
		['the key alone', key]
	])('%s opens in the language of the page', (_, text) => {
		expect(readPasted(text, here)).toEqual({ link: `${here}#${key}` });
	});

	test('a link of another address is not asked for here', () => {
		const link = `https://other.example:8443/ar/join/#${key}`;
		expect(readPasted(link, here)).toEqual({ foreign: { host: 'other.example:8443', link } });
	});

	test('plain HTTP and HTTPS of one host are two addresses', () => {
		const found = readPasted(`http://guide.example/fr/join/#${key}`, here);
		expect(found).toHaveProperty('foreign');
	});

	test.each([
		'',
		'   ',
		'Dear colleague, please find the link attached.',
		'https://guide.example/en/join/',
		`https://guide.example/en/guides/#${key}`,
		`javascript:alert(1)//join/#${key}`,
		`data:text/html,/join/#${key}`
	])('%j holds no invitation', (text) => {
		expect(readPasted(text, here)).toBeNull();
	});
});
