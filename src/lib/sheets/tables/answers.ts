/** The table of answers: a row for each question of the guides, with the answer that the screens show. */
import { agreements } from '#lib/assessment/agreed.ts';
import { nameInFile, peopleOf, type Who } from '#lib/assessment/people.ts';
import type { Answer, Contribution, QuestionKey } from '#lib/model/workspace.ts';
import type { Making } from '../tables.ts';
import { between, type Row, type Said, type Table } from '../table.ts';
import { chosen, edited, shown } from './columns.ts';

/** An answer as a code of the list `answers`; empty for none. */
export const answerCode = (answer: Answer | null | undefined): string =>
	!answer ? '' : answer.kind === 'level' ? String(answer.level) : answer.kind;
const reasonOf = (answer: Answer | null | undefined): string =>
	answer?.kind === 'not-applicable' ? answer.reason : '';

export function answersTable(making: Making): Table {
	const { t, workspace, guides, contributor, without } = making;
	const several = guides.length > 1;
	const columns = [
		...(several ? [shown('guide', t('sheets.guide'), 'text', { width: 20 })] : []),
		shown('topic', t('sheets.topic'), 'text', { width: 24 }),
		shown('title', t('sheets.question'), 'text', { width: 32 }),
		shown('question', t('sheets.asked'), 'lines', { width: 48 }),
		chosen('answer', t('sheets.answer'), 'answers'),
		edited('reason', t('sheets.reason'), 'lines', { width: 26 }),
		chosen('confidence', t('sheets.confidence'), 'confidence', { width: 12 }),
		...(without('notes')
			? []
			: [edited('note', t('sheets.note'), 'lines', { limit: 100_000, width: 40 })]),
		chosen('target', t('sheets.target'), 'levels', { width: 9 }),
		...(without('notes') ? [] : [edited('targetReason', t('sheets.targetReason'), 'lines')]),
		...(without('evidence')
			? []
			: [
					shown('evidence', t('sheets.evidence'), 'lines'),
					shown('proven', t('sheets.proven'), 'whole', { width: 9 })
				]),
		...(without('disagreements') ? [] : [shown('others', t('sheets.others'), 'lines')]),
		...[0, 1, 2, 3, 4].map((level) =>
			shown(`level${level}`, t('model.level', { level }), 'lines', { width: 30 })
		)
	];
	const people = peopleOf(workspace);
	const said = byKey(workspace.contributions);
	const targets = new Map(workspace.targets.map((target) => [target.key, target]));
	const rows = guides.flatMap((guide): Row[] => {
		const agreed = agreements(workspace, guide.id);
		return guide.questions.map((question): Row => {
			const key: QuestionKey = `${guide.id}/${question.id}`;
			const all = said.get(key) ?? [];
			const own = all.find((one) => one.contributor === contributor);
			const answer = agreed.get(question.id)?.answer;
			const evidence = all.flatMap((one) => one.evidence);
			const target = targets.get(key);
			return row(key, columns, {
				guide: guide.title,
				topic: guide.topics.find(({ id }) => id === question.topic)?.title ?? question.topic,
				title: question.title,
				question: question.question,
				answer: answerCode(answer),
				reason: reasonOf(answer),
				confidence: own?.confidence ?? '',
				note: own?.note ?? '',
				target: target ? String(target.level) : '',
				targetReason: target?.reason ?? '',
				evidence: evidence
					.map(({ reference, link, date }) => [reference, link, date].filter(Boolean).join(' · '))
					.join('\n'),
				proven: evidence.filter(({ proven }) => proven).length,
				others: saidByOthers(making, people, all),
				...Object.fromEntries(question.levels.map((sentence, level) => [`level${level}`, sentence]))
			});
		});
	});
	return { id: 'answers', title: t('sheets.answers'), columns, rows, grows: false };
}

/** Where several people answered: what each said. */
function saidByOthers(
	{ contributor, label, without }: Making,
	people: ReadonlyMap<string, Who>,
	all: Contribution[]
): string {
	const others = all.filter((one) => one.contributor !== contributor);
	return others
		.map((one) => [
			without('contributors') ? '' : nameInFile(people, one.contributor),
			[label('answers', answerCode(one.answer)), without('notes') ? '' : one.note]
				.filter(Boolean)
				.join(between)
		])
		.filter(([, words]) => words !== '')
		.map((parts) => parts.filter(Boolean).join(': '))
		.join('\n');
}

export function contributionsOf({ workspace, without }: Making): Said[] {
	return workspace.contributions.map((one) => ({
		question: one.key,
		contributor: one.contributor,
		answer: answerCode(one.answer),
		reason: reasonOf(one.answer),
		confidence: one.confidence ?? '',
		note: without('notes') ? null : one.note,
		evidence: without('evidence')
			? null
			: one.evidence.map(({ reference, link, date, proven }) => ({
					reference,
					link,
					date,
					proven
				})),
		at: one.at
	}));
}

function byKey(contributions: Contribution[]): Map<string, Contribution[]> {
	const found = new Map<string, Contribution[]>();
	for (const one of contributions) {
		const others = found.get(one.key);
		if (others) others.push(one);
		else found.set(one.key, [one]);
	}
	return found;
}

/** The cells of `values` in the order of `columns`. */
export const row = (
	id: string,
	columns: readonly { name: string }[],
	values: Record<string, Row['cells'][number]>
): Row => ({ id, cells: columns.map(({ name }) => values[name] ?? null) });
