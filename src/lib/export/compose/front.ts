/** The front matter of a strategy: which state of it this is, its versions, and who approves it. */
import { heading, paragraph, type ExportBlock } from '../document.ts';
import type { ExportInput } from '../input.ts';
import { cell, facts, orDash, start } from './tables.ts';
import { short } from './words.ts';

/** `hash`: the SHA-256 of the document's content in hex. */
export function versionsPart(input: ExportInput, stamp: [string, string][]): ExportBlock[] {
	const { words, versions, approvals } = input;
	return [
		heading(1, words('export.versionsTitle'), false),
		facts(stamp),
		...(versions.length === 0
			? []
			: [
					{
						kind: 'table' as const,
						columns: [start(26), start(20), start(54)],
						header: [
							cell(words('export.version')),
							cell(words('export.date')),
							cell(words('export.versionNote'))
						],
						rows: versions.map(({ name, date, note }) => [
							{ runs: [{ text: name, bold: true }] },
							orDash(date),
							orDash(short(note, 600))
						]),
						caption: ''
					}
				]),
		heading(2, words('export.approvalsTitle'), false),
		...(approvals.length === 0
			? [paragraph(words('export.approvalsNone'), 'small'), blankApprovals(input)]
			: [
					{
						kind: 'table' as const,
						columns: [start(30), start(16), start(16), start(38)],
						header: approvalHeader(input),
						rows: approvals.map(({ post, person, state, day, note }) => [
							{
								runs: [
									{ text: post, bold: true },
									...(person && post ? [{ text: `\n${person}` }] : person ? [{ text: person }] : [])
								]
							},
							orDash(state),
							orDash(day),
							cell(note)
						]),
						caption: ''
					}
				])
	];
}

const approvalHeader = ({ words }: ExportInput) => [
	cell(words('export.approvedBy')),
	cell(words('export.state')),
	cell(words('export.date')),
	cell(words('export.signature'))
];

/** Three empty lines to sign on, where the workspace has none. */
const blankApprovals = (input: ExportInput): ExportBlock => ({
	kind: 'table',
	columns: [start(30), start(16), start(16), start(38)],
	header: approvalHeader(input),
	rows: [1, 2, 3].map(() => [cell('\n\n'), cell(''), cell(''), cell('')]),
	caption: ''
});
