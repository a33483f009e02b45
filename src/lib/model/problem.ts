/**
 * A Problem: something the person can act on. Its words are in `content/languages/<lang>/problems.json`
 * under its code: what happened, what is safe, what to do.
 */
export const problemCodes = [
	'file-empty',
	'file-not-project',
	'file-damaged',
	'file-too-large',
	'file-newer',
	'storage-full',
	'storage-blocked',
	'storage-newer',
	'storage-broken',
	'storage-lost',
	'note-too-long',
	'pack-broken',
	'pack-unreachable',
	'not-kept',
	'export-failed',
	'workspace-missing',
	'unreadable',
	'invitation-damaged',
	'words-unknown',
	'words-wrong',
	'passphrase-wrong',
	'locked',
	'view-only',
	'own-answers-only',
	'invitation-expired',
	'invitation-unknown',
	'sync-code',
	'sync-none',
	'sync-full',
	'sync-revoked',
	'sync-too-old',
	'sync-deleted',
	'sync-unreachable',
	'sync-portal',
	'sync-unavailable',
	'sync-slow-down',
	'sync-role',
	'sync-clock',
	'sync-rewound',
	'sync-unreadable',
	'sync-other-edition',
	'nickname-empty',
	'nickname-too-long',
	'vote-closed',
	'card-too-long',
	'cards-closed',
	'cards-enough',
	'dots-spent',
	'room-no-key',
	'room-closed',
	'room-removed',
	'room-unreachable',
	'room-busy',
	'room-full',
	'room-forgets',
	'room-lost',
	'unexpected'
] as const;
export type ProblemCode = (typeof problemCodes)[number];

export class Problem extends Error {
	readonly code: ProblemCode;
	/** Values for the placeholders of its words; for us also the value that broke the rule. */
	readonly values: Record<string, string | number>;

	constructor(code: ProblemCode, values: Record<string, string | number> = {}, cause?: unknown) {
		super(`${code} ${JSON.stringify(values)}`, { cause });
		this.name = 'Problem';
		this.code = code;
		this.values = values;
	}
}

/** Any thrown value as a Problem, so that a screen always has words for it. */
export function asProblem(thrown: unknown): Problem {
	if (thrown instanceof Problem) return thrown;
	return new Problem(
		'unexpected',
		{ detail: String((thrown as Error)?.message ?? thrown).slice(0, 300) },
		thrown
	);
}
