/** A change in words: what it is about, which field, what it was and what it became. */
import type { MessageKey } from '#lib/i18n/namespaces.ts';
import { titles } from '#lib/state/titles.svelte.ts';
import { live } from '#lib/state/workspace.svelte.ts';
import type { ChangeRow } from '#lib/store/changes.ts';
import { isTooLong } from '#lib/sync/changes.ts';
import type { FieldChange } from '#lib/sync/changes.ts';
import { asAnswer, asLevel, asObject } from '#lib/sync/fields.ts';
import { difference } from '#lib/sync/text.ts';
import { date, number, type Words } from '#lib/ui/words.ts';
import { stateOf } from '../assess/[guide]/answer-words.ts';

/** Fields that are named alike, by what they begin with or are. */
const names: [RegExp, string][] = [
	[/^evidence:/, 'evidence'],
	[/^task:/, 'task'],
	[/^cost:/, 'cost-line'],
	[/^risk:/, 'risk'],
	[/^tick:/, 'tick'],
	[/^reading:/, 'reading'],
	[/^readiness:/, 'readiness'],
	[/^also:/, 'closes'],
	[/^(owner|ownerId|collector)$/, 'owner'],
	[/^(sponsorId|partnerIds|person)$/, 'people'],
	[/^(impact|feasibility|power|interest)$/, 'judgement'],
	[/^(blocker|unblock)$/, 'blocker'],
	[/^(baseline|baselineDay|baselineFrom)$/, 'baseline'],
	[/^(due|nextReport|targetDay)$/, 'day']
];
const known = new Set(
	`answer confidence note value level reason title start end cost effort indicator unit target state
	closes objective requires tags body hidden blocks goal name country organisation role source path year
	text resolved day post`.split(/\s+/)
);

export function fieldName(t: Words, field: string): string {
	const found = names.find(([pattern]) => pattern.test(field))?.[1];
	const key = found ?? (known.has(field) ? (field === 'post' ? 'role' : field) : 'other');
	return t(`history.f-${key}` as MessageKey);
}

/** What the change is about: a question, an action, a chapter … by its title as it is now. */
export function titleOf(t: Words, row: Pick<ChangeRow, 'collection' | 'record' | 'label'>): string {
	const { collection, record, label } = row;
	if (collection === 'contributions' || collection === 'agreed' || collection === 'targets') {
		return titles.of(record.split('/').slice(0, 2).join('/'));
	}
	if (collection === 'meta' || collection === 'plan' || collection === 'guides') return '';
	const now = live.workspace;
	const listed =
		collection === 'actions'
			? now?.actions.find(({ id }) => id === record)?.title
			: collection === 'chapters'
				? now?.chapters.find(({ id }) => id === record)?.title
				: '';
	return listed || label || t('history.untitled');
}

/** A value in a few words; null where the field's name says all that can be said. */
export function valueWords(t: Words, field: string, value: unknown): string | null {
	if (isTooLong(value)) return null;
	if (value === undefined || value === null || value === '') return t('history.nothing');
	if (field === 'answer') return stateOf(t, asAnswer(value) ?? undefined);
	if (field === 'level') {
		const level = asLevel(value);
		return level === null ? null : t('model.level', { level: number(level) });
	}
	if (typeof value === 'boolean') return t(value ? 'model.yes' : 'model.no');
	if (typeof value === 'number') return number(value, { useGrouping: !/year/i.test(field) });
	if (typeof value === 'string') return textWords(t, field, value);
	if (Array.isArray(value)) return value.length === 0 ? t('history.nothing') : number(value.length);
	const object = asObject(value);
	const answer = asAnswer(object?.answer);
	if (answer) return [stateOf(t, answer), object?.why].filter(Boolean).join(' · ');
	const words = object?.title ?? object?.reference ?? object?.text ?? object?.value ?? object?.name;
	return typeof words === 'string' && words !== '' ? words.slice(0, 200) : null;
}

const lists: Record<string, string> = {
	state: 'model.state-',
	cost: 'model.costShort-',
	effort: 'model.effortShort-',
	unit: 'model.unit-',
	confidence: 'model.confidence-'
};

function textWords(t: Words, field: string, value: string): string | null {
	if (/^(start|end|due|day|nextReport|targetDay|baselineDay)$/.test(field)) return date(value);
	const list = lists[field];
	if (list && /^[a-z-]{1,12}$/.test(value)) {
		const words = t(`${list}${value}` as MessageKey);
		return words.startsWith('model.') ? value : words;
	}
	if (field.startsWith('readiness:')) {
		return ['yes', 'partly', 'no'].includes(value) ? t(`model.${value}` as MessageKey) : value;
	}
	const register = live.workspace?.stakeholders ?? [];
	if (/Id$|^collector$/.test(field)) return register.find(({ id }) => id === value)?.name ?? null;
	if (field === 'objective') {
		return live.workspace?.objectives.find(({ id }) => id === value)?.title ?? null;
	}
	return value.slice(0, 200);
}

/** Of a longer text: the stretch that differs, with a little of what stands around it. */
export function stretch({ before, after }: FieldChange): { before: string; after: string } | null {
	if (typeof before !== 'string' || typeof after !== 'string') return null;
	if (before.length + after.length < 120) return null;
	const { at, remove, insert } = difference(before, after);
	const around = 24;
	const from = Math.max(0, at - around);
	const head = (from > 0 ? '…' : '') + before.slice(from, at);
	const tail = (text: string, end: number) =>
		text.slice(end, end + around) + (end + around < text.length ? '…' : '');
	const cut = (text: string) => (text.length > 300 ? `${text.slice(0, 300)}…` : text);
	return {
		before: head + cut(before.slice(at, at + remove)) + tail(before, at + remove),
		after: head + cut(insert) + tail(after, at + insert.length)
	};
}
