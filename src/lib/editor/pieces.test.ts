import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compilePacks } from '#lib/guide/packs-disk.ts';
import { paragraphsOf } from '#lib/draft/markdown.ts';
import { Fragment, type Node } from 'prosemirror-model';
import { forSeeds, type Random } from '../../../tests/fixtures/seeds.ts';
import { documentOf, readBody, rewrite, textOf, type Pieces } from './pieces.ts';
import { schema } from './schema.ts';

const { guides } = compilePacks(join(import.meta.dirname, '../../../content'));
const kinds = (body: string): string[] => readBody(body).pieces.map(({ node }) => node.type.name);

const hostile = [
	'',
	'\n\n\n',
	'   \n',
	'# H\nText directly below\n- a\n- b\n\n\n\n1. x\n2. y\n   - z\n\n     more',
	'Line:\n- **a** (level 2): x\n- b',
	'{{score-table}}',
	'before\n{{radar}}\nafter\n\n  {{ gap-list }}  \n{{unknown}}',
	'<script>alert(1)</script>\n\n[x](javascript:alert(1)) and **bold**',
	'[a](section:intro) ![p](http://x.y/z.png "t") <b>b</b> &amp; &lt; \\* \\[x\\]',
	'| a | b |\n|---|:-:|\n| 1 | 2 \\| 3 |\n| only |\n\nafter',
	'| a | b |\n|---|---|\n| `c` | **d** [l](https://e.f) |',
	'```js\ncode\n\n{{radar}}\n\nmore\n```\n\ntext',
	'```\nnever closed\n\ntext',
	'    indented code\n\n\ttab',
	'> quote\n> - list\n>\n> more\n\n> other',
	'Text[^1] and[^note].\n\n[^1]: First note with **bold**.\n[^note]: Second.\n\n[^3]: word',
	'[ref][r] and [r]\n\n[r]: https://x.y "t"',
	'Setext\n======\n\nOther\n---\n\n***\n\n* * *',
	'- [ ] todo\n- [x] done\n-\n- a\n\n  b',
	'* a\n\n\n- b\n+ c\n\n1) x\n2) y\n\n3. z',
	'a  \nb\\\nc\nd',
	'**Title:**text *a*b __u__ _v_ ~~s~~ `` ` `` ***both*** **a *b* c**',
	'نص **عربي** مع [رابط](https://x.y)\n\n- بند\n- بند آخر',
	'tab\tin\ttext  two spaces\u00a0nbsp\u2028x',
	'>'.repeat(3000) + ' deep',
	'- '.repeat(40) + 'x',
	'*'.repeat(2000),
	'<!-- comment\n\nstill -->\n\ntext',
	'[country] has [^ not a note] and {place} {{radar}} inline',
	'2024. was a year\n\n\\# no heading\n\n+ x'
];

describe('a text that nobody touched keeps every letter', () => {
	it.each([...guides])('in all chapters of %s', (_key, guide) => {
		for (const { text } of guide.outline.chapters) {
			const read = readBody(text);
			expect(textOf(read)).toBe(text);
			expect(textOf(rewrite(documentOf(read), read))).toBe(text);
			expect(kinds(text)).not.toContain('source');
		}
	});
	it.each(hostile)('%j', (text) => {
		const read = readBody(text);
		expect(textOf(read)).toBe(text);
		documentOf(read).check();
		expect(textOf(rewrite(documentOf(read), read))).toBe(text);
	});
	it('in any mixture of these', () => {
		forSeeds(60, (random) => {
			const text = Array.from({ length: 4 }, () => random.pick(hostile)).join(
				random.pick(['\n', '\n\n', ' '])
			);
			expect(textOf(readBody(text))).toBe(text);
		});
	});
});

/** The document with one more word in the node at `at`; null where it has no words. */
function typed({ pieces }: Pieces, at: number, word: string): Node | null {
	const nodes = pieces.map(({ node }) => node);
	const node = nodes[at];
	if (!node?.isTextblock) return null;
	nodes[at] = node.copy(node.content.append(Fragment.from(schema.text(word))));
	return schema.nodes.doc.create(null, nodes);
}

it('one paragraph changes, and all others keep their letters and their number', () => {
	forSeeds(80, (random) => {
		const guide = random.pick([...guides.values()]);
		const chapter = random.pick(guide.outline.chapters);
		const text = `${chapter.text}\n\nLine:\n- **a** (level 2): x\n- b_c_d\n\n## Head\nbelow`;
		const read = readBody(text);
		const at = random.number(read.pieces.length);
		const doc = typed(read, at, ' More.');
		if (!doc) return;
		const now = textOf(rewrite(doc, read));
		const before = paragraphsOf(text);
		const after = paragraphsOf(now);
		expect(after.length).toBe(before.length);
		expect(after.filter((one, i) => one !== before[i]).length).toBe(1);
		expect(now).toContain(' More.');
	});
});

it('what is typed and taken back gives the very letters again', () => {
	const text = 'One *two* three_four.\n\n* star\n* list\n\nLast __bold__';
	const read = readBody(text);
	const doc = typed(read, 0, ' x');
	const changed = rewrite(doc!, read);
	expect(textOf(changed)).toBe('One *two* three_four. x\n\n* star\n* list\n\nLast __bold__');
	const nodes = changed.pieces.map(({ node }) => node);
	const back = [nodes[0]!.cut(0, nodes[0]!.content.size - 2), ...nodes.slice(1)];
	expect(textOf(rewrite(schema.nodes.doc.create(null, back), changed))).toBe(text);
});

it('words that look like marks are the same words when they are read again', () => {
	const words = [
		'# no heading',
		'- no list',
		'1. no number',
		'> no quote',
		'**no bold**',
		'[no](https://x.y)',
		'[^1]',
		'{{radar}}',
		'a_b_c',
		'5 * 3 * 2',
		'<b>',
		'&amp;',
		'`x`',
		'https://x.y/z',
		'www.x.y',
		'a@b.org',
		'[country]',
		'---',
		'| a |',
		'~~x~~',
		'\\',
		'=====',
		'+ x',
		'[x]: https://y.z'
	];
	forSeeds(120, (random: Random) => {
		const text = Array.from({ length: 1 + random.number(3) }, () => random.pick(words)).join(' ');
		const node = schema.nodes.paragraph.create(null, schema.text(text));
		const again = readBody(textOf(rewrite(schema.nodes.doc.create(null, node), readBody(''))));
		expect(again.pieces.map((piece) => piece.node.textContent)).toEqual([text]);
		expect(again.pieces[0]?.node.eq(node), text).toBe(true);
	});
});

it('a place to fill stays one, and so does a name with underscores', () => {
	const read = readBody('[country] has adopted ict_policy.');
	expect(textOf(rewrite(typed(read, 0, ' Good.')!, read))).toBe(
		'[country] has adopted ict_policy. Good.'
	);
});

it('two lists side by side stay two', () => {
	const { bullet_list, list_item, paragraph, doc } = schema.nodes;
	const list = (word: string) =>
		bullet_list.create(null, list_item.create(null, paragraph.create(null, schema.text(word))));
	const text = textOf(rewrite(doc.create(null, [list('a'), list('b')]), readBody('')));
	expect(kinds(text)).toEqual(['bullet_list', 'bullet_list']);
});
