/**
 * Composing: an ExportInput becomes an ExportDocument, part by part.
 *
 * Results, then the plan, then the draft, then how the scores are made; what is empty says so
 * instead of being missing.
 */
import type { ExportBlock, ExportDocument } from './document.ts';
import { heading, paragraph } from './document.ts';
import { draftPart } from './compose/draft.ts';
import { planPart } from './compose/plan.ts';
import { resultsPart } from './compose/results.ts';
import { methodNote } from './compose/tables.ts';
import {
	parts,
	type ComposeOptions,
	type ExportInput,
	type ExportWord,
	type Sensitive
} from './input.ts';
import { inSentence } from './text.ts';

/** The document of one guide's work, with the parts that `options` asks for, in their fixed order. */
export function compose(all: ExportInput, options: ComposeOptions): ExportDocument {
	const input = without(all, options.leaveOut ?? []);
	const { words, workspace, guide, direction } = input;
	const has = (part: (typeof parts)[number]): boolean => options.parts.includes(part);
	const country = inSentence(workspace.country || workspace.name, direction);
	const blocks: ExportBlock[] = [
		...(has('results') ? resultsPart(input) : []),
		...(has('plan') ? planPart(input) : []),
		...(has('draft') ? draftPart(input) : []),
		...(input.method.length > 0
			? [heading(1, words('export.methodTitle')), ...methodNote(input)]
			: [])
	];
	return {
		lang: input.lang,
		direction,
		title: words(titleOf(options.parts)),
		subtitle: guide.title,
		meta: {
			country: workspace.country,
			workspace: workspace.name,
			date: input.date,
			created: input.created,
			edition: words('export.edition', {
				guide: inSentence(guide.title, direction),
				edition: inSentence(guide.edition, direction)
			}),
			app: words('export.madeWith', { version: inSentence(input.version, direction) })
		},
		accent: input.accent,
		fictional: workspace.demo ? words('export.fictional', { country }) : null,
		words: {
			contents: words('export.contents'),
			pageOf: words('export.pageOf', { page: '{page}', pages: '{pages}' })
		},
		blocks: blocks.length > 0 ? blocks : [paragraph(words('export.nothing'))]
	};
}

function without(input: ExportInput, left: readonly Sensitive[]): ExportInput {
	if (left.length === 0) return input;
	return {
		...input,
		questions: input.questions.map((question) => ({
			...question,
			notes: left.includes('notes') ? [] : question.notes,
			evidence: left.includes('evidence') ? null : question.evidence,
			disagreement: left.includes('disagreements') ? '' : question.disagreement
		})),
		actions: input.actions.map((action) => ({
			...action,
			note: left.includes('notes') ? '' : action.note
		}))
	};
}

/** The document's title for a choice of parts: also for the name of its file. */
export function titleOf(chosen: readonly (typeof parts)[number][]): ExportWord {
	const key = parts.filter((part) => chosen.includes(part)).join('+');
	if (key === 'results') return 'export.titleResults';
	if (key === 'plan') return 'export.titlePlan';
	if (key === 'draft') return 'export.titleDraft';
	if (key === 'results+plan') return 'export.titleResultsPlan';
	if (key === 'results+draft') return 'export.titleResultsDraft';
	if (key === 'plan+draft') return 'export.titlePlanDraft';
	return 'export.titleAll';
}
