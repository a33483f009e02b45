/** What a migration writes: everything that `findMigration` says is to be carried, as `sync` takes it. */
import type { MigrationStep } from '#lib/model/guide.ts';
import type { Action, Chapter, Workspace } from '#lib/model/workspace.ts';
import { closesIn, findMigration, markOf, waysOf, type Fated, type Ways } from './migration.ts';

export type Carried = { from: string; to: string };
/** What `carryOver` of `sync` writes. */
export type Carrying = {
	/** The edition that the work then is in. */
	edition: string;
	contributions: (Carried & { contributor: string })[];
	agreed: (Carried & { mark: string })[];
	targets: (Carried & { mark: string })[];
	chapters: Carried[];
	actions: { id: string; patch: Partial<Pick<Action, 'measure' | 'closes' | 'also'>> }[];
	sources: Pick<Chapter, 'id' | 'sources'>[];
	resume?: string;
};

/** All that a migration carries, as `sync` writes it. */
export function carrying(
	workspace: Workspace,
	guide: string,
	steps: readonly MigrationStep[]
): Carrying {
	const { questions, actions, chapters } = findMigration(workspace, guide, steps);
	const ways = waysOf(steps);
	const key = (id: string | null) => `${guide}/${id}`;
	const goes = <T>(one: Fated<T> | null): one is Fated<T> => one?.fate === 'carry';
	const resume = ways.questions.get(workspace.guides[guide]?.resume ?? '')?.at(-1);
	return {
		edition: steps.at(-1)?.to ?? '',
		contributions: questions.flatMap(({ old, to, said }) =>
			said.filter(goes).map(({ value: { contributor } }) => ({
				from: key(old),
				to: key(to),
				contributor
			}))
		),
		agreed: questions.flatMap(({ old, to, agreed }) =>
			goes(agreed) ? [{ from: key(old), to: key(to), mark: agreed.value.at }] : []
		),
		targets: questions.flatMap(({ old, to, target }) =>
			goes(target) ? [{ from: key(old), to: key(to), mark: markOf(target.value) }] : []
		),
		chapters: chapters.filter(goes).map(({ old, to }) => ({ from: key(old), to: key(to) })),
		actions: actions.flatMap(({ action, measure, closes }) => {
			const now = new Map(closes.map(({ old, to }) => [old, to ?? old]));
			const links = [...new Set(closesIn(action, guide).map((id) => now.get(id) ?? id))];
			const patch = {
				...(measure?.to ? { measure: measure.to } : {}),
				...(closes.some(({ to }) => to)
					? action.guide === guide
						? { closes: links }
						: { also: { [guide]: links } }
					: {})
			};
			return Object.keys(patch).length > 0 ? [{ id: action.id, patch }] : [];
		}),
		sources: workspace.chapters
			.filter((chapter) => chapter.guide === guide)
			.flatMap((chapter) => movedSources(chapter, ways)),
		...(resume ? { resume } : {})
	};
}

/** A prefilled paragraph goes on being flagged by the question that it was made from. */
function movedSources(
	{ id, sources }: Chapter,
	{ questions }: Ways
): Pick<Chapter, 'id' | 'sources'>[] {
	const follow = (ref: string) => {
		const old = /^question:(.+)$/.exec(ref)?.[1];
		const to = old === undefined ? undefined : questions.get(old)?.at(-1);
		return to ? `question:${to}` : ref;
	};
	const moved = sources.map(({ ref, value }) => ({
		ref: follow(ref),
		value: /^(?:text|accepted):/.test(ref) ? value.split(' ').map(follow).join(' ') : value
	}));
	const isSame = moved.every(
		({ ref, value }, i) => ref === sources[i]?.ref && value === sources[i].value
	);
	return isSame ? [] : [{ id, sources: moved }];
}
