/** The tables of the plan: actions, and the stakeholders, tasks and risks that belong to them. */
import { ownerName, partnerNames, partyName } from '#lib/plan/parties.ts';
import { riskClass, riskWeight } from '#lib/plan/log-frame.ts';
import { guidesOf } from '#lib/draft/serving.ts';
import { between, type Column, type Table } from '../table.ts';
import type { Making } from '../tables.ts';
import { row } from './answers.ts';
import { chosen, edited, shown } from './columns.ts';
import { inOrder } from './objectives.ts';

const asCode = (value: number | null): string => (value === null ? '' : String(value));
/** The title of the action whose number stands in the row. */
const titleFormula = 'IFERROR(INDEX([plan.title],MATCH([@no],[plan.no],0))&"","")';

/** The number of an action and its title: how the rows of other tables name it. */
export const actionColumns = ({ t }: Making): Column[] => [
	edited('no', t('sheets.no'), 'action'),
	shown('action', t('sheets.action'), 'text', { width: 36, spare: titleFormula })
];
export const actionCells = ({ numbers }: Making, { id, title }: { id: string; title: string }) => ({
	no: numbers[id] ?? null,
	action: { formula: titleFormula, value: title }
});

export function planTable(making: Making): Table {
	const { t, register, guides, numbers, actions, label, without } = making;
	const questions = new Map(
		guides.flatMap((guide) =>
			guide.questions.map((one) => [`${guide.id}/${one.id}`, one.title] as const)
		)
	);
	const columns = [
		edited('no', t('sheets.no'), 'whole', { width: 7 }),
		...(making.lists.guides.length > 1
			? [chosen('guide', t('sheets.guide'), 'guides', { width: 20 })]
			: []),
		edited('title', t('sheets.action'), 'text', { width: 46 }),
		chosen('objective', t('sheets.objective'), 'objectives', { width: 30 }),
		edited('owner', t('sheets.owner'), 'party'),
		edited('sponsor', t('sheets.sponsor'), 'party'),
		edited('partners', t('sheets.partners'), 'parties'),
		edited('start', t('sheets.start'), 'day'),
		edited('end', t('sheets.end'), 'day'),
		chosen('state', t('sheets.state'), 'states', { width: 12 }),
		chosen('effort', t('sheets.effort'), 'efforts', { width: 11 }),
		chosen('cost', t('sheets.costClass'), 'costs', { width: 12 }),
		chosen('impact', t('sheets.impact'), 'scale', { width: 9 }),
		chosen('feasibility', t('sheets.feasibility'), 'scale', { width: 11 }),
		edited('requires', t('sheets.requires'), 'actions'),
		edited('indicator', t('sheets.indicator'), 'text', { width: 36 }),
		chosen('unit', t('sheets.unit'), 'units', { width: 11 }),
		edited('target', t('sheets.targetValue'), 'text', { width: 16 }),
		edited('blocker', t('sheets.blocker'), 'lines', { width: 32 }),
		edited('unblock', t('sheets.unblock'), 'lines', { width: 32 }),
		edited('tags', t('sheets.tags'), 'tags'),
		...(without('notes')
			? []
			: [edited('note', t('sheets.note'), 'lines', { limit: 100_000, width: 40 })]),
		shown('closes', t('sheets.closes'), 'lines', { width: 40 })
	];
	const titleOf = (guide: string, id: string): string => questions.get(`${guide}/${id}`) ?? id;
	const rows = actions.map((action) =>
		row(action.id, columns, {
			no: numbers[action.id] ?? null,
			guide: action.guide,
			title: action.title,
			objective: label('objectives', action.objective) ? action.objective : '',
			owner: ownerName(action, register),
			sponsor: partyName(register, action.sponsorId),
			partners: partnerNames(action, register).join(between),
			start: action.start,
			end: action.end,
			state: action.state,
			effort: action.effort,
			cost: action.cost,
			impact: asCode(action.impact),
			feasibility: asCode(action.feasibility),
			requires: action.requires
				.flatMap((id) => numbers[id] ?? [])
				.sort((a, b) => a - b)
				.join(between),
			indicator: action.indicator,
			unit: action.unit,
			target: action.target,
			blocker: action.blocker,
			unblock: action.unblock,
			tags: action.tags.join(between),
			note: action.note,
			closes: guidesOf(action)
				.flatMap((guide) =>
					(guide === action.guide ? action.closes : (action.also?.[guide] ?? [])).map((id) =>
						titleOf(guide, id)
					)
				)
				.filter((title, i, all) => all.indexOf(title) === i)
				.join('\n')
		})
	);
	return { id: 'plan', title: t('sheets.plan'), columns, rows, grows: true };
}

const shownFormula = 'IF([@name]="","",IF([@person]="",[@name],[@name]&", "&[@person]))';

export function stakeholdersTable(making: Making): Table {
	const { t, workspace, register, without } = making;
	const columns = [
		edited('name', t('sheets.organisation'), 'text', { width: 36 }),
		...(without('people') ? [] : [edited('person', t('sheets.person'), 'text')]),
		edited('role', t('sheets.role'), 'text', { width: 36 }),
		...(without('power')
			? []
			: [
					chosen('power', t('sheets.power'), 'scale', { width: 9 }),
					chosen('interest', t('sheets.interest'), 'scale', { width: 9 })
				]),
		...(without('notes') ? [] : [edited('note', t('sheets.note'), 'lines')]),
		shown('shown', t('sheets.shownAs'), 'text', {
			width: 40,
			spare: without('people') ? '[@name]&""' : shownFormula
		})
	];
	const rows = [...workspace.stakeholders]
		.sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1))
		.map((one) =>
			row(one.id, columns, {
				name: one.name,
				person: one.person,
				role: one.role,
				power: asCode(one.power),
				interest: asCode(one.interest),
				note: one.note,
				shown: {
					formula: without('people') ? '[@name]&""' : shownFormula,
					value: partyName(register, one.id)
				}
			})
		);
	return { id: 'stakeholders', title: t('sheets.stakeholders'), columns, rows, grows: true };
}

export function tasksTable(making: Making): Table {
	const { t, actions, register } = making;
	const columns = [
		...actionColumns(making),
		edited('title', t('sheets.task'), 'text', { width: 46 }),
		edited('owner', t('sheets.owner'), 'party'),
		edited('end', t('sheets.end'), 'day'),
		chosen('done', t('sheets.done'), 'yesno', { width: 9 })
	];
	const rows = actions.flatMap((action) =>
		inOrder(action.tasks).map((task) =>
			row(`${action.id}/${task.id}`, columns, {
				...actionCells(making, action),
				title: task.title,
				owner: partyName(register, task.owner),
				end: task.end,
				done: task.done ? 'yes' : 'no'
			})
		)
	);
	return { id: 'tasks', title: t('sheets.tasks'), columns, rows, grows: true };
}

export function risksTable(making: Making): Table {
	const { t, actions } = making;
	const weight = 'IF(OR([@likelihood]="",[@impact]=""),"",[@likelihood]*[@impact])';
	const classes = {
		low: t('sheets.risk-low'),
		medium: t('sheets.risk-medium'),
		high: t('sheets.risk-high')
	};
	const columns = [
		...actionColumns(making),
		edited('text', t('sheets.risk'), 'text', { width: 46 }),
		chosen('likelihood', t('sheets.likelihood'), 'scale', { width: 12 }),
		chosen('impact', t('sheets.impact'), 'scale', { width: 9 }),
		shown('weight', t('sheets.weight'), 'whole', { spare: weight }),
		shown('class', t('sheets.riskClass'), 'text', { width: 12 }),
		edited('response', t('sheets.response'), 'text', { width: 46 })
	];
	const rows = actions.flatMap((action) =>
		inOrder(action.risks).map((risk) =>
			row(`${action.id}/${risk.id}`, columns, {
				...actionCells(making, action),
				text: risk.text,
				likelihood: String(risk.likelihood),
				impact: String(risk.impact),
				weight: { formula: weight, value: riskWeight(risk) },
				class: classes[riskClass(riskWeight(risk))],
				response: risk.response
			})
		)
	);
	return { id: 'risks', title: t('sheets.risks'), columns, rows, grows: true };
}
