/** An owner in the language of a document. */
type Owners = Readonly<Record<string, string>>;

/** The words of `to` for an owner that a measure brought in the words of `from`; else as it was typed. */
export function ownerIn(owner: string, from: Owners = {}, to: Owners = {}): string {
	const id = Object.keys(from).find((one) => from[one] === owner);
	return (id !== undefined && to[id]) || owner;
}
