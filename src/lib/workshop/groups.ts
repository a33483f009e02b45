/** Dividing people and questions among groups. */
import type { Participant } from '#lib/model/workshop.ts';

/**
 * Person → group, so that the groups are equally large and people of one organisation sit apart: the
 * largest organisations are dealt out first, each person to the group that has fewest of theirs, then
 * fewest people. The same input gives the same groups.
 */
export function mixedGroups(
	people: readonly Pick<Participant, 'id' | 'organisation'>[],
	groups: readonly string[]
): Map<string, string> {
	const placed = new Map<string, string>();
	if (groups.length === 0) return placed;
	const name = (words: string): string => words.normalize('NFC').trim().toLowerCase();
	const sizes = new Map<string, number>();
	for (const { organisation } of people) {
		sizes.set(name(organisation), (sizes.get(name(organisation)) ?? 0) + 1);
	}
	const order = people
		.map((person, place) => ({ person, place, of: name(person.organisation) }))
		.sort(
			(a, b) =>
				sizes.get(b.of)! - sizes.get(a.of)! ||
				(a.of < b.of ? -1 : a.of > b.of ? 1 : 0) ||
				a.place - b.place
		);
	const members = groups.map((id) => ({ id, all: 0, of: new Map<string, number>() }));
	const most = Math.ceil(people.length / groups.length);
	for (const { person, of } of order) {
		const open = members.filter((group) => group.all < most);
		const known = (group: (typeof members)[number]): number => group.of.get(of) ?? 0;
		const group = open.reduce((best, one) =>
			(known(one) - known(best) || one.all - best.all) < 0 ? one : best
		);
		group.all++;
		group.of.set(of, (group.of.get(of) ?? 0) + 1);
		placed.set(person.id, group.id);
	}
	return placed;
}

/**
 * Lists of questions, one for each size, whole topics as far as they fit: questions in the guide's
 * order are dealt out until a list has what fits; what is left over goes to nobody.
 */
export function divide<T>(questions: readonly T[], fits: readonly number[]): T[][] {
	let at = 0;
	return fits.map((size) => {
		const part = questions.slice(at, at + Math.max(0, size));
		at += part.length;
		return part;
	});
}

/** Topics dealt out to `count` groups in blocks of neighbours with about as many questions each. */
export function blocksOf(
	topics: readonly { id: string; questions: readonly string[] }[],
	count: number
): string[][] {
	const blocks: string[][] = Array.from({ length: count }, () => []);
	if (count === 0) return blocks;
	const total = topics.reduce((sum, topic) => sum + topic.questions.length, 0);
	let before = 0;
	for (const { questions } of topics) {
		// A topic belongs to the block in which its middle falls.
		const middle = before + questions.length / 2;
		const block = Math.min(count - 1, Math.floor((middle / Math.max(1, total)) * count));
		blocks[block]!.push(...questions);
		before += questions.length;
	}
	return blocks;
}
