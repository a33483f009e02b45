import { expect, test } from 'vitest';
import { contentWith, smallGuide } from '../../../tests/fixtures/small-guide.ts';
import { packsOf } from './packs-disk.ts';
import { ownerName, readIndicators } from './packs.ts';

const packs = packsOf(contentWith(smallGuide()), (body) => body.length);
const index = packs.indexes.get('en/small')!;

test('indicators are a file of their own, and whoever keeps the guide keeps them', async () => {
	const { bundle } = packs.manifest.guides.find((guide) => guide.lang === 'en')!;
	expect(packs.files.get(bundle.url)).toContain(index.indicators!.url);
	const read = (url: string) => Promise.resolve(JSON.parse(packs.files.get(url)!) as unknown);
	expect(await readIndicators(read, index)).toEqual([
		expect.objectContaining({ id: 'share', topic: 'topic', owner: 'cabinet', every: 12 })
	]);
});

test('a guide without indicators has no file of them, and none to read', async () => {
	const { indicators, ...without } = index;
	expect(indicators).toBeDefined();
	expect(await readIndicators(() => Promise.reject(new Error('read')), without)).toEqual([]);
});

test('the index carries the words of the owners that the guide names, and of no others', () => {
	expect(index.owners).toEqual({ cabinet: 'Cabinet' });
	expect(ownerName(index, 'cabinet')).toBe('Cabinet');
	expect(ownerName({}, 'cabinet')).toBe('cabinet');
});
