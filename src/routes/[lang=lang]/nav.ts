/** The places that every page leads to. */
import type { MessageKey } from '#lib/i18n/namespaces.ts';

export type Place = { path: string; label: MessageKey; icon: string };

export const places: Place[] = [
	{ path: 'guides/', label: 'common.read', icon: 'book' },
	{ path: 'workspaces/', label: 'common.workspaces', icon: 'folder' },
	{ path: 'notes/', label: 'common.notes', icon: 'bookmark' },
	{ path: 'search/', label: 'common.search', icon: 'search' },
	{ path: 'settings/', label: 'common.settings', icon: 'settings' }
];
