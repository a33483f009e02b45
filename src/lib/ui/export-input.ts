/**
 * The open work as an ExportInput: the rules' own results, in words, so that a file says what the
 * screen says (P9). Needs the namespaces `export`, `facts`, `model` and `results` of the language.
 */
import { agreements } from '#lib/assessment/agreed.ts';
import { aimOf } from '#lib/assessment/aim.ts';
import { summarise } from '#lib/assessment/summary.ts';
import type { ExportAnswer, ExportInput, ExportQuestion } from '#lib/export/input.ts';
import { directionOf } from '#lib/i18n/languages.ts';
import type { MessageKey } from '#lib/i18n/namespaces.ts';
import { formatDate, translate } from '#lib/i18n/words.ts';
import type { Question } from '#lib/model/guide.ts';
import type {
	Action,
	Answer,
	Chapter,
	Contribution,
	QuestionKey,
	Workspace
} from '#lib/model/workspace.ts';
import type { OpenGuide } from '#lib/state/guide.svelte.ts';
import { view } from '#lib/state/view.svelte.ts';
import { figureRows } from './figure-words.ts';
import { methodNote } from './method-words.ts';
import { ownerIn } from './owner-words.ts';
import { resultWords } from './result-words.ts';

/** The colour of each guide on paper. */
const accents: Record<string, string> = { blue: '#1d4f91', teal: '#0f6b6b', leaf: '#3b6b1d' };

export type ExportAbout = {
	/** The guide in the language of the document. */
	open: OpenGuide;
	/** The guide in the language of the screen, where that is another one. */
	screen?: OpenGuide;
	workspace: Workspace;
	/** The app's version. */
	version: string;
	/** ISO 8601, now. */
	now: string;
	/** Only these chapters; undefined: all that are not hidden. */
	chapters?: Chapter[];
};

export function exportInput({
	open,
	screen,
	workspace,
	version,
	now,
	chapters
}: ExportAbout): ExportInput {
	const { lang, index, questions, measures, outline } = open;
	const t = (key: MessageKey, values = {}): string => translate(lang, key, values);
	const say = resultWords(lang);
	const topicTitle = (id: string) => index.topics.find((topic) => topic.id === id)?.title ?? id;
	const key = (question: string): QuestionKey => `${index.id}/${question}`;
	const said = byQuestion(workspace.contributions);
	const contributors = new Set(workspace.contributions.map((one) => one.contributor));
	const agreed = agreements(workspace, index.id);
	const targets = new Map(workspace.targets.map((target) => [target.key, target]));

	const inWords = (question: Question, answer: Answer): ExportAnswer =>
		answer.kind === 'level'
			? { ...answer, sentence: question.levels[answer.level] ?? '' }
			: answer.kind === 'unknown'
				? { kind: 'unknown' }
				: answer;

	const exportQuestion = (question: Question): ExportQuestion => {
		const own = said.get(key(question.id)) ?? [];
		const answer = view.all.answers.get(question.id);
		const target = targets.get(key(question.id));
		const isOpen = agreed.get(question.id)?.source === 'open';
		return {
			id: question.id,
			topic: question.topic,
			title: question.title,
			question: question.question,
			answer: answer ? inWords(question, answer) : null,
			disagreement: isOpen
				? own
						.filter((one) => one.answer)
						.map((one) => `${one.contributor.slice(0, 6)}: ${say.answer(one.answer ?? undefined)}`)
						.join(' · ')
				: '',
			evidence: own.flatMap((one) =>
				one.evidence.map(({ reference, link, date, proven }) => ({
					reference,
					link,
					date: formatDate(lang, date),
					proven
				}))
			),
			notes: own
				.filter((one) => one.note.trim() !== '')
				.map((one) => ({
					by: contributors.size > 1 ? one.contributor.slice(0, 6) : '',
					text: one.note
				})),
			target: target ? { level: target.level, reason: target.reason } : null
		};
	};

	/** The person's own words, or, where they left the guide's, the guide's in the document's language. */
	const own = (action: Action, field: 'title' | 'indicator'): string => {
		const [theirs, ours] = [screen, open].map((one) => one?.measures.get(action.measure)?.[field]);
		return ours !== undefined && action[field] === theirs ? ours : action[field];
	};

	return {
		lang,
		direction: directionOf(lang),
		workspace: { name: workspace.name, country: workspace.country, demo: workspace.demo },
		guide: { title: index.title, edition: index.edition },
		version,
		date: formatDate(lang, now.slice(0, 10)),
		created: now,
		accent: accents[index.accent] ?? '#1d4f91',
		summary: say.summary(summarise(view.all), topicTitle),
		figures: figureRows(lang, workspace.figures),
		topics: view.scores.topics.map((score) => {
			const topic = index.topics.find((one) => one.id === score.topic);
			return {
				id: score.topic,
				title: topic?.title ?? score.topic,
				short: topic?.short ?? '',
				score: score.value,
				answered: score.answered,
				applicable: score.applicable,
				proven: score.proven,
				target: aimOf(score, view.all)
			};
		}),
		questions: [...questions.values()].map(exportQuestion),
		gaps: view.gaps.gaps.map((gap, i) => ({
			rank: i + 1,
			topic: gap.question.topic,
			title: questions.get(gap.question.id)?.title ?? gap.question.title,
			level: gap.level,
			target: gap.target,
			parts: gap.parts.map((part) => ({
				name: t(`model.part-${part.code}`),
				value: say.plain(part.value)
			})),
			measures: gap.measures.map(({ id, title }) => measures.get(id)?.title ?? title)
		})),
		actions: view.actions.map((action) => ({
			topics: [...new Set(action.closes.flatMap((id) => questions.get(id)?.topic ?? []))],
			title: own(action, 'title'),
			closes: action.closes.map((id) => questions.get(id)?.title ?? id),
			owner: ownerIn(action.owner, screen?.index.owners, index.owners),
			start: formatDate(lang, action.start),
			end: formatDate(lang, action.end),
			cost: t(`model.costShort-${action.cost}`),
			effort: t(`model.effortShort-${action.effort}`),
			indicator: own(action, 'indicator'),
			unit: t(`model.unit-${action.unit}`),
			target: action.target,
			state: t(`model.state-${action.state}`),
			note: action.note,
			done: measures.get(action.measure)?.done ?? ''
		})),
		chapters: (chapters ?? view.chapters.filter((chapter) => !chapter.hidden)).map((chapter) => ({
			title: chapter.title,
			body: chapter.body,
			blocks: chapter.blocks,
			topics: outline.chapters.find((one) => chapter.id.endsWith(`/${one.id}`))?.topics ?? []
		})),
		method: methodNote(lang),
		words: t
	};
}

function byQuestion(contributions: Contribution[]): Map<string, Contribution[]> {
	const found = new Map<string, Contribution[]>();
	for (const one of contributions) found.set(one.key, [...(found.get(one.key) ?? []), one]);
	return found;
}
