/** RunFacts: what a run says of itself; plain values, because other tabs hear it too. */

export type RunFacts = {
	/** An exchange is under way. */
	busy: boolean;
	/** Code of the Problem why nothing goes on; empty: nothing is wrong. */
	reason: string;
	waiting: number;
	/** Minutes by which this device's clock is off (H-4); 0 below five. */
	skew: number;
	/** What could not be read or was not allowed, by lane. */
	unreadable: { lane: number; count: number }[];
	/** Who said where they are: of each lane the last, and when it came. */
	here: { lane: number; at: string; where: string }[];
	/** Grows when something about people changed. */
	people: number;
	/** The stream is open. */
	live: boolean;
	/** Everything was in step since this run began, and nothing has gone wrong since. */
	inStep: boolean;
};

export const atRest: RunFacts = {
	busy: false,
	reason: '',
	waiting: 0,
	skew: 0,
	unreadable: [],
	here: [],
	people: 0,
	live: false,
	inStep: false
};

/** Problems that the person has to do something about: the state is 'refused', not 'offline'. */
export const refusals = new Set([
	'sync-full',
	'sync-revoked',
	'sync-too-old',
	'sync-deleted',
	'sync-role'
]);
/** Those that end it until somebody acts; the row remembers them. */
export const final = new Set(['sync-deleted']);

/** Hears what is new of them. */
export type Say = (facts: Partial<RunFacts>) => void;
