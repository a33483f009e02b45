/**
 * Every mistake of an author or translator, with the message that it gets: file, line, field, what was
 * expected, what was found, how to mend it.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { contentWith, smallGuide } from '../../../tests/fixtures/small-guide.ts';
import { withOf } from './author/translation-marks.ts';
import { checkContent } from './check-content.ts';
import { compileGuide } from './compile.ts';
import { diskContent } from './content-disk.ts';
import type { Content } from './content.ts';
import { lineOfProblem, withoutRepeats } from './content-problem.ts';

type Files = Record<string, string>;
type Change = (files: Files) => void;

const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 10);

/** What `npm run content` would print. */
function messagesOf(content: Content): string[] {
	const compiled = ['en', 'fr', 'ar'].flatMap((l) => compileGuide(content, 'small', l).problems);
	return withoutRepeats([...checkContent(content, hash), ...compiled]).map((problem) =>
		lineOfProblem(problem).replaceAll('content/guides/small/', '').replace(/\n\s*/, ' ')
	);
}
function messagesAfter(change: Change): string[] {
	const files = smallGuide();
	change(files);
	return messagesOf(contentWith(files));
}
const replace =
	(path: string, from: string, to: string): Change =>
	(files) => {
		if (!files[path]!.includes(from)) throw new Error(`${path} has no ${from}`);
		files[path] = files[path]!.replace(from, to);
	};
/** Adds a file like another one, with `from` replaced. */
const copy =
	(path: string, like: string, from = '', to = ''): Change =>
	(files) =>
		void (files[path] = files[like]!.replace(from, to));
const translate =
	(name: string, from = '', to = ''): Change =>
	(files) => {
		const source = files[`en/${name}`]!;
		files[`fr/${name}`] = withOf(name, source.replace(from, to), hash(source));
	};

test('the small guide has no mistake, nor has a page of it in French', () => {
	expect(messagesAfter(() => {})).toEqual([]);
	expect(messagesAfter(translate('names.json', 'Small guide', 'Petit guide'))).toEqual([]);
});

/** The name of a mistake, how it is made, and all that is said about it (paths from the guide's folder). */
const cases: [name: string, change: Change, messages: string[]][] = [
	[
		'a translation key is missing',
		translate('names.json', '"short":"Small",', ''),
		['fr/names.json:1  short: expected the translation of en/names.json, found none → add "short"']
	],
	[
		'a translation key is left over',
		translate('names.json', '"short"', '"shrot":"?","short"'),
		[
			'fr/names.json:1  shrot: expected a key of en/names.json, found shrot → correct it as in the source, or remove it'
		]
	],
	[
		'a translation is of no page',
		copy('fr/measures/stray.md', 'en/measures/begin.md'),
		[
			'fr/measures/stray.md:1  expected a file that a skeleton names, found stray → name stray in measures.json, or rename or remove the file'
		]
	],
	[
		'a colour that no document has',
		replace('guide.json', '"accent":"blue"', '"accent":"amber"'),
		['guide.json:1  accent: expected one of blue, teal, leaf, found "amber"']
	],
	[
		'a place that no draft fills',
		replace('en/outline/one.md', '{country}', '{pays}'),
		[
			'en/outline/one.md:6  expected a place, one of country, date, answered, questions, proven, actions, strongest, weakest, found pays → correct the word in braces'
		]
	],
	[
		'a level is missing',
		replace('en/questions/asked.md', ', Tested.]', ']'),
		[
			'en/questions/asked.md:4  levels: expected 5 sentences, for levels 0 to 4, found 4 → write one sentence per level, the lowest first'
		]
	],
	[
		'a level is out of order',
		replace(
			'en/questions/asked.md',
			'[Nothing., Decided., Partly., Everywhere., Tested.]',
			'["0. Nothing.", "2. Partly.", "1. Decided.", "3. Everywhere.", "4. Tested."]'
		),
		[
			'en/questions/asked.md:4  levels: expected the sentence for level 1 in place 2, found "2. Partly." → put the sentences in order, from level 0 to level 4',
			'en/questions/asked.md:4  levels: expected the sentence for level 2 in place 3, found "1. Decided." → put the sentences in order, from level 0 to level 4'
		]
	],
	[
		'a measure lowers',
		replace('measures.json', '"from": 2, "to": 4', '"from": 3, "to": 2'),
		[
			'measures.json:3  asked: expected a measure that takes asked from level 2 to 3, found none → write a measure whose "closes" covers that step, or widen the "from" and "to" of one',
			'measures.json:3  asked: expected a measure that takes asked from level 3 to 4, found none → write a measure whose "closes" covers that step, or widen the "from" and "to" of one',
			'measures.json:4  finish: expected from below to, found 3 to 2 → a measure lifts: put the lower level in "from"'
		]
	],
	[
		'a section is dangling',
		replace('assessment.json', '"section": "first"', '"section": "third"'),
		[
			'assessment.json:3  section: expected a section of guide.json, found "third" → correct the id, or add what it names'
		]
	],
	[
		'a measure is for no question',
		replace('measures.json', '"question": "asked", "from": 0', '"question": "gone", "from": 0'),
		[
			'measures.json:4  asked: expected a measure that takes asked from level 0 to 1, found none → write a measure whose "closes" covers that step, or widen the "from" and "to" of one',
			'measures.json:4  asked: expected a measure that takes asked from level 1 to 2, found none → write a measure whose "closes" covers that step, or widen the "from" and "to" of one',
			'measures.json:3  begin: expected a question of assessment.json in "closes", found gone → correct the id in "closes", or add the question'
		]
	],
	[
		'a measure requires none that there is',
		replace('measures.json', '"requires": []', '"requires": ["gone"]'),
		[
			'measures.json:3  begin: expected a measure of measures.json in "requires", found gone → correct the id in "requires", or remove it'
		]
	],
	[
		'an id is used twice',
		replace('measures.json', '"id": "finish"', '"id": "begin"'),
		[
			'measures.json:4  id: expected an id used once, found begin twice → give the second another id',
			'en/measures/finish.md:1  expected a file that a skeleton names, found finish → name finish in measures.json, or rename or remove the file',
			'measures.json:3  begin: expected prerequisites without a cycle, found begin → begin → remove one of these from "requires"'
		]
	],
	[
		'a key is used twice',
		replace(
			'en/terms.json',
			'}}',
			'},"risk":{"term":"Risk","definition":"Again.","also":[],"see":[]}}'
		),
		[
			'en/terms.json:1  risk: expected a key used once, found risk twice → remove one of the two, or give one another id'
		]
	],
	[
		'an id is used again for something else',
		replace('guide.json', '{', '{"retired":["old-way","asked"],'),
		[
			'assessment.json:3  id: expected an id that never stood for something else, found asked, retired in guide.json → choose a new id: answers that people kept still carry the old one'
		]
	],
	[
		'an id is malformed (F-33)',
		replace('outline.json', '"id":"one"', '"id":"../../etc/passwd"'),
		[
			'outline.json:1  id: expected an id of lower-case words and hyphens, found ../../etc/passwd → write it like data-protection',
			'en/outline/one.md:1  expected a file that a skeleton names, found one → name one in outline.json, or rename or remove the file'
		]
	],
	[
		'a guide has not the name of its folder',
		replace('guide.json', '"id":"small"', '"id":"tall"'),
		[
			'guide.json:1  id: expected the name of its folder, small, found "tall" → rename one of the two'
		]
	],
	[
		'measures wait for each other',
		replace('measures.json', '"requires": []', '"requires": ["finish"]'),
		[
			'measures.json:3  begin: expected prerequisites without a cycle, found begin → finish → begin → remove one of these from "requires"'
		]
	],
	[
		'a step is closed by no measure',
		replace('measures.json', '"from": 2, "to": 4', '"from": 2, "to": 3'),
		[
			'measures.json:3  asked: expected a measure that takes asked from level 3 to 4, found none → write a measure whose "closes" covers that step, or widen the "from" and "to" of one'
		]
	],
	[
		'a chapter has no topic and no section',
		replace('outline.json', '"topics":["topic"],"sections":["first"]', '"topics":[],"sections":[]'),
		[
			'outline.json:1  sections: expected a topic or a section for chapter one, found [] → name at least one: a chapter tells what to read, or is made from answers'
		]
	],
	[
		'a chapter has a section that is not there',
		replace('outline.json', '"sections":["first"]', '"sections":["gone"]'),
		[
			'outline.json:1  sections: expected a section of guide.json, found "gone" → correct the id, or add what it names'
		]
	],
	[
		'a link leads to no section',
		replace('en/sections/first.md', 'section:second', 'section:nowhere'),
		[
			'en/sections/first.md:9  section:nowhere: expected a known section id, found nowhere → link to a section of guide.json'
		]
	],
	[
		'a link leads to no term',
		replace('en/sections/second.md', 'term:risk', 'term:luck'),
		[
			'en/sections/second.md:9  term:luck: expected a known term id, found luck → link to a term of terms.json'
		]
	],
	[
		'a link is plain',
		replace('en/sections/first.md', 'Opening', '[Opening](second.md)'),
		[
			'en/sections/first.md:9  expected plain Markdown, found link second.md → link with (section:id) or (term:id); HTML, images and other addresses stay out'
		]
	],
	[
		'front matter is missing',
		replace('en/measures/begin.md', '---\n', ''),
		[
			'en/measures/begin.md:1  expected front matter between two lines of ---, found title: Begin → begin the file with ---, the keys, and --- again'
		]
	],
	[
		'front matter is no YAML',
		replace('en/measures/begin.md', 'title: Begin', 'title: Begin: now'),
		[
			'en/measures/begin.md:2  expected plain YAML, found Nested mappings are not allowed in compact mappings → put a text that holds : or # or begins with a quote between double quotes'
		]
	],
	[
		'front matter has a key that nobody reads',
		replace('en/measures/begin.md', 'done:', 'dnoe: x\ndone:'),
		[
			'en/measures/begin.md:3  dnoe: expected one of title, done, indicator, of, reviewed, found "dnoe" → most likely a misspelt key: correct or remove it'
		]
	],
	[
		'a front matter key is missing',
		replace('en/measures/begin.md', 'done: It has begun.\n', ''),
		['en/measures/begin.md:1  done: expected a text, found nothing → add "done"']
	],
	[
		'front matter names __proto__ (F-31)',
		replace('en/sections/first.md', 'title: First', 'title: First\n__proto__: x'),
		['en/sections/first.md:3  expected a known key, found __proto__ → remove the line']
	],
	[
		'front matter has an alias (F-32)',
		replace('en/sections/first.md', 'who: [Cabinet]', 'who: &a [Cabinet]\nwhy: *a'),
		[
			'en/sections/first.md:2  expected YAML without aliases, found Alias resolution is disabled → write the value out in both places, without & and *'
		]
	],
	[
		'front matter has 20 KB (F-32)',
		replace('en/sections/first.md', 'In short.', 'x'.repeat(20_000)),
		[
			'en/sections/first.md:1  expected front matter of at most 16384 characters, found 20093 → move the text below the second ---'
		]
	],
	[
		'JSON is broken',
		replace('measures.json', '"months": 2,', '"months": 2'),
		[
			"measures.json:3  expected JSON, found Expected ',' or '}' after property value in JSON at position 160 (line 3 column 144) → look for a missing or extra comma, quote or bracket on this line or the one before"
		]
	],
	[
		'a skeleton has a key that nobody reads',
		replace('measures.json', '"effort": "small"', '"efort": "small", "effort": "small"'),
		[
			'measures.json:3  efort: expected one of id, closes, owner, effort, cost, months, requires, unit, shared, found "efort" → most likely a misspelt key: correct or remove it'
		]
	],
	[
		'a value is not of its list',
		replace('measures.json', '"effort": "small"', '"effort": "tiny"'),
		['measures.json:3  effort: expected one of small, medium, large, found "tiny"']
	],
	[
		'a folder is for no language',
		copy('xx/measures/begin.md', 'en/measures/begin.md'),
		[
			'xx:1  expected a language of content/languages (ar, en, fr), found xx → add content/languages/xx/, or rename or remove the folder'
		]
	],
	[
		'a thesaurus leads to what no title and no term is called',
		(files) =>
			void (files['shared/en/thesaurus.json'] = '{\n\t"first": "boss",\n\t"budgit": "cash"\n}'),
		[
			'content/shared/en/thesaurus.json:3  budgit: expected words of one title or term of this language, found "budgit" → write the words as a title or the glossary has them, or remove the line'
		]
	],
	[
		'a thesaurus says a word twice, or nothing',
		(files) => void (files['shared/en/thesaurus.json'] = '{\n\t"first": "boss; Bóss; ?"\n}'),
		[
			'content/shared/en/thesaurus.json:2  first: expected each word once, found "Bóss twice" → remove one of the two',
			'content/shared/en/thesaurus.json:2  first: expected words between semicolons, found "?" → write letters, or remove it'
		]
	],
	[
		'a thesaurus has a line twice',
		(files) =>
			void (files['shared/en/thesaurus.json'] = '{\n\t"first": "boss",\n\t"first": "chief"\n}'),
		[
			'content/shared/en/thesaurus.json:3  first: expected a key used once, found first twice → remove one of the two, or give one another id'
		]
	],
	[
		'a thesaurus holds lists',
		(files) => void (files['shared/en/thesaurus.json'] = '{ "first": ["boss"] }'),
		['content/shared/en/thesaurus.json:1  first: expected a text, found ["boss"]']
	],
	[
		'a thesaurus is no UTF-8',
		(files) => void (files['shared/en/thesaurus.json'] = '{ "first": "ch\uFFFDf" }'),
		[
			'content/shared/en/thesaurus.json:1  expected UTF-8 text, found bytes that are not → save it as UTF-8 (in most editors: Save as, Encoding, UTF-8)'
		]
	],
	[
		'a shared folder is for no language',
		copy('shared/xx/owners.json', 'shared/en/owners.json'),
		[
			'content/shared/xx:1  expected a language of content/languages (ar, en, fr), found xx → add content/languages/xx/, or rename or remove the folder'
		]
	],
	[
		'a language has no code',
		copy('languages/French!/language.json', 'languages/fr/language.json'),
		[
			'content/languages/French!:1  expected a language code such as fr or pt-BR, found French! → rename the folder to the code of BCP 47'
		]
	],
	[
		'content promises an unknown language',
		replace('guide.json', '{', '{"complete":{"xx":"all"},'),
		[
			'guide.json:1  complete: expected languages of content/languages, found "xx" → correct the id, or add what it names'
		]
	],
	[
		'content promises an unknown amount',
		replace('guide.json', '{', '{"complete":{"fr":"most"},'),
		['guide.json:1  fr: expected one of all, assessment, found "most"']
	],
	[
		'two files have one id (x.MD)',
		copy('en/measures/begin.MD', 'en/measures/begin.md'),
		[
			'en/measures/begin.MD:1  expected one file for begin, found begin.md and begin.MD → keep begin.md, remove begin.MD'
		]
	],
	[
		'two files have one id (x.markdown)',
		copy('en/measures/begin.markdown', 'en/measures/begin.md'),
		[
			'en/measures/begin.markdown:1  expected one file for begin, found begin.md and begin.markdown → keep begin.md, remove begin.markdown'
		]
	],
	[
		'a page ends in .txt',
		copy('en/measures/other.txt', 'en/measures/begin.md'),
		['en/measures/other.txt:1  expected a page <id>.md, found other.txt → rename it to other.md']
	],
	[
		'a file stands where nothing reads it',
		copy('assesment.json', 'assessment.json'),
		[
			'assesment.json:1  expected one of guide.json, assessment.json, measures.json, outline.json, sources.json, indicators.json, migration.json, README.md, LICENSE, found assesment.json → rename it, or move it out of content/'
		]
	],
	[
		'a page is missing',
		(files) => delete files['en/measures/begin.md'],
		[
			'en/measures/begin.md:1  expected a file, found none → write it, or take its id out of the skeleton'
		]
	],
	[
		'a heading is missing',
		replace('en/sections/first.md', '## Pitfalls {#pitfalls}', '## Traps'),
		[
			'en/sections/first.md:9  expected a heading {#pitfalls}, found none → add a line "## … {#pitfalls}", or mark the part "free" in guide.json'
		]
	],
	[
		'there is raw HTML (F-30)',
		replace('en/sections/first.md', 'Opening', 'Opening <script>alert(1)</script>'),
		[
			'en/sections/first.md:9  expected plain Markdown, found HTML <script> → link with (section:id) or (term:id); HTML, images and other addresses stay out',
			'en/sections/first.md:9  expected plain Markdown, found HTML </script> → link with (section:id) or (term:id); HTML, images and other addresses stay out'
		]
	],
	[
		'a source is unknown',
		replace('en/sections/first.md', 'sources: [ncs]', 'sources: [itu]'),
		[
			'en/sections/first.md:7  sources: expected a source of sources.json, found "itu" → add it to sources.json'
		]
	],
	[
		'an indicator has no words',
		replace('en/indicators.json', '"share"', '"shard"'),
		[
			'en/indicators.json:1  share: expected the words of an indicator, found nothing → add "share"',
			'en/indicators.json:2  shard: expected an indicator of indicators.json, found "shard" → correct the id, or add what it names'
		]
	],
	[
		'a term sees none that there is',
		replace('en/terms.json', '"see":[]', '"see":["luck"]'),
		[
			'en/terms.json:1  see: expected a term of terms.json, found "luck" → correct the id, or add what it names'
		]
	]
];

const folder = mkdtempSync(join(tmpdir(), 'content-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('what is on disk and is no text', () => {
	const path = 'guides/small/en/measures/begin.md';
	function messagesWith(bytes: Uint8Array): string[] {
		for (const [name, text] of contentFiles()) write(name, Buffer.from(text));
		write(path, bytes);
		return messagesOf(diskContent(folder));
	}
	const contentFiles = () => {
		const content = contentWith(smallGuide());
		return [...content.files.keys()].map((name) => [name, content.read(name)!] as const);
	};
	const write = (name: string, bytes: Uint8Array) => {
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		writeFileSync(join(folder, name), bytes);
	};
	const page = (title: string) =>
		`---\ntitle: ${title}\ndone: It has begun.\nindicator: Beginnings\n---\nHow.\n`;

	test.each<[string, Uint8Array, string[]]>([
		[
			'Windows-1252',
			Buffer.from(page('Début'), 'latin1'),
			[
				'en/measures/begin.md:2  expected UTF-8 text, found bytes that are not → save it as UTF-8 (in most editors: Save as, Encoding, UTF-8)'
			]
		],
		[
			'UTF-16',
			Buffer.from(`\uFEFF${page('Start')}`, 'utf16le'),
			[
				'en/measures/begin.md:1  expected UTF-8 text, found bytes that are not → save it as UTF-8 (in most editors: Save as, Encoding, UTF-8)'
			]
		],
		[
			'a byte order mark',
			Buffer.from(`\uFEFF${page('Start')}`),
			[
				'en/measures/begin.md:1  expected UTF-8 without a byte order mark, found a byte order mark → save it as UTF-8 (in most editors: Save as, Encoding, UTF-8)'
			]
		],
		[
			'10 MB',
			Buffer.alloc(10_000_000, 'a'),
			[
				'en/measures/begin.md:1  expected a file of at most 400 kB, found 10.0 MB → cut it into pages, or remove what is not text'
			]
		]
	])('%s', (_name, bytes, messages) => {
		expect(messagesWith(bytes)).toEqual(messages);
	});

	test('line ends of Windows are no mistake', () => {
		expect(messagesWith(Buffer.from(page('Start').replaceAll('\n', '\r\n')))).toEqual([]);
	});
});

describe('a message says where, what and how to mend', () => {
	test.each(cases)('%s', (_name, change, messages) => {
		expect(messagesAfter(change)).toEqual(messages);
	});
});
