/**
 * A progress report in words: the rules' own results for the composer. Needs the namespaces `follow`,
 * `export` and `model` of the document's language.
 */
import type { ProgressInput, ReportLine } from '#lib/export/compose/progress.ts';
import { inSentence } from '#lib/export/text.ts';
import type { Period } from '#lib/follow/calendar.ts';
import { progressOf, type Decision } from '#lib/follow/report.ts';
import { stacked } from '#lib/follow/states.ts';
import { directionOf } from '#lib/i18n/languages.ts';
import type { MessageKey } from '#lib/i18n/namespaces.ts';
import { formatDate, translate } from '#lib/i18n/words.ts';
import type { Lang } from '#lib/model/guide.ts';
import type { Action, Workspace } from '#lib/model/workspace.ts';
import { budgetOf, type Money } from '#lib/plan/budget.ts';
import { ownerName, registerOf } from '#lib/plan/parties.ts';
import type { OpenGuide } from '#lib/state/guide.svelte.ts';
import {
	amountWords,
	gapWords,
	shareWords,
	unitWords,
	valueWords,
	yearWords
} from './plan-words.ts';

/** The colour of each guide on paper. */
const accents: Record<string, string> = { blue: '#1d4f91', teal: '#0f6b6b', leaf: '#3b6b1d' };

export type ProgressAbout = {
	/** The guide in the language of the document, and in the screen's. */
	open: OpenGuide;
	screen: OpenGuide;
	workspace: Workspace;
	/** Of the guide, in the plan's order. */
	actions: readonly Action[];
	period: Period;
	/** The present day, where the person is; and the moment, ISO 8601. */
	today: string;
	now: string;
	version: string;
};

export function progressInput(about: ProgressAbout): ProgressInput {
	const { open, screen, workspace, actions, period, today, now, version } = about;
	const { lang, index } = open;
	const t = (key: MessageKey, values = {}): string => translate(lang, key, values);
	const day = (value: string): string => formatDate(lang, value);
	const span = ({ from, to }: Period): string => t('follow.span', { from: day(from), to: day(to) });
	const direction = directionOf(lang);
	const inside = (words: string): string => inSentence(words, direction);
	const register = registerOf(workspace.stakeholders);
	const objectives = new Set(
		workspace.objectives.filter(({ guide }) => guide === index.id).map(({ id }) => id)
	);
	const ours = new Set(actions.map(({ id }) => id));
	const progress = progressOf(
		{
			actions,
			indicators: workspace.indicators.filter(({ of, parent }) =>
				of === 'action' ? ours.has(parent) : objectives.has(parent)
			),
			approvals: workspace.approvals.filter(({ guide }) => guide === index.id)
		},
		period,
		{ today, since: workspace.createdAt.slice(0, 10) }
	);

	/** The person's own words, or, where they left the guide's, the guide's in the document's language. */
	const own = (action: Action | undefined, field: 'title' | 'indicator', words: string): string => {
		const id = action?.measure ?? '';
		const [theirs, mine] = [screen, open].map((one) => one.measures.get(id)?.[field]);
		return mine !== undefined && words === theirs ? mine : words;
	};
	const title = (action: Action): string =>
		own(action, 'title', action.title) || t('export.untitledAction');
	const line = (action: Action, on: string): ReportLine => ({
		title: title(action),
		owner: ownerName(action, register) || t('follow.nobody'),
		day: on
	});
	const byId = new Map(actions.map((action) => [action.id, action]));

	const decide = (decision: Decision): string => {
		if (decision.kind === 'read') return t('follow.decide-read', { count: decision.count });
		if (decision.kind === 'approve') {
			const { post, person, state, note } = decision.approval;
			const who = inside([post, person].filter(Boolean).join(', '));
			return state === 'returned'
				? t('follow.decide-approve-returned', { post: who, note: inside(note) }).trim()
				: t('follow.decide-approve-asked', { post: who });
		}
		const action = inside(title(decision.action));
		if (decision.kind === 'fund') {
			return t('follow.decide-fund', { action, gap: gapWords(lang, decision.gap, inside) });
		}
		if (decision.kind === 'reschedule') return t('follow.decide-reschedule', { action });
		const { blocker, unblock } = decision.action;
		return t('follow.decide-unblock', {
			action,
			blocker: inside(blocker),
			unblock: inside(unblock)
		}).trim();
	};

	return {
		lang,
		direction,
		workspace: { name: workspace.name, country: workspace.country, demo: workspace.demo },
		guide: { title: index.title, edition: index.edition },
		version,
		date: day(today),
		created: now,
		accent: accents[index.accent] ?? '#1d4f91',
		words: t,
		period: span(progress.period),
		before: span(progress.before),
		tally: (['done', 'started', 'dropped', 'late', 'readings', 'reached', 'behind'] as const).map(
			(what) => ({
				name: t(`follow.tally-${what}`),
				now: progress.tally.now[what],
				before: progress.tally.before[what]
			})
		),
		states: stacked.map((state) => ({
			name: t(`model.state-${state}`),
			count: progress.counts.atEnd[state]
		})),
		done: progress.done.map((one) => line(one.action, day(one.day))),
		started: progress.started.map((one) => line(one.action, day(one.day))),
		dropped: progress.dropped.map((one) => line(one.action, day(one.day))),
		late: progress.late.map((one) => ({
			...line(one.action, t(`follow.late-${one.kind}`, { day: day(one.day) })),
			why: one.why
		})),
		indicators: progress.measured.map(({ indicator, before, now: value, share, ...rest }) => ({
			title: own(byId.get(indicator.parent), 'indicator', indicator.title),
			unit: unitWords(lang, indicator.unit),
			baseline: valueWords(lang, indicator.baseline, indicator.unit),
			before: valueWords(lang, before, indicator.unit),
			now: valueWords(lang, value, indicator.unit),
			target: valueWords(lang, indicator.target, indicator.unit),
			share: share === null ? '' : shareWords(lang, share),
			standing: t(`follow.standing-${rest.standing}`),
			isNew: rest.isNew
		})),
		money: moneyRows(lang, workspace, actions),
		risks: progress.risks.map(({ action, risk, weight }) => ({
			risk: risk.text,
			action: title(action),
			weight,
			response: risk.response
		})),
		decisions: progress.decisions.map(decide),
		next: progress.next.map((action) => line(action, day(action.end)))
	};
}

/** Planned, funded and missing by year, a table a currency; the last row has the sum of all years. */
export function moneyRows(
	lang: Lang,
	workspace: Pick<Workspace, 'plan'>,
	actions: readonly Action[]
): ProgressInput['money'] {
	const { plan } = workspace;
	const budget = budgetOf(actions, () => '', plan);
	const amounts = (money: Money | undefined, currency: string): [string, string, string] => {
		const sum = money?.get(currency);
		return [
			amountWords(lang, sum?.amount ?? 0),
			amountWords(lang, sum?.funded ?? 0),
			amountWords(lang, sum?.gap ?? 0)
		];
	};
	return [...budget.total.all.keys()].map((currency) => ({
		currency: currency || translate(lang, 'follow.noCurrency'),
		rows: [
			...budget.years.map((year, i) => ({
				year: yearWords(lang, year, plan.yearStart),
				amounts: amounts(budget.total.years[i], currency)
			})),
			{ year: translate(lang, 'follow.all'), amounts: amounts(budget.total.all, currency) }
		]
	}));
}
