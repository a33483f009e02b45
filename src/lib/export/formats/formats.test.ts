import { describe, expect, it, vi } from 'vitest';
import { compose } from '../compose.ts';
import { limits, type ExportDocument } from '../document.ts';
import { emptyDocument, randomDocument, randomRuns, randomFrom } from '../fixtures/random.ts';
import {
	linesOf,
	missingFrom,
	textOfDocx,
	textOfHtml,
	textOfMarkdown
} from '../fixtures/reading.ts';
import { sampleArabic } from '../fixtures/sample-arabic.ts';
import { sample } from '../fixtures/sample.ts';
import { xss } from '../fixtures/xss.ts';
import { formats } from './index.ts';

// Long runs on slow machines are no fault.
vi.setConfig({ testTimeout: 120_000 });

const decode = (bytes: Uint8Array): string =>
	new TextDecoder('utf-8', { fatal: true }).decode(bytes);
const readers: Record<string, (bytes: Uint8Array) => string> = {
	docx: textOfDocx,
	html: (bytes) => textOfHtml(decode(bytes)),
	markdown: (bytes) => textOfMarkdown(decode(bytes))
};
const parts = ['results', 'plan', 'draft'] as const;

describe.each(formats)('$id', ({ id, write }) => {
	const read = async (document: ExportDocument): Promise<string> =>
		readers[id]!(await write(document));

	it('has every text of a random document, in order (P9)', async () => {
		for (let seed = 1; seed <= 60; seed++) {
			const document = randomDocument(seed);
			const missing = missingFrom(await read(document), linesOf(document));
			expect({ seed, missing }).toEqual({ seed, missing: null });
		}
	});

	it.each([
		['English', sample],
		['Arabic', sampleArabic]
	])('has every text of the %s sample, in order (P9, F-66)', async (_, input) => {
		const document = compose(input, { parts });
		expect(missingFrom(await read(document), linesOf(document))).toBeNull();
	});

	it('shows hostile text as it was typed (F-30)', async () => {
		const cells = xss.map((text) => [{ runs: [{ text }] }]);
		const document: ExportDocument = {
			...emptyDocument,
			title: xss[0]!,
			fictional: xss[1]!,
			blocks: [
				...xss.map((text) => ({ kind: 'paragraph' as const, runs: [{ text }] })),
				{
					kind: 'table',
					columns: [{ align: 'start', weight: 1 }],
					header: [],
					rows: cells,
					caption: ''
				}
			]
		};
		expect(missingFrom(await read(document), linesOf(document))).toBeNull();
	});

	it('takes a paragraph of 200,000 characters', async () => {
		const text = 'A sentence of seven words, and العربية. '.repeat(5000);
		const document: ExportDocument = {
			...emptyDocument,
			blocks: [{ kind: 'paragraph', runs: [{ text }] }]
		};
		expect(missingFrom(await read(document), linesOf(document))).toBeNull();
	});

	it('keeps emoji and a name with an override, closed in (F-39)', async () => {
		const document: ExportDocument = {
			...emptyDocument,
			blocks: [{ kind: 'paragraph', runs: [{ text: '👩‍👩‍👧 by \u202Egnp.exe and more' }] }]
		};
		expect(await read(document)).toContain(
			'\u206861\u2069'.replace('61', '👩‍👩‍👧 by \u202Egnp.exe and more\u202C')
		);
	});

	it('refuses what is beyond its limits with the number (F-21)', async () => {
		const runs = randomRuns(randomFrom(1));
		const blocks = Array.from({ length: limits.blocks + 1 }, () => ({
			kind: 'paragraph' as const,
			runs
		}));
		await expect(write({ ...emptyDocument, blocks })).rejects.toMatchObject({
			code: 'export-failed',
			values: { what: 'blocks', found: limits.blocks + 1, limit: limits.blocks }
		});
	});
});

it('10,000 rows become a Word file (F-21)', async () => {
	const rows = Array.from({ length: 10_000 }, (_, i) =>
		Array.from({ length: 2 }, (_, n) => ({ runs: [{ text: `row ${i} cell ${n}` }] }))
	);
	const columns = Array.from({ length: 2 }, () => ({ align: 'start' as const, weight: 1 }));
	const document: ExportDocument = {
		...emptyDocument,
		blocks: [{ kind: 'table', columns, header: [], rows, caption: '' }]
	};
	const bytes = await formats[0]!.write(document);
	expect(missingFrom(textOfDocx(bytes), linesOf(document))).toBeNull();
});
