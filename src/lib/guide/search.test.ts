import Fuse from 'fuse.js/basic';
import { beforeAll, describe, expect, test } from 'vitest';
import { hostile } from '../../../tests/fixtures/hostile.ts';
import { realGuide } from '../../../tests/fixtures/real-guide.ts';
import type { CompiledGuide } from './compile.ts';
import { escapeHtml } from './render.ts';
import { buildSearch } from './search-build.ts';
import { createSearch, type Search } from './search.ts';

const guide = realGuide();
const whole = buildSearch(guide);

function searchOf(of: CompiledGuide, { texts = true } = {}): Search {
	const search = createSearch(Fuse);
	const built = of === guide ? whole : buildSearch(of);
	search.addTitles(JSON.parse(JSON.stringify(built.titles)));
	if (texts) search.addTitles(JSON.parse(JSON.stringify(built.measures)));
	if (texts)
		for (const { index } of built.pieces) search.addPiece(JSON.parse(JSON.stringify(index)));
	return search;
}

/** The real guide with other words in its first section and nothing else in that part. */
function withSection(
	title: string,
	text: string,
	rest: Partial<CompiledGuide> = {}
): CompiledGuide {
	const [part] = guide.parts;
	const [section] = part?.sections ?? [];
	if (!part || !section) throw new Error('the guide has a section');
	return {
		...guide,
		parts: [
			{
				...part,
				sections: [
					{ ...section, title, summary: '', headings: [], html: `<p>${escapeHtml(text)}</p>` }
				]
			}
		],
		topics: [],
		...rest
	};
}

let search: Search;
beforeAll(() => {
	search = searchOf(guide);
});
const found = (query: string, limit = 20) =>
	search.search(query, limit).results.map((r) => `${r.kind} ${r.id}`);

describe('what people look for comes first', () => {
	test.each([
		['incident response', 'section incident-response'],
		['CIRT 24/7', 'section incident-response'],
		['budget', 'section budget'],
		['data protection law', 'section rights-safeguards'],
		['who answers at night', 'section incident-response'],
		['national risk register', 'section risk-approach'],
		['ransomware', 'term ransomware'],
		['SIM3', 'section incident-response'],
		['public private partnership', 'section public-private-partnership'],
		['the budget of a cirt', 'section budget'],
		['Numenia', 'section numenia']
	])('%s → %s', (query, first) => {
		expect(found(query).slice(0, 3)).toContain(first);
	});

	test('"incident response" finds its section before everything else', () => {
		expect(found('incident response')[0]).toBe('section incident-response');
	});

	test('pages with all words come before pages with some', () => {
		const all = search.search('phone decree rota', 200).results;
		const has = (words: string[]) => new Set(words.map((w) => w.slice(0, 4))).size;
		const counts = all.map((result) => has(result.words));
		const lastFull = counts.lastIndexOf(3);
		expect(lastFull).toBeGreaterThanOrEqual(0);
		expect(counts.slice(0, lastFull + 1).every((n) => n === 3)).toBe(true);
		expect(counts.at(-1)).toBe(1);
	});

	test('a term is found by its other name', () => {
		expect(found('implementation plan')).toContain('term action-plan');
		expect(found('security bulletin')[0]).toBe('term advisory');
	});
});

describe('typing mistakes', () => {
	test.each([
		['stategy', 'strategy', 'strategy'],
		['ransomwear', 'ransomware', 'ransomware'],
		['cybersecurty', 'cybersecurity', 'cybersecurity'],
		['critcal infrastucture', 'critical infrastructure', 'infrastructure']
	])('%s is taken for %s and says so', (query, corrected, word) => {
		const answer = search.search(query);
		expect(answer.corrected).toBe(corrected);
		expect(answer.results.length).toBeGreaterThan(3);
		expect(answer.results.slice(0, 3).every((r) => r.words.includes(word))).toBe(true);
	});

	test('what is around the mistake stays as it was typed', () => {
		expect(search.search('  "Stategy", budget! ').corrected).toBe('  "strategy", budget! ');
	});

	test('a known word is not corrected, nor is a word while it is typed', () => {
		for (const query of ['strategy', 'law', 'inciden', 'cybersecur', 'strategies', 'laws']) {
			expect(search.search(query), query).toMatchObject({ corrected: '' });
			expect(search.search(query).total, query).toBeGreaterThan(10);
		}
	});

	test('American spelling finds British words', () => {
		expect(search.search('organization').total).toBeGreaterThan(20);
	});

	test('words that are written together find their title', () => {
		expect(found('cyberdiplomacy')).toContain('term cyber-diplomacy');
	});

	test('nonsense finds nothing', () => {
		for (const query of ['zzzz', 'xqzwvk', 'qqqqqqqqqq', '%%%', '', '   ', 'a']) {
			expect(search.search(query), query).toMatchObject({ results: [], total: 0, corrected: '' });
		}
	});
});

describe('accents and letter variants', () => {
	test.each([
		'stratégie résilience',
		'strategie resilience',
		'STRATÉGIE RÉSILIENCE',
		'strate\u0301gie'
	])('%s finds a French page', (query) => {
		const french = searchOf(withSection('Stratégie nationale', 'La résilience de l’État.'));
		expect(french.search(query).results[0]).toMatchObject({ title: 'Stratégie nationale' });
	});

	test('a French mistake is corrected to an accented word', () => {
		const french = searchOf(
			withSection('Stratégie', 'La résilience et la stratégie.', { terms: [] })
		);
		expect(french.search('résilense').corrected).toBe('résilience');
		expect(french.search('statégie').corrected).toBe('stratégie');
	});

	test.each([
		'الاستراتيجية',
		'استراتيجيه',
		'إستراتيجية',
		'والاستراتيجية',
		'اســتراتيجية',
		'اِستراتيجيّة',
		'الأمن',
		'امن',
		'مسؤولية',
		'مسئولية',
		'٢٠٣٠',
		'2030'
	])('%s finds an Arabic page', (query) => {
		const arabic = searchOf(
			withSection('الاستراتيجية الوطنية للأمن السيبراني', 'مسؤولية الدولة حتى عام ٢٠٣٠.', {
				terms: []
			})
		);
		// "مسئولية" carries its hamza on another letter: one letter differs, so it is a near word.
		expect(arabic.search(query).total).toBe(1);
	});
});

test('titles alone give results, and texts that come later better ones', () => {
	const early = searchOf(guide, { texts: false });
	expect(early.search('incident response').results[0]?.id).toBe('incident-response');
	expect(early.search('stategy').total).toBeGreaterThan(3);
	expect(early.search('rota').total).toBeLessThan(3);
	for (const { index } of whole.pieces) early.addPiece(index);
	expect(early.search('rota').total).toBeGreaterThan(3);
});

test('a piece that comes before the titles shows nothing without a name', () => {
	const late = createSearch(Fuse);
	for (const { index } of whole.pieces) late.addPiece(index);
	expect(late.search('budget').results).toEqual([]);
	late.addTitles(whole.titles);
	expect(late.search('budget').results[0]).toMatchObject({ id: 'budget', place: 'governance' });
});

test('two guides are searched together and told apart', () => {
	const both = searchOf(guide);
	both.addTitles({ ...whole.titles, guide: 'ehealth' });
	both.addTitles({ ...whole.measures, guide: 'ehealth' });
	for (const { index } of whole.pieces) both.addPiece({ ...index, guide: 'ehealth' });
	const guides = both.search('lasting budget', 200).results.map((r) => r.guide);
	expect(new Set(guides)).toEqual(new Set(['cybersecurity', 'ehealth']));
	expect(both.search('budget').total).toBe(2 * search.search('budget').total);
});

describe('F-41: a query is never a pattern, and its cost is bounded', () => {
	const bound = 40_000;
	const patterns = [
		'(((((a+)+)+)+)+)+$',
		`${'('.repeat(100)}a${')+'.repeat(50)}`,
		'^(([a-z])+.)+[A-Z]([a-z])+$',
		'.*'.repeat(100),
		'a'.repeat(1_000_000),
		'zs '.repeat(100_000),
		'stategi '.repeat(100_000),
		`${'\u0301'.repeat(100_000)}a`,
		'\uFDFA'.repeat(100_000),
		'\\',
		'[',
		'__proto__ constructor toString hasOwnProperty',
		...hostile
	];

	test.each(patterns.map((query) => [query.slice(0, 40), query]))('%s', (_, query) => {
		expect(search.search(query).work).toBeLessThan(bound);
	});

	test('what follows the first 200 characters changes nothing', () => {
		const start = 'incident response '.repeat(12).slice(0, 200);
		expect(search.search(start + 'budget'.repeat(10_000))).toEqual(
			search.search(start.slice(0, 200))
		);
	});

	test('the signs of a query language are only signs', () => {
		const plain = found('incident budget');
		for (const query of [
			"'incident !budget",
			'=incident ^budget',
			'incident$ | budget',
			'"incident" (budget)'
		]) {
			expect(found(`${query} `), query).toEqual(found('incident budget '));
		}
		expect(plain.length).toBeGreaterThan(3);
	});
});

test('script in a title stays the text that it is', () => {
	const title = hostile[0] ?? '';
	const page = searchOf(withSection(title, 'An ordinary text about kiosks.'));
	expect(page.search('kiosks').results[0]?.title).toBe(title);
	expect(page.search('alert').results[0]?.title).toBe(title);
});

test('highlighted words are those that tell something', () => {
	const [first] = search.search('the budget of a cirt').results;
	expect(first?.words).toEqual(['budget', 'cirt']);
});

test('the limit cuts the list and not the count', () => {
	const answer = search.search('budget', 3);
	expect(answer.results).toHaveLength(3);
	expect(answer.total).toBeGreaterThan(20);
});
