import { beforeEach, expect, test } from 'vitest';
import { cut, fakeWorld, portal } from '#lib/courier/fakes.ts';
import { commitGuide, downloadGuide, planGuide } from '#lib/courier/guides.ts';
import { appBytesMissing, wholeList, wholeMark } from '#lib/courier/kept-list.ts';
import { install } from './install.ts';
import { deleteOld, isDisabledBefore, previousCache } from './versions.ts';

let { world, caches, server } = fakeWorld();
const problem = (code: string) => expect.objectContaining({ code });

/** An app of 12 chunks, of which `changed` are other than in the version before. */
function publish(version: string, changed = 12, disabled: string[] = []) {
	const chunks = Array.from({ length: 12 }, (_, n) => {
		const of = n < changed ? version : 'every version';
		return server.file(`/_app/immutable/${n}-${of.replace(' ', '-')}.js`, `chunk ${n} of ${of}`);
	});
	const shells = ['en', 'fr'].map((lang) =>
		server.file(`/${lang}/shell.html`, `<html lang="${lang}">${version}`, lang)
	);
	server.app(version, [...chunks, ...shells], { disabled });
}

async function keepGuide(lang = 'en') {
	const plan = await planGuide(world, 'cyber', lang);
	await downloadGuide(world, plan);
	await commitGuide(world, plan);
}

beforeEach(async () => {
	({ world, caches, server } = fakeWorld());
	server.guides({ 'en/cyber': { a: 'one' }, 'fr/cyber': { a: 'un' } });
	await keepGuide();
	server.asked.length = 0;
});

test('a version is whole with the files of the languages that are kept, and no others', async () => {
	publish('1');
	await install(world, '1');
	expect(caches.namesIn('app-1')).toHaveLength(12 + 1 + 1);
	expect(caches.namesIn('app-1')).not.toContain('/fr/shell.html');
	expect((await wholeList(world, '1'))?.version).toBe('1');
});

test('a language that is only wanted yet is installed with the rest', async () => {
	publish('1');
	await planGuide(world, 'cyber', 'fr');
	await install(world, '1');
	expect(caches.namesIn('app-1')).toContain('/fr/shell.html');
});

test('the first version comes as one bundle and the page that has headers of its own', async () => {
	const chunks = Array.from({ length: 12 }, (_, n) =>
		server.file(`/_app/immutable/${n}.js`, `chunk ${n}`)
	);
	const shell = server.file('/en/shell.html', '<html>', 'en');
	const icon = server.file('/icons/icon.png', 'icon');
	const en = server.bundle('/_app/bundle-en.txt', chunks, 10);
	server.app('1', [...chunks, shell, icon], { bundles: { en } });
	await install(world, '1');
	expect(server.asked.sort()).toEqual([
		'/_app/bundle-en.txt',
		'/en/shell.html',
		'/icons/icon.png',
		'/kept.json'
	]);
	expect(caches.namesIn('app-1')).toHaveLength(15);
	const script = await caches.match('/_app/immutable/3.js', { cacheName: 'app-1' });
	expect(script?.headers.get('content-type')).toMatch('text/javascript');
});

test('an update asks only for what has changed', async () => {
	publish('1', 2);
	await install(world, '1');
	publish('2', 2);
	server.asked.length = 0;
	await install(world, '2');
	expect(server.asked).toHaveLength(1 + 2 + 1);
	expect(caches.namesIn('app-2')).toHaveLength(14);
});

test('F-23: an install that broke at 60 % is no version; the next one fetches the rest', async () => {
	publish('1');
	await install(world, '1');
	publish('2');
	let answered = 0;
	server.instead = () => (++answered > 9 ? cut() : undefined);
	await expect(install(world, '2')).rejects.toEqual(problem('pack-unreachable'));
	expect(await wholeList(world, '2')).toBeUndefined();
	expect(caches.namesIn('app-1')).toHaveLength(14);

	server.instead = () => undefined;
	server.asked.length = 0;
	await install(world, '2');
	expect(server.asked.filter((name) => name !== '/kept.json')).toHaveLength(5);
	expect(await wholeList(world, '2')).toBeDefined();
});

test('F-24: the worker of one version does not install the list of another', async () => {
	publish('3');
	await expect(install(world, '2')).rejects.toEqual(problem('pack-broken'));
	expect(await caches.has('app-2')).toBe(false);
});

test('F-24: bytes of another version under a kept name make no version', async () => {
	publish('2');
	server.files.set('/en/shell.html', '<html> of a later deployment');
	await expect(install(world, '2')).rejects.toEqual(problem('pack-broken'));
	expect(await wholeList(world, '2')).toBeUndefined();
});

test('F-26: a captive portal installs nothing and takes nothing away', async () => {
	publish('1');
	await install(world, '1');
	const before = caches.namesIn('app-1');
	server.instead = portal;
	await expect(install(world, '2')).rejects.toEqual(problem('pack-unreachable'));
	expect(caches.namesIn('app-1')).toEqual(before);
	expect(await caches.has('app-2')).toBe(false);
});

test('F-26: a portal that lets the list through and not the files installs nothing', async () => {
	publish('1');
	server.instead = (name) => (name === '/kept.json' ? undefined : portal());
	await expect(install(world, '1')).rejects.toEqual(problem('pack-unreachable'));
	expect(caches.namesIn('app-1')).toEqual([]);
});

test('F-16: without room for a new version it is removed whole, and the old one stays', async () => {
	publish('1');
	await install(world, '1');
	publish('2');
	caches.room = 6;
	await expect(install(world, '2')).rejects.toEqual(problem('storage-full'));
	expect(await caches.has('app-2')).toBe(false);
	expect(caches.namesIn('app-1')).toHaveLength(14);
});

test('F-28: a withdrawn version does not install', async () => {
	publish('1', 12, ['1']);
	await expect(install(world, '1')).rejects.toEqual(problem('pack-broken'));
});

test('F-28: only a version whose predecessor is withdrawn may take over unasked', async () => {
	publish('1');
	await install(world, '1');
	publish('2', 12, ['1']);
	const { disabled } = await install(world, '2');
	expect(await isDisabledBefore(caches, '2', disabled)).toBe(true);
	publish('3', 12, ['1']);
	await install(world, '3');
	expect(await isDisabledBefore(caches, '3', ['1'])).toBe(false);
});

test('without a record of languages no version is installed that could answer nothing', async () => {
	publish('1');
	await caches.delete('kept');
	await expect(install(world, '1')).rejects.toEqual(problem('not-kept'));
});

test('F-24: the version before stays for pages that are still open, older ones go', async () => {
	for (const version of ['1', '2', '3']) {
		publish(version);
		await install(world, version);
	}
	await (await caches.open('app-broken')).put('/a.js', new Response('half'));
	expect(await previousCache(caches, '3')).toBe('app-2');
	expect((await deleteOld(caches, '3')).sort()).toEqual(['app-1', 'app-broken']);
	expect((await caches.keys()).sort()).toEqual(['app-2', 'app-3', 'guides', 'kept']);
});

test('progress counts transferred bytes and ends whole', async () => {
	publish('1');
	let last = [0, 1];
	const list = await install(world, '1', (done, total) => (last = [done, total]));
	expect(last[0]).toBe(last[1]);
	expect(await appBytesMissing(world, list, ['en'])).toBe(0);
	expect(caches.namesIn('app-1')).toContain(wholeMark);
});
