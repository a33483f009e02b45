/** Chance that is none: numbers drawn from ids, so that Numenia is the same on every device. */

/** A number that belongs to a thing and a purpose: FNV-1a with a last stir. */
export function draw(id: string, purpose: string): number {
	let hash = 0x811c9dc5;
	for (const letter of `${purpose}:${id}`) {
		hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
	}
	hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
	return (hash ^ (hash >>> 13)) >>> 0;
}

type Named = { id: string };

/** Whether it happens to the thing, in `percent` of all things. */
export const chance = ({ id }: Named, purpose: string, percent: number): boolean =>
	draw(id, purpose) % 100 < percent;

/** One of the list. */
export function pick<T>(thing: Named, purpose: string, list: readonly [T, ...T[]]): T;
export function pick<T>(thing: Named, purpose: string, list: readonly T[]): T | undefined;
export function pick<T>({ id }: Named, purpose: string, list: readonly T[]): T | undefined {
	return list[draw(id, purpose) % Math.max(1, list.length)];
}

/** The moment some months before (negative) or after `now`. */
export function monthsFrom(now: string, months: number): string {
	const date = new Date(now);
	// Not beyond the 28th: the 31st of some months is the 3rd of the next.
	date.setUTCDate(Math.min(28, date.getUTCDate()));
	date.setUTCMonth(date.getUTCMonth() + months);
	return date.toISOString();
}
