/** The plan's milestones as a calendar file in the language of the screen. */
import { safeFileName } from '#lib/device/names.ts';
import { saveFile } from '#lib/device/save.ts';
import type { Action, Workspace } from '#lib/model/workspace.ts';
import { calendarOf, milestonesOf } from '#lib/plan/calendar.ts';
import { currentLang, type Words } from '#lib/ui/words.ts';

/** Saves the file; gives how many dates are in it. With none there is no file. */
export function saveCalendar(
	t: Words,
	workspace: Workspace,
	guide: string,
	actions: readonly Action[],
	now: string
): number {
	const titleOf = ({ title }: Action): string => title.trim() || t('plan.untitled');
	const milestones = milestonesOf(actions, workspace.plan, {
		action: (action) => t('views.icsEnd', { title: titleOf(action) }),
		task: (title, action) =>
			t('views.icsTask', {
				title: title.trim() || t('views.icsUntitledTask'),
				action: titleOf(action)
			}),
		note: (action) =>
			[
				`${t('plan.owner')}: ${action.owner.trim() || t('plan.nobody')}`,
				`${t('plan.state')}: ${t(`model.state-${action.state}`)}`,
				...(action.target.trim() ? [`${t('plan.targetShort')} ${action.target.trim()}`] : [])
			].join('\n'),
		report: t('views.icsReport')
	});
	if (milestones.length === 0) return 0;
	const name = `${workspace.name} · ${guide} · ${t('plan.title')}`;
	const text = calendarOf(milestones, { workspace: workspace.id, name, lang: currentLang(), now });
	saveFile(new TextEncoder().encode(text), safeFileName(name, 'ics'), 'text/calendar');
	return milestones.length;
}
