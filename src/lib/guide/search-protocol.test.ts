import { expect, test } from 'vitest';
import { smallSearch } from '../../../tests/fixtures/small-search.ts';
import { parseReply, parseRequest, replyTo } from './search-protocol.ts';
import { createSearch } from './search.ts';

const copy = <T>(value: T): unknown => structuredClone(value);

test('what one side says the other understands', () => {
	const search = createSearch();
	const { titles, pieces } = smallSearch();
	const said = [
		{ id: 1, type: 'titles', file: titles },
		{ id: 2, type: 'piece', file: pieces[0] },
		{ id: 3, type: 'search', query: 'budget', limit: 5 }
	];
	const replies = said.map((message) => {
		const request = parseRequest(copy(message));
		expect(request).toEqual(message);
		if (!request) throw new Error('understood');
		const reply = replyTo(search, request);
		expect(parseReply(copy(reply))).toEqual(reply);
		return reply;
	});
	expect(replies.map((r) => [r.id, r.type])).toEqual([
		[1, 'taken'],
		[2, 'taken'],
		[3, 'answer']
	]);
	expect(replies[2]).toMatchObject({ answer: { results: [{ id: 'budget' }] } });
});

test('a damaged file is refused, and the search goes on', () => {
	const search = createSearch();
	expect(replyTo(search, { id: 1, type: 'titles', file: { guide: 7 } }).type).toBe('refused');
	expect(replyTo(search, { id: 2, type: 'titles', file: smallSearch().titles }).type).toBe('taken');
	const reply = replyTo(search, { id: 3, type: 'search', query: 'budget', limit: 5 });
	expect(reply).toMatchObject({ type: 'answer', answer: { total: 1 } });
});

test('F-44: a message of another form is dropped', () => {
	for (const message of [null, 7, 'x', [], {}, { id: 1 }, { id: '1', type: 'titles' }]) {
		expect(parseRequest(message)).toBeUndefined();
		expect(parseReply(message)).toBeUndefined();
	}
	expect(parseRequest({ id: 1, type: 'search', query: 7, limit: 5 })).toBeUndefined();
	expect(parseRequest({ id: 1, type: 'search', query: 'x', limit: Infinity })).toBeUndefined();
	const answer = { results: [], total: 0, corrected: '', work: 0 };
	expect(parseReply({ id: 1, type: 'answer', answer })).toBeDefined();
	for (const broken of [null, { ...answer, results: [{}] }, { ...answer, corrected: 1 }]) {
		expect(parseReply({ id: 1, type: 'answer', answer: broken })).toBeUndefined();
	}
});
