/**
 * Changes of the register that reach into the plan: owners that were typed as text become parties, and
 * two entries that mean the same party become one. Both give plain changes; the caller writes them as
 * one step.
 */
import type { Scale, PlanIndicator, Stakeholder } from '#lib/model/plan.ts';
import type { Action } from '#lib/model/workspace.ts';
import { ownerKey, registerOf } from './parties.ts';

const keyOf = (name: string): string =>
	name.normalize('NFKC').replace(/\s+/g, ' ').trim().toLocaleLowerCase();

export type TypedOwner = {
	/** As it was written first. */
	name: string;
	/** Actions that name it, by id. */
	actions: string[];
	/** The entry of that name that the register has already, or empty. */
	known: string;
};

/** Owners that actions name as text only, those with most actions first. */
export function typedOwners(
	actions: readonly Action[],
	stakeholders: readonly Stakeholder[]
): TypedOwner[] {
	const register = registerOf(stakeholders);
	const known = new Map(stakeholders.map((one) => [keyOf(one.name), one.id]));
	const found = new Map<string, TypedOwner>();
	for (const action of actions) {
		if (register.has(action.ownerId) || action.owner.trim() === '') continue;
		const key = keyOf(ownerKey(action, register));
		const typed = found.get(key);
		if (typed) typed.actions.push(action.id);
		else {
			const name = action.owner.trim();
			found.set(key, { name, actions: [action.id], known: known.get(key) ?? '' });
		}
	}
	return [...found.values()].sort((a, b) => b.actions.length - a.actions.length);
}

/** The entry that a typed or chosen name means, or undefined. */
export const partyNamed = (
	name: string,
	stakeholders: readonly Stakeholder[]
): Stakeholder | undefined => {
	const key = keyOf(name);
	return key === ''
		? undefined
		: stakeholders.find(
				(one) =>
					keyOf(one.name) === key ||
					(one.person.trim() !== '' && keyOf(`${one.name}, ${one.person}`) === key)
			);
};

/** Entries that say the same organisation and person: each group has two or more. */
export function duplicates(stakeholders: readonly Stakeholder[]): Stakeholder[][] {
	const groups = new Map<string, Stakeholder[]>();
	for (const one of stakeholders) {
		const key = `${keyOf(one.name)}\n${keyOf(one.person)}`;
		if (keyOf(one.name) === '') continue;
		const group = groups.get(key);
		if (group) group.push(one);
		else groups.set(key, [one]);
	}
	return [...groups.values()].filter(({ length }) => length > 1);
}

export type Merge = {
	kept: Stakeholder;
	actions: { id: string; patch: Partial<Action> }[];
	indicators: { id: string; collector: string }[];
};

/**
 * `gone` merged into `kept`: what `kept` leaves empty is taken from `gone`, no note is lost, and
 * whatever named `gone` names `kept`.
 */
export function mergeParties(
	kept: Stakeholder,
	gone: Stakeholder,
	actions: readonly Action[],
	indicators: readonly Pick<PlanIndicator, 'id' | 'collector'>[]
): Merge {
	const swap = (id: string): string => (id === gone.id ? kept.id : id);
	const notes = [kept.note, gone.note].map((note) => note.trim()).filter(Boolean);
	return {
		kept: {
			...kept,
			person: kept.person || gone.person,
			role: kept.role || gone.role,
			power: kept.power ?? gone.power,
			interest: kept.interest ?? gone.interest,
			note: [...new Set(notes)].join('\n\n')
		},
		actions: actions.flatMap((action) => {
			const patch: Partial<Action> = {};
			if (action.ownerId === gone.id) Object.assign(patch, { ownerId: kept.id, owner: kept.name });
			if (action.sponsorId === gone.id) patch.sponsorId = kept.id;
			if (action.partnerIds.includes(gone.id)) {
				patch.partnerIds = [...new Set(action.partnerIds.map(swap))];
			}
			if (action.tasks.some(({ owner }) => owner === gone.id)) {
				patch.tasks = action.tasks.map((task) => ({ ...task, owner: swap(task.owner) }));
			}
			return Object.keys(patch).length > 0 ? [{ id: action.id, patch }] : [];
		}),
		indicators: indicators
			.filter(({ collector }) => collector === gone.id)
			.map(({ id }) => ({ id, collector: kept.id }))
	};
}

/** What one does with a party: the four fields of the power and interest grid; null: not judged yet. */
export const strategies = ['manage-closely', 'keep-satisfied', 'keep-informed', 'monitor'] as const;
export type Strategy = (typeof strategies)[number];

export function strategyOf({
	power,
	interest
}: Pick<Stakeholder, 'power' | 'interest'>): Strategy | null {
	if (power === null || interest === null) return null;
	// The middle counts as high: a party that is overlooked costs more than one that is asked in vain.
	const [strong, keen] = [power >= 3, interest >= 3];
	if (strong) return keen ? 'manage-closely' : 'keep-satisfied';
	return keen ? 'keep-informed' : 'monitor';
}

/**
 * The judgement of a party that is moved to another field: what lies on the right side already stays, the
 * rest becomes rather high or rather low.
 */
export function judgedAs(
	{ power, interest }: Pick<Stakeholder, 'power' | 'interest'>,
	strategy: Strategy
): { power: Scale; interest: Scale } {
	const to = (now: Scale | null, isHigh: boolean): Scale =>
		now !== null && now >= 3 === isHigh ? now : isHigh ? 4 : 2;
	return {
		power: to(power, strategy === 'manage-closely' || strategy === 'keep-satisfied'),
		interest: to(interest, strategy === 'manage-closely' || strategy === 'keep-informed')
	};
}
