import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { sha256Of, sha256OfText } from './sha256.ts';

it('is the SHA-256 that everybody has, at every length around a block', () => {
	for (const length of [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 1000, 70_000]) {
		const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 255);
		expect(sha256Of(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
	}
	expect(sha256OfText('وزارة')).toBe(createHash('sha256').update('وزارة').digest('hex'));
});
