/** Who is named in a workspace: names, posts and ids that an anonymous document must have none of. */
import type { Workspace } from '#lib/model/workspace.ts';

/** Each once, the longest first: "Ama Mensah, Director" goes before "Ama Mensah". */
export function participantsOf(workspace: Workspace): string[] {
	const { contributions, agreed, stakeholders, approvals, comments, versions } = workspace;
	const { contributors, parts, workshops } = workspace;
	const ids = [
		...contributions.map((one) => one.contributor),
		// A workshop's title is no person, and its words may stand anywhere.
		...agreed.filter((one) => !one.workshop).map((one) => one.by),
		...comments.map((one) => one.by),
		...versions.map((one) => one.by)
	];
	const names = [
		...stakeholders.map((one) => one.person),
		...approvals.map((one) => one.person),
		...comments.map((one) => one.name),
		...contributors.map((one) => one.name),
		...parts.map((one) => one.person),
		...workshops.flatMap((one) => [one.facilitator, ...one.people.map(({ name }) => name)])
	];
	// Who gave no name is called by the first six signs of their id.
	const all = [...ids, ...ids.map((id) => id.slice(0, 6)), ...names].map((one) => one.trim());
	return [...new Set(all)]
		.filter((one) => one.length > 2)
		.sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}
