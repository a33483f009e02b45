/**
 * A Workspace: one country's (or one training group's) work, as plain values.
 *
 * It is read from the workspace document (`sync/document.ts`) and from nowhere else. Nothing in it
 * is computed: scores, gaps and progress are functions of these values. Times are ISO 8601 in UTC;
 * days are `YYYY-MM-DD` and belong to no time zone (a due date does not move when the clock does).
 */
import type { Figure } from './figure.ts';
import type { Block, Cost, Effort, Gate, Level, Unit } from './guide.ts';
import type {
	CostLine,
	Objective,
	PlanIndicator,
	PlanSettings,
	Risk,
	Scale,
	Stakeholder,
	Task
} from './plan.ts';
import type { Workshop } from './workshop.ts';

/** `<guide>/<question>`: a question as the whole workspace knows it. */
export type QuestionKey = `${string}/${string}`;

/**
 * What somebody said to a question. *Unanswered* is the absence of an Answer; it, "unknown",
 * "not-applicable" and level 0 are four different things everywhere.
 */
export type Answer =
	| { kind: 'level'; level: Level }
	| { kind: 'unknown' }
	| { kind: 'not-applicable'; reason: string };

export const confidences = ['low', 'medium', 'high'] as const;
export type Confidence = (typeof confidences)[number];

export type Evidence = {
	id: string;
	reference: string;
	link: string;
	/** Day of the document, or empty. */
	date: string;
	/** Somebody has seen it and it says so. */
	proven: boolean;
};

/** One contributor's own words to one question. */
export type Contribution = {
	key: QuestionKey;
	contributor: string;
	answer: Answer | null;
	confidence: Confidence | null;
	note: string;
	evidence: Evidence[];
	/** The guide whose answer to the same question was taken over, unchanged since; else absent. */
	from?: string;
	/** The question of an earlier edition whose words these were, and their `at` then; else absent. */
	was?: { question: string; at: string };
	/** When any of it last changed; empty if never. */
	at: string;
};

/** Who a contributor is, as they call themselves: told only where several people work together. */
export type Contributor = { id: string; name: string; organisation: string };

/** What the team recorded, and which contributions it saw. */
export type AgreedValue = {
	key: QuestionKey;
	answer: Answer;
	why: string;
	/** The contributor who recorded it; in older workspaces perhaps a name. */
	by: string;
	at: string;
	/** Contributor → `at` of the contribution that was seen. */
	saw: Record<string, string>;
	/** Contributor → what they said when it was recorded, of those who said otherwise; absent for none. */
	dissent?: Record<string, Answer>;
	/** The workshop whose ballot it comes from; absent for none. */
	workshop?: string;
};

export type Target = { key: QuestionKey; level: Level; reason: string };

export const actionStates = ['proposed', 'planned', 'running', 'done', 'dropped'] as const;
export type ActionState = (typeof actionStates)[number];

/** A measure taken into the plan, or an action of the team's own. */
export type Action = {
	id: string;
	guide: string;
	/** The measure that it came from, or empty. */
	measure: string;
	/** Questions whose gaps it closes. */
	closes: string[];
	/** Other guides that it serves too, with their questions whose gaps it closes; absent for none. */
	also?: Record<string, string[]>;
	title: string;
	/** The owner's name as somebody wrote it; where `ownerId` is in the register, that one counts. */
	owner: string;
	/** Day, or empty. */
	start: string;
	end: string;
	cost: Cost;
	effort: Effort;
	indicator: string;
	unit: Unit;
	target: string;
	state: ActionState;
	note: string;
	/** Position in the list: any number; ties by id. */
	order: number;
} & ActionDetails;

/** What an action says beyond what, who, when and how known done; all of it may be empty. */
export type ActionDetails = {
	/** The objective that it serves, or empty. */
	objective: string;
	/** Ids of stakeholders: who answers for it, who protects it, who takes part. */
	ownerId: string;
	sponsorId: string;
	partnerIds: string[];
	/** Actions that must end before it begins. */
	requires: string[];
	/** What stands in its way, and what would clear it. */
	blocker: string;
	unblock: string;
	tasks: Task[];
	costLines: CostLine[];
	risks: Risk[];
	/** As the team judged them; null: not yet. */
	impact: Scale | null;
	feasibility: Scale | null;
	/** `sdg:9`, or the team's own words. */
	tags: string[];
	/** When its state changed, oldest first. */
	moves: { at: string; state: ActionState }[];
};

export const noDetails: ActionDetails = {
	objective: '',
	ownerId: '',
	sponsorId: '',
	partnerIds: [],
	requires: [],
	blocker: '',
	unblock: '',
	tasks: [],
	costLines: [],
	risks: [],
	impact: null,
	feasibility: null,
	tags: [],
	moves: []
};

/** What a prefilled paragraph was made from: `question:<id>@2`, `target:<id>@3`, `action:<id>`… */
export type ChapterSource = { ref: string; value: string };

/** A titled text of the strategy being written. */
export type Chapter = {
	/** `<guide>/<chapter>` */
	id: string;
	guide: string;
	title: string;
	/** Markdown. */
	body: string;
	hidden: boolean;
	order: number;
	/** The data that its prefilled text stood for when it was made. */
	sources: ChapterSource[];
	blocks: Block[];
	/** Words that it should have; 0: not said. */
	goal: number;
	/** Items of the outline's checklist, by their place in it, that the team ticked; absent for none. */
	ticks?: number[];
};

/** A remark about a stretch of a chapter, a question or an action, or an answer to one. */
export type Comment = {
	id: string;
	/** `<guide>/<chapter>`, or empty where it is about something else. */
	chapter: string;
	/** `question/<guide>/<question>` or `action/<id>`: what it is about, where that is no chapter. */
	on?: string;
	/** The comment that it answers, or empty. */
	answers: string;
	/** The words that it is about, and some before and after them: they find the place again. */
	quote: string;
	before: string;
	after: string;
	text: string;
	/** Contributor id, and the name that they gave. */
	by: string;
	name: string;
	at: string;
	resolved: boolean;
};

/** The draft of a guide as it stood when somebody gave it a name; never changed. */
export type Version = {
	id: string;
	guide: string;
	name: string;
	note: string;
	by: string;
	at: string;
	chapters: Pick<Chapter, 'id' | 'title' | 'body' | 'hidden' | 'order' | 'blocks'>[];
};

export const approvalStates = ['asked', 'given', 'returned'] as const;
export type ApprovalState = (typeof approvalStates)[number];

/** A line of the approval table of a guide's strategy. */
export type Approval = {
	id: string;
	guide: string;
	/** Post and person who approve. */
	post: string;
	person: string;
	state: ApprovalState;
	/** Day of the decision, or empty. */
	day: string;
	note: string;
	order: number;
};

/** The agreed answers, targets and actions on a date; never changed. */
export type Snapshot = {
	id: string;
	guide: string;
	name: string;
	at: string;
	edition: string;
	answers: Record<string, Answer>;
	proven: string[];
	targets: Record<string, Level>;
};

export type GateAnswer = 'yes' | 'partly' | 'no';
export type Path = {
	mode: 'core' | 'full' | 'topics';
	topics: string[];
	/** Of a part: the questions that were asked for; no others are. Absent for all. */
	only?: string[];
};

/** Questions that another ministry was asked to answer, in a small workspace of its own. */
export type Part = {
	id: string;
	/** Which ministry, and the person there. */
	organisation: string;
	person: string;
	/** Until when; a day, or empty. */
	due: string;
	note: string;
	questions: QuestionKey[];
	/** Under which id its answers come in; nobody else's words come in by it. */
	contributor: string;
	/** The id of its small workspace. */
	workspace: string;
	/** Who made it, and when. */
	by: string;
	at: string;
	/** When something of it last came in; empty for never. */
	landed: string;
	/** When a link was made that still stands, on whichever device; empty or absent for none. */
	linked?: string;
};

/** Of a small workspace: whose part it is. */
export type PartOf = {
	/** The workspace that asked, its name, and the part's id there. */
	workspace: string;
	name: string;
	part: string;
	contributor: string;
	organisation: string;
	due: string;
	note: string;
	questions: QuestionKey[];
};

/** What the workspace remembers of one guide. */
export type GuideWork = {
	path: Path;
	readiness: Partial<Record<Gate, GateAnswer>>;
	/** Where the person was: a question id, or empty. */
	resume: string;
	/** The edition in which the guide was last answered; absent in older workspaces. */
	edition?: string;
	/** `<thing>:<old id>` → what of it was carried into a later edition; absent for none. */
	carried?: Record<string, string>;
};

export type Workspace = {
	id: string;
	name: string;
	country: string;
	createdAt: string;
	/** Fictional: every page and export of it says so. */
	demo: boolean;
	/** Of a part: who asked for it, and for what; null for a workspace of one's own. */
	partOf: PartOf | null;
	/** Those who said who they are, in the order of their ids. */
	contributors: Contributor[];
	contributions: Contribution[];
	agreed: AgreedValue[];
	targets: Target[];
	actions: Action[];
	chapters: Chapter[];
	snapshots: Snapshot[];
	guides: Record<string, GuideWork>;
	/** Figures of the country, in the order of `figureKinds`; those that nobody touched are absent. */
	figures: Figure[];
	stakeholders: Stakeholder[];
	objectives: Objective[];
	/** Every action's own where it has one, then further ones. */
	indicators: PlanIndicator[];
	plan: PlanSettings;
	comments: Comment[];
	versions: Version[];
	approvals: Approval[];
	/** Parts that other ministries were asked for, the oldest first. */
	parts: Part[];
	/** The oldest first. */
	workshops: Workshop[];
};
