import { describe, expect, test, vi } from 'vitest';
import { agree, agreedAnswers, provenQuestions } from '#lib/assessment/agreed.ts';
import { diskPacks } from '#lib/guide/packs-disk.ts';
import type { Assessment, Level } from '#lib/model/guide.ts';
import { counts } from '#lib/plan/budget.ts';
import { readWorkspace, stateOf, assemble } from '#lib/sync/document.ts';
import { englishDemo } from '../../../tests/fixtures/english-demo.ts';
import { demoContributor, fillDemo, makeDemo } from './demo.ts';

// On a busy machine these take their time; what must be fast says so itself.
vi.setConfig({ testTimeout: 30_000 });

const now = '2026-11-30T10:00:00.000Z';
const guides = [...diskPacks().guides.entries()].filter(([id]) => id.startsWith('en/'));
const voice = {
	lang: 'en',
	words: (key: string) => key,
	number: String,
	score: String,
	day: (day: string) => day,
	list: (items: string[]) => items.join(', ')
};
const share = (part: number, whole: number) => part / whole;

test('a second guide adds what Numenia says there, and changes nothing of the first', () => {
	const [first, second] = guides;
	if (!first || !second) return;
	const of = ([, guide]: typeof first): Assessment => ({ guide: guide.id, topics: guide.topics });
	const options = { voice, words: englishDemo };
	const doc = makeDemo(of(first), first[1].outline, now, options);
	const before = readWorkspace(doc);
	fillDemo(doc, of(second), second[1].outline, now, options);
	const after = readWorkspace(doc);
	const mine = <T extends { guide: string }>(all: T[]) =>
		all.filter((a) => a.guide === first[1].id);
	const keys = (w: typeof before) =>
		w.contributions.filter((c) => c.key.startsWith(`${first[1].id}/`));
	expect(keys(after)).toEqual(keys(before));
	expect(mine(after.actions)).toEqual(mine(before.actions));
	expect(after.actions).toHaveLength(52);
	expect(mine(after.objectives)).toEqual(mine(before.objectives));
	expect(mine(after.versions)).toEqual(mine(before.versions));
	expect(after.stakeholders.slice(0, before.stakeholders.length)).toEqual(before.stakeholders);
	expect(mine(after.chapters)).toEqual(mine(before.chapters));
	expect(after.snapshots).toHaveLength(2);
	// One country has one answer to what several guides ask.
	const said = new Map<string, Set<string>>();
	for (const { topics } of [first[1], second[1]])
		for (const { id, shared } of topics.flatMap((t) => t.questions))
			if (shared) said.set(id, new Set());
	for (const { key, answer } of after.contributions)
		said.get(key.split('/')[1] ?? '')?.add(JSON.stringify(answer));
	expect(said.size).toBeGreaterThanOrEqual(6);
	for (const [id, answers] of said) expect([...answers], id).toHaveLength(1);
});

describe.each(guides)('Numenia in %s', (_, guide) => {
	const assessment: Assessment = { guide: guide.id, topics: guide.topics };
	const made = makeDemo(assessment, guide.outline, now, { voice, words: englishDemo });
	const workspace = readWorkspace(made);
	const answers = agreedAnswers(workspace, guide.id);
	const questions = guide.topics.flatMap((topic) => topic.questions);
	const kinds = (kind: string) => [...answers.values()].filter((said) => said.kind === kind);

	test('is marked as fictional and made by one contributor', () => {
		expect(workspace).toMatchObject({ id: 'numenia', country: 'Numenia', demo: true });
		expect(new Set(workspace.contributions.map((c) => c.contributor))).toEqual(
			new Set([demoContributor])
		);
		for (const said of workspace.contributions)
			expect(agree([said], undefined).source).toBe('single');
	});

	test('answers about 85 in 100 questions, some unknown, two not applicable with reasons', () => {
		expect(share(answers.size, questions.length)).toBeGreaterThan(0.78);
		expect(share(answers.size, questions.length)).toBeLessThan(0.92);
		expect(kinds('unknown').length).toBeGreaterThanOrEqual(2);
		const reasons = kinds('not-applicable').map((said) => ('reason' in said ? said.reason : ''));
		expect(reasons).toHaveLength(2);
		for (const reason of reasons) expect(reason.length).toBeGreaterThan(20);
	});

	test('every question that is answered is one of the guide', () => {
		const ids = new Set(questions.map(({ id }) => id));
		for (const id of answers.keys()) expect(ids).toContain(id);
	});

	test('has notes, and evidence for about half, some of it proven', () => {
		const withEvidence = workspace.contributions.filter((c) => c.evidence.length > 0);
		expect(share(withEvidence.length, answers.size)).toBeGreaterThan(0.3);
		expect(share(withEvidence.length, answers.size)).toBeLessThan(0.7);
		const proven = provenQuestions(workspace, guide.id);
		expect(proven.size).toBeGreaterThan(4);
		expect(proven.size).toBeLessThan(withEvidence.length);
		for (const { evidence } of withEvidence) {
			expect(evidence[0]!.reference).not.toBe('');
			expect(evidence[0]!.date < now).toBe(true);
		}
		expect(workspace.contributions.filter((c) => c.note).length).toBeGreaterThan(10);
	});

	test('has targets above the level, with reasons', () => {
		expect(workspace.targets.length).toBeGreaterThan(1);
		for (const { key, level, reason } of workspace.targets) {
			const said = answers.get(key.split('/')[1]!);
			expect(said?.kind === 'level' && said.level < level).toBe(true);
			expect(reason).not.toBe('');
		}
	});

	const { actions } = workspace;
	const inState = (...states: string[]) => actions.filter(({ state }) => states.includes(state));
	const party = new Set(workspace.stakeholders.map(({ id }) => id));

	test('plans forty real measures: 38 as in the story, and two that were put off', () => {
		const measures = new Map(guide.topics.flatMap((t) => t.measures).map((m) => [m.id, m]));
		expect(actions).toHaveLength(40);
		expect(new Set(actions.map((a) => a.measure)).size).toBe(40);
		expect(inState('dropped')).toHaveLength(2);
		expect(inState('running').length).toBeGreaterThan(7);
		expect(inState('done').length).toBeGreaterThan(5);
		for (const action of actions) {
			const measure = measures.get(action.measure);
			expect(action.title).toBe(measure?.title);
			// Its own question, or the one whose measures cannot begin without it.
			expect(questions.map(({ id }) => id)).toContain(action.closes[0]);
			expect(action.start < action.end, action.id).toBe(true);
			expect(workspace.objectives.map(({ id }) => id)).toContain(action.objective);
		}
	});

	test('everybody whom the plan names is in the register, and nobody sponsors himself', () => {
		expect(party.size).toBeGreaterThanOrEqual(16);
		expect(party.size).toBeLessThan(28);
		for (const { name } of workspace.stakeholders) expect(name).not.toMatch(/^$|owner-/);
		for (const { ownerId, sponsorId, partnerIds, tasks } of actions) {
			for (const id of [ownerId, sponsorId, ...partnerIds, ...tasks.map(({ owner }) => owner)])
				expect(party, id).toContain(id);
			expect(sponsorId).not.toBe(ownerId);
			expect(partnerIds).not.toContain(ownerId);
			expect(partnerIds).not.toContain(sponsorId);
		}
		for (const { collector } of workspace.indicators) expect(party).toContain(collector);
	});

	test('the past is past and the future is not: what is done is over, what is planned is not begun', () => {
		const today = now.slice(0, 10);
		for (const { end } of inState('done')) expect(end < today).toBe(true);
		for (const { start } of inState('running')) expect(start <= today).toBe(true);
		for (const { start } of inState('planned', 'proposed')) expect(start > today).toBe(true);
		const late = inState('running').filter(({ end }) => end < today);
		expect(late.length).toBeGreaterThan(1);
		expect(late.length).toBeLessThan(5);
		for (const { moves, state } of actions) {
			expect(moves.map(({ at }) => at).every((at) => at <= now)).toBe(true);
			expect(moves.at(-1)?.state ?? 'proposed').toBe(state);
		}
		for (const { readings } of workspace.indicators)
			for (const { day } of readings) expect(day < today, day).toBe(true);
	});

	test('nothing begins before what it needs has ended', () => {
		const byId = new Map(actions.map((action) => [action.id, action]));
		const open = actions.filter(({ state }) => state !== 'dropped');
		expect(open.filter(({ requires }) => requires.length > 0).length).toBeGreaterThan(3);
		for (const action of inState('running', 'planned', 'proposed'))
			for (const id of action.requires) expect(byId.get(id)!.end < action.start, id).toBe(true);
	});

	test('as in the story, 14 actions need staff time only, 16 are funded and 8 are not', () => {
		const live = actions.filter(counts);
		const gap = ({ costLines }: (typeof live)[number]) =>
			costLines.reduce((sum, { amount, funded }) => sum + amount - funded, 0);
		const costing = live.filter(({ costLines }) => costLines.length > 0);
		expect(live.length - costing.length).toBe(14);
		expect(costing.filter((action) => gap(action) === 0)).toHaveLength(16);
		expect(costing.filter((action) => gap(action) > 0)).toHaveLength(8);
		const lines = costing.flatMap(({ costLines }) => costLines);
		expect(new Set(lines.map(({ currency }) => currency))).toEqual(new Set(['NUM']));
		expect(new Set(lines.map(({ kind }) => kind)).size).toBe(2);
		expect(new Set(lines.map(({ source }) => source).filter(Boolean)).size).toBe(2);
		for (const { cost, costLines } of live) expect(cost === 'none').toBe(costLines.length === 0);
	});

	test('has steps, risks, two blockers, and indicators of which some were read', () => {
		expect(actions.every(({ tasks }) => tasks.length > 1)).toBe(true);
		expect(actions.filter(({ risks }) => risks.length > 0).length).toBeGreaterThan(10);
		const held = actions.filter(({ blocker }) => blocker);
		expect(held).toHaveLength(2);
		for (const { unblock } of held) expect(unblock).not.toBe('');
		const { indicators } = workspace;
		expect(indicators.filter(({ readings }) => readings.length > 1).length).toBeGreaterThan(9);
		for (const { baseline, target, title } of indicators)
			expect([baseline, target, title]).not.toContain('');
		expect(workspace.plan).toMatchObject({ yearStart: 7, currency: 'NUM', reportEvery: 6 });
		expect(workspace.plan.nextReport > now.slice(0, 10)).toBe(true);
	});

	test('what is done has raised a question since a year ago', () => {
		const [then] = workspace.snapshots;
		for (const { closes } of inState('done')) {
			const [was, is] = [then!.answers[closes[0]!], answers.get(closes[0]!)];
			expect(was?.kind === 'level' && is?.kind === 'level' && was.level < is.level).toBe(true);
		}
	});

	test('the draft has two versions, approvals, and remarks at words that are in it', () => {
		expect(workspace.versions).toHaveLength(2);
		const bodies = workspace.versions.map(({ chapters }) => JSON.stringify(chapters).length);
		expect(bodies[0]!).toBeLessThan(bodies[1]!);
		expect(workspace.approvals.map(({ state }) => state)).toEqual(['given', 'returned', 'asked']);
		expect(workspace.comments).toHaveLength(3);
		for (const { chapter, quote, after } of workspace.comments) {
			const body = workspace.chapters.find(({ id }) => id === chapter)?.body;
			expect(body).toContain(quote + after);
		}
	});

	test('no words are missing', () => {
		// A key that has none is shown as itself: "risk-3".
		const missing = /"([a-z]+-)+\d+"/g;
		const parts = { ...workspace, chapters: [], versions: [], contributions: [], snapshots: [] };
		const ids = /^"numenia-/;
		const found = JSON.stringify(parts).match(missing) ?? [];
		expect(found.filter((text) => !ids.test(text))).toEqual([]);
		expect(workspace.versions.map(({ name }) => name)).toEqual([
			'For the consultation',
			'For cabinet'
		]);
	});

	test('remembers a year ago, a little worse than today', () => {
		const [then] = workspace.snapshots;
		expect(then!.at.slice(0, 10)).toBe('2025-11-28');
		const sum = (said: Iterable<[string, { kind: string; level?: Level }]>) =>
			[...said].reduce((total, [, { level = 0 }]) => total + level, 0);
		expect(sum(Object.entries(then!.answers))).toBeLessThan(sum(answers));
	});

	test('has a chapter for each of the outline, with text', () => {
		expect(workspace.chapters).toHaveLength(guide.outline.chapters.length);
		for (const chapter of workspace.chapters) expect(chapter.body).not.toBe('');
	});

	test('is the same each time, and survives being stored', () => {
		expect(
			readWorkspace(makeDemo(assessment, guide.outline, now, { voice, words: englishDemo }))
		).toEqual(workspace);
		expect(readWorkspace(assemble([stateOf(made)]).doc)).toEqual(workspace);
	});
});

test('the cybersecurity guide finds Numenia strong abroad, and weak in law and infrastructure', () => {
	const guide = diskPacks().guides.get('en/cybersecurity')!;
	const assessment: Assessment = { guide: guide.id, topics: guide.topics };
	const answers = agreedAnswers(
		readWorkspace(makeDemo(assessment, guide.outline, now, { words: englishDemo })),
		guide.id
	);
	const mean = (id: string) => {
		const topic = guide.topics.find((t) => t.id === id)!;
		const levels = topic.questions.flatMap((q) => {
			const said = answers.get(q.id);
			return said?.kind === 'level' ? [said.level] : [];
		});
		return levels.reduce<number>((sum, level) => sum + level, 0) / levels.length;
	};
	for (const topic of guide.topics) {
		if (topic.id !== 'international') expect(mean('international')).toBeGreaterThan(mean(topic.id));
		if (!['law', 'infrastructure'].includes(topic.id)) {
			expect(mean(topic.id)).toBeGreaterThan(mean('infrastructure'));
			expect(mean(topic.id)).toBeGreaterThan(mean('law'));
		}
	}
});
