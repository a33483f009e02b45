/** The indicators that a guide suggests; a guide need not have any. */
import { units, type Indicator } from '#lib/model/guide.ts';
import type { Fields } from '../checker.ts';
import type { Pack } from './pack.ts';

const name = 'indicators.json';
const keys = ['id', 'topic', 'unit', 'owner', 'every'];
const wordKeys = ['title', 'computation', 'source', 'note'];

/** `topics`: the guide's own; `owners`: the ids of `shared/<source>/owners.json`. */
export function readIndicators(
	pack: Pack,
	topics: readonly string[],
	owners: readonly string[]
): Indicator[] {
	if (!pack.checker.content.files.has(pack.path(name))) return [];
	const words = pack.words(name);
	const lang = pack.isTranslated(name) ? pack.lang : pack.source;
	const indicators = pack
		.skeleton(name)
		.list('indicators')
		.map((entry): Indicator => {
			entry.only(keys);
			const id = entry.id('id');
			const topic = entry.text('topic');
			if (!topics.includes(topic)) entry.wrong('topic', 'a topic of guide.json', topic);
			const own = words.child(id);
			if (!(id in words.raw)) words.wrong(id, 'the words of an indicator', undefined);
			else own.only(wordKeys);
			return {
				id,
				topic,
				unit: entry.oneOf('unit', units),
				owner: entry.oneOf(
					'owner',
					owners,
					'choose one, or add it to content/shared/en/owners.json'
				),
				every: entry.number('every', 1, 60),
				lang,
				...readWords(own, id in words.raw)
			};
		});
	const known = new Set(indicators.map((one) => one.id));
	for (const key of words.keys()) {
		if (!known.has(key)) words.wrong(key, 'an indicator of indicators.json', key);
	}
	return indicators;
}

function readWords(words: Fields, areThere: boolean) {
	if (!areThere) return { title: '', computation: '', source: '', note: '' };
	return {
		title: words.text('title'),
		computation: words.text('computation'),
		source: words.text('source'),
		note: words.optional('note')
	};
}
