/**
 * Purposes: the documents that a ministry asks for, each with its parts, its title and its shape.
 */
import type { ExportWord, Part } from './input.ts';

export const purposes = [
	'strategy',
	'outline',
	'action-plan',
	'assessment',
	'minister',
	'questionnaire',
	'parts'
] as const;
export type Purpose = (typeof purposes)[number];

type Shape = {
	/** Empty: the person chooses. */
	parts: readonly Part[];
	/** Null: as the parts say. */
	title: ExportWord | null;
	/** A page of its own for the title, or a head above the text. */
	cover: 'page' | 'head';
	contents: boolean;
};

/**
 * The draft first: it is what a cabinet decides on. What it stands on (the assessment) comes after, as an
 * annex that a reader may leave unread.
 */
export const shapes: Record<Purpose, Shape> = {
	strategy: {
		parts: ['minister', 'versions', 'draft', 'plan', 'log-frame', 'budget', 'results'],
		title: 'export.titleStrategy',
		cover: 'page',
		contents: true
	},
	outline: {
		parts: ['outline'],
		title: 'export.titleOutline',
		cover: 'head',
		contents: false
	},
	'action-plan': {
		parts: ['plan', 'log-frame', 'budget', 'stakeholders'],
		title: 'export.titlePlan',
		cover: 'head',
		contents: true
	},
	assessment: {
		parts: ['results'],
		title: 'export.titleResults',
		cover: 'head',
		contents: true
	},
	minister: {
		parts: ['minister'],
		title: 'export.titleMinister',
		cover: 'head',
		contents: false
	},
	questionnaire: {
		parts: ['questionnaire'],
		title: 'export.titleQuestionnaire',
		cover: 'head',
		contents: false
	},
	parts: { parts: [], title: null, cover: 'head', contents: true }
};
