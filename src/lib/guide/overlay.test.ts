/** Overlays: what they change, and every mistake with its message. */
import Fuse from 'fuse.js/basic';
import { describe, expect, test } from 'vitest';
import { contentWith, smallGuide } from '../../../tests/fixtures/small-guide.ts';
import { overlayText, smallOverlay } from '../../../tests/fixtures/small-overlay.ts';
import type { Manifest } from '#lib/model/guide.ts';
import { lineOfProblem } from './content-problem.ts';
import { overlaidReading } from './overlay-reader.ts';
import { readOverlay, type OverlayBase } from './overlay-read.ts';
import { packsOf } from './packs-disk.ts';
import { readAssessment, readIndex, readOutline, readSection, type ReadJson } from './packs.ts';
import { createSearch } from './search.ts';

const path = 'overlays/numenia.json';
const size = (body: string) => body.length;
const packsWith = (text?: string, files = smallGuide()) => {
	const content = contentWith(files);
	if (text === undefined) return packsOf(content, size);
	return packsOf(
		{
			files: new Map([...content.files, [path, text.length]]),
			read: (one) => (one === path ? (text.length > 400_000 ? undefined : text) : content.read(one))
		},
		size
	);
};
const plain = packsWith();
const diskReader =
	(packs: typeof plain): ReadJson =>
	async (url) => {
		const body = packs.files.get(url);
		if (body === undefined) throw new Error(`no file ${url}`);
		return JSON.parse(body) as unknown;
	};

/** The same overlay, in the two ways in. */
async function readersOf(text: string): Promise<[way: string, read: ReadJson][]> {
	const guide = plain.guides.get('en/small')!;
	const base: OverlayBase = {
		guide: 'small',
		edition: '1',
		parts: guide.parts,
		topics: guide.topics,
		chapters: guide.outline.chapters,
		crosswalks: guide.crosswalks,
		terms: ['risk'],
		owners: ['cabinet'],
		retired: []
	};
	const { overlay, problems } = readOverlay(
		{ files: new Map([[path, text.length]]), read: () => text },
		path,
		[base],
		['ar', 'en', 'fr']
	);
	expect(problems).toEqual([]);
	const built = packsWith(text);
	expect(built.problems).toEqual([]);
	// What goes into the browser's database comes out as a copy.
	const kept = structuredClone(overlay);
	return [
		['built', diskReader(built)],
		['loaded', overlaidReading(() => Promise.resolve(kept))(diskReader(plain))]
	];
}

describe('an overlay', async () => {
	for (const [way, read] of await readersOf(overlayText())) {
		describe(way, () => {
			test('hides, renames and adds sections, each at its place', async () => {
				const index = await readIndex(read, 'en', 'small');
				const { sections } = index.parts[0]!;
				expect(sections.map(({ id, title }) => [id, title])).toEqual([
					['first', 'First in Numenia'],
					['numenia-law', 'The law of Numenia']
				]);
				const added = await readSection(read, index, 'numenia-law');
				expect(added.html).toContain('<a href="../first/">first page</a>');
				expect(added.questions).toEqual([{ id: 'numenia-asked', title: 'Asked in Numenia' }]);
				const first = await readSection(read, index, 'first');
				expect(first.html).toContain('a page');
				expect(first.html).not.toContain('../second/');
				expect(first.questions).toEqual([{ id: 'asked', title: 'Asked, in our words' }]);
				expect(() => readSection(read, index, 'second')).toThrow('pack-broken');
			});

			test('a language without words has those of English, a page without a new title its own', async () => {
				const index = await readIndex(read, 'ar', 'small');
				expect(index.parts[0]!.sections.map(({ title, lang }) => [title, lang])).toEqual([
					['First in Numenia', 'en'],
					['The law of Numenia', 'en']
				]);
				const french = await readIndex(read, 'fr', 'small');
				expect(french.parts[0]!.sections[1]).toMatchObject({ title: 'La loi', lang: 'fr' });
			});

			test('changes what is asked and proposed, and the chapters of a draft', async () => {
				const index = await readIndex(read, 'en', 'small');
				const { topics } = await readAssessment(read, index);
				expect(topics[0]!.questions.map(({ id, title }) => [id, title])).toEqual([
					['asked', 'Asked, in our words'],
					['numenia-asked', 'Asked in Numenia']
				]);
				expect(index.topics[0]!.questions).toBe(2);
				expect(topics[0]!.measures.map(({ id }) => id)).toEqual([
					'finish',
					'numenia-begin',
					'numenia-all'
				]);
				// `begin` is hidden: nobody has to do it first.
				expect(topics[0]!.measures[0]!.requires).toEqual([]);
				expect(topics[0]!.measures[2]).not.toHaveProperty('topic');
				const { chapters } = await readOutline(read, index);
				expect(chapters.map(({ id, title }) => [id, title])).toEqual([
					['one', 'One of ours'],
					['numenia-two', 'Two']
				]);
			});

			test('counts in the library are those with the overlay', async () => {
				const manifest = (await read('/content/manifest.json')) as Manifest;
				expect(manifest.guides[0]).toMatchObject({ sections: 2, questions: 2, measures: 3 });
			});

			test('a search finds what is added and nothing that is hidden', async () => {
				const index = await readIndex(read, 'en', 'small');
				const search = createSearch(Fuse);
				search.addTitles(await read(index.search.titles.url));
				search.addTitles(await read(index.search.measures!.url));
				for (const piece of index.search.pieces) search.addPiece(await read(piece.url));
				const ids = (query: string) => search.search(query).results.map(({ id }) => id);
				expect(ids('law of Numenia')[0]).toBe('numenia-law');
				expect(ids('gazette')).toEqual(['numenia-law']);
				expect(ids('second')).not.toContain('second');
				expect(ids('begin')).not.toContain('begin');
			});
		});
	}

	test('a guide of another edition is read as it is', async () => {
		const other = structuredClone(smallGuide());
		other['guide.json'] = other['guide.json']!.replace('"edition":"1"', '"edition":"2"');
		const [, [, loaded]] = (await readersOf(overlayText())) as [unknown, [string, ReadJson]];
		expect((await readIndex(loaded, 'en', 'small')).parts[0]!.sections[0]!.title).not.toBe('First');
		const newer = diskReader(packsWith(undefined, other));
		const guides = { small: { edition: '1' } } as never;
		const read = overlaidReading(() => Promise.resolve({ id: 'x', title: {}, guides }))(newer);
		expect((await readIndex(read, 'en', 'small')).parts[0]!.sections[0]!.title).toBe('First');
	});
});

type Json = ReturnType<typeof smallOverlay>;
type Small = Json['guides']['small'];
const changed = (change: (small: Small, all: Json) => void): string => {
	const all = smallOverlay();
	change(all.guides.small, all);
	return overlayText(all);
};
const replaced = (from: string, to: string): string => {
	const text = overlayText();
	if (!text.includes(from)) throw new Error(`no ${from}`);
	return text.replace(from, to);
};

/** What `npm run content` says, for the file alone. */
const messagesOf = (text: string, files?: Record<string, string>): string[] =>
	packsWith(text, files).problems.map((problem) =>
		lineOfProblem(problem).replace('content/overlays/', '').replace(/\n\s*/, ' ')
	);

const cases: [name: string, text: string, messages: string[]][] = [
	[
		'JSON is broken',
		replaced('"overlay": "numenia",', '"overlay": "numenia"'),
		[
			"numenia.json:3  expected JSON, found Expected ',' or '}' after property value in JSON at position 25 (line 3 column 2) → look for a missing or extra comma, quote or bracket on this line or the one before"
		]
	],
	[
		'it is a list',
		'[]',
		[
			'numenia.json:1  expected an object, found []',
			'numenia.json:1  overlay: expected a text, found nothing → add "overlay"',
			'numenia.json:1  title: expected words in at least one language, found nothing',
			'numenia.json:1  guides: expected changes to a guide, found nothing'
		]
	],
	[
		'a key is misspelt',
		replaced('"hide": [\n\t\t\t\t\t"second"', '"hied": [\n\t\t\t\t\t"second"'),
		[
			'numenia.json:11  hied: expected one of hide, rename, add, found "hied" → most likely a misspelt key: correct or remove it'
		]
	],
	[
		'a key stands twice',
		replaced('"edition": "1",', '"edition": "1",\n"edition": "1",'),
		[
			'numenia.json:10  edition: expected a key used once, found edition twice → remove one of the two, or give one another id'
		]
	],
	[
		'a guide is unknown',
		replaced('"small": {', '"tall": {'),
		['numenia.json:8  tall: expected a guide of the app (small), found "tall" → correct the id']
	],
	[
		'it is for another edition',
		changed((small) => (small.edition = '0')),
		[
			'numenia.json:9  edition: expected the edition of the guide, 1, found "0" → look at what the other edition changed, then write its number here'
		]
	],
	[
		'it changes nothing',
		changed((_, all) => Object.assign(all, { guides: {} })),
		['numenia.json:7  guides: expected changes to a guide, found {}']
	],
	[
		'it hides what is not there',
		changed((small) => small.questions.hide.push('gone')),
		[
			'numenia.json:41  hide: expected an id that the guide has, found gone → correct the id, or add what it names'
		]
	],
	[
		'it renames what is not there',
		changed((small) => Object.assign(small.chapters.rename, { gone: { en: 'X' } })),
		[
			'numenia.json:153  gone: expected an id that the guide has, found "gone" → correct the id, or add what it names'
		]
	],
	[
		'it renames what it hides',
		changed((small) => Object.assign(small.sections.rename, { second: { en: 'X' } })),
		[
			'numenia.json:18  second: expected something that is not hidden, found "second" → take it out of "hide", or out of "rename"'
		]
	],
	[
		'it speaks an unknown language',
		changed((small) => Object.assign(small.questions.rename.asked, { xx: 'X' })),
		[
			'numenia.json:44  xx: expected a language of the app (ar, en, fr), found "xx" → correct the code, or remove the words'
		]
	],
	[
		'it has no words',
		changed((small) => Object.assign(small.chapters.add[0]!, { text: {} })),
		['numenia.json:167  text: expected words in at least one language, found {}']
	],
	[
		'an id is in use',
		changed((small) => (small.sections.add[0]!.id = 'first')),
		[
			'numenia.json:21  id: expected an id that the guide does not use, found first → begin it with your country: numenia-…',
			'numenia.json:53  section: expected a section of guide.json, found "numenia-law" → correct the id, or add what it names',
			'numenia.json:161  sections: expected a section of guide.json, found "numenia-law" → correct the id, or add what it names'
		]
	],
	[
		'an id is used twice',
		changed((small) => (small.measures.add[1]!.id = 'numenia-begin')),
		[
			'numenia.json:120  id: expected an id used once, found numenia-begin twice → give the second another id',
			'numenia.json:96  numenia-begin: expected prerequisites without a cycle, found numenia-begin → numenia-begin → remove one of these from "requires"'
		]
	],
	[
		'an id is malformed (F-33)',
		changed((small) => (small.chapters.add[0]!.id = '../../etc')),
		[
			'numenia.json:156  id: expected an id of lower-case words and hyphens, found ../../etc → write it like data-protection'
		]
	],
	[
		'a level is missing',
		changed((small) => small.questions.add[0]!.text.en.levels.pop()),
		[
			'numenia.json:63  levels: expected 5 sentences, for levels 0 to 4, found 4 → write one sentence per level, the lowest first'
		]
	],
	[
		'levels are out of order',
		changed(
			(small) => (small.questions.add[0]!.text.en.levels = ['0. A', '2. B', '1. C', '3. D', '4. E'])
		),
		[
			'numenia.json:63  levels: expected the sentence for level 1 in place 2, found "2. B" → put the sentences in order, from level 0 to level 4',
			'numenia.json:63  levels: expected the sentence for level 2 in place 3, found "1. C" → put the sentences in order, from level 0 to level 4'
		]
	],
	[
		'a question is about a hidden page',
		changed((small) => {
			small.sections.hide = ['first', 'second'];
			Object.assign(small.sections, { rename: {} });
			small.sections.add[0]!.text.en.body = 'No link.';
		}),
		[
			'numenia.json:12  hide: expected no question that leads to the hidden page first, found asked → hide the question too, or rename the page instead of hiding it'
		]
	],
	[
		'a topic is unknown',
		changed((small) => (small.questions.add[0]!.topic = 'tpoic')),
		[
			'numenia.json:49  topic: expected a topic of guide.json, found "tpoic" → correct the id, or add what it names'
		]
	],
	[
		'a neighbour is unknown',
		changed((small) => (small.chapters.add[0]!.after = 'zero')),
		[
			'numenia.json:157  after: expected an id of its neighbours, found "zero" → correct the id, or add what it names'
		]
	],
	[
		'a hidden measure leaves a step open',
		changed((small) => small.measures.hide.push('finish')),
		[
			'numenia.json:91  finish: expected something that is not hidden, found "finish" → take it out of "hide", or out of "rename"',
			'numenia.json:42  asked: expected a measure that takes asked from level 2 to 3, found none → write a measure whose "closes" covers that step, or widen the "from" and "to" of one',
			'numenia.json:42  asked: expected a measure that takes asked from level 3 to 4, found none → write a measure whose "closes" covers that step, or widen the "from" and "to" of one'
		]
	],
	[
		'an added question has no measure',
		changed((small) => void small.measures.add.pop()),
		[
			'numenia.json:48  numenia-asked: expected a measure that takes numenia-asked from level 0 to 1, found none → write a measure whose "closes" covers that step, or widen the "from" and "to" of one',
			'numenia.json:48  numenia-asked: expected a measure that takes numenia-asked from level 1 to 2, found none → write a measure whose "closes" covers that step, or widen the "from" and "to" of one',
			'numenia.json:48  numenia-asked: expected a measure that takes numenia-asked from level 2 to 3, found none → write a measure whose "closes" covers that step, or widen the "from" and "to" of one',
			'numenia.json:48  numenia-asked: expected a measure that takes numenia-asked from level 3 to 4, found none → write a measure whose "closes" covers that step, or widen the "from" and "to" of one'
		]
	],
	[
		'an added measure lifts no question',
		changed((small) => (small.measures.add[0]!.closes[0]!.question = 'gone')),
		[
			'numenia.json:42  asked: expected a measure that takes asked from level 0 to 1, found none → write a measure whose "closes" covers that step, or widen the "from" and "to" of one',
			'numenia.json:42  asked: expected a measure that takes asked from level 1 to 2, found none → write a measure whose "closes" covers that step, or widen the "from" and "to" of one',
			'numenia.json:96  numenia-begin: expected a question of assessment.json in "closes", found gone → correct the id in "closes", or add the question'
		]
	],
	[
		'an added measure waits for a hidden one',
		changed((small) => (small.measures.add[1]!.requires = ['begin'])),
		[
			'numenia.json:120  numenia-all: expected a measure of measures.json in "requires", found begin → correct the id in "requires", or remove it'
		]
	],
	[
		'a topic loses its core questions',
		changed((small) => {
			small.questions.hide.push('asked');
			Object.assign(small.questions, { rename: {}, add: [] });
			Object.assign(small.measures, { hide: [], rename: {}, add: [] });
		}),
		[
			'numenia.json:41  hide: expected 2 core questions in the topic topic, found 0 → hide fewer, or add one whose "path" is "core": without them the topic has no score'
		]
	],
	[
		'a link leads to a hidden page',
		changed((small) => (small.sections.add[0]!.text.en.body = 'See [it](section:second).')),
		[
			'numenia.json:28  body: expected a link to a page that is shown, found "section:second" → correct the id, or add what it names'
		]
	],
	[
		'a link leads to no term',
		changed((small) => (small.sections.add[0]!.text.fr.body = 'Voir [ceci](term:luck).')),
		[
			'numenia.json:33  body: expected a link to a term, found "term:luck" → correct the id, or add what it names'
		]
	],
	[
		'there is raw HTML (F-30)',
		changed((small) => (small.sections.add[0]!.text.en.body = 'A <script>alert(1)</script>')),
		[
			'numenia.json:28  body: expected plain Markdown, found "HTML <script>" → link with (section:id) or (term:id); HTML, images and other addresses stay out',
			'numenia.json:28  body: expected plain Markdown, found "HTML </script>" → link with (section:id) or (term:id); HTML, images and other addresses stay out'
		]
	],
	[
		'a value is not of its list',
		changed((small) => (small.measures.add[0]!.effort = 'tiny')),
		['numenia.json:105  effort: expected one of small, medium, large, found "tiny"']
	],
	[
		'an owner is unknown',
		changed((small) => (small.measures.add[0]!.owner = 'minister')),
		[
			'numenia.json:104  owner: expected one of cabinet, found "minister" → choose an owner that the guide has'
		]
	],
	[
		'a chapter has nothing to read or answer',
		changed((small) => Object.assign(small.chapters.add[0]!, { topics: [], sections: [] })),
		[
			'numenia.json:159  sections: expected a topic or a section for chapter numenia-two, found [] → name at least one: a chapter tells what to read, or is made from answers'
		]
	],
	[
		'__proto__ is no guide (F-31)',
		'{ "overlay": "x", "title": { "en": "X" }, "guides": { "__proto__": {} } }',
		[
			'numenia.json:1  __proto__: expected a guide of the app (small), found "__proto__" → correct the id'
		]
	],
	[
		'it is no UTF-8',
		replaced('La Num\u00e9nia', 'La Num\uFFFDnia'),
		[
			'numenia.json:5  expected UTF-8 text, found bytes that are not → save it as UTF-8 (in most editors: Save as, Encoding, UTF-8)'
		]
	],
	[
		'it has a byte order mark',
		`\uFEFF${overlayText()}`,
		[
			'numenia.json:1  expected UTF-8 without a byte order mark, found a byte order mark → save it as UTF-8 (in most editors: Save as, Encoding, UTF-8)'
		]
	],
	[
		'it has 10 MB',
		'a'.repeat(10_000_000),
		[
			'numenia.json:1  expected a file of at most 400 kB, found 10.0 MB → cut it into pages, or remove what is not text'
		]
	]
];

describe('a message says where, what and how to mend, and nothing of the overlay is applied', () => {
	test.each(cases)('%s', (_name, text, messages) => {
		expect(messagesOf(text)).toEqual(messages);
		expect(packsWith(text).guides.get('en/small')).toEqual(plain.guides.get('en/small'));
	});

	test('an id is used again for something else', () => {
		const files = smallGuide();
		files['guide.json'] = files['guide.json']!.replace('{', '{"retired":["numenia-law"],');
		expect(messagesOf(overlayText(), files)).toEqual([
			'numenia.json:21  id: expected an id that never stood for something else, found numenia-law, retired in guide.json → choose a new id: answers that people kept still carry the old one'
		]);
	});
});
