/**
 * A Migration: what a newer edition of a guide asks to be carried from old ids to new ones, out of what
 * stands in a workspace; and what has no place in the guide any more and is kept to be read.
 *
 * Found from the work itself, never from the edition alone: a colleague who still has the old edition
 * adds answers at old ids after the others moved on, and those are offered in their turn. What was
 * carried once is not offered again. Nothing is taken from where it was, except the links of actions.
 */
import { movables, type MigrationStep, type Movable } from '#lib/model/guide.ts';
import type {
	Action,
	AgreedValue,
	Chapter,
	Contribution,
	GuideWork,
	QuestionKey,
	Snapshot,
	Target,
	Workspace
} from '#lib/model/workspace.ts';

/**
 * carry: goes to the new id; done: went there before; stands: something else is there already, and
 * stays; kept: nothing takes its place.
 */
export type Fate = 'carry' | 'done' | 'stands' | 'kept';
export type Fated<T> = { value: T; fate: Fate };

/** What stands at a question that the guide no longer has under this id. */
export type MovedQuestion = {
	old: string;
	/** The question of this edition, or null. */
	to: string | null;
	said: Fated<Contribution>[];
	agreed: Fated<AgreedValue> | null;
	target: Fated<Target> | null;
};
/** An action whose links name old ids; `to` null: that link stays as it is. */
export type MovedAction = {
	action: Action;
	measure: { old: string; to: string | null } | null;
	closes: { old: string; to: string | null }[];
};
export type MovedChapter = { old: string; to: string | null } & Fated<Chapter>;

export type Migration = {
	questions: MovedQuestion[];
	actions: MovedAction[];
	chapters: MovedChapter[];
	/** How many things are to be carried; 0: there is nothing to ask. */
	pending: number;
};

/** Old id → the ids that it went on to, the last of them of this edition; empty where it has none. */
export type Ways = Record<Movable, Map<string, string[]>>;

/** The ways of all ids that ever moved, those that moved last first: of two that meet, the newer counts. */
export function waysOf(steps: readonly MigrationStep[]): Ways {
	const ways: Ways = {
		sections: new Map(),
		questions: new Map(),
		measures: new Map(),
		chapters: new Map()
	};
	for (const step of [...steps].reverse()) {
		for (const sort of movables) {
			for (const [old, to] of Object.entries(step[sort])) {
				if (to === null) ways[sort].set(old, []);
				else {
					const onwards = ways[sort].get(to);
					// Where a later edition dropped it, the way leads nowhere.
					ways[sort].set(old, onwards?.length === 0 ? [] : [to, ...(onwards ?? [])]);
				}
			}
		}
	}
	return ways;
}

/** Where an old id is now: its new one, null where it has none, undefined for an id that never moved. */
export function placeNow(
	steps: readonly MigrationStep[] | undefined,
	sort: Movable,
	id: string
): string | null | undefined {
	const way = waysOf(steps ?? [])[sort].get(id);
	return way && (way.at(-1) ?? null);
}

/** What an old thing was called in its guide; its id where nobody wrote that down. */
export const titleThen = (steps: readonly MigrationStep[], sort: Movable, id: string): string =>
	steps.map((step) => step.titles[sort]?.[id]).find(Boolean) ?? id;

export const isBlank = ({ answer, confidence, note, evidence }: Contribution): boolean =>
	!answer && !confidence && !note && evidence.length === 0;

/** By what it is told whether a target changed since it was carried. */
export const markOf = ({ level, reason }: Target): string =>
	`${level} ${reason}`.replace(/\s+/g, ' ').slice(0, 900);

export function findMigration(
	workspace: Workspace,
	guide: string,
	steps: readonly MigrationStep[] = []
): Migration {
	const ways = waysOf(steps);
	const marks = workspace.guides[guide]?.carried ?? {};
	const said = groupBy(workspace.contributions, (one) => one.key);
	const agreed = new Map(workspace.agreed.map((one) => [one.key, one]));
	const targets = new Map(workspace.targets.map((one) => [one.key, one]));
	const taken = new Set<string>();
	const keyOf = (id: string): QuestionKey => `${guide}/${id}`;

	const questions = [...ways.questions].flatMap(([old, way]): MovedQuestion[] => {
		const to = way.at(-1) ?? null;
		const key = keyOf(old);
		const words = (said.get(key) ?? [])
			.filter((one) => !isBlank(one))
			.map((value) => ({ value, fate: fateOfWords(value, way) }));
		const value = agreed.get(key);
		const target = targets.get(key);
		const moved = {
			old,
			to,
			said: words,
			agreed: value
				? { value, fate: fateOf('agreed', old, to, value.at, agreed.get(keyOf(to ?? ''))?.at) }
				: null,
			target: target ? { value: target, fate: fateOfTarget(target, old, to) } : null
		};
		return words.length > 0 || value || target ? [moved] : [];
	});
	const chapters = [...ways.chapters].flatMap(([old, way]): MovedChapter[] => {
		const value = workspace.chapters.find(({ id }) => id === `${guide}/${old}`);
		if (!value) return [];
		const to = way.at(-1) ?? null;
		const isThere = workspace.chapters.some(({ id }) => id === `${guide}/${to}`);
		const fate = once(
			`chapter ${to}`,
			to === null
				? 'kept'
				: marks[`chapter:${old}`] !== undefined
					? 'done'
					: isThere
						? 'stands'
						: 'carry'
		);
		return [{ old, to, value, fate }];
	});
	const actions = workspace.actions.flatMap((action) => movedAction(action, guide, ways) ?? []);
	const fates = [
		...questions.flatMap((one) => [...one.said, one.agreed, one.target]),
		...chapters
	].map((one) => one?.fate);
	return {
		questions,
		actions,
		chapters,
		pending:
			fates.filter((fate) => fate === 'carry').length +
			actions.filter((one) => one.measure?.to || one.closes.some(({ to }) => to)).length
	};

	/** Of two that would go to one place only the first does. */
	function once(place: string, fate: Fate): Fate {
		if (fate !== 'carry') return fate;
		if (taken.has(place)) return 'stands';
		taken.add(place);
		return fate;
	}

	function fateOfWords(words: Contribution, way: readonly string[]): Fate {
		const to = way.at(-1);
		if (to === undefined) return 'kept';
		const at = (id: string) =>
			said.get(keyOf(id))?.find(({ contributor }) => contributor === words.contributor);
		// The moment tells one's own words apart: what was carried keeps it, on every device.
		if (way.some((id) => at(id)?.was?.at === words.at)) return 'done';
		const there = at(to);
		const isFree = !there || (there.was ? there.was.at === there.at : isBlank(there));
		return once(`${to} ${words.contributor}`, isFree ? 'carry' : 'stands');
	}

	function fateOfTarget(target: Target, old: string, to: string | null): Fate {
		const there = to === null ? undefined : targets.get(keyOf(to));
		return fateOf('target', old, to, markOf(target), there && markOf(there));
	}

	/** `now`: what tells the old thing's state; `there`: the same of what stands at the new id. */
	function fateOf(
		sort: 'agreed' | 'target',
		old: string,
		to: string | null,
		now: string,
		there: string | undefined
	): Fate {
		if (to === null) return 'kept';
		const mark = marks[`${sort}:${old}`];
		if (mark === now || there === now) return 'done';
		return once(`${sort} ${to}`, there === undefined || there === mark ? 'carry' : 'stands');
	}
}

function movedAction(
	action: Action,
	guide: string,
	{ questions, measures }: Ways
): MovedAction | null {
	const isOwn = action.guide === guide;
	const follow = (ways: Map<string, string[]>, old: string) => {
		const way = ways.get(old);
		return way ? [{ old, to: way.at(-1) ?? null }] : [];
	};
	const closes = closesIn(action, guide).flatMap((id) => follow(questions, id));
	const measure = isOwn ? (follow(measures, action.measure)[0] ?? null) : null;
	return measure || closes.length > 0 ? { action, measure, closes } : null;
}

/** The questions of a guide whose gaps an action closes. */
export const closesIn = (action: Action, guide: string): string[] =>
	action.guide === guide ? action.closes : (action.also?.[guide] ?? []);

/**
 * A snapshot as this edition asks its questions, so that two dates can be compared across editions. The
 * snapshot itself never changes.
 */
export function snapshotNow(snapshot: Snapshot, steps: readonly MigrationStep[] = []): Snapshot {
	if (steps.length === 0) return snapshot;
	const { questions } = waysOf(steps);
	const now = (id: string) => questions.get(id)?.at(-1) ?? id;
	const moved = <T>(values: Record<string, T>): Record<string, T> => ({
		...Object.fromEntries(Object.entries(values).map(([id, value]) => [now(id), value])),
		// What was said under an id of this edition counts before what moved there.
		...Object.fromEntries(Object.entries(values).filter(([id]) => !questions.has(id)))
	});
	return {
		...snapshot,
		answers: moved(snapshot.answers),
		targets: moved(snapshot.targets),
		proven: [...new Set(snapshot.proven.map(now))]
	};
}

/**
 * The edition to remember when something is answered now; undefined to leave it. One that the guide does
 * not come from is newer than it, and must not be set back.
 */
export function editionToRemember(
	work: Pick<GuideWork, 'edition'> | undefined,
	edition: string,
	steps: readonly MigrationStep[] = [],
	pending = 0
): string | undefined {
	const before = work?.edition;
	if (before === edition || pending > 0) return undefined;
	return before === undefined || steps.some(({ from }) => from === before) ? edition : undefined;
}

function groupBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
	return groups;
}
