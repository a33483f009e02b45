/**
 * A workshop in words, for the composer of its report. Needs the namespaces `workshop`, `export` and
 * `model` of the document's language.
 */
import type { WorkshopInput } from '#lib/export/compose/workshop.ts';
import { directionOf } from '#lib/i18n/languages.ts';
import type { MessageKey } from '#lib/i18n/namespaces.ts';
import { formatDate, translate } from '#lib/i18n/words.ts';
import { boards } from '#lib/model/workshop.ts';
import type { Noted, Workshop } from '#lib/model/workshop.ts';
import type { Workspace } from '#lib/model/workspace.ts';
import { ownerName, registerOf } from '#lib/plan/parties.ts';
import type { OpenGuide } from '#lib/state/guide.svelte.ts';
import { runOf } from '#lib/workshop/agenda.ts';
import { wallOf } from '#lib/workshop/cards.ts';
import { marksOf, promisesOf, resultOf } from '#lib/workshop/results.ts';

/** The colour of each guide on paper. */
const accents: Record<string, string> = { blue: '#1d4f91', teal: '#0f6b6b', leaf: '#3b6b1d' };

export type WorkshopReport = {
	/** The guide in the language of the document. */
	open: OpenGuide;
	workspace: Workspace;
	workshop: Workshop;
	/** The moment, ISO 8601. */
	now: string;
	version: string;
};

export function workshopInput(about: WorkshopReport): WorkshopInput {
	const { open, workspace, workshop, now, version } = about;
	const { lang, index } = open;
	const t = (key: MessageKey, values = {}): string => translate(lang, key, values);
	const day = (value: string): string => (value ? formatDate(lang, value) : '');
	const title = (id: string): string => open.questions.get(id)?.title ?? id;
	const idOf = (key: string): string => key.slice(key.indexOf('/') + 1);
	const run = runOf(workshop, now);
	const present = workshop.people.filter((one) => one.present);
	const named = present.filter((one) => one.consent);
	const note = ({ text, who, by }: Noted) => ({ text, who, by: day(by) });
	const of = (kind: Noted['kind']) => workshop.noted.filter((one) => one.kind === kind).map(note);
	const made = new Set(workshop.cards.map(({ action }) => action).filter(Boolean));
	const register = registerOf(workspace.stakeholders);

	return {
		lang,
		direction: directionOf(lang),
		workspace: { name: workspace.name, country: workspace.country, demo: workspace.demo },
		guide: { title: index.title, edition: index.edition },
		version,
		date: formatDate(lang, now.slice(0, 10)),
		created: now,
		accent: accents[index.accent] ?? '#1d4f91',
		words: t,
		title: workshop.title,
		place: workshop.place,
		days: daysOf(workshop, day),
		facilitator: workshop.facilitator,
		people: named.map(({ name, organisation, role }) => ({ name, organisation, role })),
		unnamed: present.length - named.length,
		sessions: run.sessions.map(({ session, state, spent, began, ended }) => ({
			day: t('workshop.day', { day: formatDay(lang, session.day) }),
			title: session.title,
			began: timeOf(lang, began),
			ended: timeOf(lang, ended),
			planned: session.minutes,
			taken: began ? Math.round(spent / 60_000) : null,
			state: t(`workshop.state-${state}`)
		})),
		results: workshop.ballots.flatMap((ballot) => {
			const result = resultOf(ballot);
			if (!result) return [];
			const question = open.questions.get(idOf(ballot.key));
			const { last, first, agreed } = result;
			return [
				{
					question: question?.title ?? idOf(ballot.key),
					group: workshop.groups.find(({ id }) => id === ballot.group)?.name ?? '',
					level: agreed?.level ?? null,
					sentence: agreed ? (question?.levels[agreed.level] ?? '') : '',
					counts: [...last.counts],
					unknown: last.unknown,
					spread: last.spread ? t(`workshop.spread-${last.spread}`) : '',
					spreadBefore: first?.spread ? t(`workshop.spread-${first.spread}`) : '',
					dissenters: agreed?.dissenters ?? 0,
					dissent: agreed?.dissent ?? '',
					late: result.late
				}
			];
		}),
		cards: workshop.sessions.flatMap(({ id, title: name, board }) => {
			const cards = workshop.cards.filter((card) => card.session === id);
			if (!board || cards.length === 0) return [];
			const names: readonly (typeof boards)[typeof board][number][] = boards[board];
			const columns = names.map((column) => ({
				name: names.length > 1 ? t(`workshop.column-${column}`) : '',
				cards: wallOf(cards, column)
					.flatMap((pile) => pile.cards)
					.sort((a, b) => b.dots - a.dots)
					.map(({ text, dots }) => ({ text, dots }))
			}));
			return [{ title: name, columns: columns.filter((one) => one.cards.length > 0) }];
		}),
		actions: workspace.actions
			.filter(({ id }) => made.has(id))
			.map((action) => ({
				title: action.title || t('export.untitledAction'),
				owner: ownerName(action, register),
				end: day(action.end)
			})),
		decisions: of('decision'),
		promises: promisesOf(workshop.noted).map((one) => ({
			...note(one),
			question: one.question ? title(one.question) : '',
			standing: t(one.done ? 'workshop.kept' : 'workshop.waiting')
		})),
		parked: of('parked'),
		marks: marksOf(workshop.forms).map(({ criterion, mean, count }) => ({
			criterion: t(`workshop.criterion-${criterion}`),
			mean,
			count
		})),
		comments: workshop.forms.map(({ comment }) => comment).filter(Boolean),
		forms: workshop.forms.length
	};
}

/** Hours and minutes: nobody reads the seconds of a session. */
const timeOf = (lang: string, at: string): string =>
	at &&
	new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, {
		hour: '2-digit',
		minute: '2-digit'
	}).format(new Date(at));
const formatDay = (lang: string, day: number): string => new Intl.NumberFormat(lang).format(day);

function daysOf({ day, days }: Workshop, words: (day: string) => string): string {
	if (!day || days === 1) return words(day);
	const last = new Date(`${day}T00:00:00Z`);
	last.setUTCDate(last.getUTCDate() + days - 1);
	return `${words(day)} – ${words(last.toISOString().slice(0, 10))}`;
}
