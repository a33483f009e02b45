import { beforeEach, expect, test } from 'vitest';
import { cut, fakeWorld, portal, stalled } from './fakes.ts';
import {
	abandonGuide,
	checkForUpdates,
	commitGuide,
	downloadGuide,
	filesIn,
	findLost,
	planGuide,
	removeGuide,
	sweep
} from './guides.ts';
import type { FillOptions } from './fill.ts';
import { lastManifest, pinned, readRecord } from './record.ts';

let { world, caches, server } = fakeWorld();
beforeEach(() => ({ world, caches, server } = fakeWorld()));

const texts = Object.fromEntries(
	Array.from({ length: 12 }, (_, n) => [`s${n}`, `text of section ${n} `.repeat(20)])
);
const problem = (code: string) => expect.objectContaining({ code });
const names = (list: { id: string; lang: string }[]) => list.map((g) => `${g.lang}/${g.id}`);

async function keep(lang: string, guide: string, options: FillOptions = {}) {
	const plan = await planGuide(world, guide, lang);
	await downloadGuide(world, plan, options);
	await commitGuide(world, plan);
}
const recorded = async () => {
	const { guides, pending } = await readRecord(world);
	return { guides: names(guides), pending: names(pending) };
};

test('a kept guide has its index and all that it names on the device', async () => {
	const [guide] = server.guides({ 'en/cyber': texts });
	await keep('en', 'cyber');
	const there = caches.namesIn('guides');
	expect(there).toContain(guide!.index.url);
	expect(there.filter((name) => name.startsWith('/content/cyber/s'))).toHaveLength(12);
	expect(await recorded()).toEqual({ guides: ['en/cyber'], pending: [] });
});

test('a guide of which nothing is there comes as one bundle, checked file by file', async () => {
	server.bundleBytes = 100;
	const [guide] = server.guides({ 'en/cyber': texts });
	const seen: [number, number][] = [];
	await keep('en', 'cyber', { onProgress: (done, total) => seen.push([done, total]) });
	const asked = server.asked.filter((name) => !name.startsWith('/content/manifest.json'));
	expect(asked.map((name) => name.replace(/[0-9a-f]{10}/, '#')).sort()).toEqual([
		'/content/cyber/en/bundle.txt',
		'/content/cyber/en/index.#.json'
	]);
	expect(await findLost(world)).toEqual([]);
	const total = guide!.index.bytes + guide!.bundle.bytes;
	expect(seen.at(-1)).toEqual([total, total]);
});

test('F-23: a bundle that breaks off has brought its first files; the rest come one by one', async () => {
	server.bundleBytes = 100;
	server.guides({ 'en/cyber': texts });
	const whole = server.files.get('/content/cyber/en/bundle.txt')!;
	server.instead = (name) =>
		name.endsWith('bundle.txt')
			? stalled(whole.slice(0, whole.length * 0.8), 'text/plain')
			: undefined;
	await keep('en', 'cyber', { silence: 50 });
	const single = server.asked.filter((name) => /\/s\d+\./.test(name));
	expect(single.length).toBeGreaterThan(2);
	expect(single.length).toBeLessThan(10);
	expect(await findLost(world)).toEqual([]);
});

test('F-26: a bundle with other bytes than the index names brings nothing of them in', async () => {
	server.bundleBytes = 100;
	server.guides({ 'en/cyber': texts });
	const bundle = server.files.get('/content/cyber/en/bundle.txt')!;
	server.files.set('/content/cyber/en/bundle.txt', bundle.replaceAll('text of', 'lies about'));
	await keep('en', 'cyber');
	expect(await findLost(world)).toEqual([]);
	const stored = caches.all.get('guides')!.entries;
	for (const [name, response] of stored) {
		if (name.includes('/s')) expect(await response.clone().text()).toContain('text of');
	}
});

test('F-16: room that ends in the middle of a bundle leaves nothing of it', async () => {
	server.bundleBytes = 100;
	server.guides({ 'en/cyber': texts });
	const plan = await planGuide(world, 'cyber', 'en');
	caches.room = 5;
	await expect(downloadGuide(world, plan)).rejects.toEqual(problem('storage-full'));
	expect(caches.namesIn('guides')).toEqual([]);
});

test('F-23: a download that broke off is pending, not kept, and goes on where it stopped', async () => {
	server.guides({ 'en/cyber': texts });
	server.instead = (name) => (/s[6-9]|s1\d/.test(name) ? cut() : undefined);
	await expect(keep('en', 'cyber')).rejects.toEqual(problem('pack-unreachable'));
	expect(await recorded()).toEqual({ guides: [], pending: ['en/cyber'] });
	const before = caches.namesIn('guides');
	expect(before.length).toBeGreaterThanOrEqual(6);

	server.instead = () => undefined;
	server.asked.length = 0;
	expect(await sweep(world)).toEqual([]);
	await keep('en', 'cyber');
	expect(server.asked.filter((name) => before.includes(name))).toEqual([]);
	expect(await recorded()).toEqual({ guides: ['en/cyber'], pending: [] });
});

test('F-16: without room the kept guide stays whole, nothing of the new one is left or retried', async () => {
	server.guides({ 'en/cyber': texts, 'fr/cyber': { a: 'un', b: 'deux', c: 'trois', d: 'quatre' } });
	await keep('en', 'cyber');
	const before = caches.namesIn('guides');
	const plan = await planGuide(world, 'cyber', 'fr');
	caches.room = 3;
	await expect(downloadGuide(world, plan)).rejects.toEqual(problem('storage-full'));
	expect(caches.namesIn('guides')).toEqual(before);
	caches.room = Infinity;
	expect(await recorded()).toEqual({ guides: ['en/cyber'], pending: [] });
	expect(await findLost(world)).toEqual([]);
});

test('F-26: a captive portal at the manifest plans nothing', async () => {
	server.guides({ 'en/cyber': texts });
	server.instead = portal;
	await expect(planGuide(world, 'cyber', 'en')).rejects.toEqual(problem('pack-unreachable'));
	expect(await recorded()).toEqual({ guides: [], pending: [] });
});

test('one corrected sentence is an update of one section and the index', async () => {
	server.guides({ 'en/cyber': texts });
	await keep('en', 'cyber');
	const [newer] = server.guides({ 'en/cyber': { ...texts, s3: 'the corrected text' } });
	server.asked.length = 0;
	const [update] = await checkForUpdates(world);
	expect(update).toEqual({ id: 'cyber', lang: 'en', bytes: '"the corrected text"'.length });
	await keep('en', 'cyber');
	const asked = server.asked.filter((name) => !name.startsWith('/content/manifest.json'));
	expect(asked).toHaveLength(2);
	expect(asked[0]).toBe(newer!.index.url);
	expect(await checkForUpdates(world)).toEqual([]);
});

test('until an update is whole, the old edition is the kept one, and all of it is there', async () => {
	const [old] = server.guides({ 'en/cyber': texts });
	await keep('en', 'cyber');
	const changed = Object.fromEntries(Object.entries(texts).map(([id, text]) => [id, text + '!']));
	server.guides({ 'en/cyber': changed });
	server.instead = (name) => (name.includes('/s9') ? cut() : undefined);
	await expect(keep('en', 'cyber')).rejects.toEqual(problem('pack-unreachable'));
	await sweep(world);
	expect(await findLost(world)).toEqual([]);
	const { guides } = await readRecord(world);
	expect(guides[0]?.index).toEqual(old!.index);
});

test('an update that is found and not wanted yet costs the kept edition nothing', async () => {
	server.guides({ 'en/cyber': texts });
	await keep('en', 'cyber');
	server.guides({ 'en/cyber': { ...texts, s3: 'corrected' } });
	await checkForUpdates(world);
	expect(await sweep(world)).toEqual([]);
	expect(await findLost(world)).toEqual([]);
});

test('the next visit after an update deletes what no kept index names, and nothing else', async () => {
	const [old] = server.guides({ 'en/cyber': texts, 'fr/cyber': { a: 'un' } });
	await keep('en', 'cyber');
	await keep('fr', 'cyber');
	server.guides({ 'en/cyber': { ...texts, s3: 'corrected' }, 'fr/cyber': { a: 'un' } });
	await keep('en', 'cyber');
	const orphans = await sweep(world);
	expect(orphans).toHaveLength(2);
	expect(orphans).toContain(old!.index.url);
	expect(orphans.some((name) => name.includes('/s3.'))).toBe(true);
	expect(await findLost(world)).toEqual([]);
});

test('a section that two languages share stays while either is kept', async () => {
	const shared = { common: 'the same in both' };
	server.guides({ 'en/cyber': { ...shared, a: 'one' }, 'fr/cyber': { ...shared, a: 'un' } });
	await keep('en', 'cyber');
	await keep('fr', 'cyber');
	await removeGuide(world, 'cyber', 'en');
	expect(await findLost(world)).toEqual([]);
	expect(caches.namesIn('guides').some((name) => name.includes('/common.'))).toBe(true);
	await removeGuide(world, 'cyber', 'fr');
	expect(caches.namesIn('guides')).toEqual([]);
});

test('a download that is given up leaves nothing behind, and the kept edition whole', async () => {
	server.guides({ 'en/cyber': texts });
	await keep('en', 'cyber');
	const before = caches.namesIn('guides');
	server.guides({ 'en/cyber': texts, 'en/health': { a: 'one', b: 'two' } });
	const plan = await planGuide(world, 'health', 'en');
	server.instead = (name) => (name.includes('/b.') ? cut() : undefined);
	await downloadGuide(world, plan).catch(() => {});
	await abandonGuide(world, plan.entry);
	expect(caches.namesIn('guides')).toEqual(before);
	expect(await recorded()).toEqual({ guides: ['en/cyber'], pending: [] });
});

test('F-29: a guide of which the browser took a file is lost, and said so once', async () => {
	server.guides({ 'en/cyber': texts, 'en/health': { a: 'one' } });
	await keep('en', 'cyber');
	await keep('en', 'health');
	const taken = caches.namesIn('guides').find((name) => name.includes('/s7.'))!;
	await (await caches.open('guides')).delete(taken);
	expect(await findLost(world)).toEqual([{ id: 'cyber', lang: 'en' }]);
	expect(await recorded()).toEqual({ guides: ['en/health'], pending: [] });
	expect(await findLost(world)).toEqual([]);
});

test('pages see kept guides in the kept edition, and the others as the server last said', async () => {
	server.guides({ 'en/cyber': texts, 'en/health': { a: 'one' } });
	await keep('en', 'cyber');
	const before = (await readRecord(world)).guides[0]!;
	const [, health] = server.guides({ 'en/cyber': { s0: 'new' }, 'en/health': { a: 'newer' } });
	await checkForUpdates(world);
	const { guides } = pinned(await lastManifest(world), (await readRecord(world)).guides);
	expect(guides.map((g) => g.index.url)).toEqual([before.index.url, health!.index.url]);
});

test('a guide that the server has withdrawn stays readable where it is kept', () => {
	const [kept] = server.guides({ 'en/cyber': texts });
	expect(pinned({ guides: [] }, [kept!]).guides).toEqual([kept]);
});

test('files are found wherever an index names them, each once, and only compiled ones', () => {
	const ref = server.content('cyber/a', 'x');
	const foreign = { url: 'https://elsewhere.test/x.json', sha256: ref.sha256, bytes: 1 };
	expect(filesIn({ parts: [{ new: { deep: [ref, { ...ref }] } }], foreign })).toEqual([ref]);
	const escaped = { ...ref, url: '//elsewhere.test/content/x.json' };
	expect(filesIn([escaped, { ...ref, sha256: 'short' }])).toEqual([]);
});
