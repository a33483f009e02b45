/** What an action of Numenia's plan is made of: steps, cost lines, risks, and how it is measured. */
import { lastDay } from '#lib/draft/days.ts';
import type { Measure, Unit } from '#lib/model/guide.ts';
import type { CostLine, PlanIndicator, Reading, Risk, Scale, Task } from '#lib/model/plan.ts';
import type { Action, ActionState } from '#lib/model/workspace.ts';
import { budgetYearOf } from '#lib/plan/budget.ts';
import { yearStart, type Calendar, type Dates } from './demo-calendar.ts';
import { draw, pick } from './demo-draw.ts';
import type { DemoWords } from './demo-words.ts';

/** Numenia's own money: no country writes NUM. */
export const currency = 'NUM';

export type Known = {
	measure: Measure;
	state: ActionState;
	dates: Dates;
	calendar: Calendar;
	words: DemoWords;
	/** Ids of stakeholders. */
	owner: string;
	partners: readonly string[];
};

export function tasksOf({ measure, state, dates, calendar, words, ...who }: Known): Task[] {
	const parts = measure.effort === 'small' ? (['a', 'c'] as const) : (['a', 'b', 'c'] as const);
	const length = dates.end - dates.start;
	return parts.map((part, i) => {
		const end = lastDay(dates.start + Math.round((length * (i + 1)) / parts.length));
		const isOver = end < calendar.today;
		// Of what should be done by now, the last step of some is not.
		const isDone = state === 'done' || (state === 'running' && isOver && i === 0);
		return {
			id: `t${i + 1}`,
			title: words.say(`task-${part}-${1 + (draw(`${measure.id}-${part}`, 'step') % 3)}`),
			owner: i === 1 ? (who.partners[0] ?? who.owner) : who.owner,
			end,
			done: isDone,
			order: i + 1
		};
	});
}

/** Amounts from least to most, in thousands. */
const amounts = { none: [120, 300], low: [120, 600], medium: [900, 4200], high: [9000, 24_000] };

export type Funding = 'staff-only' | 'funded' | 'open';

export function costLinesOf(
	{ measure, dates, calendar, words }: Known,
	funding: Funding
): CostLine[] {
	if (funding === 'staff-only') return [];
	const { id } = measure;
	const [least = 0, most = 0] = amounts[measure.cost];
	const amount = (least + ((draw(id, 'amount') % 100) * (most - least)) / 100) * 1000;
	const round = (n: number): number => Math.max(10_000, Math.round(n / 10_000) * 10_000);
	const year = budgetYearOf(lastDay(dates.start), yearStart);
	const isPartner = draw(id, 'partner pays') % 5 < 2;
	const source = words.say(isPartner ? 'source-partner' : 'source-budget');
	// What is open is open as a whole, or a partner has promised less than half.
	const share = funding === 'funded' ? 1 : draw(id, 'share') % 3 === 0 ? 0.4 : 0;
	const line = (
		n: number,
		about: Pick<CostLine, 'title' | 'kind' | 'year' | 'until' | 'amount'>
	) => ({
		id: `c${n}`,
		...about,
		currency,
		funded: round(about.amount) * share,
		source: share > 0 ? (funding === 'open' ? words.say('source-partner') : source) : '',
		order: n
	});
	const title = words.say(`cost-once-${1 + (draw(id, 'once') % 4)}`);
	const once = line(1, { title, kind: 'one-off', year, until: year, amount: round(amount) });
	if (measure.cost === 'none' || (measure.cost === 'low' && draw(id, 'yearly') % 3 > 0)) {
		return [once];
	}
	// Whoever pays for the beginning, what comes every year is the state's own to pay.
	const yearly = line(2, {
		title: words.say(`cost-yearly-${1 + (draw(id, 'yearly') % 3)}`),
		kind: 'recurring',
		year: year + 1,
		until: Math.max(year + 1, calendar.firstYear + 4),
		amount: round(amount * 0.25)
	});
	const isSecured = funding === 'funded';
	return [
		once,
		{
			...yearly,
			funded: isSecured ? yearly.amount : 0,
			source: isSecured ? words.say('source-budget') : ''
		}
	];
}

export function risksOf({ measure, words }: Known): Risk[] {
	const count = measure.effort === 'large' ? 2 : draw(measure.id, 'risks') % 2;
	const first = draw(measure.id, 'risk') % 6;
	return Array.from({ length: count }, (_, i) => {
		const n = 1 + ((first + i * 2) % 6);
		const scale = (purpose: string): Scale =>
			pick({ id: `${measure.id}-${i}` }, purpose, [2, 3, 3, 4, 5] as const);
		return {
			id: `r${i + 1}`,
			text: words.say(`risk-${n}`),
			likelihood: scale('likelihood'),
			impact: scale('impact'),
			response: words.say(`response-${n}`),
			order: i + 1
		};
	});
}

/** Where a quantity begins and where it should get to. */
export function aimOf(unit: Unit, id: string, words: DemoWords): { from: string; to: string } {
	const some = (purpose: string, least: number, most: number): number =>
		least + (draw(id, purpose) % (most - least + 1));
	switch (unit) {
		case 'yes-no':
			return { from: words.say('no'), to: words.say('yes') };
		case 'percent':
			return { from: String(some('from', 1, 5) * 5), to: String(some('to', 12, 18) * 5) };
		case 'days':
			return { from: '30', to: '10' };
		case 'hours':
			return { from: '72', to: '24' };
		case 'months':
			return { from: '12', to: '6' };
		case 'currency':
			return { from: '0', to: '2500000' };
		case 'persons':
			return { from: '0', to: String(some('to', 4, 12) * 10) };
		case 'score':
			return { from: '1', to: '3' };
		case 'count':
			return { from: String(some('from', 0, 2)), to: String(some('to', 6, 20)) };
	}
}

/** How an action is measured: its baseline as the plan was adopted, and what was read since. */
export function measuring(
	action: Pick<Action, 'id' | 'unit' | 'state' | 'end' | 'guide'>,
	known: Known & { baselineFrom: string }
): {
	about: Omit<PlanIndicator, 'id' | 'readings' | 'title' | 'unit' | 'target'>;
	readings: Reading[];
} {
	const { measure, calendar, dates, words, owner } = known;
	const { from, to } = aimOf(measure.unit, measure.id, words);
	const every = pick(measure, 'every', [3, 3, 6]);
	return {
		about: {
			of: 'action',
			parent: action.id,
			baseline: from,
			baselineDay: lastDay(calendar.adopted - 1),
			baselineFrom: known.baselineFrom,
			targetDay: lastDay(dates.end),
			source: words.say(`data-${1 + (draw(measure.id, 'source') % 4)}`),
			collector: owner,
			every,
			order: 0
		},
		readings: readingsOf({ from, to, every }, known)
	};
}

function readingsOf(
	{ from, to, every }: { from: string; to: string; every: number },
	{ measure, state, dates, calendar, words }: Known
): Reading[] {
	const reading = (month: number, value: string, n: number): Reading => ({
		day: lastDay(month),
		value,
		note: draw(measure.id, `note${n}`) % 3 === 0 ? words.say(`reading-${1 + (n % 4)}`) : ''
	});
	if (state !== 'done' && state !== 'running') return [];
	if (measure.unit === 'yes-no') return state === 'done' ? [reading(dates.end, to, 1)] : [];
	const [base, aim] = [Number(from), Number(to)];
	const at = (share: number): string => String(Math.round(base + (aim - base) * share));
	const last = state === 'done' ? dates.end : calendar.month - 1;
	// Some forgot to measure for a while: their next reading is overdue.
	const late = state === 'running' && draw(measure.id, 'late') % 4 === 0 ? every + 1 : 0;
	const reached = state === 'done' ? 1 : 0.35 + (draw(measure.id, 'reached') % 30) / 100;
	return [2, 1, 0].flatMap((back) => {
		const month = last - late - back * every;
		return month < calendar.adopted
			? []
			: [reading(month, at(reached * (1 - back * 0.35)), back + 1)];
	});
}
