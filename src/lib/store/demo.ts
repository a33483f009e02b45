/**
 * Numenia: a complete fictional workspace, made by rule out of whatever guide it is given.
 *
 * What a question gets depends on its topic and on a number drawn from its id, and on nothing else: the
 * same guide gives the same Numenia on every device, and a guide's new questions are answered too.
 */
import * as Y from 'yjs';
import { agreedAnswers, provenQuestions } from '#lib/assessment/agreed.ts';
import { questionsOf, targetsOf, type View } from '#lib/assessment/view.ts';
import { makeChapters } from '#lib/draft/chapters.ts';
import type { Voice } from '#lib/draft/words.ts';
import { registerOf } from '#lib/plan/parties.ts';
import { levels } from '#lib/model/guide.ts';
import type { Assessment, Level, Outline, Question } from '#lib/model/guide.ts';
import type { Answer, Evidence, Path, QuestionKey, Workspace } from '#lib/model/workspace.ts';
import * as document from '#lib/sync/document.ts';
import type { Author } from '#lib/sync/document.ts';
import { makeHistory } from './demo-draft.ts';
import { chance, draw, monthsFrom, pick } from './demo-draw.ts';
import { makePlan } from './demo-plan.ts';
import type { DemoWords } from './demo-words.ts';

/** Who answered in Numenia. Whoever opens it goes on as this contributor: it is theirs to try out. */
export const demoContributor = 'numenia';

export type DemoOptions = {
	words: DemoWords;
	/** Prefills the chapters of the draft; without it there are none yet. */
	voice?: Voice;
};

/** Where a topic stands: 0 to 4. Topics of other guides take a place in `others` by their position. */
const standing: Record<string, number> = {
	lifecycle: 2.2,
	governance: 2,
	risk: 1.6,
	resilience: 2.2,
	infrastructure: 1,
	capacity: 1.6,
	law: 0.8,
	international: 3.2
};
const others = [2.2, 1, 3.2, 1.6, 0.8, 2];
const ofShared = 1.3;
/** NumCIRT is there in every telling of the story. */
const sharedStanding: Record<string, number> = { 'incident-response': 2.6 };
/** Topics of which some parts are strong and others weak. */
const uneven = new Set(['resilience']);

const full: Path = { mode: 'full', topics: [] };

/** The workspace as of `now` (ISO 8601), marked as fictional. */
export function makeDemo(
	assessment: Assessment,
	outline: Outline,
	now: string,
	{ id = 'numenia', ...options }: DemoOptions & { id?: string }
): Y.Doc {
	const { words } = options;
	// Older than the first thing that its plan remembers.
	const createdAt = monthsFrom(now, -27);
	const doc = document.createDocument({
		id,
		name: words.name,
		country: words.country,
		createdAt,
		demo: true
	});
	fillDemo(doc, assessment, outline, now, options);
	return doc;
}

/** What Numenia says in one guide, put into its workspace. */
export function fillDemo(
	doc: Y.Doc,
	assessment: Assessment,
	outline: Outline,
	now: string,
	{ words, voice }: DemoOptions
): void {
	const demo: Demo = { doc, assessment, now, words };
	answer(demo);
	aim(demo);
	const then = aYearAgo(demo);
	const about = { doc, now, words, by, contributor: demoContributor };
	makePlan({ ...about, view: viewOf(demo), then });
	remember(demo, then);
	if (voice) write(demo, outline, voice);
}

type Demo = { doc: Y.Doc; assessment: Assessment; now: string; words: DemoWords };

const by = (now: string): Author => ({ contributor: demoContributor, now, origin: null });
const keyOf = ({ assessment }: Demo, question: Question): QuestionKey =>
	`${assessment.guide}/${question.id}`;

function answer(demo: Demo): void {
	const { doc, assessment, words } = demo;
	const given = answersOf(assessment, words);
	let minutes = -60 * 24 * 20;
	assessment.topics.forEach((topic) => {
		for (const question of topic.questions) {
			const said = given.get(question.id);
			if (!said) continue;
			minutes += 7 + (draw(question.id, 'time') % 40);
			const author = by(new Date(Date.parse(demo.now) + minutes * 60_000).toISOString());
			const key = keyOf(demo, question);
			document.setAnswer(doc, author, key, said);
			if (said.kind !== 'level') continue;
			document.setConfidence(
				doc,
				author,
				key,
				pick(question, 'sure', ['low', 'medium', 'medium', 'high'])
			);
			if (chance(question, 'note', 40)) {
				const { weak, middle, strong } = words.notes;
				const notes = said.level < 2 ? weak : said.level < 3 ? middle : strong;
				document.setNote(doc, author, key, pick(question, 'note', notes));
			}
			if (said.level > 0 && chance(question, 'evidence', 60)) {
				document.putEvidence(doc, author, key, evidenceFor(question, demo.now));
			}
		}
	});
	document.setGuideWork(doc, by(demo.now), assessment.guide, {
		path: full,
		readiness: { mandate: 'yes', sponsor: 'yes', team: 'partly', data: 'partly', calendar: 'no' },
		resume: questionsOf(assessment).find((question) => !given.has(question.id))?.id ?? ''
	});
}

/** About 85 in 100 questions answered, some with "don't know", two with "not applicable". */
function answersOf(assessment: Assessment, words: DemoWords): Map<string, Answer> {
	const answers = new Map<string, Answer>();
	assessment.topics.forEach((topic, position) => {
		const middle = standing[topic.id] ?? others[position % others.length] ?? 2;
		// Topic by topic, so that no topic is left without a score by chance.
		const own = topic.questions.filter((question) => !question.shared);
		const shuffled = [...own].sort((a, b) => draw(a.id, 'skip') - draw(b.id, 'skip'));
		const skipped = new Set(shuffled.splice(0, Math.round(topic.questions.length * 0.15)));
		const unknown = position % 2 === 0 ? undefined : shuffled[0];
		for (const question of topic.questions) {
			if (skipped.has(question)) continue;
			if (question === unknown) answers.set(question.id, { kind: 'unknown' });
			else {
				// What several guides ask has one answer in one country.
				const about = question.shared ? (sharedStanding[question.id] ?? ofShared) : middle;
				answers.set(question.id, { kind: 'level', level: levelFor(question, about) });
			}
		}
	});
	// What a country can do without: late in the guide, and never what the rest hangs on.
	const spare = questionsOf(assessment)
		.filter(({ id, weight, shared }) => !shared && weight < 3 && answers.get(id)?.kind === 'level')
		.slice(-12)
		.sort((a, b) => draw(a.id, 'spare') - draw(b.id, 'spare'));
	words.notApplicable.forEach((reason, i) => {
		const question = spare[i];
		if (question) answers.set(question.id, { kind: 'not-applicable', reason });
	});
	return answers;
}

function levelFor(question: Question, middle: number): Level {
	const swing = uneven.has(question.topic) && !question.shared ? 1.6 : 0.9;
	const level = Math.round(middle + ((draw(question.id, 'level') % 201) / 100 - 1) * swing);
	return levels[Math.min(4, Math.max(0, level))] ?? 0;
}

/** The guide's own examples of evidence are Numenia's, in the guide's language. */
function evidenceFor(question: Question, now: string): Evidence {
	const linked = chance(question, 'link', 30);
	return {
		id: 'e1',
		reference: pick(question, 'proof', question.evidence) ?? question.title,
		link: linked ? `https://example.org/numenia/${question.id}` : '',
		date: monthsFrom(now, -2 - (draw(question.id, 'date') % 40)).slice(0, 10),
		proven: chance(question, 'proven', 70)
	};
}

/** Targets two levels up for what is weak and everything hangs on. */
function aim(demo: Demo): void {
	const { doc, assessment, words } = demo;
	const { answers } = viewOf(demo);
	const weak = questionsOf(assessment).filter((question) => {
		const said = answers.get(question.id);
		return question.weight === 3 && said?.kind === 'level' && said.level <= 1;
	});
	for (const [i, question] of weak.slice(0, 8).entries()) {
		const said = answers.get(question.id);
		const from = said?.kind === 'level' ? said.level : 0;
		const level = levels[Math.min(4, from + 2)] ?? 4;
		const reason = words.targets[i % words.targets.length] ?? '';
		document.setTarget(doc, by(demo.now), { key: keyOf(demo, question), level, reason });
	}
}

/** A year ago: some questions were a level lower, some had no answer, half the evidence was not seen. */
function aYearAgo(demo: Demo): Record<string, Answer> {
	const { answers } = viewOf(demo);
	const then: Record<string, Answer> = {};
	for (const [id, said] of answers) {
		if (draw(id, 'year') % 10 === 0) continue;
		const fell = said.kind === 'level' && said.level > 0 && draw(id, 'rise') % 5 < 2;
		then[id] = fell ? { kind: 'level', level: levels[said.level - 1] ?? 0 } : said;
	}
	return then;
}

function remember(demo: Demo, then: Record<string, Answer>): void {
	const { doc, assessment, now, words } = demo;
	const { proven } = viewOf(demo);
	document.addSnapshot(doc, by(now), {
		id: `${demoContributor}-${assessment.guide}-year`,
		guide: assessment.guide,
		name: words.snapshot,
		at: monthsFrom(now, -12),
		edition: '',
		answers: then,
		proven: [...proven].filter((id) => id in then && draw(id, 'seen') % 2 === 0).sort(),
		targets: {}
	});
}

function write(demo: Demo, outline: Outline, voice: Voice): void {
	const { doc, words, now } = demo;
	const { actions, stakeholders } = document.readWorkspace(doc);
	const register = registerOf(stakeholders);
	const material = { view: viewOf(demo), actions, register, country: words.country };
	const chapters = makeChapters(outline, material, voice, voice.day(now.slice(0, 10)));
	for (const chapter of chapters) document.putChapter(doc, by(now), chapter);
	const about = { doc, now, words, by, contributor: demoContributor };
	makeHistory({ ...about, guide: demo.assessment.guide, chapters });
}

function viewOf({ doc, assessment }: Demo): View {
	const workspace: Workspace = document.readWorkspace(doc);
	const { guide } = assessment;
	return {
		assessment,
		answers: agreedAnswers(workspace, guide),
		proven: provenQuestions(workspace, guide),
		targets: targetsOf(workspace.targets, guide),
		path: full
	};
}
