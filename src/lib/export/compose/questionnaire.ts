/**
 * The blank questionnaire: the guide's questions on paper, for a ministry that answers without the app.
 * Nothing of what was answered is in it.
 */
import { heading, paragraph, type ExportBlock } from '../document.ts';
import type { ExportInput, ExportQuestion } from '../input.ts';
import { cell, number, start } from './tables.ts';

const box = '☐';

export function questionnairePart(input: ExportInput): ExportBlock[] {
	const { words, topics, questions } = input;
	const blank = (key: 'formMinistry' | 'formName' | 'formPost' | 'formDate' | 'formReturn') =>
		({
			kind: 'lines',
			label: words(`export.${key}`),
			count: key === 'formReturn' ? 2 : 1
		}) as const;
	return [
		paragraph(words('export.formLead', { count: questions.length }), 'lead'),
		{
			kind: 'list',
			ordered: true,
			start: 1,
			items: (['formRule1', 'formRule2', 'formRule3', 'formRule4'] as const).map((key) => [
				paragraph(words(`export.${key}`))
			])
		},
		blank('formMinistry'),
		blank('formName'),
		blank('formPost'),
		blank('formDate'),
		blank('formReturn'),
		...topics.flatMap((topic) => {
			const own = questions.filter((question) => question.topic === topic.id);
			return own.length === 0
				? []
				: [heading(1, topic.title), ...own.flatMap((question) => asked(input, question))];
		})
	];
}

function asked(input: ExportInput, question: ExportQuestion): ExportBlock[] {
	const { words } = input;
	// Narrow, so that most sentences take one line, and two questions a page.
	const row = (name: string, text: string) => [
		{ runs: [{ text: `${box} ${name}`.trim(), bold: true }] },
		cell(text)
	];
	return [
		heading(2, question.title),
		...(question.question === '' ? [] : [paragraph(question.question)]),
		{
			kind: 'table',
			columns: [start(10), start(90)],
			header: [cell(words('export.level')), cell(words('export.formSentence'))],
			rows: [
				...question.levels.map((sentence, level) => row(number(input, level), sentence)),
				row('', `${words('export.unknown')}. ${words('export.formUnknown')}`),
				row('', `${words('export.notApplicable')}. ${words('export.formBecause')}`)
			],
			caption:
				question.proofs.length === 0
					? ''
					: words('export.formProofs', { proofs: question.proofs.join('; ') })
		},
		{ kind: 'lines', label: words('export.formEvidence'), count: 1 },
		{ kind: 'lines', label: words('export.formNotes'), count: 1 }
	];
}
