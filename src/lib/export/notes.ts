/**
 * The notes of one chapter while its blocks are made. A definition that the text uses becomes a footnote;
 * one that nothing uses stays a paragraph where it stands, for somebody wrote it (P9).
 */
import { Lexer, type Token } from 'marked';
import { definitionsIn, type NoteSource } from '#lib/draft/footnotes.ts';
import type { ExportBlock, Note, Run } from './document.ts';
import { runsOf, type NoteOf } from './markdown-runs.ts';

export class ChapterNotes {
	readonly #place: string;
	readonly #texts = new Map<string, NoteSource>();
	readonly #used = new Set<string>();
	readonly #paragraphs = new Map<ExportBlock, NoteSource>();

	/** `place`: what keeps the "1" of one chapter apart from that of another. */
	constructor(place = '') {
		this.#place = place;
	}

	/** Takes the definitions among the top tokens of a piece of the chapter; the first of a label counts. */
	define(tokens: readonly Token[]): void {
		for (const token of tokens) {
			for (const one of definitionsIn(token.raw.trimEnd())) {
				if (!this.#texts.has(one.label)) this.#texts.set(one.label, one);
			}
		}
	}

	/** The note that a mark of the text stands for. Notes have no notes of their own. */
	readonly noteOf: NoteOf = (label): Note | null => {
		const found = this.#texts.get(label);
		if (!found) return null;
		const runs = this.#used.has(label) ? null : inlineRuns(found.text);
		this.#used.add(label);
		return { key: `${this.#place}:${label}`, label, runs };
	};

	/** Definitions as paragraphs, as long as nobody knows whether the text will use them. */
	paragraphs(definitions: readonly NoteSource[]): ExportBlock[] {
		return definitions.map((one) => {
			const runs: Run[] = [{ text: `[^${one.label}]: ` }, ...inlineRuns(one.text)];
			const block: ExportBlock = { kind: 'paragraph', runs };
			const isFirst = this.#texts.get(one.label)?.source === one.source;
			if (isFirst) this.#paragraphs.set(block, one);
			return block;
		});
	}

	/** The chapter's blocks without the definitions that became notes. */
	settle(blocks: readonly ExportBlock[]): ExportBlock[] {
		return blocks.filter((block) => {
			const one = this.#paragraphs.get(block);
			return one === undefined || !this.#used.has(one.label);
		});
	}
}

const inlineRuns = (text: string): Run[] => runsOf(Lexer.lexInline(text, { gfm: true }));
