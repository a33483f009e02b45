/** Whether nothing was written in an action yet: closed, such a one is not kept. */
import type { Action } from '#lib/model/workspace.ts';

export const isBlank = (action: Action): boolean =>
	[
		action.title,
		action.owner,
		action.start,
		action.end,
		action.indicator,
		action.target,
		action.note
	].every((text) => text.trim() === '');
