/**
 * The open work as an ExportInput: the rules' own results, in words, so that a file says what the
 * screen says (P9). Needs `loadDocumentWords` of the language.
 */
import { nameInFile, peopleOf } from '#lib/assessment/people.ts';
import { agreements } from '#lib/assessment/agreed.ts';
import { aimOf } from '#lib/assessment/aim.ts';
import { questionsOnPath } from '#lib/assessment/path.ts';
import { findStrengths } from '#lib/assessment/strengths.ts';
import { summarise } from '#lib/assessment/summary.ts';
import type {
	ExportAnswer,
	ExportIndicator,
	ExportInput,
	ExportParty,
	ExportQuestion,
	ExportRemark
} from '#lib/export/input.ts';
import { directionOf } from '#lib/i18n/languages.ts';
import type { MessageKey } from '#lib/i18n/namespaces.ts';
import { formatDate, translate } from '#lib/i18n/words.ts';
import type { Question, Terms } from '#lib/model/guide.ts';
import type { CostLine, PlanIndicator } from '#lib/model/plan.ts';
import type {
	Action,
	Answer,
	Chapter,
	Contribution,
	QuestionKey,
	Workspace,
	Comment
} from '#lib/model/workspace.ts';
import { logFrame, riskClass, riskWeight } from '#lib/plan/log-frame.ts';
import { registerOf } from '#lib/plan/parties.ts';
import { goalOf } from '#lib/plan/tags.ts';
import type { OpenGuide } from '#lib/state/guide.svelte.ts';
import { view } from '#lib/state/view.svelte.ts';
import { budgetRows, yearName, yearsBetween } from './export-budget.ts';
import { participantsOf } from './export-people.ts';
import { figureRows } from './figure-words.ts';
import { inLanguage } from '#lib/draft/in-language.ts';
import { methodNote } from './method-words.ts';
import { ownerIn } from './owner-words.ts';
import { resultWords } from './result-words.ts';
import { voiceOf } from './voice.ts';

/** The colour of each guide on paper. */
const accents: Record<string, string> = { blue: '#1d4f91', teal: '#0f6b6b', leaf: '#3b6b1d' };

export type ExportAbout = {
	/** The guide in the language of the document. */
	open: OpenGuide;
	/**
	 * The guide in other languages in which the work may have been begun: what it brought in their words is
	 * nobody's own, and is said in the document's.
	 */
	others?: readonly OpenGuide[];
	workspace: Workspace;
	/** The app's version. */
	version: string;
	/** ISO 8601, now. */
	now: string;
	/** Only these chapters; undefined: all that are not hidden. */
	chapters?: Chapter[];
	/** The glossary in the language of the document, where it is loaded. */
	terms?: Terms;
};

export function exportInput({
	open,
	others = [],
	workspace,
	version,
	now,
	chapters,
	terms
}: ExportAbout): ExportInput {
	const { lang, index, questions, measures, outline } = open;
	const t = (key: MessageKey, values = {}): string => translate(lang, key, values);
	const say = resultWords(lang);
	const topicTitle = (id: string) => index.topics.find((topic) => topic.id === id)?.title ?? id;
	const key = (question: string): QuestionKey => `${index.id}/${question}`;
	const said = byQuestion(workspace.contributions);
	const people = peopleOf(workspace);
	const nameOf = (id: string): string => nameInFile(people, id);
	const contributors = new Set(workspace.contributions.map((one) => one.contributor));
	const agreed = agreements(workspace, index.id);
	const targets = new Map(workspace.targets.map((target) => [target.key, target]));
	const onPath = new Set(questionsOnPath(view.all.assessment, view.all.path).map(({ id }) => id));

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
		const isSaid = own.length > 0 || answer !== undefined || target !== undefined;
		return {
			id: question.id,
			topic: question.topic,
			title: question.title,
			question: question.question,
			asked: isSaid || onPath.has(question.id),
			answer: answer ? inWords(question, answer) : null,
			disagreement: isOpen
				? own
						.filter((one) => one.answer)
						.map((one) => `${nameOf(one.contributor)}: ${say.answer(one.answer ?? undefined)}`)
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
					by: contributors.size > 1 ? nameOf(one.contributor) : '',
					text: one.note
				})),
			target: target ? { level: target.level, reason: target.reason } : null,
			levels: question.levels,
			proofs: question.evidence
		};
	};

	/** The person's own words, or, where they left the guide's, the guide's in the document's language. */
	const own = (action: Action, field: 'title' | 'indicator'): string => {
		const inWordsOf = (one: OpenGuide) => one.measures.get(action.measure)?.[field];
		const isTheirs = others.some((one) => inWordsOf(one) === action[field]);
		return (isTheirs && inWordsOf(open)) || action[field];
	};

	const register = registerOf(workspace.stakeholders);
	const party = (id: string): ExportParty => {
		const one = register.get(id);
		return { name: one?.name.trim() ?? '', person: one?.person.trim() ?? '' };
	};
	const owner = (action: Action): ExportParty => {
		const known = party(action.ownerId);
		const written = ownerIn(
			action.owner.trim(),
			others.map((one) => one.index.owners),
			index.owners
		);
		return known.name || known.person ? known : { name: written, person: '' };
	};
	const indicator = (one: PlanIndicator): ExportIndicator => ({
		title: one.title,
		unit: t(`model.unit-${one.unit}`),
		baseline: one.baseline,
		baselineDay: formatDate(lang, one.baselineDay),
		target: one.target,
		targetDay: formatDate(lang, one.targetDay),
		source: one.source,
		collector: party(one.collector),
		every: one.every
	});
	/** The action's own first: its title, unit and target are the action's fields. */
	const indicatorsOf = (action: Action): ExportIndicator[] => {
		const [mine] = workspace.indicators.filter(({ id }) => id === action.id);
		const title = own(action, 'indicator');
		const first: ExportIndicator[] =
			title === '' && !mine
				? []
				: [
						{
							...indicator(mine ?? { ...noIndicator, id: action.id, parent: action.id }),
							title,
							unit: t(`model.unit-${action.unit}`),
							target: action.target
						}
					];
		const further = workspace.indicators.filter(
			(one) => one.parent === action.id && one.id !== action.id
		);
		return [...first, ...further.map(indicator)];
	};
	const placeOf = ({ id }: Chapter): number | null => {
		const place = outline.chapters.findIndex((one) => id.endsWith(`/${one.id}`));
		return place < 0 ? null : place;
	};
	const { yearStart } = workspace.plan;
	const named = (year: number): string => yearName(lang, year, yearStart);
	const yearsOf = ({ year, until }: CostLine): string =>
		until > year ? t('export.period', { start: named(year), end: named(until) }) : named(year);
	const all = view.actions;
	const places = new Map(all.map((action, i) => [action.id, i]));
	const titles = new Map(workspace.actions.map((action) => [action.id, own(action, 'title')]));
	const shownChapters = (chapters ?? view.chapters.filter((chapter) => !chapter.hidden)).map(
		(chapter) => {
			const place = placeOf(chapter);
			return inLanguage(
				chapter,
				{
					outline,
					voice: voiceOf(lang),
					date: formatDate(lang, now.slice(0, 10)),
					material: {
						view: { ...view.all, assessment: open.assessment },
						actions: all.map((action) => ({
							...action,
							title: own(action, 'title'),
							owner: owner(action).name || owner(action).person
						})),
						register,
						country: workspace.country
					}
				},
				place === null ? [] : others.map((one) => one.outline.chapters[place]?.title)
			);
		}
	);
	const objectives = workspace.objectives.filter((one) => one.guide === index.id);
	const objectiveTitles = new Map(objectives.map(({ id, title }) => [id, title]));

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
		actions: all.map((action) => ({
			topics: [...new Set(action.closes.flatMap((id) => questions.get(id)?.topic ?? []))],
			title: own(action, 'title'),
			closes: action.closes.map((id) => questions.get(id)?.title ?? id),
			owner: owner(action).name || owner(action).person,
			ownerPerson: owner(action).name ? owner(action).person : '',
			sponsor: party(action.sponsorId),
			partners: action.partnerIds.map(party).filter(({ name, person }) => name || person),
			objective: objectiveTitles.get(action.objective) ?? '',
			requires: action.requires.flatMap((id) => titles.get(id) ?? []),
			blocker: action.blocker,
			unblock: action.unblock,
			tasks: action.tasks.map((task) => ({
				title: task.title,
				owner: party(task.owner),
				end: formatDate(lang, task.end),
				done: task.done
			})),
			costs: action.costLines.map((line) => ({
				title: line.title,
				kind: t(`export.costKind-${line.kind}`),
				years: yearsOf(line),
				amount: line.amount,
				funded: line.funded,
				currency: line.currency,
				source: line.source
			})),
			risks: action.risks.map((risk) => ({
				text: risk.text,
				likelihood: risk.likelihood,
				impact: risk.impact,
				level: t(`export.risk-${riskClass(riskWeight(risk))}`),
				response: risk.response
			})),
			indicators: indicatorsOf(action),
			tags: action.tags.map((tag) => {
				const goal = goalOf(tag);
				return goal === null ? tag : t('export.sdg', { goal });
			}),
			from: action.start,
			until: action.end,
			dropped: action.state === 'dropped',
			finished: action.state === 'done',
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
		chapters: shownChapters.map((chapter) => ({
			title: chapter.title,
			body: chapter.body,
			blocks: chapter.blocks,
			topics: outline.chapters.find((one) => chapter.id.endsWith(`/${one.id}`))?.topics ?? [],
			outline: placeOf(chapter),
			remarks: remarksOn(workspace.comments, chapter.id, t('export.somebody'))
		})),
		outline: outline.chapters.map(({ title, guidance, checklist }) => ({
			title,
			guidance,
			checklist
		})),
		objectives: logFrame(objectives, all, workspace.indicators).map((row) => ({
			title: row.objective?.title ?? '',
			note: row.objective?.note ?? '',
			indicators: row.indicators.map(indicator),
			actions: row.actions.flatMap(({ action }) => places.get(action.id) ?? [])
		})),
		budget: budgetRows(all, workspace, named, {
			objective: ({ objective }) => objectiveTitles.get(objective) ?? '',
			owner: (action) => owner(action).name || owner(action).person
		}),
		years: yearsBetween(all, yearStart, named),
		stakeholders: workspace.stakeholders.map(({ name, person, role, power, interest, note }) => ({
			name,
			person,
			role,
			power,
			interest,
			note
		})),
		terms: terms ? terms.map(({ term, definition, also }) => ({ term, definition, also })) : null,
		versions: workspace.versions
			.filter((one) => one.guide === index.id)
			.map(({ name, note, at }) => ({ name, note, date: formatDate(lang, at.slice(0, 10)) })),
		approvals: workspace.approvals
			.filter((one) => one.guide === index.id)
			.map(({ post, person, state, day, note }) => ({
				post,
				person,
				state: t(`export.approval-${state}`),
				day: formatDate(lang, day),
				note
			})),
		strongest: findStrengths(view.all)
			.questions.slice(0, 3)
			.map(({ question: { id }, level }) => ({
				title: questions.get(id)?.title ?? id,
				standing: questions.get(id)?.levels[level] ?? ''
			})),
		participants: participantsOf(workspace),
		hidden: [],
		method: methodNote(lang),
		words: t
	};
}

/** What was remarked on a chapter, oldest first, with the answers under it. */
function remarksOn(comments: readonly Comment[], chapter: string, nobody: string): ExportRemark[] {
	const all = comments
		.filter((one) => one.chapter === chapter)
		.sort((a, b) => (a.at < b.at ? -1 : 1));
	const said = ({ name, text, at }: Comment) => ({ name: name.trim() || nobody, text, at });
	return all
		.filter(({ answers }) => answers === '')
		.map((one) => ({
			...said(one),
			quote: one.quote,
			before: one.before,
			after: one.after,
			resolved: one.resolved,
			answers: all.filter(({ answers }) => answers === one.id).map(said)
		}));
}

const noIndicator: Omit<PlanIndicator, 'id' | 'parent'> = {
	of: 'action',
	title: '',
	unit: 'count',
	baseline: '',
	baselineDay: '',
	baselineFrom: '',
	target: '',
	targetDay: '',
	source: '',
	collector: '',
	every: 0,
	readings: [],
	order: 0
};

function byQuestion(contributions: Contribution[]): Map<string, Contribution[]> {
	const found = new Map<string, Contribution[]>();
	for (const one of contributions) found.set(one.key, [...(found.get(one.key) ?? []), one]);
	return found;
}
