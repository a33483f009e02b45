/** The tables of what is measured: every indicator, and the log-frame that puts them under objectives. */
import { advanceOf } from '#lib/plan/numbers.ts';
import { logFrame } from '#lib/plan/log-frame.ts';
import { ownerName, partyName } from '#lib/plan/parties.ts';
import type { PlanIndicator } from '#lib/model/plan.ts';
import type { Action } from '#lib/model/workspace.ts';
import type { Cell, Row, Table } from '../table.ts';
import type { Making } from '../tables.ts';
import { row } from './answers.ts';
import { chosen, edited, shown } from './columns.ts';
import { inOrder } from './objectives.ts';

export function indicatorsTable(making: Making): Table {
	const { t, workspace, actions, numbers, register, label } = making;
	const columns = [
		chosen('of', t('sheets.of'), 'of', { width: 12 }),
		edited('no', t('sheets.no'), 'action'),
		chosen('objective', t('sheets.objective'), 'objectives', { width: 30 }),
		shown('action', t('sheets.action'), 'text', { width: 36 }),
		edited('title', t('sheets.indicator'), 'text', { width: 44 }),
		chosen('unit', t('sheets.unit'), 'units', { width: 11 }),
		edited('baseline', t('sheets.baseline'), 'text', { width: 14 }),
		edited('baselineDay', t('sheets.baselineDay'), 'day'),
		edited('target', t('sheets.targetValue'), 'text', { width: 14 }),
		edited('targetDay', t('sheets.targetDay'), 'day'),
		edited('source', t('sheets.source'), 'text'),
		edited('collector', t('sheets.collector'), 'party'),
		edited('every', t('sheets.every'), 'whole', { width: 10 }),
		shown('now', t('sheets.nowValue'), 'text', { width: 14 }),
		shown('nowDay', t('sheets.nowDay'), 'day'),
		shown('advance', t('sheets.advance'), 'share', { width: 10 }),
		shown('readings', t('sheets.readings'), 'lines')
	];
	const titles = new Map(actions.map(({ id, title }) => [id, title]));
	const sorted = [...workspace.indicators].sort(
		(a, b) =>
			Number(a.of === 'objective') - Number(b.of === 'objective') ||
			(numbers[a.parent] ?? 0) - (numbers[b.parent] ?? 0) ||
			Number(b.id === b.parent) - Number(a.id === a.parent) ||
			a.order - b.order ||
			(a.id < b.id ? -1 : 1)
	);
	const rows = sorted.map((one): Row => {
		const { share } = advanceOf(one);
		const last = one.readings.at(-1);
		return row(one.id, columns, {
			of: one.of,
			no: one.of === 'action' ? (numbers[one.parent] ?? null) : null,
			objective: one.of === 'objective' && label('objectives', one.parent) ? one.parent : '',
			action: titles.get(one.parent) ?? '',
			title: one.title,
			unit: one.unit,
			baseline: one.baseline,
			baselineDay: one.baselineDay,
			target: one.target,
			targetDay: one.targetDay,
			source: one.source,
			collector: partyName(register, one.collector),
			every: one.every || null,
			now: last?.value ?? '',
			nowDay: last?.day ?? '',
			advance: share,
			readings: one.readings
				.map(({ day, value, note }) => [day, value, note].filter(Boolean).join(' · '))
				.join('\n')
		});
	});
	return { id: 'indicators', title: t('sheets.indicators'), columns, rows, grows: true };
}

export function logFrameTable(making: Making): Table {
	const { t, workspace, actions, register, lists, numbers } = making;
	const columns = [
		...(lists.guides.length > 1 ? [shown('guide', t('sheets.guide'), 'text', { width: 20 })] : []),
		shown('objective', t('sheets.objective'), 'text', { width: 36 }),
		shown('no', t('sheets.no'), 'whole', { width: 7 }),
		shown('action', t('sheets.action'), 'text', { width: 44 }),
		shown('owner', t('sheets.owner'), 'text'),
		shown('indicator', t('sheets.indicator'), 'text', { width: 40 }),
		shown('unit', t('sheets.unit'), 'text', { width: 11 }),
		shown('baseline', t('sheets.baseline'), 'text', { width: 14 }),
		shown('target', t('sheets.targetValue'), 'text', { width: 14 }),
		shown('targetDay', t('sheets.targetDay'), 'day'),
		shown('source', t('sheets.source'), 'text')
	];
	const rows: Row[] = [];
	const guides = [
		...new Set([...lists.guides.map(({ code }) => code), ...actions.map((a) => a.guide)])
	];
	for (const guide of guides) {
		const guideTitle = lists.guides.find(({ code }) => code === guide)?.label ?? guide;
		const own = inOrder(workspace.objectives.filter((one) => one.guide === guide));
		const frame = logFrame(
			own,
			actions.filter((action) => action.guide === guide),
			workspace.indicators
		);
		for (const { objective, indicators, actions: under } of frame) {
			const title = objective?.title ?? t('sheets.noObjective');
			const add = (action: Action | null, indicator: PlanIndicator | null): void => {
				const cells: Record<string, Cell> = {
					guide: guideTitle,
					objective: title,
					no: action ? (numbers[action.id] ?? null) : null,
					action: action?.title ?? '',
					owner: action ? ownerName(action, register) : '',
					indicator: indicator?.title ?? '',
					unit: indicator ? making.label('units', indicator.unit) : '',
					baseline: indicator?.baseline ?? '',
					target: indicator?.target ?? '',
					targetDay: indicator?.targetDay ?? '',
					source: indicator?.source ?? ''
				};
				rows.push(row('', columns, cells));
			};
			for (const indicator of indicators) add(null, indicator);
			for (const { action, indicators: of } of under) {
				if (of.length === 0) add(action, null);
				for (const indicator of of) add(action, indicator);
			}
			if (objective && indicators.length === 0 && under.length === 0) add(null, null);
		}
	}
	return { id: 'logframe', title: t('sheets.logFrame'), columns, rows, grows: false };
}
