/**
 * Material: what a draft is made from. And the reader that says, for each source of a text, what it
 * stands for now; a text is flagged when that is no longer what it stood for when it was written (P8).
 *
 *   question:<id>   answer, target and evidence of a question: "1>2", "3>4+", "?", "n/a", "-"
 *   action:<id>     title, owner and dates of an action; empty once it is gone or dropped
 *   score:<topic>   the topic's score as it is shown; empty without one
 *   plan:<topic>    which actions serve the topic
 *   summary:<name>  a place of the outline's texts: country, strongest, weakest, answered …
 */
import { targetOf } from '#lib/assessment/gaps.ts';
import { scoreAll, type TopicScore } from '#lib/assessment/score.ts';
import { summarise, type Summary } from '#lib/assessment/summary.ts';
import { levelOf, type View } from '#lib/assessment/view.ts';
import type { Action, Chapter, ChapterSource } from '#lib/model/workspace.ts';
import { ownerName, type Register } from '#lib/plan/parties.ts';
import { actionsOfTopic } from './plan.ts';

export type Material = {
	view: View;
	/** The plan; actions of other guides are passed over. */
	actions: readonly Action[];
	/** Who the actions name: the register's name is the present one. */
	register: Register;
	/** As the workspace has it; may be empty. */
	country: string;
};

/** A source whose value changed, with what it is now. */
export type StaleSource = ChapterSource & { now: string };

/** A source's present value; null for a kind that this version does not know. */
export type ReadSource = (ref: string) => string | null;

/** The actions of the view's guide that are not dropped. */
export const liveActions = ({ actions, view }: Material): Action[] =>
	actions.filter((a) => a.guide === view.assessment.guide && a.state !== 'dropped');

/** A reader of sources; what many of them share is computed once. */
export function sourceReader(material: Material): ReadSource {
	const { view } = material;
	let summary: Summary | undefined;
	let scores: Map<string, TopicScore> | undefined;
	const actions = new Map(liveActions(material).map((action) => [action.id, action]));
	return (ref) => {
		const colon = ref.indexOf(':');
		const id = ref.slice(colon + 1);
		switch (ref.slice(0, colon)) {
			case 'question':
				return questionValue(view, id);
			case 'action': {
				const action = actions.get(id);
				if (!action) return '';
				const owner = ownerName(action, material.register);
				return brief([action.title, owner, action.start, action.end].join('|'));
			}
			case 'score': {
				scores ??= new Map(scoreAll(view).topics.map((score) => [score.topic, score]));
				return scores.get(id)?.value?.toFixed(1) ?? '';
			}
			case 'plan':
				return brief(
					actionsOfTopic([...actions.values()], id, view.assessment)
						.map((action) => action.id)
						.sort()
						.join(' ')
				);
			case 'summary':
				summary ??= summarise(view);
				return summaryValue(material, summary, id);
			default:
				return null;
		}
	};
}

/** The sources of a chapter that no longer have the value that its text was made from. */
export function staleSources(chapter: Pick<Chapter, 'sources'>, material: Material): StaleSource[] {
	const read = sourceReader(material);
	return chapter.sources.flatMap((source) => {
		const now = read(source.ref);
		return now === null || now === source.value ? [] : [{ ...source, now }];
	});
}

function questionValue(view: View, id: string): string {
	const answer = view.answers.get(id);
	if (!answer) return '-';
	if (answer.kind === 'unknown') return '?';
	if (answer.kind === 'not-applicable') return 'n/a';
	const target = targetOf(id, answer, view.targets);
	return `${levelOf(answer)}>${target}${view.proven.has(id) ? '+' : ''}`;
}

function summaryValue(material: Material, summary: Summary, name: string): string | null {
	switch (name) {
		case 'country':
			return brief(material.country);
		case 'strongest':
			return summary.strongest?.topic ?? '';
		case 'weakest':
			return summary.weakest?.topic ?? '';
		case 'answered':
		case 'questions':
		case 'proven':
			return String(summary[name]);
		case 'actions':
			return String(liveActions(material).length);
		default:
			return null;
	}
}

/** A value is kept in one line of at most 1,000 characters; a long one keeps its start and a hash. */
const brief = (text: string): string =>
	text.length <= 200 ? text : `${[...text].slice(0, 160).join('')} ${hashOf(text)}`;

/** 64 bits of a text in base 36 (FNV-1a, twice): tells texts apart and guards nothing. */
export function hashOf(text: string): string {
	let [a, b] = [0x811c9dc5, 0x050c5d1f];
	for (let i = 0; i < text.length; i++) {
		a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
		b = Math.imul(b ^ text.charCodeAt(i), 0x01000193) ^ (b >>> 15);
	}
	return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}
