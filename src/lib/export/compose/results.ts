/**
 * The results: the honest sentence, scores, radar, every question with its answer, and the gaps.
 */
import { heading, paragraph, text, type Cell, type ExportBlock, type Run } from '../document.ts';
import type { ExportInput, ExportQuestion, ExportTopic } from '../input.ts';
import { inSentence, safeLink } from '../text.ts';
import { chart } from './chart.ts';
import { heatFigures } from './heat.ts';
import {
	answerCells,
	cell,
	dash,
	figureTable,
	gapTable,
	number,
	scoreTable,
	start
} from './tables.ts';

/** As an annex its headings have no number: the strategy's own chapters are counted. */
export function resultsPart(input: ExportInput, isAnnex = false): ExportBlock[] {
	const { words } = input;
	const unknown = input.questions.filter((question) => question.answer?.kind === 'unknown');
	return [
		heading(1, words(isAnnex ? 'export.annexTitle' : 'export.resultsTitle'), !isAnnex),
		...(input.summary ? [paragraph(input.summary, 'lead')] : []),
		...(input.figures.length > 0
			? [heading(2, words('export.figuresTitle')), ...figureTable(input)]
			: []),
		heading(2, words('export.scoresTitle')),
		...scoreTable(input),
		...chart(input),
		...heatFigures(input),
		heading(2, words('export.gapsTitle')),
		paragraph(words('export.gapsIntro')),
		...gapTable(input),
		...(unknown.length > 0
			? [
					heading(2, words('export.toFindOutTitle')),
					paragraph(words('export.toFindOutIntro')),
					bulleted(unknown.map((question) => question.question || question.title))
				]
			: []),
		heading(2, words('export.answersTitle')),
		paragraph(words('export.answersIntro')),
		...input.topics.flatMap((topic) => answerTable(input, topic)),
		...notAsked(input)
	];
}

const bulleted = (items: string[]): ExportBlock => ({
	kind: 'list',
	ordered: false,
	start: 1,
	items: items.map((item) => [paragraph(item)])
});

/** Of a path with a third of the questions, what it leaves out would be eight pages of "not answered". */
function notAsked({ words, questions }: ExportInput): ExportBlock[] {
	const count = questions.filter(({ asked }) => !asked).length;
	return count === 0 ? [] : [paragraph(words('export.notAsked', { count }), 'small')];
}

/** Every question that a topic was asked: the question, its level, what that means, evidence and notes, target. */
function answerTable(input: ExportInput, topic: ExportTopic): ExportBlock[] {
	const { words } = input;
	const questions = input.questions.filter((one) => one.topic === topic.id && one.asked);
	if (questions.length === 0) return [];
	return [
		heading(3, topic.title),
		{
			kind: 'table',
			columns: [start(22), { align: 'center', weight: 12 }, start(25), start(26), start(15)],
			header: [
				cell(words('export.question')),
				cell(words('export.level')),
				cell(words('export.standing')),
				cell(words('export.evidenceNotes')),
				cell(words('export.target'))
			],
			rows: questions.map((question) => {
				const [level, standing] = answerCells(input, question.answer);
				return [
					questionCell(question),
					level,
					standingCell(input, standing, question.disagreement),
					evidenceCell(input, question),
					targetCell(input, question)
				];
			}),
			caption: ''
		}
	];
}

const questionCell = ({ title, question }: ExportQuestion): Cell => ({
	runs: [{ text: title, bold: true }, ...text(question === '' ? '' : `\n${question}`)]
});

function standingCell({ words }: ExportInput, standing: string, disagreement: string): Cell {
	const said = words('export.notAgreed', { positions: disagreement });
	return {
		runs: [{ text: standing }, ...(disagreement ? [{ text: `\n${said}`, italic: true }] : [])]
	};
}

/** One line for each piece of evidence (reference, date, address, proven or not) and each note. */
function evidenceCell(input: ExportInput, { evidence, notes, answer }: ExportQuestion): Cell {
	const { words, direction } = input;
	const lines: Run[][] = (evidence ?? []).map(({ reference, link, date, proven }) => {
		const address = safeLink(link);
		const state = words(proven ? 'export.isProven' : 'export.isUnproven');
		const named = reference || link;
		return [
			address === null ? { text: named } : { text: named, link: address },
			...text(link !== '' && named !== link && address === null ? ` (${link})` : ''),
			...text(date ? `, ${date}` : ''),
			...text(` · ${state}`)
		];
	});
	for (const note of notes) {
		const by = inSentence(note.by, direction);
		lines.push(text(by === '' ? note.text : words('export.noteBy', { by, note: note.text })));
	}
	const isClaimed = answer?.kind === 'level' && answer.level > 0;
	if (evidence?.length === 0 && isClaimed) {
		lines.unshift([{ text: words('export.noEvidence'), italic: true }]);
	}
	if (lines.length === 0) return cell(dash);
	return { runs: lines.flatMap((line, i) => (i === 0 ? line : [{ text: '\n' }, ...line])) };
}

function targetCell(input: ExportInput, { target }: ExportQuestion): Cell {
	if (target === null) return cell(dash);
	return {
		runs: [
			{ text: number(input, target.level), bold: true },
			...text(target.reason === '' ? '' : `\n${target.reason}`)
		]
	};
}
