/** The register of stakeholders: who they are, what they do for the strategy, what they can do to it. */
import { heading, paragraph, type ExportBlock } from '../document.ts';
import type { ExportInput } from '../input.ts';
import { cell, dash, number, orDash, start } from './tables.ts';

export const stakeholderPart = (input: ExportInput): ExportBlock[] => [
	heading(1, input.words('export.stakeholdersTitle')),
	...stakeholderTable(input)
];

/** A column that nobody filled, or that its reader is not to see, is left out. */
export function stakeholderTable(input: ExportInput): ExportBlock[] {
	const { words, stakeholders } = input;
	if (stakeholders.length === 0) return [paragraph(words('export.noStakeholders'), 'small')];
	const mark = (value: number | null): string => (value === null ? dash : number(input, value));
	const columns = [
		{
			title: words('export.organisation'),
			weight: 30,
			of: (one: (typeof stakeholders)[number]) => one.name
		},
		{
			title: words('export.person'),
			weight: 24,
			of: (one: (typeof stakeholders)[number]) => one.person
		},
		{
			title: words('export.role'),
			weight: 28,
			of: (one: (typeof stakeholders)[number]) => one.role
		},
		...(input.hidden.includes('judgements')
			? []
			: [
					{
						title: words('export.power'),
						weight: 13,
						of: (one: (typeof stakeholders)[number]) => mark(one.power)
					},
					{
						title: words('export.interest'),
						weight: 13,
						of: (one: (typeof stakeholders)[number]) => mark(one.interest)
					},
					{
						title: words('export.note'),
						weight: 24,
						of: (one: (typeof stakeholders)[number]) => one.note
					}
				])
	].filter(
		({ of }, i) => i === 0 || stakeholders.some((one) => of(one) !== '' && of(one) !== dash)
	);
	return [
		{
			kind: 'table',
			columns: columns.map(({ weight }) => start(weight)),
			header: columns.map(({ title }) => cell(title)),
			rows: stakeholders.map((one) => columns.map(({ of }) => orDash(of(one)))),
			caption: columns.some(({ title }) => title === words('export.power'))
				? words('export.powerCaption')
				: ''
		}
	];
}
