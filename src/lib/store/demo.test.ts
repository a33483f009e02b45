import { describe, expect, test, vi } from 'vitest';
import { agree, agreedAnswers, provenQuestions } from '#lib/assessment/agreed.ts';
import { diskPacks } from '#lib/guide/packs-disk.ts';
import type { Assessment, Level } from '#lib/model/guide.ts';
import { readWorkspace, stateOf, assemble } from '#lib/sync/document.ts';
import { englishDemo } from '../../../tests/fixtures/english-demo.ts';
import { demoContributor, fillDemo, makeDemo } from './demo.ts';

// On a busy machine these take their time; what must be fast says so itself.
vi.setConfig({ testTimeout: 30_000 });

const now = '2026-11-30T10:00:00.000Z';
const guides = [...diskPacks().guides.entries()].filter(([id]) => id.startsWith('en/'));
const voice = {
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
	expect(after.actions).toHaveLength(16);
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

	test('plans eight real measures with owners and dates, none of them over already', () => {
		const measures = new Set(guide.topics.flatMap((t) => t.measures).map(({ id }) => id));
		expect(workspace.actions).toHaveLength(8);
		expect(new Set(workspace.actions.map((a) => a.measure)).size).toBe(8);
		for (const action of workspace.actions) {
			expect(measures).toContain(action.measure);
			expect(action.owner).not.toBe('');
			expect(action.start < action.end && action.end >= now.slice(0, 10)).toBe(true);
		}
		expect(workspace.actions.map(({ state }) => state)).toContain('running');
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
