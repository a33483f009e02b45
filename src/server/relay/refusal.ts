/** A request that gets no for an answer: a stable code, its status, and what goes with it. */
import { errorStatus } from '#lib/sync/protocol.ts';
import type { Refusal } from '../storage/storage.ts';

const statuses = {
	...errorStatus,
	code: 403,
	ended: 403,
	foreign: 403,
	'not-found': 404,
	'method-not-allowed': 405,
	internal: 500
} as const;
export type Code = keyof typeof statuses;

export class Refused extends Error {
	readonly code: Code;
	readonly status: number;
	readonly facts: { [name: string]: unknown };
	readonly headers: Record<string, string>;

	constructor(
		code: Code,
		facts: { [name: string]: unknown } = {},
		headers: Record<string, string> = {}
	) {
		super(code);
		this.name = 'Refused';
		this.code = code;
		this.status = statuses[code];
		this.facts = facts;
		this.headers = headers;
	}
}

/** Throws what the storage refused. */
export function refuseAs(refusal: Refusal): never {
	if (refusal.refused === 'epoch') throw new Refused('epoch', { epoch: refusal.epoch });
	if (refusal.refused === 'missing') {
		const missing = refusal.missing.map((id) => Buffer.from(id).toString('base64url'));
		throw new Refused('conflict', { missing });
	}
	throw new Refused(refusal.refused);
}
