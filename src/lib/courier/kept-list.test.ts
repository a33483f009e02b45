import { expect, test } from 'vitest';
import { fakeWorld, sha256 } from './fakes.ts';
import { fill } from './fill.ts';
import { appBytesMissing, filesFor, parseKeptList } from './kept-list.ts';
import { parseMessage } from './channel.ts';

const file = (url: string, lang?: string) => ({
	url,
	sha256: sha256(url),
	bytes: 10,
	...(lang ? { lang } : {})
});
const list = {
	version: '1',
	files: [file('/_app/immutable/a.js'), file('/en/shell.html', 'en'), file('/fr/shell.html', 'fr')]
};

test('a device keeps what is for everybody and for its own languages', () => {
	const urls = (languages: string[]) =>
		filesFor(parseKeptList(list), languages).map(({ url }) => url);
	expect(urls(['en'])).toEqual(['/_app/immutable/a.js', '/en/shell.html']);
	expect(urls(['en', 'fr'])).toHaveLength(3);
	expect(urls([])).toEqual(['/_app/immutable/a.js']);
});

test.each([
	['the text of a captive portal', '<html>'],
	['nothing', undefined],
	['no version', { files: [] }],
	['a version that would be another cache', { ...list, version: '../guides' }],
	['a file of another origin', { ...list, files: [file('//elsewhere.test/a.js')] }],
	['an answer of the relay', { ...list, files: [file('/api/health')] }],
	['a hash that is none', { ...list, files: [{ ...file('/a.js'), sha256: 'abc' }] }],
	['a size that is none', { ...list, files: [{ ...file('/a.js'), bytes: '10' }] }]
])('F-26: %s is no kept list', (_, value) => {
	expect(() => parseKeptList(value)).toThrow(expect.objectContaining({ code: 'pack-broken' }));
});

test('the size of keeping counts only what the device lacks', async () => {
	const { world, caches, server } = fakeWorld();
	const files = [
		server.file('/_app/immutable/a.js', '12345'),
		server.file('/en/shell.html', '123', 'en')
	];
	const kept = { version: '1', files, bundles: {}, disabled: [] };
	expect(await appBytesMissing(world, kept, ['en'])).toBe(8);
	await fill(world, await caches.open('app-1'), files.slice(0, 1));
	expect(await appBytesMissing(world, kept, ['en'])).toBe(3);
});

test.each([
	null,
	'progress',
	{ type: 'reload' },
	{ type: 'progress', done: '1', total: 2 },
	{ type: 'progress', done: NaN, total: 2 },
	{ type: 'failed' }
])('F-44: a message of another form is dropped: %j', (message) => {
	expect(parseMessage(message)).toBeUndefined();
});

test('a message keeps what belongs to it and nothing more', () => {
	const message = { type: 'progress', done: 1, total: 2 };
	expect(parseMessage({ ...message, html: '<b>' })).toEqual(message);
});
