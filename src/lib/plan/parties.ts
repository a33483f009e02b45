/** Parties: who an action names, read through the register of stakeholders. */
import type { Stakeholder } from '#lib/model/plan.ts';
import type { Action } from '#lib/model/workspace.ts';

export type Register = ReadonlyMap<string, Stakeholder>;

export const registerOf = (stakeholders: readonly Stakeholder[]): Register =>
	new Map(stakeholders.map((one) => [one.id, one]));

/** "Ministry of Health, Director of statistics"; empty for an id that the register does not have. */
export const partyName = (register: Register, id: string): string => {
	const one = register.get(id);
	return one ? [one.name, one.person].filter((part) => part.trim() !== '').join(', ') : '';
};

/** Who answers for an action: the register's name, else what somebody wrote; empty for nobody. */
export const ownerName = (action: Pick<Action, 'owner' | 'ownerId'>, register: Register): string =>
	partyName(register, action.ownerId) || action.owner.trim();

/** The key by which actions of one owner are put together: the same name is the same owner. */
export const ownerKey = (action: Pick<Action, 'owner' | 'ownerId'>, register: Register): string =>
	ownerName(action, register).normalize('NFC').toLocaleLowerCase();

export const partnerNames = (action: Pick<Action, 'partnerIds'>, register: Register): string[] =>
	action.partnerIds.map((id) => partyName(register, id)).filter((name) => name !== '');

/** Actions, tasks and indicators that name a stakeholder: what would lose its party with it. */
export function namedIn(
	id: string,
	actions: readonly Action[],
	indicators: readonly { id: string; collector: string }[]
): { actions: string[]; indicators: string[] } {
	return {
		actions: actions
			.filter(
				({ ownerId, sponsorId, partnerIds, tasks }) =>
					[ownerId, sponsorId, ...partnerIds].includes(id) ||
					tasks.some(({ owner }) => owner === id)
			)
			.map((action) => action.id),
		indicators: indicators.filter(({ collector }) => collector === id).map((one) => one.id)
	};
}
