/**
 * Packing: an update as a plaintext, deflated where that is shorter (E-2, forms 0 and 1).
 *
 * Deflate is told beforehand what most updates say (`dictionary.ts`). Unpacking stops at a limit while
 * it unpacks, not after: a bomb costs no more than an honest update.
 */
import { deflateSync, Inflate } from 'fflate';
import { dictionary } from './dictionary.ts';
import { updateLimit } from './updates.ts';

/** The first byte of a plaintext. */
export const forms = { plain: 0, deflated: 1, piece: 2 } as const;

export function packed(update: Uint8Array): Uint8Array {
	// Little memory for little updates: clearing the tables costs more than the packing.
	const mem = update.length < 10_000 ? 2 : 8;
	const deflated = deflateSync(update, { level: 6, mem, dictionary });
	// What packs too well to be believed goes as it is.
	const shorter = deflated.length < update.length && update.length <= limitOf(deflated);
	const body = shorter ? deflated : update;
	const plaintext = new Uint8Array(body.length + 1);
	plaintext[0] = shorter ? forms.deflated : forms.plain;
	plaintext.set(body, 1);
	return plaintext;
}

/** The update of a plaintext of form 0 or 1. Throws an Error for any other, and beyond the limit. */
export function unpacked(plaintext: Uint8Array): Uint8Array {
	const body = plaintext.subarray(1);
	if (plaintext[0] === forms.plain) return body;
	if (plaintext[0] === forms.deflated) return inflated(body, limitOf(body));
	throw new Error(`no update in form ${plaintext[0]}`);
}

/** Honest updates pack to a tenth, and a pasted megabyte of one letter to nothing. */
const limitOf = (body: Uint8Array): number => Math.min(updateLimit, 2_000_000 + 100 * body.length);

/** Bytes that are unpacked in one step: a byte becomes 1,032 at most. */
const step = 1024;

/** Throws an Error beyond `limit` bytes and at an early end. */
export function inflated(body: Uint8Array, limit: number): Uint8Array {
	const chunks: Uint8Array[] = [];
	let length = 0;
	let ended = false;
	const inflate = new Inflate({ dictionary }, (chunk, final) => {
		length += chunk.length;
		if (length > limit) throw new Error(`unpacks to more than ${limit} bytes`);
		chunks.push(chunk);
		ended ||= final;
	});
	for (let at = 0; at < body.length || at === 0; at += step) {
		inflate.push(body.subarray(at, at + step), at + step >= body.length);
	}
	if (!ended) throw new Error('ends too early');
	const whole = new Uint8Array(length);
	let at = 0;
	for (const chunk of chunks) {
		whole.set(chunk, at);
		at += chunk.length;
	}
	return whole;
}
