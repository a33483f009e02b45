/**
 * Composing: an ExportInput becomes an ExportDocument, part by part in their fixed order; what is empty
 * says so instead of being missing.
 */
import type { ExportBlock, ExportDocument, Remark } from './document.ts';
import { heading, paragraph } from './document.ts';
import { budgetPart } from './compose/budget.ts';
import { draftPart } from './compose/draft.ts';
import { versionsPart } from './compose/front.ts';
import { logFramePart } from './compose/log-frame.ts';
import { ministerPart } from './compose/minister.ts';
import { outlinePart } from './compose/outline.ts';
import { planPart } from './compose/plan.ts';
import { questionnairePart } from './compose/questionnaire.ts';
import { resultsPart } from './compose/results.ts';
import { stakeholderPart } from './compose/stakeholders.ts';
import { methodNote } from './compose/tables.ts';
import {
	parts,
	type ComposeOptions,
	type ExportInput,
	type ExportWord,
	type Part
} from './input.ts';
import { redact } from './profiles.ts';
import { shapes } from './purposes.ts';
import { scrub } from './scrub.ts';
import { sha256OfText } from './sha256.ts';
import { inSentence } from './text.ts';

/** The parts of a document, in their order: those of its purpose, or the chosen ones. */
export const partsOf = (options: Pick<ComposeOptions, 'parts' | 'purpose'>): Part[] => {
	const own = options.purpose ? shapes[options.purpose].parts : [];
	const chosen = own.length > 0 ? own : options.parts;
	return parts.filter((part) => chosen.includes(part));
};

/** The document of one guide's work, for a purpose or of the chosen parts. */
export function compose(all: ExportInput, options: ComposeOptions): ExportDocument {
	const chosen = partsOf(options);
	const { input } = redact(all, options.leaveOut ?? [], chosen);
	const { words } = input;
	const bare = frame(input, options, chosen);
	const nameless = (document: ExportDocument): ExportDocument =>
		options.anonymous ? scrub(document, input.participants, words('export.nameLeftOut')) : document;
	const remarks: Remark[] = [];
	const body = nameless({ ...bare, blocks: bodyOf(input, chosen, remarks) });
	// The stamp is of the content alone: the same content has the same one tomorrow.
	const hash = sha256OfText(JSON.stringify([body.lang, body.title, body.subtitle, body.blocks]));
	const stamp = words('export.stamp', { hash: hash.slice(0, 12) });
	const front = chosen.includes('versions')
		? nameless({
				...bare,
				blocks: versionsPart(input, [
					[words('export.thisVersion'), input.date],
					[words('export.basedOn'), bare.meta.edition],
					[words('export.madeBy'), bare.meta.app],
					[words('export.contentHash'), hash.slice(0, 12)],
					...(bare.marking ? [[words('export.marking'), bare.marking] as [string, string]] : [])
				])
			}).blocks
		: [];
	const at = chosen.includes('minister') && chosen.length > 1 ? afterMinister(body.blocks) : 0;
	const blocks = [...body.blocks.slice(0, at), ...front, ...body.blocks.slice(at)];
	return {
		...body,
		meta: { ...body.meta, stamp },
		// Whoever wrote them has a name.
		remarks: options.anonymous ? [] : remarks,
		blocks: blocks.length > 0 ? blocks : [paragraph(words('export.nothing'))]
	};
}

/** The minister's page ends with the first page break. */
const afterMinister = (blocks: readonly ExportBlock[]): number =>
	blocks.findIndex(({ kind }) => kind === 'page-break') + 1;

function bodyOf(input: ExportInput, chosen: readonly Part[], remarks: Remark[]): ExportBlock[] {
	const { words } = input;
	const isAnnex = chosen.includes('draft') && chosen.includes('results');
	const isAlone = chosen.length === 1;
	const made: Record<Part, () => ExportBlock[]> = {
		minister: () => ministerPart(input, isAlone),
		versions: () => [],
		outline: () => outlinePart(input),
		draft: () => draftPart(input, remarks),
		plan: () => planPart(input),
		'log-frame': () => logFramePart(input),
		budget: () => budgetPart(input),
		stakeholders: () => stakeholderPart(input),
		results: () => [
			...(isAnnex ? [{ kind: 'page-break' as const }] : []),
			...resultsPart(input, isAnnex),
			...(input.method.length === 0
				? []
				: [heading(1, words('export.methodTitle'), !isAnnex), ...methodNote(input)])
		],
		questionnaire: () => questionnairePart(input)
	};
	return chosen.flatMap((part) => made[part]());
}

function frame(
	input: ExportInput,
	options: ComposeOptions,
	chosen: readonly Part[]
): Omit<ExportDocument, 'blocks'> {
	const { words, workspace, guide, direction } = input;
	const country = inSentence(workspace.country || workspace.name, direction);
	const shape = shapes[options.purpose ?? 'parts'];
	return {
		lang: input.lang,
		direction,
		title: words(shape.title ?? titleOf(chosen)),
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
		marking: options.marking ?? '',
		cover: shape.cover,
		contents: shape.contents,
		words: {
			contents: words('export.contents'),
			notes: words('export.notes'),
			back: words('export.backToText'),
			pageOf: words('export.pageOf', { page: '{page}', pages: '{pages}' })
		}
	};
}

/** The document's title for a choice of parts. */
export function titleOf(chosen: readonly Part[]): ExportWord {
	const [only] = chosen;
	if (chosen.length === 1 && only) return titles[only];
	const key = (['results', 'plan', 'draft'] as const)
		.filter((part) => chosen.includes(part))
		.join('+');
	if (key === 'results+plan') return 'export.titleResultsPlan';
	if (key === 'results+draft') return 'export.titleResultsDraft';
	if (key === 'plan+draft') return 'export.titlePlanDraft';
	return 'export.titleAll';
}

const titles: Record<Part, ExportWord> = {
	minister: 'export.titleMinister',
	versions: 'export.versionsTitle',
	outline: 'export.titleOutline',
	draft: 'export.titleDraft',
	plan: 'export.titlePlan',
	'log-frame': 'export.logFrameTitle',
	budget: 'export.budgetTitle',
	stakeholders: 'export.stakeholdersTitle',
	results: 'export.titleResults',
	questionnaire: 'export.titleQuestionnaire'
};
