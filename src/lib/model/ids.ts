/**
 * Ids. A `newId` names a thing that a person makes (workspace, action, evidence): 128 random bits.
 * Content ids (sections, questions, measures, terms) are words chosen by authors and never change.
 */

/** 128 random bits as 26 characters of Crockford base 32, lower case. */
export function newId(
	random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array = (b) => crypto.getRandomValues(b)
): string {
	// `crypto.randomUUID` does not exist on plain HTTP in a room; getRandomValues does.
	const bytes = random(new Uint8Array(16));
	let bits = 0n;
	for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
	let id = '';
	for (let i = 0; i < 26; i++) {
		id = '0123456789abcdefghjkmnpqrstvwxyz'[Number(bits & 31n)] + id;
		bits >>= 5n;
	}
	return id;
}

const contentId = /^[a-z0-9][a-z0-9-]{0,60}$/;
/** Whether an author's id is one: lower-case words joined by hyphens, at most 61 characters. */
export const isContentId = (id: string): boolean => contentId.test(id);
