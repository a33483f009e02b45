/**
 * Prose: what the data says about a topic, in sentences. Each paragraph names its sources, so that it
 * can be traced and flagged (P8). It is a first text for people to rewrite, in plain words.
 */
import type { Gap } from '#lib/assessment/gaps.ts';
import { scoreTopic } from '#lib/assessment/score.ts';
import { strengthsAmong } from '#lib/assessment/strengths.ts';
import { isUnproven, levelOf } from '#lib/assessment/view.ts';
import type { Block, Question, Topic } from '#lib/model/guide.ts';
import type { Action } from '#lib/model/workspace.ts';
import { ownerName } from '#lib/plan/parties.ts';
import { markerOf } from './blocks.ts';
import { isDay } from './days.ts';
import { escapeMarkdown } from './markdown.ts';
import type { Material } from './material.ts';
import { actionsOfTopic } from './plan.ts';
import type { DraftWord, Voice } from './words.ts';

/** A paragraph of Markdown and the sources that it was made from; headings and markers have none. */
export type Paragraph = { markdown: string; refs: string[] };

export type Teller = { material: Material; voice: Voice; gaps: readonly Gap[] };

/** Where a live block shows all of them, the text names this many. */
const named = 3;

const groups: { word: DraftWord; levels: readonly number[] }[] = [
	{ word: 'draft.groupInPlace', levels: [3, 4] },
	{ word: 'draft.groupPartly', levels: [2] },
	{ word: 'draft.groupBegun', levels: [1] },
	{ word: 'draft.groupNothing', levels: [0] }
];

const questionRefs = (questions: readonly Question[]): string[] =>
	questions.map(({ id }) => `question:${id}`);

/** A topic in a paragraph: its score, what is best in place, the first gaps, how many actions. */
export function tellBriefly(teller: Teller, topic: Topic): Paragraph {
	const { material, voice, gaps } = teller;
	const score = tellScore(teller, topic);
	const best = strengthsAmong(topic.questions, material.view)
		.slice(0, named)
		.map((strength) => strength.question);
	const first = gaps
		.map((gap) => gap.question)
		// Level 3 of 4 is both a strength and a gap; in one breath that reads as a contradiction.
		.filter((question) => question.topic === topic.id && !best.includes(question))
		.slice(0, named);
	const actions = actionsOfTopic(material.actions, topic.id, material.view.assessment);
	const sentences = [score.markdown];
	if (best.length > 0)
		sentences.push(voice.words('draft.briefBest', { list: titles(voice, best) }));
	if (first.length > 0) {
		sentences.push(voice.words('draft.briefGaps', { list: titles(voice, first) }));
	}
	if (actions.length > 0) {
		sentences.push(voice.words('draft.briefActions', { count: actions.length }));
	}
	return {
		markdown: sentences.join(' '),
		refs: [...score.refs, ...questionRefs([...best, ...first]), `plan:${topic.id}`]
	};
}

/** A topic's score, or that there is none yet. */
export function tellScore({ material, voice }: Teller, topic: Topic): Paragraph {
	const { value } = scoreTopic(topic, material.view);
	const area = escapeMarkdown(topic.title);
	return {
		markdown:
			value === null
				? voice.words('draft.areaUnscored', { area })
				: voice.words('draft.areaScored', { area, score: voice.score(value) }),
		refs: [`score:${topic.id}`]
	};
}

/** Where the country stands: a paragraph for each group of answers, with the levels' own sentences. */
export function tellStanding({ material, voice }: Teller, topic: Topic): Paragraph[] {
	const { view } = material;
	const paragraphs = groups.flatMap(({ word, levels }): Paragraph[] => {
		const found = topic.questions.filter((question) => {
			const level = levelOf(view.answers.get(question.id));
			return level !== null && levels.includes(level);
		});
		if (found.length === 0) return [];
		const points = found.map((question) => {
			const level = levelOf(view.answers.get(question.id)) ?? 0;
			return voice.words(isUnproven(view, question.id) ? 'draft.pointUnproven' : 'draft.point', {
				title: escapeMarkdown(question.title),
				level,
				sentence: escapeMarkdown(question.levels[level] ?? '')
			});
		});
		return [{ markdown: withList(voice.words(word), points), refs: questionRefs(found) }];
	});
	const kind = (question: Question) => view.answers.get(question.id)?.kind;
	const others = [
		{ word: 'draft.groupUnknown', of: topic.questions.filter((q) => kind(q) === 'unknown') },
		{
			word: 'draft.groupNotApplicable',
			of: topic.questions.filter((q) => kind(q) === 'not-applicable')
		},
		{ word: 'draft.groupUnanswered', of: topic.questions.filter((q) => kind(q) === undefined) }
	] as const;
	for (const { word, of } of others) {
		if (of.length === 0) continue;
		const values = { list: titles(voice, of), count: of.length };
		paragraphs.push({ markdown: voice.words(word, values), refs: questionRefs(of) });
	}
	return paragraphs;
}

/**
 * The gaps and what closes them; only the first where `block` lists all of them. Where there are none
 * the block says so, and goes on being true.
 */
export function tellGaps(teller: Teller, topic: Topic, block: Block | null): Paragraph[] {
	const { material, voice } = teller;
	const gaps = teller.gaps.filter((gap) => gap.question.topic === topic.id);
	const answered = topic.questions.filter(
		(question) => levelOf(material.view.answers.get(question.id)) !== null
	);
	if (answered.length === 0) return [];
	if (gaps.length === 0) {
		if (block) return placed(block);
		return [{ markdown: voice.words('draft.gapsNone'), refs: questionRefs(answered) }];
	}
	const shown = block ? gaps.slice(0, named) : gaps;
	const word = shown.length < gaps.length ? 'draft.gapsFirst' : 'draft.gapsAll';
	const points = shown.map((gap) => {
		const values = {
			title: escapeMarkdown(gap.question.title),
			level: gap.level,
			target: gap.target,
			next: escapeMarkdown(gap.question.next[gap.level] ?? ''),
			measures: gap.measures
				.map((measure) => escapeMarkdown(measure.title))
				.join(voice.words('draft.betweenMeasures'))
		};
		return voice.words(values.measures ? 'draft.gapPoint' : 'draft.gapPointAlone', values);
	});
	return [
		{
			markdown: withList(voice.words(word, { count: gaps.length }), points),
			refs: questionRefs(gaps.map((gap) => gap.question))
		},
		...placed(block)
	];
}

/** The actions of the plan that serve the topic; only the first where `block` lists all of them. */
export function tellActions(teller: Teller, topic: Topic, block: Block | null): Paragraph[] {
	const { material, voice } = teller;
	const actions = actionsOfTopic(material.actions, topic.id, material.view.assessment);
	const plan = `plan:${topic.id}`;
	if (actions.length === 0) {
		if (block) return placed(block);
		return [{ markdown: voice.words('draft.actionsNone'), refs: [plan] }];
	}
	const shown = block ? actions.slice(0, named) : actions;
	const word = shown.length < actions.length ? 'draft.actionsFirst' : 'draft.actionsAll';
	return [
		{
			markdown: withList(
				voice.words(word, { count: actions.length }),
				shown.map((action) => tellAction(teller, action))
			),
			refs: [plan, ...shown.map((action) => `action:${action.id}`)]
		},
		...placed(block)
	];
}

function tellAction({ voice, material }: Teller, action: Action): string {
	const from = isDay(action.start);
	const to = isDay(action.end);
	const word = from
		? to
			? 'draft.actionFromTo'
			: 'draft.actionFrom'
		: to
			? 'draft.actionUntil'
			: 'draft.actionUndated';
	return voice.words(word, {
		title: escapeMarkdown(action.title),
		owner: escapeMarkdown(ownerName(action, material.register)) || voice.words('draft.ownerNobody'),
		start: from ? voice.day(action.start) : '',
		end: to ? voice.day(action.end) : ''
	});
}

const titles = (voice: Voice, questions: readonly Question[]): string =>
	voice.list(questions.map((question) => escapeMarkdown(question.title)));

/** The list directly below its line: both are one paragraph, kept or rewritten together. */
const withList = (line: string, points: string[]): string =>
	[line, ...points.map((point) => `- ${point}`)].join('\n');

const placed = (block: Block | null): Paragraph[] =>
	block ? [{ markdown: markerOf(block), refs: [] }] : [];
