/** Whether nothing was written in an action yet: closed, such a one is not kept. */
import { noDetails, type Action } from '#lib/model/workspace.ts';

export const isBlank = (action: Action): boolean =>
	[
		action.title,
		action.owner,
		action.start,
		action.end,
		action.indicator,
		action.target,
		action.note
	].every((text) => text.trim() === '') && hasNoDetails(action);

/** When the state changed is no word of anybody's. */
const hasNoDetails = (action: Action): boolean =>
	Object.entries(noDetails).every(
		([name, nothing]) =>
			name === 'moves' || JSON.stringify(Reflect.get(action, name)) === JSON.stringify(nothing)
	);
