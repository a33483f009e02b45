/** An owner in the language of a document. */
type Owners = Readonly<Record<string, string>>;

/** The words of `to` for an owner that a measure brought in the words of one `from`; else as it was typed. */
export function ownerIn(
	owner: string,
	from: readonly (Owners | undefined)[],
	to: Owners = {}
): string {
	for (const words of from) {
		const id = Object.keys(words ?? {}).find((one) => words![one] === owner);
		if (id !== undefined && to[id]) return to[id];
	}
	return owner;
}
