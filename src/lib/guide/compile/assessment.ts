/** Questions, measures and hints: a skeleton entry and the words that belong to it. */
import {
	costs,
	efforts,
	units,
	type Crosswalk,
	type Hint,
	type Measure,
	type Question
} from '#lib/model/guide.ts';
import type { Fields } from '../fields.ts';
import { plainText } from '../render.ts';
import { mendId } from './ids.ts';
import type { Pack } from './pack.ts';

/** What a question may refer to. */
export type QuestionScope = {
	sections: ReadonlySet<string>;
	topics: readonly string[];
	crosswalks: readonly Crosswalk[];
};

const questionKeys = 'id topic kind weight path section crosswalk shared'.split(' ');
const measureKeys = 'id closes owner effort cost months requires unit shared'.split(' ');

export function readQuestion(pack: Pack, entry: Fields, scope: QuestionScope): Question {
	entry.only(questionKeys);
	const id = entry.text('id');
	const shared = entry.flag('shared');
	const { page, lang } = pack.page('questions', id, shared);
	page.only(['title', 'question', 'levels', 'next', 'evidence']);
	return {
		...questionFacts(entry, scope),
		lang,
		...(shared ? { shared: true as const } : {}),
		...questionWords(page, page.body)
	};
}

/** What the skeleton says of a question. */
export function questionFacts(entry: Fields, scope: QuestionScope) {
	const section = entry.text('section');
	const topic = entry.text('topic');
	if (!scope.sections.has(section))
		entry.wrong('section', 'a section of guide.json', section, mendId);
	if (!scope.topics.includes(topic)) entry.wrong('topic', 'a topic of guide.json', topic, mendId);
	return {
		id: entry.text('id'),
		topic,
		kind: entry.oneOf('kind', ['maturity'] as const),
		weight: entry.oneOf('weight', [1, 2, 3] as const),
		path: entry.oneOf('path', ['core', 'full'] as const),
		section,
		crosswalk: readCrosswalk(entry, scope.crosswalks)
	};
}

/** The words of a question; `why` is Markdown. */
export const questionWords = (page: Fields, why: string) => ({
	title: page.text('title'),
	question: page.text('question'),
	levels: page.ladder('levels', 0, 5),
	next: page.ladder('next', 1, 4),
	evidence: page.texts('evidence'),
	why: plainText(why)
});

function readCrosswalk(entry: Fields, crosswalks: readonly Crosswalk[]): Record<string, string[]> {
	const crosswalk = entry.child('crosswalk');
	const read: [string, string[]][] = crosswalk.keys().map((walk) => [walk, crosswalk.texts(walk)]);
	for (const [walk, values] of read) {
		const known = crosswalks.find((c) => c.id === walk);
		for (const value of values) {
			// `D1.2` is a factor of dimension `D1`: the view by crosswalk goes by dimension.
			if (!known?.values.some((v) => v.id === value || value.startsWith(`${v.id}.`))) {
				entry.wrong('crosswalk', `a value of crosswalk ${walk} in names.json`, value, mendId);
			}
		}
	}
	return Object.fromEntries(read);
}

/** `owners`: the ids of `shared/<source>/owners.json`. */
export function readMeasure(pack: Pack, entry: Fields, owners: readonly string[]): Measure {
	entry.only(measureKeys);
	const id = entry.text('id');
	const shared = entry.flag('shared');
	const { page, lang } = pack.page('measures', id, shared);
	page.only(['title', 'done', 'indicator']);
	return {
		...measureFacts(entry, owners, 'choose one, or add it to content/shared/en/owners.json'),
		lang,
		...(shared ? { shared: true as const } : {}),
		...measureWords(page, page.body)
	};
}

/** What the skeleton says of a measure. */
export const measureFacts = (entry: Fields, owners: readonly string[], mendOwner: string) => ({
	id: entry.text('id'),
	closes: entry.list('closes').map((c) => ({
		question: c.text('question'),
		from: c.oneOf('from', [0, 1, 2, 3] as const),
		to: c.oneOf('to', [1, 2, 3, 4] as const)
	})),
	owner: entry.oneOf('owner', owners, mendOwner),
	effort: entry.oneOf('effort', efforts),
	cost: entry.oneOf('cost', costs),
	months: entry.number('months', 1, 36),
	requires: entry.texts('requires', true),
	unit: entry.oneOf('unit', units)
});

/** The words of a measure; `how` is Markdown. */
export const measureWords = (page: Fields, how: string) => ({
	title: page.text('title'),
	done: page.text('done'),
	indicator: page.text('indicator'),
	how: plainText(how)
});

/** `texts`: the translated hints by id; the source's text is in the skeleton. */
export function readHint(entry: Fields, questions: ReadonlySet<string>, texts: Fields): Hint {
	const known = (question: string) => {
		if (!questions.has(question))
			entry.wrong('question', 'a question of assessment.json', question, mendId);
		return question;
	};
	const when = entry.child('when');
	const but = entry.child('but');
	const id = entry.text('id');
	return {
		id,
		when: {
			question: known(when.text('question')),
			atLeast: when.oneOf('atLeast', [0, 1, 2, 3, 4])
		},
		but: { question: known(but.text('question')), atMost: but.oneOf('atMost', [0, 1, 2, 3, 4]) },
		text: id in texts.raw ? texts.text(id) : entry.text('text')
	};
}
