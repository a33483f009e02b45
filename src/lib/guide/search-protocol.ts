/**
 * What a page and the search's worker say to each other. Each request has a number, each is
 * answered once, and a message of another form is dropped on both sides (F-44).
 */
import { asProblem } from '#lib/model/problem.ts';
import { kinds } from './search-files.ts';
import type { Answer, Result, Search } from './search.ts';

export type Request = { id: number } & (
	{ type: 'titles' | 'piece'; file: unknown } | { type: 'search'; query: string; limit: number }
);
export type Reply = { id: number } & (
	| { type: 'taken' }
	| { type: 'answer'; answer: Answer }
	/** The file was not one, with the place that is wrong. */
	| { type: 'refused'; detail: string }
);

/** The worker's whole work: what `search` says to `request`. Never throws. */
export function replyTo(search: Search, request: Request): Reply {
	const { id } = request;
	try {
		if (request.type === 'search') {
			return { id, type: 'answer', answer: search.search(request.query, request.limit) };
		}
		if (request.type === 'titles') search.addTitles(request.file);
		else search.addPiece(request.file);
		return { id, type: 'taken' };
	} catch (thrown) {
		return { id, type: 'refused', detail: asProblem(thrown).message };
	}
}

/** A request, or undefined for a message that is none. */
export function parseRequest(value: unknown): Request | undefined {
	if (!isRecord(value)) return undefined;
	const { id, type, file, query, limit } = value;
	if (!isNumber(id)) return undefined;
	if (type === 'titles' || type === 'piece') return { id, type, file };
	if (type === 'search' && typeof query === 'string' && isNumber(limit)) {
		return { id, type, query, limit };
	}
	return undefined;
}

/** A reply, or undefined for a message that is none. */
export function parseReply(value: unknown): Reply | undefined {
	if (!isRecord(value)) return undefined;
	const { id, type, answer, detail } = value;
	if (!isNumber(id)) return undefined;
	if (type === 'taken') return { id, type };
	if (type === 'refused' && typeof detail === 'string') return { id, type, detail };
	if (type === 'answer') {
		const parsed = parseAnswer(answer);
		return parsed && { id, type, answer: parsed };
	}
	return undefined;
}

function parseAnswer(value: unknown): Answer | undefined {
	if (!isRecord(value) || !Array.isArray(value.results)) return undefined;
	const { total, corrected, work } = value;
	if (!isNumber(total) || !isNumber(work) || typeof corrected !== 'string') return undefined;
	const results = value.results.map(parseResult);
	const known = results.filter((result) => result !== undefined);
	return known.length === results.length ? { results: known, total, corrected, work } : undefined;
}

function parseResult(value: unknown): Result | undefined {
	if (!isRecord(value)) return undefined;
	const { id, guide, title, lang, place, score, words } = value;
	const kind = kinds.find((known) => known === value.kind);
	if (!kind || !isText(id) || !isText(guide) || !isText(title) || !isText(lang)) return undefined;
	if (!isText(place) || !isNumber(score) || !Array.isArray(words)) return undefined;
	return { kind, id, guide, title, lang, place, score, words: words.filter(isText) };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null;
const isNumber = (value: unknown): value is number =>
	typeof value === 'number' && Number.isFinite(value);
const isText = (value: unknown): value is string => typeof value === 'string';
