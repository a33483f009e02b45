/**
 * The heat map of the answers: one cell a question, in the guide's order, with all that it says in words.
 */
import { heat, heatSigns, type HeatCell } from '../charts/heat.ts';
import type { FigureBlock } from '../document.ts';
import type { ExportInput, ExportQuestion } from '../input.ts';
import { inSentence } from '../text.ts';
import { isIn, number, type Topics } from './tables.ts';

/** None where nothing is answered: a map of dashes says nothing. */
export function heatFigures(input: ExportInput, topics: Topics = []): FigureBlock[] {
	const { words, direction, accent } = input;
	if (!input.questions.some(({ answer }) => answer !== null)) return [];
	const rows = input.topics
		.filter((topic) => isIn(topics, topic.id))
		.map((topic) => ({
			label: topic.title,
			cells: input.questions
				.filter((question) => question.topic === topic.id && question.asked)
				.map((question) => cellOf(input, question))
		}))
		.filter(({ cells }) => cells.length > 0);
	if (rows.length === 0) return [];
	const title = words('export.heatTitle');
	const said = (cell: HeatCell): string =>
		cell.kind === 'level' ? `${cell.sign}${cell.proven ? ' ✓' : ''}` : heatSigns[cell.kind];
	const description = rows
		.map(({ label, cells }) =>
			words('export.heatRow', {
				topic: inSentence(label, direction),
				cells: cells.map(said).join(' · ')
			})
		)
		.join(' ');
	const drawn = heat({
		rows,
		title,
		description,
		direction,
		accent,
		key: {
			level: words('export.keyLevel'),
			proven: words('export.proven'),
			unknown: words('export.keyUnknown'),
			unanswered: words('export.keyUnanswered'),
			'not-applicable': words('export.keyNotApplicable')
		}
	});
	const scale = Math.min(0.94, 560 / drawn.height);
	return [
		{
			kind: 'figure',
			svg: drawn.svg,
			png: null,
			width: Math.round(drawn.width * scale),
			height: Math.round(drawn.height * scale),
			alt: `${title}. ${description}`,
			caption: words('export.heatCaption')
		}
	];
}

/** Where the evidence is left out, nothing is said of it. */
function cellOf(input: ExportInput, { answer, evidence }: ExportQuestion): HeatCell {
	if (answer === null) return { kind: 'unanswered' };
	if (answer.kind !== 'level') return { kind: answer.kind };
	const proven = answer.level > 0 && (evidence ?? []).some((one) => one.proven);
	return { kind: 'level', level: answer.level, sign: number(input, answer.level), proven };
}
