/**
 * The log-frame: objectives and their actions, what each is measured by, where the numbers come from, and
 * what may keep it from succeeding.
 */
import { heading, paragraph, type Cell, type ExportBlock } from '../document.ts';
import type { ExportIndicator, ExportInput } from '../input.ts';
import { cell, orDash, start } from './tables.ts';
import { indicatorsOf } from './plan.ts';
import { lines, party } from './words.ts';

export const logFramePart = (input: ExportInput): ExportBlock[] => [
	heading(1, input.words('export.logFrameTitle')),
	...logFrameBlock(input)
];

export function logFrameBlock(input: ExportInput): ExportBlock[] {
	const { words, objectives, actions } = input;
	if (objectives.length === 0) return [paragraph(words('export.noActions'), 'small')];
	const measured = (all: readonly ExportIndicator[]): Cell =>
		orDash(
			lines(
				all.map(({ title, unit, baseline, target }) =>
					[
						title && unit ? `${title} (${unit})` : title,
						baseline || target ? `${baseline || '–'} → ${target || '–'}` : ''
					]
						.filter((part) => part !== '')
						.join(': ')
				)
			)
		);
	const verified = (all: readonly ExportIndicator[]): Cell =>
		orDash(
			lines(
				all.map(({ source, collector }) =>
					[source, party(collector)].filter((part) => part !== '').join(', ')
				)
			)
		);
	return [
		{
			kind: 'table',
			columns: [start(30), start(28), start(20), start(22)],
			header: [
				cell(words('export.logic')),
				cell(words('export.indicatorsTargets')),
				cell(words('export.sourceOf')),
				cell(words('export.risks'))
			],
			rows: objectives.flatMap((objective) => [
				[
					{ runs: [{ text: objective.title || words('export.noObjective'), bold: true }], tint: 1 },
					{ ...measured(objective.indicators), tint: 1 },
					{ ...verified(objective.indicators), tint: 1 },
					{ runs: [{ text: '–' }], tint: 1 }
				] satisfies Cell[],
				...objective.actions.flatMap((place): Cell[][] => {
					const action = actions[place];
					if (!action) return [];
					return [
						[
							cell(action.title || words('export.untitledAction')),
							measured(indicatorsOf(action)),
							verified(indicatorsOf(action)),
							orDash(
								lines(action.risks.map(({ text, level }) => (text ? `${text} (${level})` : '')))
							)
						]
					];
				})
			]),
			caption: words('export.logFrameCaption')
		}
	];
}
