/** Addresses in a chapter: what a link of it may lead to. */

/** An address that a link of a chapter may lead to; null for any other. */
export function safeAddress(text: string): string | null {
	const address = text.trim();
	if (!/^(?:https?:\/\/[^\s<>]+|mailto:[^\s<>]+)$/i.test(address)) return null;
	try {
		new URL(address);
		return address;
	} catch {
		return null;
	}
}
