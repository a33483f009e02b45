/**
 * What a plan is made of besides its actions: who is involved, what it is for, what it costs, what
 * may go wrong, how one sees that it works. Money is in major units of a currency (francs, not
 * centimes); a budget year is named by the calendar year in which it begins.
 */
import type { Unit } from './guide.ts';

/** 1: very low; 5: very high. Impact, feasibility, likelihood, power and interest all use it. */
export const scale = [1, 2, 3, 4, 5] as const;
export type Scale = (typeof scale)[number];

/** An organisation, and the post or person in it, in the register that the whole workspace uses. */
export type Stakeholder = {
	id: string;
	/** The organisation. */
	name: string;
	/** The post or person, or empty. */
	person: string;
	/** What they do for the strategy, in words. */
	role: string;
	/** How much they can further or stop it, and how much it concerns them; null: not judged yet. */
	power: Scale | null;
	interest: Scale | null;
	note: string;
	order: number;
};

/** What several actions of one guide are for. */
export type Objective = { id: string; guide: string; title: string; note: string; order: number };

/** A step of an action. */
export type Task = {
	id: string;
	title: string;
	/** Id of a stakeholder, or empty. */
	owner: string;
	/** Day, or empty. */
	end: string;
	done: boolean;
	order: number;
};

export const costKinds = ['one-off', 'recurring'] as const;
export type CostKind = (typeof costKinds)[number];

/** What a part of an action costs in each budget year from `year` to `until`. */
export type CostLine = {
	id: string;
	title: string;
	/** one-off: `until` is `year`. */
	kind: CostKind;
	year: number;
	until: number;
	/** Per year; from 0 to `money.max`. */
	amount: number;
	/** ISO 4217, or whatever three to five letters a country writes. */
	currency: string;
	/** Of the amount, what is secured; from 0 to `amount`. The rest is the gap. */
	funded: number;
	/** Who pays: budget line, donor; or empty. */
	source: string;
	order: number;
};

/** Amounts beyond it lose their cents in a spreadsheet. */
export const money = { min: 0, max: 999_999_999_999_999 } as const;
export const budgetYears = { min: 1990, max: 2200 } as const;

/** What may keep an action from succeeding. */
export type Risk = {
	id: string;
	text: string;
	likelihood: Scale;
	impact: Scale;
	response: string;
	order: number;
};

/** A value that was measured. Texts, since "2 of 40" is one too; `plan/numbers.ts` reads numbers. */
export type Reading = { day: string; value: string; note: string };

/**
 * A quantity that is followed. The one with the id of an action is that action's own (its title, unit
 * and target are the action's fields); others are further ones of an action, or an objective's.
 */
export type PlanIndicator = {
	id: string;
	of: 'action' | 'objective';
	/** The action or objective that it measures. */
	parent: string;
	title: string;
	unit: Unit;
	baseline: string;
	baselineDay: string;
	/** Where the baseline came from: `question:<guide>/<question>@<level>`, or empty. */
	baselineFrom: string;
	target: string;
	targetDay: string;
	/** Where the numbers come from. */
	source: string;
	/** Id of the stakeholder who collects it, or empty. */
	collector: string;
	/** Months between two readings; 0: not said. */
	every: number;
	/** By day. */
	readings: Reading[];
	order: number;
};

/** How this country plans. */
export type PlanSettings = {
	/** Month in which the budget year begins, 1 to 12. */
	yearStart: number;
	/** The first budget year that is shown, and how many; null and 0: as the actions' dates say. */
	firstYear: number | null;
	years: number;
	/** Of new cost lines; or empty. */
	currency: string;
	/** Open actions at one time that the team can carry; null: the method's number. */
	capacity: number | null;
	/** Months between two progress reports, 0: none; and the day of the next, or empty. */
	reportEvery: number;
	nextReport: string;
};

export const planDefaults: PlanSettings = {
	yearStart: 1,
	firstYear: null,
	years: 0,
	currency: '',
	capacity: null,
	reportEvery: 0,
	nextReport: ''
};
