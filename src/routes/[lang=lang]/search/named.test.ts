import { expect, test } from 'vitest';
import { metaOf, namedBy, type SearchedGuide } from './named.ts';

const guides: SearchedGuide[] = [
	{
		id: 'small',
		titles: { url: '/content/small/titles.json', sha256: 'a', bytes: 7 },
		index: '/content/small/index.json'
	}
];

/** The element as the browser gives it back. */
const element = (meta: ReturnType<typeof metaOf>) => ({
	dataset: { of: meta['data-of'] },
	content: meta.content
});

test('the page from the server names the guides that its search needs', () => {
	expect(namedBy(element(metaOf('en', guides)), 'en')).toEqual(guides);
});

test('the shell and a page in another language name none', () => {
	expect(namedBy(null, 'en')).toBeUndefined();
	expect(namedBy(element(metaOf('en', guides)), 'fr')).toBeUndefined();
	expect(namedBy({ dataset: { of: 'en' }, content: '' }, 'en')).toBeUndefined();
});
