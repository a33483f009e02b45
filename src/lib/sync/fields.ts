/**
 * Parsers for single fields of the workspace document. Each takes what it is given, whatever that is,
 * and returns a value of the model or a stated fallback; none throws.
 */
import { blocks, gates, levels } from '#lib/model/guide.ts';
import type { Block, Gate, Level } from '#lib/model/guide.ts';
import { figureKinds, figureYears } from '#lib/model/figure.ts';
import type { Figure } from '#lib/model/figure.ts';
import { isContentId } from '#lib/model/ids.ts';
import type {
	Answer,
	ChapterSource,
	Evidence,
	GateAnswer,
	Path,
	QuestionKey,
	Snapshot
} from '#lib/model/workspace.ts';
import { limits, splitId } from './shape.ts';
import { tidyLine, tidyName, tidyText } from './text.ts';

type Json = Record<string, unknown>;
/** A plain object; null for lists, Yjs types, byte arrays and everything else. */
export function asObject(value: unknown): Json | null {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null ? { ...value } : null;
}
export const asList = (value: unknown): unknown[] =>
	Array.isArray(value) ? value.slice(0, limits.list) : [];
/** An empty object without inherited names: `table['constructor']` is undefined, not a function (F-34). */
export const table = <T>(): Record<string, T> => Object.create(null);

export const asLine = (value: unknown): string =>
	typeof value === 'string' ? tidyLine(value.slice(0, limits.line)) : '';
export const asParagraph = (value: unknown): string =>
	typeof value === 'string' ? tidyText(value.slice(0, limits.paragraph)) : '';
export const asId = (value: unknown): string =>
	typeof value === 'string' && isContentId(value) ? value : '';
export const asIds = (value: unknown): string[] =>
	[...new Set(asList(value).map(asId))].filter(Boolean);
export const asOrder = (value: unknown): number =>
	typeof value === 'number' && Number.isFinite(value) ? value : 0;

/** A moment as it was recorded (ISO 8601), or empty. A wrong clock's moment is kept (F-18). */
export const asMoment = (value: unknown): string =>
	typeof value === 'string' &&
	/^[+-]?\d{4,6}-\d\d-\d\dT[\d:.]{5,15}(Z|[+-]\d\d:\d\d)$/.test(value) &&
	!Number.isNaN(Date.parse(value))
		? value
		: '';

/** A day `YYYY-MM-DD` that exists, or empty. */
export function asDay(value: unknown): string {
	if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return '';
	const date = new Date(`${value}T00:00:00Z`);
	return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value) ? value : '';
}

/** `value` if it is one of the `list`, else `fallback`. */
export const asOneOf = <T, F>(list: readonly T[], value: unknown, fallback: F): T | F =>
	list.find((item) => item === value) ?? fallback;

export const asLevel = (value: unknown): Level | null => asOneOf(levels, value, null);

export function asAnswer(value: unknown): Answer | null {
	const answer = asObject(value);
	if (answer?.kind === 'unknown') return { kind: 'unknown' };
	if (answer?.kind === 'not-applicable') {
		return { kind: 'not-applicable', reason: asParagraph(answer.reason) };
	}
	const level = answer?.kind === 'level' ? asLevel(answer.level) : null;
	return level === null ? null : { kind: 'level', level };
}

/** Evidence with the moment it was added, which orders the list. */
export type StoredEvidence = { evidence: Evidence; added: string };
export function asEvidence(id: string, value: unknown): StoredEvidence | null {
	const stored = asObject(value);
	if (!stored || !isContentId(id)) return null;
	const evidence = {
		id,
		reference: asLine(stored.reference),
		link: asLine(stored.link),
		date: asDay(stored.date),
		proven: stored.proven === true
	};
	return { evidence, added: asMoment(stored.added) };
}

/** Contributor → moment. */
export function asSaw(value: unknown): Record<string, string> {
	const saw = table<string>();
	for (const [contributor, at] of entriesOf(value)) saw[contributor] = asMoment(at);
	return saw;
}

const gateAnswers = ['yes', 'partly', 'no'] as const satisfies readonly GateAnswer[];
export const asGate = (value: unknown): Gate | null => asOneOf(gates, value, null);
export const asGateAnswer = (value: unknown): GateAnswer | null =>
	asOneOf(gateAnswers, value, null);

const modes = ['core', 'full', 'topics'] as const satisfies readonly Path['mode'][];
export function asPath(value: unknown): Path {
	const path = asObject(value);
	const only = asIds(path?.only);
	return {
		mode: asOneOf(modes, path?.mode, 'core'),
		topics: asIds(path?.topics),
		...(only.length > 0 ? { only } : {})
	};
}

/** `<guide>/<question>`, each once. */
export const asKeys = (value: unknown): QuestionKey[] =>
	[...new Set(asList(value))].flatMap((item) => {
		const parts = typeof item === 'string' ? splitId(item, 2) : null;
		return parts ? [`${parts[0]}/${parts[1]}` as const] : [];
	});

/** The name of a person or an organisation, bounded. */
export const asName = (value: unknown): string =>
	typeof value === 'string' ? tidyName(value).slice(0, limits.name).trimEnd() : '';

/** Contributor → what they said otherwise. */
export function asDissent(value: unknown): { dissent?: Record<string, Answer> } {
	const dissent = table<Answer>();
	for (const [contributor, item] of entriesOf(value)) {
		const answer = asAnswer(item);
		if (answer) dissent[contributor] = answer;
	}
	return Object.keys(dissent).length > 0 ? { dissent } : {};
}

export const asBlocks = (value: unknown): Block[] => {
	const wanted = new Set(asList(value));
	return blocks.filter((block) => wanted.has(block));
};

export const asSources = (value: unknown): ChapterSource[] =>
	asList(value).flatMap((item) => {
		const source = asObject(item);
		const ref = asLine(source?.ref);
		return ref ? [{ ref, value: asLine(source?.value) }] : [];
	});

export function asSnapshot(id: string, value: unknown): Snapshot | null {
	const stored = asObject(value);
	const guide = asId(stored?.guide);
	if (!stored || !guide) return null;
	const answers = table<Answer>();
	for (const [question, item] of entriesOf(stored.answers)) {
		const answer = asAnswer(item);
		if (answer) answers[question] = answer;
	}
	const targets = table<Level>();
	for (const [question, item] of entriesOf(stored.targets)) {
		const level = asLevel(item);
		if (level !== null) targets[question] = level;
	}
	return {
		id,
		guide,
		name: asLine(stored.name),
		at: asMoment(stored.at),
		edition: asLine(stored.edition),
		answers,
		proven: asIds(stored.proven),
		targets
	};
}

/** A figure with what of it is sound; null for one that this version does not know. */
export function asFigure(id: string, fields: ReadonlyMap<string, unknown>): Figure | null {
	const kind = figureKinds.find((known) => known.id === id);
	if (!kind) return null;
	const value = asNumberIn(fields.get('value'), kind);
	const year = asNumberIn(fields.get('year'), figureYears);
	return { id: kind.id, value, year, source: asLine(fields.get('source')) };
}

const asNumberIn = (value: unknown, { min, max }: { min: number; max: number }): number | null =>
	typeof value === 'number' && value >= min && value <= max ? value : null;

/** The entries of an object whose names are ids, in the order of the names. */
function entriesOf(value: unknown): [string, unknown][] {
	return Object.entries(asObject(value) ?? {})
		.filter(([name]) => isContentId(name))
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.slice(0, limits.list);
}
