/** A lease: which tab does something, and until when. A row that is none counts as free. */
export type Lease = { holder: string; until: number };

export function asLease(value: unknown): Lease | null {
	if (typeof value !== 'object' || value === null) return null;
	if (!('holder' in value) || !('until' in value)) return null;
	const { holder, until } = value;
	return typeof holder === 'string' && typeof until === 'number' ? { holder, until } : null;
}

/**
 * Whether `holder` may take it at `now` for `ms` milliseconds. A lease that reaches further ahead than
 * any lease does is one of a clock that was set back since (F-18), and counts as over.
 */
export const isFree = (lease: Lease | null, holder: string, now: number, ms: number): boolean =>
	!lease || lease.holder === holder || lease.until <= now || lease.until > now + ms;
