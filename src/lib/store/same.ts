/** The read-back: what was written, compared with what is there. */
import { Problem } from '#lib/model/problem.ts';

/** Nothing counts as saved that did not come back as it went (P3). */
export function sameOrBroken(sent: Uint8Array, back: Uint8Array | undefined): void {
	const same = back?.length === sent.length && sent.every((byte, i) => byte === back[i]);
	if (!same) {
		const detail = `wrote ${sent.length} bytes, read ${back?.length ?? 'none'}`;
		throw new Problem('storage-broken', { detail });
	}
}
