import { expect, test } from 'vitest';
import type { Mark } from '#lib/model/mark.ts';
import { byGuide, marksAsMarkdown, searchMarks } from './marks.ts';

const mark = (id: string, about: Partial<Mark> = {}): Mark => ({
	id,
	kind: 'note',
	guide: 'cyber',
	section: 'law',
	title: 'The law',
	lang: '',
	quote: { text: '', before: '', after: '' },
	text: '',
	at: '2026-03-01T08:00:00.000Z',
	...about
});
const quote = (text: string) => ({ text, before: '', after: '' });
const all = [
	mark('a', {
		kind: 'highlight',
		lang: 'en',
		quote: quote('a data\nprotection act'),
		text: 'ours?'
	}),
	mark('b', { text: 'Ask the *ministry*' }),
	mark('c', { kind: 'bookmark' }),
	mark('d', { guide: 'health', section: 'data', title: 'Données de santé', at: '2026-04-01' })
];

test('marks stand by guide and section, the newest section first', () => {
	expect(byGuide(all).map(({ guide, sections }) => [guide, sections[0]?.section])).toEqual([
		['health', 'data'],
		['cyber', 'law']
	]);
	expect(byGuide(all)[1]?.sections[0]?.marks.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
});

test('words are found in titles, quotes and notes, without accents', () => {
	const ids = (query: string) => searchMarks(all, query).map(({ id }) => id);
	expect(ids('DONNEES')).toEqual(['d']);
	expect(ids('protection ours')).toEqual(['a']);
	expect(ids(' ')).toHaveLength(4);
	expect(ids('nothing')).toEqual([]);
});

test('the Markdown has every mark under its guide and section, with a link', () => {
	const text = marksAsMarkdown(all, {
		title: 'My notes',
		bookmark: 'Bookmark',
		guide: (id) => `Guide ${id}`,
		link: ({ guide, section }) => `https://x/en/guides/${guide}/${section}/`
	});
	expect(text).toBe(`# My notes

## Guide health

### [Données de santé](https://x/en/guides/health/data/)

## Guide cyber

### [The law](https://x/en/guides/cyber/law/)

*Bookmark*

Ask the *ministry*

> a data protection act

ours?
`);
});
