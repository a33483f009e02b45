/**
 * Notes: what the envelopes of a room say (SPEC.md, M-3), in place of updates of a document.
 *
 * `form(3) ‖ how(1) ‖ body`; how 0: the body is JSON in UTF-8, 1: that, raw deflate. Opening trusts
 * nothing: what is not sound is a Problem `unreadable`. Without Yjs: a phone's page loads this.
 */
import { deflateSync, inflateSync } from 'fflate';
import { concat, utf8 } from '#lib/crypto/bytes.ts';
import { limits } from './protocol.ts';
import { malformedUnless, openFrom, sealAs } from './sealed.ts';
import type { Sender } from './sealed.ts';

/** The first byte of the plaintext of a note; a device that knows only documents keeps it (E-2). */
export const noteForm = 3;

/** Bytes of the JSON of a note. */
export const noteLimits = {
	/** Of a phone's: what it seals of it has at most 4 KB. */
	phone: 3_500,
	/** Of the facilitator's: a scene with its questions in several languages. */
	scene: 200_000
} as const;

/** A phone's note, sealed. Throws RangeError where it is too long to be sent. */
export function sealNote(note: object, from: Sender & { counter: number }): Uint8Array {
	const json = utf8(JSON.stringify(note));
	if (json.length > noteLimits.phone) throw new RangeError(`a note of ${json.length} bytes`);
	return sealAs('log', concat(Uint8Array.of(noteForm, 0), json), from);
}

/**
 * A scene, sealed: each phone reads it over the room's one access point, so it is packed. Throws RangeError for
 * one that the relay would refuse: it would stand before all votes, and be refused for ever.
 */
export function sealScene(scene: object, from: Sender & { counter: number }): Uint8Array {
	const json = utf8(JSON.stringify(scene));
	if (json.length > noteLimits.scene) throw new RangeError(`a scene of ${json.length} bytes`);
	const sealed = sealAs('log', concat(Uint8Array.of(noteForm, 1), deflateSync(json)), from);
	if (sealed.length > limits.envelope) throw new RangeError(`a scene of ${sealed.length} bytes`);
	return sealed;
}

/**
 * What a note says: any JSON value, of at most `limit` bytes. Throws Problem `unreadable` {why}, also
 * for an envelope that is no note.
 */
export function openNote(envelope: Uint8Array, from: Sender, limit: number): unknown {
	const plaintext = openFrom('log', envelope, from);
	return malformedUnless((): unknown => {
		const [form, how] = plaintext;
		if (form !== noteForm || (how !== 0 && how !== 1)) throw new Error('not a note');
		const body = plaintext.subarray(2);
		// A buffer of its own size: what unpacks to more than that is cut, and is no JSON then.
		const json = how === 1 ? inflateSync(body, { out: new Uint8Array(limit + 1) }) : body;
		if (json.length > limit) throw new Error('a note beyond its limit');
		return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
	});
}
