/**
 * From a workspace to its tables. Every rule is asked where the screens ask it (`assessment`, `plan`):
 * a sum in a spreadsheet is the sum on the screen (P9).
 */
import type { MessageKey } from '#lib/i18n/namespaces.ts';
import type { Values } from '#lib/i18n/words.ts';
import { costs, efforts, levels, units } from '#lib/model/guide.ts';
import type { Direction, Lang, Question } from '#lib/model/guide.ts';
import { costKinds, scale } from '#lib/model/plan.ts';
import { actionStates, confidences } from '#lib/model/workspace.ts';
import type { Action, Workspace } from '#lib/model/workspace.ts';
import { registerOf, type Register } from '#lib/plan/parties.ts';
import type { Choice, ListId, Table, Tables } from './table.ts';
import { answersTable, contributionsOf } from './tables/answers.ts';
import { budgetTable, costsTable } from './tables/money.ts';
import { indicatorsTable, logFrameTable } from './tables/measured.ts';
import { planTable, risksTable, stakeholdersTable, tasksTable } from './tables/plan.ts';
import { inOrder, objectivesTable } from './tables/objectives.ts';

/** What a reader outside the team may not be meant to see; other words are passed over. */
export const tableParts = [
	'notes',
	'evidence',
	'disagreements',
	'people',
	'power',
	'costs',
	'risks',
	'contributors'
] as const;
export type TablePart = (typeof tableParts)[number];

export type TableGuide = {
	id: string;
	title: string;
	edition: string;
	topics: { id: string; title: string }[];
	questions: Question[];
};

export type TablesInput = {
	workspace: Workspace;
	/** Whose notes and confidence stand in the answers. */
	contributor: string;
	/** With their questions, in the language of the tables. */
	guides: TableGuide[];
	/** Names of further guides that actions belong to, by id. */
	guideTitles: Record<string, string>;
	lang: Lang;
	direction: Direction;
	/** The namespaces `sheets` and `model` of the language. */
	words: (key: MessageKey, values?: Values) => string;
	/** "Made with e-Strategy Guide 0.1.0" */
	app: string;
	/** ISO 8601. */
	now: string;
	/** `now` as the language writes it. */
	date: string;
	leaveOut: readonly string[];
};

/** What the makers of the single tables share. */
export type Making = TablesInput & {
	t: TablesInput['words'];
	register: Register;
	lists: Tables['lists'];
	/** In the plan's order. */
	actions: Action[];
	numbers: Record<string, number>;
	without: (part: TablePart) => boolean;
	/** The label of a code in one of the lists; empty for none. */
	label: (list: ListId, code: string) => string;
};

/** In the order of the sheets; without its part a table is not made. */
const tableMakers: { make: (making: Making) => Table; part?: TablePart }[] = [
	{ make: answersTable },
	{ make: planTable },
	{ make: objectivesTable },
	{ make: costsTable, part: 'costs' },
	{ make: budgetTable, part: 'costs' },
	{ make: logFrameTable },
	{ make: stakeholdersTable },
	{ make: tasksTable },
	{ make: risksTable, part: 'risks' },
	{ make: indicatorsTable }
];

/** Table by table: whoever shows a page meanwhile lets it draw in between. */
export function* makeTables(input: TablesInput): Generator<void, Tables> {
	const { workspace, words: t, guides, leaveOut } = input;
	const actions = [...workspace.actions].sort(
		(a, b) => a.order - b.order || (a.id < b.id ? -1 : 1)
	);
	const numbers: Record<string, number> = Object.create(null);
	actions.forEach(({ id }, i) => (numbers[id] = i + 1));
	const lists = listsOf(input);
	const making: Making = {
		...input,
		t,
		register: registerOf(
			leaveOut.includes('people')
				? workspace.stakeholders.map((one) => ({ ...one, person: '' }))
				: workspace.stakeholders
		),
		lists,
		actions,
		numbers,
		without: (part) => leaveOut.includes(part),
		label: (list, code) => lists[list].find((choice) => choice.code === code)?.label ?? ''
	};
	const tables: Table[] = [];
	for (const { make, part } of tableMakers) {
		yield;
		if (!part || !making.without(part)) tables.push(make(making));
	}
	yield;
	const editions = guides.map(({ title, edition }) => t('sheets.edition', { title, edition }));
	return {
		stamp: {
			workspace: workspace.id,
			name: workspace.name,
			country: workspace.country,
			exported: input.now,
			app: input.app,
			editions,
			lang: input.lang,
			leftOut: tableParts.filter((part) => making.without(part))
		},
		direction: input.direction,
		fictional: workspace.demo ? t('sheets.fictional') : '',
		readMe: readMe(making, editions),
		cutNotice: t('sheets.readCut'),
		cutMark: ` […] ${t('sheets.cutMark')}`,
		lists,
		numbers,
		tables,
		contributions: making.without('contributors') ? null : contributionsOf(making)
	};
}

function readMe(making: Making, editions: string[]): Tables['readMe'] {
	const { t, workspace, app, date, without } = making;
	const heading = (text: string) => ({ heading: true, text });
	const line = (text: string) => ({ heading: false, text });
	const left = tableParts.filter((part) => without(part));
	return {
		title: t('sheets.readMe'),
		lines: [
			heading(workspace.name),
			line([workspace.country, date].filter(Boolean).join(' · ')),
			...editions.map(line),
			line(app),
			...(workspace.demo ? [heading(t('sheets.fictional'))] : []),
			heading(t('sheets.readEditTitle')),
			line(t('sheets.readEdit')),
			line(t('sheets.readRows')),
			line(t('sheets.readNumber')),
			heading(t('sheets.readBackTitle')),
			line(t('sheets.readBack')),
			line(t('sheets.readNever')),
			heading(t('sheets.readStaysTitle')),
			line(t('sheets.readStays')),
			...(left.length > 0
				? [
						heading(t('sheets.readLeftOutTitle')),
						line(left.map((part) => t(`sheets.part-${part}`)).join(' · '))
					]
				: [])
		]
	};
}

const longestLabel = 200;

/** Choices whose labels are all different: what a person picks must mean one thing. */
function distinct(choices: Choice[]): Choice[] {
	const seen = new Map<string, number>();
	return choices.map(({ code, label }) => {
		const short = label.slice(0, longestLabel);
		const key = short.toLocaleLowerCase();
		const times = (seen.get(key) ?? 0) + 1;
		seen.set(key, times);
		return { code, label: times === 1 ? short : `${short} (${times})` };
	});
}

function listsOf({ workspace, words: t, guides, guideTitles }: TablesInput): Tables['lists'] {
	const of = (codes: readonly string[], key: (code: string) => MessageKey): Choice[] =>
		codes.map((code) => ({ code, label: t(key(code)) }));
	const numbers = (codes: readonly number[]): Choice[] =>
		codes.map((code) => ({ code: String(code), label: String(code) }));
	const titles = { ...guideTitles };
	for (const { id, title } of guides) titles[id] = title;
	return {
		answers: [
			...numbers(levels),
			{ code: 'unknown', label: t('model.unknown') },
			{ code: 'not-applicable', label: t('model.notApplicable') }
		],
		levels: numbers(levels),
		confidence: of(confidences, (code) => `model.confidence-${code}` as MessageKey),
		states: of(actionStates, (code) => `model.state-${code}` as MessageKey),
		efforts: of(efforts, (code) => `model.effortShort-${code}` as MessageKey),
		costs: of(costs, (code) => `model.costShort-${code}` as MessageKey),
		units: of(units, (code) => `model.unit-${code}` as MessageKey),
		scale: numbers(scale),
		kinds: of(costKinds, (code) => `sheets.kind-${code}` as MessageKey),
		yesno: of(['yes', 'no'], (code) => `model.${code}` as MessageKey),
		of: of(['action', 'objective'], (code) => `sheets.of-${code}` as MessageKey),
		guides: distinct(Object.entries(titles).map(([code, label]) => ({ code, label }))),
		objectives: distinct(
			inOrder(workspace.objectives).map(({ id, title }) => ({
				code: id,
				label: title.trim() || t('sheets.untitled')
			}))
		)
	};
}
