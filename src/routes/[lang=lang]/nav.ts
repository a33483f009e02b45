/** The places that every page leads to, and the staircase. */
import type { MessageKey } from '#lib/i18n/namespaces.ts';

type Place = { path: string; label: MessageKey; icon: string };

export const places: Place[] = [
	{ path: 'guides/', label: 'common.read', icon: 'book' },
	{ path: 'workspaces/', label: 'common.workspaces', icon: 'folder' },
	{ path: 'notes/', label: 'common.notes', icon: 'bookmark' },
	{ path: 'search/', label: 'common.search', icon: 'search' },
	{ path: 'settings/', label: 'common.settings', icon: 'settings' }
];

/** The staircase of one guide, from reading to the document. */
export const steps = (guide: string): (Place & { id: string; about: MessageKey })[] => [
	{
		id: 'read',
		path: `guides/${guide}/`,
		label: 'common.read',
		about: 'common.stepRead',
		icon: 'book'
	},
	{
		id: 'assess',
		path: `assess/${guide}/`,
		label: 'common.assess',
		about: 'common.stepAssess',
		icon: 'check'
	},
	{
		id: 'results',
		path: `results/${guide}/`,
		label: 'common.results',
		about: 'common.stepResults',
		icon: 'chart'
	},
	{ id: 'plan', path: 'plan/', label: 'common.plan', about: 'common.stepPlan', icon: 'list' },
	{ id: 'draft', path: 'draft/', label: 'common.draft', about: 'common.stepDraft', icon: 'pen' },
	{
		id: 'export',
		path: 'export/',
		label: 'common.export',
		about: 'common.stepExport',
		icon: 'file'
	},
	{
		id: 'follow',
		path: 'follow/',
		label: 'common.follow',
		about: 'common.stepFollow',
		icon: 'chart'
	}
];
