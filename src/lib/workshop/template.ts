/** A WorkshopTemplate becomes the sessions and groups of a workshop, with the guide's own questions. */
import { boards, methods } from '#lib/model/workshop.ts';
import type { Board, Group, Method, Session } from '#lib/model/workshop.ts';
import { isVoting, minutesPerQuestion } from './feasibility.ts';
import { blocksOf, divide } from './groups.ts';

/** `content/shared/workshops.json`: what is the same in every language. */
export type WorkshopTemplates = {
	/** Session id → how it is held. */
	sessions: Record<string, { method: Method; board?: Board }>;
	templates: WorkshopTemplate[];
};
export type WorkshopTemplate = {
	id: string;
	/** Minutes after midnight. */
	begins: number;
	/** How many groups it suggests. */
	groups: number;
	/** For each day its sessions: id and minutes. */
	days: [session: string, minutes: number][][];
};

/** `content/shared/<lang>/workshops.json`. */
export type TemplateWords = {
	templates: Record<string, { title: string; about: string }>;
	sessions: Record<string, SessionWords>;
	/** Who should sit in a group; the number is in `{number}`. */
	group: { name: string; mix: string };
};
export type SessionWords = {
	title: string;
	purpose: string;
	output: string;
	/** What the facilitator is told, and nobody else. */
	notes: string;
	material: string;
};

export type AskedQuestion = { id: string; topic: string; weight: number; path: 'core' | 'full' };

/** The days of a template, by its id. */
export const daysOf = ({ days }: WorkshopTemplate): number => days.length;

/** The parts of a new workshop; ids come from `newId`. */
export function fromTemplate(
	template: WorkshopTemplate,
	templates: WorkshopTemplates,
	words: TemplateWords,
	about: {
		workshop: string;
		people: number;
		interpreted: boolean;
		/** The guide's, in its order. */
		questions: readonly AskedQuestion[];
		newId: () => string;
	}
): { sessions: Session[]; groups: Group[] } {
	const { workshop, people, interpreted, newId } = about;
	const each = minutesPerQuestion(people, people, interpreted);
	const sessions = template.days.flatMap((day, d) =>
		day.map(([id, minutes], order): Session => {
			const { method, board } = templates.sessions[id]!;
			const { title, purpose, output, notes, material } = words.sessions[id]!;
			return {
				id: newId(),
				workshop,
				day: d + 1,
				order: order + 1,
				title,
				purpose,
				method,
				minutes,
				material,
				notes,
				output,
				questions: [],
				board: board ?? '',
				skipped: false,
				noCards: false,
				extended: []
			};
		})
	);
	const votes = sessions.filter(({ method }) => isVoting(method));
	const fits = votes.map(({ minutes }) => Math.floor(minutes / each));
	const room = fits.reduce((sum, count) => sum + count, 0);
	divide(mostTelling(about.questions, room), fits).forEach((part, i) => {
		votes[i]!.questions = part.map(({ id }) => id);
	});
	const topics = [...new Set(about.questions.map(({ topic }) => topic))].map((id) => ({
		id,
		questions: about.questions.filter(({ topic }) => topic === id).map((one) => one.id)
	}));
	const groups = blocksOf(topics, template.groups).map((questions, i): Group => ({
		id: newId(),
		workshop,
		name: words.group.name.replace('{number}', String(i + 1)),
		mix: words.group.mix,
		questions,
		order: i + 1
	}));
	return { sessions, groups };
}

/**
 * As many questions as there is room for, in their order: the core path before the rest, and in each the
 * weightiest of every topic before the second of any, so that no topic is left out for another.
 */
export function mostTelling(questions: readonly AskedQuestion[], room: number): AskedQuestion[] {
	const isCore = ({ path }: AskedQuestion): number => (path === 'core' ? 0 : 1);
	const placed = new Map(questions.map((question, place) => [question.id, place]));
	const turns = new Map<string, number>();
	const byWeight = [...questions].sort(
		(a, b) => isCore(a) - isCore(b) || b.weight - a.weight || placed.get(a.id)! - placed.get(b.id)!
	);
	const dealt = byWeight.map((question) => {
		const stack = `${isCore(question)} ${question.topic}`;
		const turn = turns.get(stack) ?? 0;
		turns.set(stack, turn + 1);
		return { question, turn };
	});
	// Sorting keeps the order of equals: within a turn the weightier questions come first.
	const chosen = new Set(
		dealt
			.sort((a, b) => isCore(a.question) - isCore(b.question) || a.turn - b.turn)
			.slice(0, room)
			.map(({ question }) => question.id)
	);
	return questions.filter(({ id }) => chosen.has(id));
}

/** What is wrong with the templates of a language, a sentence for an author each; none: nothing. */
export function templateMistakes(templates: unknown, words: unknown): string[] {
	const wrong: string[] = [];
	const all = objectOf(templates);
	const said = objectOf(words);
	const held = objectOf(all.sessions);
	const texts = objectOf(said.sessions);
	for (const [id, value] of Object.entries(held)) {
		const { method, board } = objectOf(value);
		if (!methods.includes(method as Method))
			wrong.push(`session "${id}": "method" is one of ${methods.join(', ')}`);
		if (board !== undefined && !Object.hasOwn(boards, String(board)))
			wrong.push(`session "${id}": "board" is one of ${Object.keys(boards).join(', ')}`);
		if ((method === 'cards' || method === 'dots') && board === undefined)
			wrong.push(`session "${id}": cards hang on a "board"`);
		const text = objectOf(texts[id]);
		for (const field of ['title', 'purpose', 'output', 'notes']) {
			// A break is for nothing but a break.
			if (method === 'break' && field !== 'title') continue;
			if (typeof text[field] !== 'string' || text[field] === '')
				wrong.push(`session "${id}" has no "${field}"`);
		}
		if (typeof text.material !== 'string') wrong.push(`session "${id}": "material" is a text`);
	}
	for (const id of Object.keys(texts))
		if (!Object.hasOwn(held, id)) wrong.push(`session "${id}" is in no list of sessions`);
	const group = objectOf(said.group);
	if (!String(group.name ?? '').includes('{number}'))
		wrong.push('"group" has a "name" with {number}');
	if (typeof group.mix !== 'string' || !group.mix) wrong.push('"group" has no "mix"');
	const list = Array.isArray(all.templates) ? all.templates.map(objectOf) : [];
	if (list.length === 0) wrong.push('there are no "templates"');
	for (const template of list) {
		const id = String(template.id);
		const text = objectOf(objectOf(said.templates)[id]);
		for (const field of ['title', 'about'])
			if (typeof text[field] !== 'string' || !text[field])
				wrong.push(`template "${id}" has no "${field}"`);
		const days: unknown[] = Array.isArray(template.days) ? template.days : [];
		if (days.length === 0) wrong.push(`template "${id}" has no "days"`);
		days.forEach((day, d) => {
			for (const entry of Array.isArray(day) ? day : []) {
				const [session, minutes] = Array.isArray(entry) ? entry : [];
				if (!Object.hasOwn(held, String(session)))
					wrong.push(`template "${id}", day ${d + 1}: no session "${session}"`);
				if (!Number.isInteger(minutes) || minutes < 5 || minutes > 240)
					wrong.push(`template "${id}", day ${d + 1}, "${session}": 5 to 240 minutes`);
			}
		});
	}
	return wrong;
}

const objectOf = (value: unknown): Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value)
		? Object.fromEntries(Object.entries(value))
		: {};
