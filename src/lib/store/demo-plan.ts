/**
 * Numenia's plan: 40 actions in the first guide, a dozen in each further one, taken from the guide's
 * own measures in the order of the advice. What is done is what the answers of a year ago did not have
 * and those of today have, so that assessment and plan tell one story.
 */
import type * as Y from 'yjs';
import { firstSix } from '#lib/assessment/first-six.ts';
import { findGaps } from '#lib/assessment/gaps.ts';
import { catalogueOf, questionsOf, type View } from '#lib/assessment/view.ts';
import type { Measure } from '#lib/model/guide.ts';
import type { Action, ActionState, Answer } from '#lib/model/workspace.ts';
import * as document from '#lib/sync/document.ts';
import type { Author } from '#lib/sync/document.ts';
import * as calendars from './demo-calendar.ts';
import type { Calendar, Mix } from './demo-calendar.ts';
import { draw } from './demo-draw.ts';
import { objectiveFor, objectives } from './demo-objectives.ts';
import * as parties from './demo-parties.ts';
import * as parts from './demo-parts.ts';
import type { DemoWords } from './demo-words.ts';

type Chosen = { measure: Measure; question: string; state: ActionState };

export type PlanOf = {
	doc: Y.Doc;
	view: View;
	/** The answers of a year ago. */
	then: Record<string, Answer>;
	now: string;
	words: DemoWords;
	by: (now: string) => Author;
	contributor: string;
};

export function makePlan(plan: PlanOf): void {
	const { doc, view, now, words, by } = plan;
	const { guide } = view.assessment;
	const before = document.readWorkspace(doc).actions;
	const mix = before.length === 0 ? calendars.firstPlan : calendars.furtherPlan;
	const calendar = calendars.calendarOf(now);
	const chosen = choose(plan, mix);
	parties.register(doc, by(now), {
		guide,
		owners: chosen.map(({ measure }) => measure.owner),
		words
	});
	document.setPlanSettings(doc, by(now), {
		yearStart: calendars.yearStart,
		firstYear: calendar.firstYear,
		years: 5,
		currency: parts.currency,
		reportEvery: 6,
		nextReport: calendars.nextReport(calendar)
	});
	objectives(plan, calendar, before.length);
	putActions(plan, { mix, calendar, chosen, order: before.length });
}

/** The measures and their states, those that are done first. */
function choose({ view, then }: PlanOf, mix: Mix): Chosen[] {
	const { answers } = view;
	const reached = (measure: Measure): string | undefined =>
		measure.closes.find(({ question, to }) => {
			const [was, is] = [then[question], answers.get(question)];
			const level = was?.kind === 'level' ? was.level : 9;
			return is?.kind === 'level' && is.level >= to && level < to;
		})?.question;
	const seen = new Set<string>();
	const done = [...catalogueOf(view.assessment).values()]
		.flatMap((measure): Chosen[] => {
			const question = reached(measure);
			if (!question || seen.has(question)) return [];
			seen.add(question);
			return [{ measure, question, state: 'done' }];
		})
		.slice(0, mix.done);
	const taken = new Set(done.map(({ measure }) => measure.id));
	const open: Chosen[] = [];
	const { gaps } = findGaps(view);
	// Where fewer questions rose than could be done, more is under way.
	const running = mix.running + mix.done - done.length;
	const wanted = running + mix.planned + mix.proposed + mix.dropped;
	for (let found = true; found && open.length < wanted;) {
		found = false;
		for (const { measure, gap } of firstSix(gaps, taken, view)) {
			if (taken.has(measure.id) || open.length >= wanted) continue;
			found = true;
			taken.add(measure.id);
			open.push({ measure, question: gap.question.id, state: 'proposed' });
		}
	}
	return [...done, ...withStates(open, done, { ...mix, running })];
}

/** Nothing runs whose prerequisites do not stand; what is dropped is what came last. */
function withStates(open: Chosen[], done: readonly Chosen[], mix: Mix): Chosen[] {
	const left = { running: mix.running, planned: mix.planned };
	const finished = new Set(done.map(({ measure }) => measure.id));
	const inPlan = new Set(open.map(({ measure }) => measure.id));
	return open.map((one, i): Chosen => {
		if (i >= open.length - mix.dropped) return { ...one, state: 'dropped' };
		const waits = one.measure.requires.some((id) => inPlan.has(id) && !finished.has(id));
		for (const state of ['running', 'planned'] as const) {
			if (left[state] === 0 || (state === 'running' && waits)) continue;
			left[state] -= 1;
			return { ...one, state };
		}
		return one;
	});
}

type Making = { mix: Mix; calendar: Calendar; chosen: Chosen[]; order: number };

function putActions(plan: PlanOf, { mix, calendar, chosen, order }: Making): void {
	const { doc, view, now, words, by, contributor } = plan;
	const { guide } = view.assessment;
	const money = fundingOf(chosen);
	const ends = new Map<string, { id: string; end: number }>();
	const count: Partial<Record<ActionState, number>> = {};
	for (const [i, { measure, question, state }] of chosen.entries()) {
		const n = count[state] ?? 0;
		count[state] = n + 1;
		const needs = measure.requires.flatMap((id) => ends.get(id) ?? []);
		const after = needs.reduce((last, { end }) => Math.max(last, end), -1);
		const dates = calendars.datesOf(state, n, { months: measure.months, after, mix }, calendar);
		const id = `${contributor}-${guide}-${i + 1}`;
		if (state !== 'dropped') ends.set(measure.id, { id, end: dates.end });
		const owner = parties.partyId(measure.owner, guide);
		const partners = parties.partnersOf(measure.id, measure.owner, guide);
		const known: parts.Known = { measure, state, dates, calendar, words, owner, partners };
		const funding = money.get(measure.id) ?? 'staff-only';
		const weight = questionsOf(view.assessment).find((q) => q.id === question)?.weight ?? 1;
		const isHeld = (state === 'running' && n === 1) || (state === 'planned' && n === 2);
		const held = state === 'running' ? 1 : 2;
		const action: Action = {
			id,
			guide,
			measure: measure.id,
			closes: [question],
			title: measure.title,
			owner: parties.partyNameOf(measure.owner, guide, words),
			...calendars.daysOf(dates),
			cost: costClass(measure, funding),
			effort: measure.effort,
			indicator: measure.indicator,
			unit: measure.unit,
			target: parts.aimOf(measure.unit, measure.id, words).to,
			state: 'proposed',
			note: noteFor(state, n, words),
			objective: objectiveFor(view.assessment, question, contributor),
			ownerId: owner,
			sponsorId: parties.sponsorOf(measure.owner, guide),
			partnerIds: partners,
			requires: needs.map((need) => need.id),
			blocker: isHeld ? words.say(`blocker-${held}`) : '',
			unblock: isHeld ? words.say(`unblock-${held}`) : '',
			tasks: parts.tasksOf(known),
			costLines: parts.costLinesOf(known, funding),
			risks: parts.risksOf(known),
			impact: ([3, 4, 5] as const)[weight - 1] ?? 3,
			feasibility: ({ none: 5, low: 4, medium: 3, high: 2 } as const)[measure.cost],
			tags: tagsOf(guide, measure),
			moves: [],
			order: order + i + 1
		};
		const begun = calendars.momentIn(calendar.adopted - 2, 3 + (n % 20), now);
		document.putAction(doc, by(begun), action);
		for (const [at, next] of movesOf(state, n, { dates, calendar, now })) {
			document.patchAction(doc, by(at), id, { state: next });
		}
		const answer = plan.then[question];
		const baselineFrom =
			answer?.kind === 'level' ? `question:${guide}/${question}@${answer.level}` : '';
		const { about, readings } = parts.measuring({ ...action, state }, { ...known, baselineFrom });
		document.putIndicator(doc, by(now), id, about);
		for (const reading of readings) document.putReading(doc, by(now), id, reading);
	}
}

/** When an action changed its state: adopted with the plan, begun, done. */
function movesOf(
	state: ActionState,
	n: number,
	{ dates, calendar, now }: { dates: calendars.Dates; calendar: Calendar; now: string }
): [string, ActionState][] {
	const at = (month: number, day: number): string => calendars.momentIn(month, day, now);
	if (state === 'proposed') return [];
	if (state === 'dropped') return [[at(calendar.adopted + 1, 12 + n), 'dropped']];
	// Some came into the plan only later.
	const adopted: [string, ActionState] = [
		at(calendar.adopted + (state === 'planned' && n % 3 === 2 ? 6 : 0), 6),
		'planned'
	];
	const begun: [string, ActionState] = [at(dates.start, 8 + (n % 9)), 'running'];
	const done: [string, ActionState] = [at(dates.end, 20 + (n % 8)), 'done'];
	return state === 'planned'
		? [adopted]
		: state === 'running'
			? [adopted, begun]
			: [adopted, begun, done];
}

/** As in the story: of 38 actions 14 need staff time only, 16 are funded, 8 are not. */
function fundingOf(chosen: readonly Chosen[]): Map<string, parts.Funding> {
	const rank = { none: 0, low: 1, medium: 2, high: 3 };
	const live = chosen.filter(({ state }) => state !== 'dropped');
	const byCost = [...live].sort(
		({ measure: a }, { measure: b }) =>
			rank[a.cost] - rank[b.cost] || draw(a.id, 'funding') - draw(b.id, 'funding')
	);
	const costing = byCost.splice(Math.round((live.length * 14) / 38));
	const open = costing
		.filter(({ state }) => state !== 'done')
		.sort(({ measure: a }, { measure: b }) => draw(a.id, 'open') - draw(b.id, 'open'))
		.slice(0, Math.round((live.length * 8) / 38));
	return new Map([
		...costing.map(({ measure }): [string, parts.Funding] => [measure.id, 'funded']),
		...open.map(({ measure }): [string, parts.Funding] => [measure.id, 'open'])
	]);
}

const costClass = (measure: Measure, funding: parts.Funding): Action['cost'] =>
	funding === 'staff-only' ? 'none' : measure.cost === 'none' ? 'low' : measure.cost;

const noteFor = (state: ActionState, n: number, words: DemoWords): string => {
	if (state === 'dropped') return words.say(`dropped-${1 + (n % 2)}`);
	if (state === 'running') return n < words.actions.length ? (words.actions[n] ?? '') : '';
	return '';
};

const goals: Record<string, string> = { ehealth: 'sdg:3', eagriculture: 'sdg:2' };
const tagsOf = (guide: string, { owner }: Measure): string[] => {
	const tags = [goals[guide] ?? 'sdg:16'];
	if (['digital-ministry', 'regulator', 'cirt', 'cyber-authority'].includes(owner)) {
		tags.push('sdg:9');
	}
	return tags;
};
