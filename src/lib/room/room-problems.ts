/** What a refusal means to a phone: a sentence in its language, and whether it is the end. Pure. */
import { RelayError, syncProblem } from '#lib/courier/relay-error.ts';
import { Problem } from '#lib/model/problem.ts';

/** outside: it asks with an invitation; inside: as a device that has joined. */
type Where = 'outside' | 'inside';

export function roomProblem(thrown: unknown, where: Where): Problem {
	if (thrown instanceof Problem) {
		return thrown.code === 'unreadable' ? new Problem('invitation-damaged', {}, thrown) : thrown;
	}
	const error = RelayError.of(thrown);
	switch (error.code) {
		case 'unknown':
			return new Problem(where === 'inside' ? 'room-removed' : 'room-closed', {}, error);
		case 'deleted':
		case 'ended':
			return new Problem('room-closed', {}, error);
		case 'full':
			return new Problem('room-full', {}, error);
		case 'slow-down':
			return new Problem('room-busy', {}, error);
		case 'version':
		case 'malformed':
		case 'role':
			return new Problem('sync-too-old', {}, error);
		default:
			return new Problem('room-unreachable', {}, error);
	}
}

/** The phase that it ends in; null: it is tried again. */
export function endsOf(thrown: unknown, where: Where): 'closed' | 'removed' | 'damaged' | null {
	// An invitation to something that is no room, or whose card does not open.
	if (thrown instanceof Problem) return 'damaged';
	const { code } = RelayError.of(thrown);
	if (code === 'deleted' || code === 'ended') return 'closed';
	if (code === 'unknown') return where === 'inside' ? 'removed' : 'closed';
	return null;
}

/** As the facilitator reads it. */
export function hostProblem(thrown: unknown): Problem {
	return hostEnds(thrown) ? new Problem('room-lost', {}, thrown) : syncProblem(thrown);
}

/** The room is gone from the server: phones need a new one. */
export function hostEnds(thrown: unknown): boolean {
	if (thrown instanceof Problem) return thrown.code === 'room-lost';
	const { code } = RelayError.of(thrown);
	return code === 'unknown' || code === 'deleted';
}
