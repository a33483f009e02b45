import { beforeAll, describe, expect, it } from 'vitest';
import { composeWorkshop } from '#lib/export/compose/workshop.ts';
import { formats } from '#lib/export/formats/index.ts';
import { loadWords } from '#lib/i18n/languages.ts';
import type { OpenGuide } from '#lib/state/guide.svelte.ts';
import { castVote, createDocument, openBallot, openRound } from '#lib/sync/document.ts';
import { putForm, putNoted, putParticipant, putSession } from '#lib/sync/document.ts';
import { putWorkshop, readWorkspace, revealRound, setOutcome, turnTo } from '#lib/sync/document.ts';
import { workshopInput } from './workshop-input.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 5, 9, minute)).toISOString();
const by = (minute: number) => ({ contributor: 'trainer', now: at(minute), origin: null });
const question = (id: string, title: string) => ({
	id,
	title,
	question: '',
	levels: ['zero', 'one', 'two', 'three', 'four']
});
const open = (lang: string) =>
	({
		lang,
		index: { id: 'cyber', title: 'Cyber', edition: '1', accent: 'blue' },
		questions: new Map([
			['asked', question('asked', 'Lead authority')],
			['hidden', question('hidden', 'Hidden question')]
		])
	}) as unknown as OpenGuide;

function held() {
	const doc = createDocument({ id: 'ws', name: 'Y', country: 'Y', createdAt: at(0), demo: true });
	putWorkshop(doc, by(0), {
		id: 'w',
		title: 'National day',
		guide: 'cyber',
		template: '',
		place: 'Accra',
		facilitator: 'A. Trainer',
		day: '2026-01-05',
		days: 2,
		begins: 540,
		papers: 9,
		interpreted: false,
		note: '',
		created: at(0),
		closed: '',
		room: ''
	});
	const session = {
		workshop: 'w',
		day: 1,
		purpose: '',
		method: 'vote' as const,
		minutes: 30,
		material: '',
		notes: 'SECRET NOTES',
		output: '',
		questions: ['asked', 'hidden'],
		board: '' as const,
		skipped: false,
		noCards: false
	};
	putSession(doc, by(0), { ...session, id: 's', order: 1, title: 'Agreeing the levels' });
	putSession(doc, by(0), { ...session, id: 's2', order: 2, title: 'Never held' });
	turnTo(doc, by(1), 'w', 's');
	const ballot = (id: string, of: string) => ({
		id,
		workshop: 'w',
		session: 's',
		group: '',
		key: `cyber/${of}` as const,
		way: 'paper' as const
	});
	openBallot(doc, by(2), ballot('b1', 'asked'));
	[0, 2, 4].forEach((level, i) =>
		castVote(doc, by(3), { ballot: 'b1', round: 1, voter: `paper-${i}`, level: level as 0 })
	);
	revealRound(doc, by(4), 'b1', 1);
	openRound(doc, by(5), 'b1', 2);
	[2, 2, 4].forEach((level, i) =>
		castVote(doc, by(6), { ballot: 'b1', round: 2, voter: `paper-${i}`, level: level as 2 })
	);
	revealRound(doc, by(7), 'b1', 2);
	setOutcome(doc, by(8), 'b1', { level: 2, dissent: 'The regulator sees level 4.' });
	openBallot(doc, by(9), ballot('b2', 'hidden'));
	castVote(doc, by(9), { ballot: 'b2', round: 1, voter: 'paper-1', level: 3 });
	turnTo(doc, by(41), 'w', '');
	for (const [id, name, consent] of [
		['p1', 'Ama Mensah', true],
		['p2', 'Kofi Unnamed', false]
	] as const) {
		putParticipant(doc, by(0), {
			id,
			workshop: 'w',
			name,
			organisation: 'Health',
			role: '',
			group: '',
			consent,
			present: true,
			order: 1,
			phone: ''
		});
	}
	const note = { workshop: 'w', session: 's', question: '', done: false, at: at(10) };
	putNoted(doc, by(10), {
		...note,
		id: 'n1',
		kind: 'decision',
		text: 'Led by us',
		who: '',
		by: ''
	});
	putNoted(doc, by(10), {
		...note,
		id: 'n2',
		kind: 'promise',
		text: 'The decree',
		who: 'Ama',
		by: '2026-02-01',
		question: 'asked'
	});
	putForm(doc, by(50), {
		id: 'f',
		workshop: 'w',
		marks: { purpose: 4 },
		comment: 'More breaks',
		at: at(50)
	});
	return readWorkspace(doc);
}

describe('the workshop report', () => {
	beforeAll(async () => {
		for (const lang of ['en', 'fr', 'ar']) await loadWords(lang, 'workshop', 'export', 'model');
	});
	const markdown = async (lang: string): Promise<string> => {
		const workspace = held();
		const input = workshopInput({
			open: open(lang),
			workspace,
			workshop: workspace.workshops[0]!,
			now: at(60),
			version: '1'
		});
		const document = composeWorkshop(input);
		const format = formats.find(({ id }) => id === 'markdown')!;
		return new TextDecoder().decode(await format.write(document));
	};

	it('has what was agreed with its dissent, the way there, decisions, promises and marks', async () => {
		const text = await markdown('en');
		for (const part of [
			'Lead authority',
			'**Level 2',
			'two',
			'The regulator sees level 4.',
			'1 person sees another level.',
			'First round: The room is split.',
			'Led by us',
			'The decree',
			'1 Feb 2026',
			'40 min',
			'To come',
			'Ama Mensah',
			'1 more person was there.',
			'More breaks',
			'4.0'
		]) {
			expect(text).toContain(part);
		}
	});

	it('names nobody who did not agree, tells no note, and no vote that was not revealed', async () => {
		expect(await markdown('en')).not.toMatch(/Unnamed|SECRET|Hidden question/);
	});

	it.each(['fr', 'ar'])(
		'has words for everything in %s, and says that it is fictional',
		async (lang) => {
			const text = await markdown(lang);
			expect(text).not.toMatch(/workshop\.|export\.|\{\w+\}/);
			expect(text).toContain(lang === 'fr' ? 'fictif' : 'خيالي');
		}
	);
});
