/** How the records of a plan are read and written: a parser for each field. */
import { units } from '#lib/model/guide.ts';
import { budgetYears, costKinds, money, planDefaults, scale } from '#lib/model/plan.ts';
import type {
	CostLine,
	Objective,
	PlanIndicator,
	PlanSettings,
	Reading,
	Risk,
	Scale,
	Stakeholder,
	Task
} from '#lib/model/plan.ts';
import { actionStates, approvalStates } from '#lib/model/workspace.ts';
import type {
	ActionDetails,
	Approval,
	Comment,
	Contributor,
	Part,
	PartOf,
	Version
} from '#lib/model/workspace.ts';
import {
	asBlocks,
	asDay,
	asId,
	asIds,
	asKeys,
	asLine,
	asList,
	asMoment,
	asName,
	asObject,
	asOneOf,
	asOrder,
	asParagraph
} from './fields.ts';
import type { Shape } from './records.ts';
import { limits, splitId } from './shape.ts';
import { tidyText } from './text.ts';

export const asFlag = (value: unknown): boolean => value === true;
export const asScale = (value: unknown): Scale | null => asOneOf(scale, value, null);
/** A whole number within `min` and `max`, or `fallback`. */
export const asWhole =
	<F>(min: number, max: number, fallback: F) =>
	(value: unknown): number | F =>
		typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
			? value
			: fallback;
/** An amount of money, cut to its limits; 0 for what is no number. */
export const asMoney = (value: unknown): number =>
	typeof value === 'number' && Number.isFinite(value)
		? Math.min(money.max, Math.max(money.min, Math.round(value * 100) / 100))
		: 0;
/** Three to five letters, in capitals; or empty. */
export const asCurrency = (value: unknown): string =>
	typeof value === 'string' && /^\p{L}{3,5}$/u.test(value.trim()) ? value.trim().toUpperCase() : '';
export const asTags = (value: unknown): string[] =>
	[...new Set(asList(value).map(asLine))].filter(Boolean);

export const stakeholderShape: Shape<Stakeholder> = {
	name: asLine,
	person: asLine,
	role: asLine,
	power: asScale,
	interest: asScale,
	note: asParagraph,
	order: asOrder
};

export const objectiveShape: Shape<Objective> = {
	guide: asId,
	title: asLine,
	note: asParagraph,
	order: asOrder
};

/** Without its readings, which are a field each. */
export const indicatorShape: Shape<Omit<PlanIndicator, 'readings'>> = {
	of: (value) => asOneOf(['action', 'objective'] as const, value, 'action'),
	parent: asId,
	title: asLine,
	unit: (value) => asOneOf(units, value, 'count'),
	baseline: asLine,
	baselineDay: asDay,
	baselineFrom: asLine,
	target: asLine,
	targetDay: asDay,
	source: asLine,
	collector: asId,
	every: asWhole(0, 600, 0),
	order: asOrder
};

export const settingsShape: Shape<PlanSettings> = {
	yearStart: asWhole(1, 12, planDefaults.yearStart),
	firstYear: asWhole(budgetYears.min, budgetYears.max, null),
	years: asWhole(0, 30, 0),
	currency: asCurrency,
	capacity: asWhole(1, 10_000, null),
	reportEvery: asWhole(0, 60, 0),
	nextReport: asDay
};

/** The fields of a chapter that say which items of its checklist are ticked. */
export const tickPrefix = 'tick:';

export function ticksOf(fields: ReadonlyMap<string, unknown>): { ticks?: number[] } {
	const ticks = [...fields]
		.filter(([name, value]) => /^tick:\d{1,3}$/.test(name) && value === true)
		.map(([name]) => Number(name.slice(tickPrefix.length)))
		.sort((a, b) => a - b);
	return ticks.length > 0 ? { ticks } : {};
}

/** What a comment is about that is no chapter; empty for what this version does not know. */
export function asAnchor(value: unknown): string {
	const parts = typeof value === 'string' ? value.split('/') : [];
	const of = parts[0] === 'question' ? 3 : parts[0] === 'action' ? 2 : 0;
	return of > 0 && typeof value === 'string' && splitId(value, of) ? value : '';
}

export const commentShape: Shape<Comment> = {
	chapter: (value) => (typeof value === 'string' && splitId(value, 2) ? value : ''),
	on: asAnchor,
	answers: asId,
	quote: asParagraph,
	before: asLine,
	after: asLine,
	text: asParagraph,
	by: asId,
	name: asLine,
	at: asMoment,
	resolved: asFlag
};

export const contributorShape: Shape<Contributor> = { name: asName, organisation: asName };

export const partShape: Shape<Part> = {
	organisation: asName,
	person: asName,
	due: asDay,
	note: asParagraph,
	questions: asKeys,
	contributor: asId,
	workspace: asId,
	by: asId,
	at: asMoment,
	landed: asMoment,
	linked: asMoment
};

export function asPartOf(value: unknown): PartOf | null {
	const of = asObject(value);
	const [workspace, part, contributor] = [of?.workspace, of?.part, of?.contributor].map(asId);
	const questions = asKeys(of?.questions);
	if (!of || !workspace || !part || !contributor || questions.length === 0) return null;
	return {
		workspace,
		name: asLine(of.name),
		part,
		contributor,
		organisation: asName(of.organisation),
		due: asDay(of.due),
		note: asParagraph(of.note),
		questions
	};
}

export const approvalShape: Shape<Approval> = {
	guide: asId,
	post: asLine,
	person: asLine,
	state: (value) => asOneOf(approvalStates, value, 'asked'),
	day: asDay,
	note: asParagraph,
	order: asOrder
};

/** The details of an action that are one field each. */
export const detailShape: Shape<Omit<ActionDetails, 'tasks' | 'costLines' | 'risks' | 'moves'>> = {
	objective: asId,
	ownerId: asId,
	sponsorId: asId,
	partnerIds: asIds,
	requires: asIds,
	blocker: asParagraph,
	unblock: asParagraph,
	impact: asScale,
	feasibility: asScale,
	tags: asTags
};

/** Parts of an action: a field for each, `<prefix><id>`; null for one that was removed. */
export const partPrefix = { tasks: 'task:', costLines: 'cost:', risks: 'risk:' } as const;
export type PartName = keyof typeof partPrefix;
export type Parts = { tasks: Task; costLines: CostLine; risks: Risk };
/** Of an action: a field for each change of its state, named by its moment. */
export const movePrefix = 'move:';
/** Of an indicator: a field for each reading, named by its day. */
export const readingPrefix = 'reading:';

export const partParsers: { [K in PartName]: (id: string, value: unknown) => Parts[K] | null } = {
	tasks: (id, value) => {
		const task = asObject(value);
		return (
			task && {
				id,
				title: asLine(task.title),
				owner: asId(task.owner),
				end: asDay(task.end),
				done: task.done === true,
				order: asOrder(task.order)
			}
		);
	},
	costLines: (id, value) => {
		const line = asObject(value);
		const year = asWhole(budgetYears.min, budgetYears.max, null)(line?.year);
		if (!line || year === null) return null;
		const kind = asOneOf(costKinds, line.kind, 'one-off');
		const until = asWhole(year, budgetYears.max, year)(line.until);
		const amount = asMoney(line.amount);
		return {
			id,
			title: asLine(line.title),
			kind,
			year,
			until: kind === 'one-off' ? year : until,
			amount,
			currency: asCurrency(line.currency),
			funded: Math.min(amount, asMoney(line.funded)),
			source: asLine(line.source),
			order: asOrder(line.order)
		};
	},
	risks: (id, value) => {
		const risk = asObject(value);
		return (
			risk && {
				id,
				text: asLine(risk.text),
				likelihood: asScale(risk.likelihood) ?? 3,
				impact: asScale(risk.impact) ?? 3,
				response: asLine(risk.response),
				order: asOrder(risk.order)
			}
		);
	}
};

export function asMove(name: string, value: unknown): ActionDetails['moves'][number] | null {
	const at = asMoment(name);
	const state = asOneOf(actionStates, value, null);
	return at && state ? { at, state } : null;
}

export function asReading(name: string, value: unknown): Reading | null {
	const day = asDay(name);
	const reading = asObject(value);
	return day && reading ? { day, value: asLine(reading.value), note: asLine(reading.note) } : null;
}

export function asVersion(id: string, value: unknown): Version | null {
	const stored = asObject(value);
	const guide = asId(stored?.guide);
	if (!stored || !guide) return null;
	const chapters = asList(stored.chapters).flatMap((item) => {
		const chapter = asObject(item);
		const place = chapter?.id;
		if (!chapter || typeof place !== 'string' || !splitId(place, 2)) return [];
		const body = typeof chapter.body === 'string' ? chapter.body.slice(0, limits.body) : '';
		return [
			{
				id: place,
				title: asLine(chapter.title),
				body: tidyText(body),
				hidden: chapter.hidden === true,
				order: asOrder(chapter.order),
				blocks: asBlocks(chapter.blocks)
			}
		];
	});
	return {
		id,
		guide,
		name: asLine(stored.name),
		note: asParagraph(stored.note),
		by: asLine(stored.by),
		at: asMoment(stored.at),
		chapters
	};
}
