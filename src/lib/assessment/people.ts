/**
 * What contributors are called where several work together: by the names that they gave, and told apart
 * where two have the same one. Who gave none is called by the first signs of their id.
 */
import type { Contributor, Workspace } from '#lib/model/workspace.ts';

export type Who = {
	id: string;
	name: string;
	organisation: string;
	/** First signs of the id: empty where the names alone tell this one from all others. */
	mark: string;
	/** Name, organisation and mark, joined; empty for somebody without any name. */
	full: string;
	/** The organisation where it says enough, else the name: for a line with several of them. */
	short: string;
};

/** Enough of an id to tell contributors apart. */
export const markOf = (id: string): string => id.slice(0, 4);

/** Everybody who said, recorded or remarked anything, or gave a name. */
export function everybody(workspace: Workspace): string[] {
	const { contributors, contributions, agreed, comments, parts, partOf } = workspace;
	const named = new Set(contributors.map(({ id }) => id));
	const asked = parts.filter(({ contributor }) => named.has(contributor)).map((p) => p.contributor);
	const all = [
		...contributors.map(({ id }) => id),
		...contributions.map(({ contributor }) => contributor),
		...agreed.map(({ by }) => by).filter((by) => named.has(by)),
		...comments.map(({ by }) => by).filter(Boolean),
		...asked,
		...(partOf ? [partOf.contributor] : [])
	];
	return [...new Set(all)];
}

/** More than one person has a part in this: before that, nobody is asked for a name. */
export const isShared = (workspace: Workspace, me: string): boolean =>
	workspace.partOf !== null || everybody(workspace).some((id) => id !== me);

/** Contributor id → what they are called. An id that is not in it is called by `unnamed`. */
export function peopleOf(workspace: Pick<Workspace, 'contributors'>): Map<string, Who> {
	const { contributors } = workspace;
	const twins = countBy(contributors, ({ name, organisation }) => fold(`${name}\n${organisation}`));
	const names = countBy(contributors, ({ name }) => fold(name));
	const houses = countBy(contributors, ({ organisation }) => fold(organisation));
	return new Map(
		contributors.map(({ id, name, organisation }) => {
			const isTwin = (twins.get(fold(`${name}\n${organisation}`)) ?? 0) > 1;
			const mark = isTwin ? markOf(id) : '';
			const isOnlyOfHouse = organisation !== '' && houses.get(fold(organisation)) === 1;
			const isOnlyOfName = name !== '' && names.get(fold(name)) === 1;
			const full = [name, organisation, mark].filter(Boolean).join(' · ');
			const short = isOnlyOfHouse ? organisation : isOnlyOfName ? name : full;
			return [id, { id, name, organisation, mark, full, short }];
		})
	);
}

/** What a document calls a contributor: no dots in it, because those stand between several. */
export const nameInFile = (people: ReadonlyMap<string, Who>, id: string): string =>
	people.get(id)?.short.replaceAll(' · ', ', ') || id.slice(0, 6);

export const unnamed = (id: string): Who => ({
	id,
	name: '',
	organisation: '',
	mark: markOf(id),
	full: '',
	short: ''
});

/** Letters that differ only in case, accents' form or spaces are one name to a reader. */
const fold = (text: string): string => text.normalize('NFKC').toLowerCase().trim();

function countBy(
	all: readonly Contributor[],
	key: (one: Contributor) => string
): Map<string, number> {
	const counts = new Map<string, number>();
	for (const one of all) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
	return counts;
}
