/**
 * Scrubbing: an anonymous document has no name and no id of a participant anywhere, also where people
 * wrote one into a chapter or a title. Runs over every text of a composed document.
 */
import type { Cell, ExportBlock, ExportDocument, Run } from './document.ts';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** Addresses and handles name people too. */
const accounts =
	'[\\p{L}\\p{N}._%+-]+@[\\p{L}\\p{N}.-]+\\.\\p{L}{2,}|(?<![\\p{L}\\p{N}/])@[\\p{L}\\p{N}_]{3,}';

/** The document without `names`; `place` stands where one was. */
export function scrub(
	document: ExportDocument,
	names: readonly string[],
	place: string
): ExportDocument {
	const known = names
		.map((name) => name.normalize('NFC').trim())
		.filter((name) => name.length > 2)
		.map((name) => escaped(name).replace(/\s+/g, '\\s+'));
	const pattern = new RegExp(
		[...known.map((name) => `(?<![\\p{L}\\p{N}])(?:${name})(?![\\p{L}\\p{N}])`), accounts].join(
			'|'
		),
		'giu'
	);
	const clean = (text: string): string => text.normalize('NFC').replace(pattern, place);
	return cleanAll(document, clean, (runs) => cleanRuns(runs, pattern, place));
}

/** A name may run over a change of dress: "Ama **Mensah**". */
function cleanRuns(runs: readonly Run[], pattern: RegExp, place: string): Run[] {
	const normal = runs.map((run) => ({ ...run, text: run.text.normalize('NFC') }));
	const all = normal.map((run) => run.text).join('');
	const ranges = [...all.matchAll(pattern)].map((match) => ({
		from: match.index,
		to: match.index + match[0].length
	}));
	const bare = normal.map((run) => {
		const { note } = run;
		const said = note?.runs ? cleanRuns(note.runs, pattern, place) : null;
		return withoutName(note ? { ...run, note: { ...note, runs: said } } : run, pattern);
	});
	if (ranges.length === 0) return bare;
	let at = 0;
	return bare.map((run) => {
		const begin = at;
		at += run.text.length;
		let text = '';
		for (let i = 0; i < run.text.length; i++) {
			const range = ranges.find(({ from, to }) => begin + i >= from && begin + i < to);
			if (!range) text += run.text[i];
			else if (begin + i === range.from) text += place;
		}
		return { ...run, text };
	});
}

/** A link's address is text of the file as well. */
function withoutName(run: Run, pattern: RegExp): Run {
	if (run.link === undefined) return run;
	let plain = run.link;
	try {
		plain = decodeURIComponent(run.link);
	} catch {
		// An address with a stray percent sign is compared as it is.
	}
	pattern.lastIndex = 0;
	const names = pattern.test(plain.replace(/[+_.-]/g, ' ')) || plain.search(pattern) >= 0;
	pattern.lastIndex = 0;
	return names ? { ...run, link: undefined } : run;
}

function cleanAll(
	document: ExportDocument,
	clean: (text: string) => string,
	runs: (all: readonly Run[]) => Run[]
): ExportDocument {
	const cells = (row: Cell[]): Cell[] => row.map((cell) => ({ ...cell, runs: runs(cell.runs) }));
	const each = (blocks: readonly ExportBlock[]): ExportBlock[] => blocks.map(one);
	const one = (block: ExportBlock): ExportBlock => {
		switch (block.kind) {
			case 'heading':
			case 'paragraph':
				return { ...block, runs: runs(block.runs) };
			case 'list':
				return { ...block, items: block.items.map(each) };
			case 'table':
				return {
					...block,
					header: cells(block.header),
					rows: block.rows.map(cells),
					caption: clean(block.caption)
				};
			case 'notice':
				return { ...block, title: clean(block.title), blocks: each(block.blocks) };
			case 'quote':
				return { ...block, blocks: each(block.blocks) };
			case 'code':
				return { ...block, text: clean(block.text) };
			case 'figure':
				return {
					...block,
					svg: clean(block.svg),
					alt: clean(block.alt),
					caption: clean(block.caption)
				};
			case 'lines':
				return { ...block, label: clean(block.label) };
			case 'rule':
			case 'page-break':
				return block;
		}
	};
	const { meta } = document;
	return {
		...document,
		title: clean(document.title),
		subtitle: clean(document.subtitle),
		marking: document.marking === undefined ? undefined : clean(document.marking),
		meta: {
			...meta,
			country: clean(meta.country),
			workspace: clean(meta.workspace)
		},
		blocks: each(document.blocks)
	};
}
