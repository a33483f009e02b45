/**
 * Made files: the search pieces of a kept guide, which the device makes instead of fetching them.
 *
 * All that they are made from has been kept just before, and the index says what the result must hash
 * to; a piece that comes out otherwise is not stored, and is fetched like any other file.
 */
import { breather } from '#lib/device/breath.ts';
import type { ReadJson } from '#lib/guide/packs.ts';
import type { GuideIndex, SearchPiece, Section, Terms, Topic } from '#lib/model/guide.ts';
import { PieceMaker, sectionDoc, termDocs, topicDocs, type Doc } from '#lib/guide/search-piece.ts';
import { Problem } from '#lib/model/problem.ts';
import { fullAsProblem, missingIn } from './fill.ts';
import { isRecord } from './kept-list.ts';
import { verifiedText } from './verified.ts';

/** The search pieces that an index names. */
export const piecesOf = (index: unknown): SearchPiece[] =>
	isSearchable(index) ? index.search.pieces : [];

/**
 * Makes the pieces that `index` names and `cache` lacks. Gives the addresses of those that it could
 * make. Throws 'storage-full' (then none of them is left) or the signal's reason.
 */
export async function makePieces(
	cache: Cache,
	index: unknown,
	signal?: AbortSignal
): Promise<string[]> {
	if (!isSearchable(index)) return [];
	const missing = new Set((await missingIn(cache, index.search.pieces)).map(({ url }) => url));
	const read: ReadJson = async (url) => (await cache.match(url))?.json();
	const made: string[] = [];
	for (const piece of index.search.pieces) {
		if (!missing.has(piece.url)) continue;
		signal?.throwIfAborted();
		const response = await makePiece(read, index, piece).catch(() => undefined);
		if (!response) continue;
		try {
			await cache.put(piece.url, response);
		} catch (thrown) {
			await Promise.all(made.map((url) => cache.delete(url)));
			throw fullAsProblem(thrown);
		}
		made.push(piece.url);
	}
	return made;
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
			sections.map(async ({ file }) => sectionDoc((await read(file.url)) as Section))
		);
	}
	if (topic === undefined) return termDocs((await read(index.terms.url)) as Terms);
	const file = index.topics.find(({ id }) => id === topic)?.file;
	if (!file) throw new Problem('pack-broken', { url: piece.url });
	return topicDocs((await read(file.url)) as Topic).slice(...(slice ?? []));
}
