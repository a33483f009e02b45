/** The address of a web page that a person typed, or null where it is none that a link may lead to. */
export function webLink(text: string): string | null {
	if (!/^https?:\/\/[^\s/]/i.test(text.trim())) return null;
	try {
		return new URL(text.trim()).href;
	} catch {
		return null;
	}
}
