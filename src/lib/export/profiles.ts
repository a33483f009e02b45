/**
 * Profiles: for whom a document is, and what it therefore leaves out. What is left out is a list that a
 * person sees before the file leaves; it is made by the same function that takes it out, so that the two
 * cannot differ.
 */
import type {
	ExportAction,
	ExportIndicator,
	ExportInput,
	ExportParty,
	Part,
	Sensitive
} from './input.ts';
import { money, party } from './compose/words.ts';

export const profiles = ['team', 'cabinet', 'donor', 'public', 'anonymous'] as const;
export type Profile = (typeof profiles)[number];

/** A donor is to see what is not funded yet: that is what the document asks for. */
export const leavesOut: Record<Profile, readonly Sensitive[]> = {
	team: [],
	cabinet: ['notes', 'disagreements', 'contributors'],
	donor: ['notes', 'disagreements', 'contributors', 'judgements', 'blockers'],
	public: [
		'notes',
		'disagreements',
		'contributors',
		'evidence',
		'links',
		'persons',
		'judgements',
		'blockers',
		'unfunded'
	],
	anonymous: [
		'notes',
		'disagreements',
		'contributors',
		'evidence',
		'links',
		'persons',
		'judgements',
		'blockers',
		'unfunded'
	]
};

export type LeftOut = { kind: Sensitive; items: string[] };

/** Which parts would show it; the draft shows whatever its live blocks do. */
const shownIn: Record<Sensitive, readonly Part[]> = {
	notes: ['results', 'plan'],
	disagreements: ['results'],
	contributors: ['results'],
	evidence: ['results'],
	links: ['results'],
	persons: ['versions', 'plan', 'draft', 'minister', 'log-frame', 'budget', 'stakeholders'],
	judgements: ['stakeholders', 'draft'],
	blockers: ['plan'],
	unfunded: ['minister', 'budget', 'plan', 'draft']
};

/**
 * The input without what `kinds` name, and what that was, item by item, as far as `parts` would have shown
 * it. Kinds of which there is nothing are not in the list.
 */
export function redact(
	input: ExportInput,
	kinds: readonly Sensitive[],
	parts: readonly Part[]
): { input: ExportInput; left: LeftOut[] } {
	const found = new Map<Sensitive, Set<string>>();
	const out = (kind: Sensitive): boolean => kinds.includes(kind);
	const note = (kind: Sensitive, ...items: string[]): void => {
		if (!shownIn[kind].some((part) => parts.includes(part))) return;
		const set = found.get(kind) ?? new Set<string>();
		for (const item of items) if (item.trim() !== '') set.add(item.trim());
		found.set(kind, set);
	};
	const about = (title: string, text: string): string => (text === '' ? '' : `${title}: ${text}`);
	const faceless = (one: ExportParty): ExportParty => {
		note('persons', one.person);
		// A person without an organisation is still a person.
		return { name: one.name, person: '' };
	};
	const indicator = (one: ExportIndicator): ExportIndicator =>
		out('persons') ? { ...one, collector: faceless(one.collector) } : one;

	const questions = input.questions.map((question) => {
		const { title, notes, evidence, disagreement } = question;
		if (out('notes')) note('notes', ...notes.map(({ text }) => about(title, text)));
		if (out('contributors')) note('contributors', ...notes.map(({ by }) => by));
		if (out('disagreements')) note('disagreements', about(title, disagreement));
		if (out('evidence'))
			note('evidence', ...(evidence ?? []).map(({ reference }) => about(title, reference)));
		if (out('links')) note('links', ...(evidence ?? []).map(({ link }) => link));
		return {
			...question,
			notes: out('notes')
				? []
				: out('contributors')
					? notes.map((one) => ({ ...one, by: '' }))
					: notes,
			evidence: out('evidence')
				? null
				: out('links')
					? (evidence?.map((one) => ({ ...one, link: '' })) ?? null)
					: evidence,
			disagreement: out('disagreements')
				? ''
				: out('contributors')
					? nameless(disagreement)
					: disagreement
		};
	});

	const action = (one: ExportAction): ExportAction => {
		if (out('notes')) note('notes', about(one.title, one.note));
		if (out('blockers'))
			note('blockers', about(one.title, one.blocker), about(one.title, one.unblock));
		if (out('unfunded')) {
			for (const { title, amount, funded, currency, years } of one.costs) {
				if (funded >= amount) continue;
				const gap = money(input, Math.round((amount - funded) * 100) / 100, currency);
				note('unfunded', about(one.title, [title, years, gap].filter(Boolean).join(', ')));
			}
		}
		if (out('persons')) note('persons', one.ownerPerson);
		return {
			...one,
			note: out('notes') ? '' : one.note,
			blocker: out('blockers') ? '' : one.blocker,
			unblock: out('blockers') ? '' : one.unblock,
			costs: out('unfunded')
				? one.costs.map((line) => ({ ...line, funded: 0, source: '' }))
				: one.costs,
			...(out('persons')
				? {
						ownerPerson: '',
						sponsor: faceless(one.sponsor),
						partners: one.partners.map(faceless).filter(({ name }) => name !== ''),
						tasks: one.tasks.map((task) => ({ ...task, owner: faceless(task.owner) }))
					}
				: {}),
			indicators: one.indicators.map(indicator)
		};
	};
	const actions = input.actions.map(action);
	const objectives = input.objectives.map((one) => ({
		...one,
		indicators: one.indicators.map(indicator)
	}));
	const stakeholders = input.stakeholders.map((one) => {
		if (out('judgements')) {
			const marks = [one.power, one.interest].filter((mark) => mark !== null).join(' / ');
			note('judgements', about(party(one), [marks, one.note].filter(Boolean).join(', ')));
		}
		return {
			...one,
			...(out('persons') ? faceless(one) : {}),
			...(out('judgements') ? { power: null, interest: null, note: '' } : {})
		};
	});
	const approvals = input.approvals.map((one) => {
		if (!out('persons')) return one;
		note('persons', one.person);
		return { ...one, person: '' };
	});
	const unfunded = <T extends { funded: number; gap: number }>(sums: readonly T[]): T[] =>
		sums.map((sum) => ({ ...sum, funded: 0, gap: 0 }));
	const row = <T extends Pick<ExportInput['budget']['total'], 'years' | 'all'>>(one: T): T => ({
		...one,
		years: one.years.map(unfunded),
		all: unfunded(one.all)
	});
	const { budget } = input;
	return {
		input: {
			...input,
			hidden: [...new Set([...input.hidden, ...kinds])],
			questions,
			actions,
			objectives,
			stakeholders,
			approvals,
			budget: out('unfunded')
				? {
						...budget,
						byObjective: budget.byObjective.map(row),
						byOwner: budget.byOwner.map(row),
						total: row(budget.total)
					}
				: budget
		},
		left: kinds.flatMap((kind) => {
			const items = [...(found.get(kind) ?? [])];
			return items.length === 0 ? [] : [{ kind, items }];
		})
	};
}

/** "Health: level 2 · Telecom: level 3" without who said which. */
const nameless = (disagreement: string): string =>
	disagreement
		.split(' · ')
		.map((one) => one.slice(one.lastIndexOf(': ') + 1).trim())
		.join(' · ');
