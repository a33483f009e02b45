/** Entries of the register, as its page handles them. */
import type { Stakeholder } from '#lib/model/plan.ts';

export const blank = {
	person: '',
	role: '',
	power: null,
	interest: null,
	note: ''
} as const satisfies Partial<Stakeholder>;

export const inOrder = (all: readonly Stakeholder[]): Stakeholder[] =>
	[...all].sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));

export const nextPlace = (all: readonly Stakeholder[]): number =>
	all.reduce((most, { order }) => Math.max(most, order), 0) + 1;
