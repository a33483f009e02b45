/** What a new edition says of the one before it, and every mistake in that, with its whole message. */
import { describe, expect, test } from 'vitest';
import { secondEdition } from '../../../tests/fixtures/small-edition.ts';
import { contentWith, smallGuide } from '../../../tests/fixtures/small-guide.ts';
import { checkTree } from './tree.ts';
import { compileGuide } from './compile.ts';
import { lineOfProblem, withoutRepeats } from './content-problem.ts';
import { packsOf } from './packs-disk.ts';

type Change = (files: Record<string, string>) => void;
const replace =
	(from: string, to: string, path = 'migration.json'): Change =>
	(files) => {
		if (!files[path]!.includes(from)) throw new Error(`${path} has no ${from}`);
		files[path] = files[path]!.replace(from, to);
	};

function messagesAfter(...changes: Change[]): string[] {
	const files = secondEdition();
	for (const change of changes) change(files);
	const content = contentWith(files);
	const problems = ['en', 'fr', 'ar'].flatMap((l) => compileGuide(content, 'small', l).problems);
	return withoutRepeats([...checkTree(content), ...problems]).map((problem) =>
		lineOfProblem(problem).replaceAll('content/guides/small/', '').replace(/\n\s*/, ' ')
	);
}

describe('a second edition', () => {
	test('has no mistake, and says what moved in the language of the reader', () => {
		expect(messagesAfter()).toEqual([]);
		const content = contentWith(secondEdition());
		expect(compileGuide(content, 'small', 'fr').guide.migration).toEqual([
			{
				from: '1',
				to: '2',
				note: 'Une page a été renommée.',
				titles: { questions: { dropped: 'Dropped' } },
				sections: { second: 'following' },
				questions: { asked: 'inquired', dropped: null },
				measures: { begin: 'set-out' },
				chapters: { one: 'opening' }
			}
		]);
	});

	test('is in the index of the guide; a section knows its former ids, and no other grows', () => {
		const sizeOf = (body: string) => body.length;
		const packs = packsOf(contentWith(secondEdition()), sizeOf);
		expect(packs.problems).toEqual([]);
		expect(packs.indexes.get('ar/small')!.migration?.[0]?.note).toBe('One page was renamed.');
		const sections = packs.guides.get('en/small')!.parts[0]!.sections;
		expect(sections.map(({ id, was }) => [id, was])).toEqual([
			['first', undefined],
			['following', ['second']]
		]);
		const before = packsOf(contentWith(smallGuide()), sizeOf).indexes.get('en/small')!;
		expect(Object.keys(before)).not.toContain('migration');
		expect(JSON.stringify(sections[0])).not.toContain('was');
	});

	test('a question may move while the section of the same id stays', () => {
		const twin: Change = (files) => {
			files['guide.json'] = files['guide.json']!.replace('"following"', '"following","asked"');
			files['en/sections/asked.md'] = files['en/sections/first.md']!;
		};
		expect(messagesAfter(twin)).toEqual([]);
	});

	test('an edition may be skipped: the id of the first leads to the third', () => {
		const third: Change = (files) => {
			replace('"asked": "inquired"', '"asked": "queried"')(files);
			replace(
				'\n\t]\n}',
				',\n\t\t{ "from": "2", "to": "3", "questions": { "queried": "inquired" } }\n\t]\n}'
			)(files);
			replace('"edition":"2"', '"edition":"3"', 'guide.json')(files);
			replace('"dropped"', '"dropped","queried"', 'guide.json')(files);
		};
		expect(messagesAfter(third)).toEqual([]);
	});
});

/** The name of a mistake, how it is made, and all that is said about it. */
const cases: [name: string, changes: Change[], messages: string[]][] = [
	[
		'a new id is unknown',
		[replace('"asked": "inquired"', '"asked": "enquired"')],
		[
			'migration.json:9  asked: expected a question of this edition, or null, found enquired → correct the id, or add what it names'
		]
	],
	[
		'an old id is still in use',
		[replace('"measures": { "begin"', '"measures": { "finish": null, "begin"')],
		[
			'migration.json:12  finish: expected an id that no longer is a measure of the guide, found finish, still in use → take it out of this table, or give the thing its new id'
		]
	],
	[
		'an old id is not retired',
		[replace('"dropped",', '', 'guide.json')],
		[
			'migration.json:10  dropped: expected an id of "retired" in guide.json, found dropped, which is not there → add it: "retired": ["dropped"]'
		]
	],
	[
		'a chain goes round',
		[
			replace('"asked": "inquired"', '"asked": "queried"'),
			replace(
				'\n\t]\n}',
				',\n\t\t{ "from": "2", "to": "3", "questions": { "queried": "asked" } }\n\t]\n}'
			),
			replace('"edition":"2"', '"edition":"3"', 'guide.json'),
			replace('"dropped"', '"dropped","queried"', 'guide.json')
		],
		[
			'migration.json:16  queried: expected a chain that ends in the guide, found queried → asked → … → name the id that stands in the guide now'
		]
	],
	[
		'the last step leads to another edition',
		[replace('"to": "2"', '"to": "3"')],
		[
			'migration.json:5  to: expected 2, the edition of guide.json, found "3" → correct one of the two'
		]
	],
	[
		'a step leads nowhere',
		[replace('"from": "1"', '"from": "2"')],
		['migration.json:5  to: expected another edition than 2, found "2"']
	],
	[
		'a step between is missing',
		[
			replace('\n\t]\n}', ',\n\t\t{ "from": "3", "to": "4" }\n\t]\n}'),
			replace('"edition":"2"', '"edition":"4"', 'guide.json')
		],
		[
			'migration.json:16  from: expected 2, with which the step before ends, found "3" → list the steps in order, the oldest first, and leave none out'
		]
	],
	[
		'an id moves twice',
		[
			replace(
				'\n\t]\n}',
				',\n\t\t{ "from": "2", "to": "3", "questions": { "asked": null } }\n\t]\n}'
			),
			replace('"edition":"2"', '"edition":"3"', 'guide.json')
		],
		[
			'migration.json:16  asked: expected an id that moves once, found asked twice → keep the step in which it went'
		]
	],
	[
		'two questions become one',
		[replace('"dropped": null', '"dropped": "inquired"')],
		[
			'migration.json:10  dropped: expected one old id for inquired, found asked and dropped → set the one that fits less to null: what stands there is kept to be read'
		]
	],
	[
		'a field is misspelt',
		[replace('"measures":', '"mesures":')],
		[
			'migration.json:12  mesures: expected one of from, to, note, titles, sections, questions, measures, chapters, found "mesures" → most likely a misspelt key: correct or remove it'
		]
	],
	[
		'a field beside the steps is misspelt',
		[replace('{\n', '{ "edition": "2",\n')],
		[
			'migration.json:1  edition: expected one of editions, found "edition" → most likely a misspelt key: correct or remove it'
		]
	],
	[
		'a new id is no text',
		[replace('"dropped": null', '"dropped": false')],
		[
			'migration.json:8  questions: expected the new id of dropped, or null, found false → null: nothing replaces it'
		]
	],
	[
		'an old id is malformed (F-33)',
		[replace('"dropped": null', '"Dropped!": null'), replace('"dropped":', '"Dropped!":')],
		[
			'migration.json:10  Dropped!: expected an id of lower-case words and hyphens, found Dropped! → write it as it was'
		]
	],
	[
		'a title is of nothing that moved',
		[replace('"dropped": {', '"droped": {')],
		[
			'migration.json:14  droped: expected an old id of "questions" in this step, found "droped" → correct the id, or add what it names'
		]
	],
	[
		'a note is in an unknown language',
		[replace('"fr": "Une', '"frr": "Une')],
		[
			'migration.json:6  frr: expected one of ar, en, fr, found "frr" → add the language, or correct it'
		]
	],
	[
		'there is no step',
		[(files) => void (files['migration.json'] = '{ "editions": [] }')],
		[
			'migration.json:1  editions: expected at least one step, found [] → add one, or remove the file'
		]
	],
	[
		'it is no JSON',
		[replace('"to": "2",', '"to": "2"')],
		[
			"migration.json:6  expected JSON, found Expected ',' or '}' after property value in JSON at position 53 (line 6 column 4) → look for a missing or extra comma, quote or bracket on this line or the one before"
		]
	]
];

describe('a mistake in migration.json is said with file, line, field, expected, found, and how to mend it', () => {
	test.each(cases)('%s', (_name, changes, messages) => {
		expect(messagesAfter(...changes)).toEqual(messages);
	});
});
