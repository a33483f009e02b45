/** The staircase; in no page's frame, because most pages of a guide do not show it. */
import type { MessageKey } from '#lib/i18n/namespaces.ts';
import type { Place } from './nav.ts';

/** The staircase of one guide, from reading to the document. */
export const steps = (guide: string): (Place & { id: string; about: MessageKey })[] => [
	{
		id: 'read',
		path: `guides/${guide}/`,
		label: 'common.read',
		about: 'home.stepRead',
		icon: 'book'
	},
	{
		id: 'assess',
		path: `assess/${guide}/`,
		label: 'common.assess',
		about: 'home.stepAssess',
		icon: 'check'
	},
	{
		id: 'results',
		path: `results/${guide}/`,
		label: 'common.results',
		about: 'home.stepResults',
		icon: 'chart'
	},
	{ id: 'plan', path: 'plan/', label: 'common.plan', about: 'home.stepPlan', icon: 'list' },
	{ id: 'draft', path: 'draft/', label: 'common.draft', about: 'home.stepDraft', icon: 'pen' },
	{
		id: 'export',
		path: 'export/',
		label: 'common.export',
		about: 'home.stepExport',
		icon: 'file'
	},
	{
		id: 'follow',
		path: 'follow/',
		label: 'common.follow',
		about: 'home.stepFollow',
		icon: 'chart'
	}
];
