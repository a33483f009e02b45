/** RelayError: why a request to the relay did not do what it should, and as which Problem a person reads it. */
import { Problem } from '#lib/model/problem.ts';
import type { ProblemCode } from '#lib/model/problem.ts';

/** What the relay itself says (X-8, J-2), by its status. */
const statuses = {
	malformed: 400,
	role: 403,
	code: 403,
	ended: 403,
	unknown: 404,
	conflict: 409,
	epoch: 409,
	deleted: 410,
	'too-large': 413,
	version: 426,
	'slow-down': 429,
	unavailable: 503,
	full: 507
} as const;

export type RelayCode =
	| keyof typeof statuses
	/** No answer, or a gateway's word that there is nobody behind it. */
	| 'unreachable'
	/** Somebody else answered. */
	| 'portal'
	/** A server of ours that has no relay. */
	| 'none';

export class RelayError extends Error {
	readonly code: RelayCode;
	/** Milliseconds that the relay asks to wait; 0 where it does not say. */
	readonly wait: number;
	/** Of `epoch`: the relay's. */
	readonly epoch: number;
	/** Of `conflict` at a rotation: holders that have no grant. */
	readonly missing: string[];

	constructor(
		code: RelayCode,
		{ wait = 0, epoch = 0, missing = [] as string[], cause = undefined as unknown } = {}
	) {
		super(`relay: ${code}`, { cause });
		this.name = 'RelayError';
		this.code = code;
		this.wait = wait;
		this.epoch = epoch;
		this.missing = missing;
	}

	/** Whatever was thrown while talking to it. */
	static of(thrown: unknown): RelayError {
		return thrown instanceof RelayError ? thrown : new RelayError('unreachable', { cause: thrown });
	}
}

/** A web page, or nothing of a type, in the relay's place. */
export const portalOr = (code: RelayCode, status: number): RelayError =>
	new RelayError(status === 200 ? 'portal' : code);

/** What an answer that is not 200 means. It is believed only in the relay's own form. */
export async function refusalOf(response: Response): Promise<RelayError> {
	const type = response.headers.get('content-type') ?? '';
	// A gateway whose server is away says so in its own words.
	const otherwise = response.status >= 500 ? 'unreachable' : 'portal';
	if (!/^application\/json\b/i.test(type)) return new RelayError(otherwise);
	const body: unknown = await response.json().catch(() => null);
	if (typeof body !== 'object' || body === null || !('error' in body)) {
		return new RelayError(otherwise);
	}
	const code = Object.entries(statuses).find(
		([name, status]) => name === body.error && status === response.status
	)?.[0] as keyof typeof statuses | undefined;
	if (!code) return new RelayError(body.error === 'not-found' ? 'none' : otherwise);
	const seconds = Number(response.headers.get('retry-after') ?? 0);
	return new RelayError(code, {
		wait: Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 3600) * 1000 : 0,
		epoch: 'epoch' in body && Number.isSafeInteger(body.epoch) ? Number(body.epoch) : 0,
		missing:
			'missing' in body && Array.isArray(body.missing)
				? body.missing.filter((id): id is string => typeof id === 'string')
				: []
	});
}

const problems: Record<RelayCode, ProblemCode> = {
	malformed: 'sync-too-old',
	role: 'sync-role',
	code: 'sync-code',
	ended: 'invitation-expired',
	unknown: 'sync-revoked',
	conflict: 'sync-unavailable',
	epoch: 'sync-unavailable',
	deleted: 'sync-deleted',
	'too-large': 'sync-full',
	version: 'sync-too-old',
	'slow-down': 'sync-slow-down',
	unavailable: 'sync-unavailable',
	full: 'sync-full',
	unreachable: 'sync-unreachable',
	portal: 'sync-portal',
	none: 'sync-none'
};

/** As a person reads it. */
export function syncProblem(thrown: unknown): Problem {
	if (thrown instanceof Problem) return thrown;
	const error = RelayError.of(thrown);
	return new Problem(problems[error.code], {}, error);
}
