/**
 * Made files: the search's titles and pieces of a kept guide, which the device makes instead of fetching
 * them.
 *
 * All that they are made from has been kept just before, and the index says what the result must hash
 * to; a piece that comes out otherwise is not stored, and is fetched like any other file.
 */
import { breather } from '#lib/device/breath.ts';
import type { ReadJson } from '#lib/guide/packs.ts';
import type { FileRef, GuideIndex, SearchPiece, Section, Terms, Topic } from '#lib/model/guide.ts';
import { PieceMaker, sectionDoc, termDocs, topicDocs, type Doc } from '#lib/guide/search-piece.ts';
import { measureTitlesOf, titlesOf } from '#lib/guide/search-titles.ts';
import { Problem } from '#lib/model/problem.ts';
import { fullAsProblem, missingIn } from './fill.ts';
import { isRecord } from './kept-list.ts';
import { verifiedText } from './verified.ts';

/** The files of the search that an index names. */
export const madeOf = (index: unknown): FileRef[] =>
	isSearchable(index)
		? [
				index.search.titles,
				...(index.search.measures ? [index.search.measures] : []),
				...index.search.pieces
			]
		: [];

/**
 * Makes the search files that `index` names and `cache` lacks. Gives the addresses of those that it could
 * make. Throws 'storage-full' (then none of them is left) or the signal's reason.
 */
export async function makeSearch(
	cache: Cache,
	index: unknown,
	signal?: AbortSignal
): Promise<string[]> {
	if (!isSearchable(index)) return [];
	const read: ReadJson = async (url) => (await cache.match(url))?.json();
	const made: string[] = [];
	for (const file of await missingIn(cache, madeOf(index))) {
		signal?.throwIfAborted();
		const { titles, measures } = index.search;
		const isTitles = file.url === titles.url || file.url === measures?.url;
		const making = isTitles ? makeTitles(read, index, file) : makePiece(read, index, file);
		const response = await making.catch(() => undefined);
		if (!response) continue;
		try {
			await cache.put(file.url, response);
		} catch (thrown) {
			await Promise.all(made.map((url) => cache.delete(url)));
			throw fullAsProblem(thrown);
		}
		made.push(file.url);
	}
	return made;
}

/** One of the titles files as a response for the cache. Throws where it cannot be made, or does not match. */
async function makeTitles(read: ReadJson, index: GuideIndex, file: FileRef): Promise<Response> {
	const topics = await Promise.all(index.topics.map(({ file }) => read(file.url)));
	const terms = (await read(index.terms.url)) as Terms;
	const of = file.url === index.search.titles.url ? titlesOf : measureTitlesOf;
	return verifiedText(file, JSON.stringify(of({ ...index, topics: topics as Topic[], terms })));
}

/** The piece as a response for the cache. Throws where it cannot be made, or does not match. */
async function makePiece(read: ReadJson, index: GuideIndex, piece: SearchPiece): Promise<Response> {
	const maker = new PieceMaker(index.id);
	const docs = await docsOf(read, index, piece);
	const breathe = breather();
	for (const doc of docs) {
		await breathe();
		maker.add(doc);
	}
	await breathe();
	return verifiedText(piece, JSON.stringify(maker.finish()));
}

// Here and below: what the cache holds is verified, and the compiler is the only maker of such files.
const isSearchable = (index: unknown): index is GuideIndex =>
	isRecord(index) && isRecord(index.search) && Array.isArray(index.search.pieces);

async function docsOf(read: ReadJson, index: GuideIndex, piece: SearchPiece): Promise<Doc[]> {
	const { part, topic, slice } = piece;
	if (part !== undefined) {
		const sections = index.parts.find(({ id }) => id === part)?.sections ?? [];
		return Promise.all(
			sections
				.slice(...(slice ?? []))
				.map(async ({ file }) => sectionDoc((await read(file.url)) as Section))
		);
	}
	if (topic === undefined) {
		return termDocs((await read(index.terms.url)) as Terms).slice(...(slice ?? []));
	}
	const file = index.topics.find(({ id }) => id === topic)?.file;
	if (!file) throw new Problem('pack-broken', { url: piece.url });
	return topicDocs((await read(file.url)) as Topic).slice(...(slice ?? []));
}
