/** What Numenia's plans are for: five objectives a guide, and a figure for the ones that have one. */
import { lastDay } from '#lib/draft/days.ts';
import type { Assessment, Unit } from '#lib/model/guide.ts';
import * as document from '#lib/sync/document.ts';
import type { Calendar } from './demo-calendar.ts';
import { partyId } from './demo-parties.ts';
import type { PlanOf } from './demo-plan.ts';

/** Topics under each objective. A guide that is not named has its topics as objectives, up to six. */
const shared: Record<string, string[][]> = {
	cybersecurity: [
		['lifecycle', 'governance'],
		['resilience', 'infrastructure'],
		['risk'],
		['capacity'],
		['law', 'international']
	],
	ehealth: [
		['vision', 'governance', 'investment'],
		['services'],
		['infrastructure'],
		['standards', 'law'],
		['workforce', 'monitoring']
	],
	eagriculture: [
		['vision', 'plan'],
		['services', 'content'],
		['markets'],
		['foundations', 'rights'],
		['inclusion']
	]
};
const mostOfOthers = 6;

function groupsOf(assessment: Assessment): string[][] {
	const named = shared[assessment.guide];
	if (named) return named;
	const groups: string[][] = [];
	const { topics } = assessment;
	const count = Math.min(mostOfOthers, topics.length);
	topics.forEach(({ id }, i) => {
		const group = Math.floor((i * count) / topics.length);
		groups[group] = [...(groups[group] ?? []), id];
	});
	return groups;
}

const idOf = (assessment: Assessment, group: number, contributor: string): string =>
	`${contributor}-${assessment.guide}-objective-${group + 1}`;

/** The objective that an action serves which closes a gap of `question`. */
export function objectiveFor(
	assessment: Assessment,
	question: string,
	contributor: string
): string {
	const topic = assessment.topics.find(({ questions }) => questions.some((q) => q.id === question));
	const group = groupsOf(assessment).findIndex((ids) => topic && ids.includes(topic.id));
	return idOf(assessment, Math.max(0, group), contributor);
}

/** Figures that the guides' own story tells: from where, to where, and what was read since. */
const figures: Record<
	string,
	{ objective: number; unit: Unit; from: string; to: string; read: [number, string][] }
> = {
	cybersecurity: { objective: 2, unit: 'hours', from: '216', to: '24', read: [[5, '52']] },
	ehealth: { objective: 2, unit: 'percent', from: '61', to: '90', read: [[6, '74']] },
	eagriculture: { objective: 3, unit: 'count', from: '0', to: '20', read: [[4, '9']] }
};

export function objectives(plan: PlanOf, calendar: Calendar, before: number): void {
	const { doc, view, words, now, by, contributor } = plan;
	const { assessment } = view;
	const { guide } = assessment;
	groupsOf(assessment).forEach((topics, i) => {
		const topic = assessment.topics.find(({ id }) => id === topics[0]);
		document.putObjective(doc, by(now), {
			id: idOf(assessment, i, contributor),
			guide,
			title: words.maybe(`objective-${guide}-${i + 1}`) || (topic?.title ?? ''),
			note: '',
			order: before + i + 1
		});
	});
	const figure = figures[guide];
	if (!figure) return;
	const id = `${contributor}-${guide}-figure`;
	document.putIndicator(doc, by(now), id, {
		of: 'objective',
		parent: idOf(assessment, figure.objective - 1, contributor),
		title: words.say(`figure-${guide}`),
		unit: figure.unit,
		baseline: figure.from,
		baselineDay: lastDay(calendar.adopted - 1),
		target: figure.to,
		targetDay: lastDay(calendar.adopted + 23),
		source: words.say(`figure-source-${guide}`),
		collector: partyId(guide === 'cybersecurity' ? 'finance' : 'lead-authority', guide),
		every: 12,
		order: 1
	});
	for (const [back, value] of figure.read) {
		const day = lastDay(calendar.month - back);
		document.putReading(doc, by(now), id, { day, value, note: '' });
	}
}
