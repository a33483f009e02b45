/** Cards on a wall: what lies under what, what hangs together, how many dots. */
import type { Card } from '#lib/model/workshop.ts';

/** A card with those that say the same under it. */
export type Stacked = { id: string; text: string; same: string[]; dots: number; action: string };
/** Cards under one heading; empty: those that hang alone. */
export type Pile = { heading: string; cards: Stacked[] };

export const dotsOf = ({ counted, dots }: Pick<Card, 'counted' | 'dots'>): number =>
	Object.values(dots).reduce((sum, count) => sum + count, counted);

/** The card on top of the stack that a card lies in; a circle of cards ends at its smallest id. */
export function topOf(card: Card, cards: ReadonlyMap<string, Card>): Card {
	const seen = new Map<string, Card>();
	let at = card;
	while (at.into !== '' && cards.has(at.into)) {
		seen.set(at.id, at);
		const under = cards.get(at.into)!;
		// Two devices may have laid each of two cards under the other.
		if (seen.has(under.id)) {
			return [...seen.values()].reduce((least, one) => (one.id < least.id ? one : least));
		}
		at = under;
	}
	return at;
}

/** The piles of a column: those with a heading in the order of their first card, then the rest. */
export function wallOf(all: readonly Card[], column: string): Pile[] {
	const byId = new Map(all.map((card) => [card.id, card]));
	const stacks = new Map<string, Card[]>();
	for (const card of all) {
		const top = topOf(card, byId).id;
		const stack = stacks.get(top);
		if (stack) stack.push(card);
		else stacks.set(top, [card]);
	}
	const piles = new Map<string, Stacked[]>();
	for (const card of all) {
		const stack = stacks.get(card.id);
		if (!stack || card.column !== column) continue;
		const stacked = {
			id: card.id,
			text: card.text,
			same: stack.filter(({ id }) => id !== card.id).map(({ text }) => text),
			dots: stack.reduce((sum, one) => sum + dotsOf(one), 0),
			action: stack.find(({ action }) => action)?.action ?? ''
		};
		const pile = piles.get(card.pile);
		if (pile) pile.push(stacked);
		else piles.set(card.pile, [stacked]);
	}
	const alone = piles.get('');
	piles.delete('');
	return [...piles, ...(alone ? [['', alone] as const] : [])].map(([heading, cards]) => ({
		heading,
		cards
	}));
}

/** Dots that each person gets: a quarter of the number of cards, and at least three. */
export const dotsEach = (cards: number): number => Math.max(3, Math.ceil(cards / 4));
