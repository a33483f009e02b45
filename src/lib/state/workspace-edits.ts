/**
 * WorkspaceEdits: every edit that a screen can make in the open workspace, as a method.
 *
 * Each takes plain values, and is in `workspace` in the next turn. Each throws Problem
 * `workspace-missing` where none is open, `note-too-long` {count, limit} where a text is beyond its
 * limit, and in a shared workspace `view-only` or `own-answers-only` where the person's role does not
 * allow it (SPEC.md, R); nothing has changed then.
 */
import type { Doc } from 'yjs';
import { dissentFrom } from '#lib/assessment/said.ts';
import type { Figure, FigureId } from '#lib/model/figure.ts';
import type {
	Action,
	AgreedValue,
	Answer,
	Approval,
	Chapter,
	ChapterSource,
	Comment,
	Confidence,
	Evidence,
	GuideWork,
	Part,
	QuestionKey,
	Snapshot,
	Target,
	Version
} from '#lib/model/workspace.ts';
import type {
	Objective,
	PlanIndicator,
	PlanSettings,
	Reading,
	Stakeholder
} from '#lib/model/plan.ts';
import * as document from '#lib/sync/document.ts';
import type { PartName, Parts } from '#lib/sync/shapes-plan.ts';
import type {
	ActionPatch,
	Author,
	ChapterPatch,
	IndicatorPatch,
	Meta
} from '#lib/sync/document.ts';

/** Runs an edit of a `thing`: edits of one thing in quick succession are one step of undo. */
export type WriteEdit = (
	thing: string,
	edit: (doc: Doc, by: Author) => void,
	about?: {
		guide?: string;
		undoable?: boolean;
		/** It changes nothing but the words of the person who writes. */
		own?: boolean;
	}
) => void;

const guideOf = (key: QuestionKey): string => key.slice(0, key.indexOf('/'));

export abstract class WorkspaceEdits {
	protected abstract write: WriteEdit;
	/** Whether this person may change what belongs to the whole team. */
	abstract get mayEdit(): boolean;

	/** One's own answer; null takes it back. */
	setAnswer(key: QuestionKey, answer: Answer | null): void {
		this.#contribute('answer', key, (doc, by) => document.setAnswer(doc, by, key, answer));
	}
	/** Takes over what another guide's assessment says to the same question. */
	takeAnswer(key: QuestionKey, taken: Parameters<typeof document.takeAnswer>[3]): void {
		this.#contribute('answer', key, (doc, by) => document.takeAnswer(doc, by, key, taken));
	}
	setConfidence(key: QuestionKey, confidence: Confidence | null): void {
		this.#contribute('confidence', key, (doc, by) =>
			document.setConfidence(doc, by, key, confidence)
		);
	}
	setNote(key: QuestionKey, note: string): void {
		this.#contribute('note', key, (doc, by) => document.setNote(doc, by, key, note));
	}
	/** Adds a piece of evidence under a new id, or changes the one with its id. */
	putEvidence(key: QuestionKey, evidence: Evidence): void {
		this.#contribute(`evidence ${evidence.id}`, key, (doc, by) =>
			document.putEvidence(doc, by, key, evidence)
		);
	}
	removeEvidence(key: QuestionKey, evidenceId: string): void {
		this.#contribute(`no evidence ${evidenceId}`, key, (doc, by) =>
			document.removeEvidence(doc, by, key, evidenceId)
		);
	}

	/** Records the team's value; it has seen every contribution to the question as it is now. */
	setAgreed(
		key: QuestionKey,
		value: Pick<AgreedValue, 'answer' | 'why' | 'by' | 'workshop'>
	): void {
		this.write(
			`agreed ${key}`,
			(doc, by) => {
				const saw: AgreedValue['saw'] = Object.create(null);
				// From the document, not from `workspace`: an edit of this very turn is not in that yet.
				const all = document.readWorkspace(doc).contributions.filter((said) => said.key === key);
				for (const said of all) saw[said.contributor] = said.at;
				const { answer, why, by: who, workshop } = value;
				const dissent = dissentFrom(answer, all);
				const agreed = { key, answer, why, by: who, at: by.now, saw, workshop };
				document.setAgreed(doc, by, { ...agreed, ...dissent });
			},
			{ guide: guideOf(key) }
		);
	}
	/** Says who one is, to those one works with. It is no step of undo. */
	setMe({ name, organisation }: { name: string; organisation: string }): void {
		this.write(
			'me',
			(doc, by) => document.putContributor(doc, by, { id: by.contributor, name, organisation }),
			{ undoable: false, own: true }
		);
	}
	putAskedPart(part: Part): void {
		this.write(`part ${part.id}`, (doc, by) => {
			doc.transact(() => {
				document.putAskedPart(doc, by, part);
				// Until they say it themselves, they are called as they were asked.
				const { contributor: id, person: name, organisation } = part;
				document.putContributor(doc, { ...by, contributor: id }, { id, name, organisation });
			}, by.origin);
		});
	}
	patchAskedPart(id: string, patch: Partial<Omit<Part, 'id'>>): void {
		const thing = `part ${id} ${Object.keys(patch).join()}`;
		this.write(thing, (doc, by) => document.patchAskedPart(doc, by, id, patch));
	}
	/** A link to the part was made at that moment; empty: it was ended. Undoing would make it untrue. */
	sayLinked(id: string, linked: string): void {
		const say: Parameters<WriteEdit>[1] = (doc, by) =>
			document.patchAskedPart(doc, by, id, { linked });
		this.write(`link ${id}`, say, { undoable: false });
	}
	removeAskedPart(id: string): void {
		this.write(`no part ${id}`, (doc, by) => document.removeAskedPart(doc, by, id));
	}
	/** Takes a field back to what it was, as a new edit. */
	restoreField(
		of: Parameters<typeof document.restoreField>[2],
		change: document.FieldChange
	): void {
		this.write(`back ${of.collection} ${of.record} ${change.field} ${Date.now()}`, (doc, by) =>
			document.restoreField(doc, by, of, change)
		);
	}
	clearAgreed(key: QuestionKey): void {
		this.write(`agreed ${key}`, (doc, by) => document.clearAgreed(doc, by, key));
	}
	setTarget(target: Target): void {
		const guide = guideOf(target.key);
		this.write(`target ${target.key}`, (doc, by) => document.setTarget(doc, by, target), { guide });
	}
	clearTarget(key: QuestionKey): void {
		this.write(`target ${key}`, (doc, by) => document.clearTarget(doc, by, key));
	}

	putAction(action: Action): void {
		const { guide } = action;
		this.write(`action ${action.id}`, (doc, by) => document.putAction(doc, by, action), { guide });
	}
	/** Changes some fields of an action; no effect where there is none. */
	patchAction(id: string, patch: ActionPatch): void {
		const thing = `action ${id} ${Object.keys(patch).join()}`;
		this.write(thing, (doc, by) => document.patchAction(doc, by, id, patch));
	}
	removeAction(id: string): void {
		this.write(`no action ${id}`, (doc, by) => document.removeAction(doc, by, id));
	}
	/** Adds a task, cost line or risk to an action under a new id, or changes the one with its id. */
	putPart<K extends PartName>(action: string, name: K, part: Parts[K]): void {
		this.write(`${name} ${action} ${part.id}`, (doc, by) =>
			document.putPart(doc, by, action, name, part)
		);
	}
	removePart(action: string, name: PartName, id: string): void {
		this.write(`no ${name} ${action} ${id}`, (doc, by) =>
			document.removePart(doc, by, action, name, id)
		);
	}
	putStakeholder(one: Stakeholder): void {
		this.write(`stakeholder ${one.id}`, (doc, by) => document.putStakeholder(doc, by, one));
	}
	patchStakeholder(id: string, patch: Partial<Omit<Stakeholder, 'id'>>): void {
		const thing = `stakeholder ${id} ${Object.keys(patch).join()}`;
		this.write(thing, (doc, by) => document.patchStakeholder(doc, by, id, patch));
	}
	removeStakeholder(id: string): void {
		this.write(`no stakeholder ${id}`, (doc, by) => document.removeStakeholder(doc, by, id));
	}
	putObjective(objective: Objective): void {
		const { id, guide } = objective;
		this.write(`objective ${id}`, (doc, by) => document.putObjective(doc, by, objective), {
			guide
		});
	}
	patchObjective(id: string, patch: Partial<Omit<Objective, 'id'>>): void {
		const thing = `objective ${id} ${Object.keys(patch).join()}`;
		this.write(thing, (doc, by) => document.patchObjective(doc, by, id, patch));
	}
	removeObjective(id: string): void {
		this.write(`no objective ${id}`, (doc, by) => document.removeObjective(doc, by, id));
	}
	/** Adds an indicator (`of`, `parent` and `title` said), or changes what is named of it. */
	putIndicator(id: PlanIndicator['id'], patch: IndicatorPatch): void {
		const thing = `indicator ${id} ${Object.keys(patch).join()}`;
		this.write(thing, (doc, by) => document.putIndicator(doc, by, id, patch));
	}
	removeIndicator(id: string): void {
		this.write(`no indicator ${id}`, (doc, by) => document.removeIndicator(doc, by, id));
	}
	putReading(indicator: string, reading: Reading): void {
		this.write(`reading ${indicator} ${reading.day}`, (doc, by) =>
			document.putReading(doc, by, indicator, reading)
		);
	}
	removeReading(indicator: string, day: string): void {
		this.write(`no reading ${indicator} ${day}`, (doc, by) =>
			document.removeReading(doc, by, indicator, day)
		);
	}
	setPlanSettings(settings: Partial<PlanSettings>): void {
		const thing = `plan ${Object.keys(settings).join()}`;
		this.write(thing, (doc, by) => document.setPlanSettings(doc, by, settings));
	}
	/** Several edits as one step of undo, one after the other in one transaction. */
	together(thing: string, edit: (doc: Doc, by: Author) => void): void {
		this.write(thing, (doc, by) => doc.transact(() => edit(doc, by), by.origin));
	}

	/** What phones of a workshop said, in one transaction: no step of undo, because nobody here did it. */
	fromPhones(edit: (doc: Doc, by: Author) => void): void {
		const all = (doc: Doc, by: Author) => doc.transact(() => edit(doc, by), by.origin);
		this.write('phones', all, { undoable: false });
	}

	putComment(comment: Comment): void {
		this.write(`comment ${comment.id}`, (doc, by) => document.putComment(doc, by, comment));
	}
	patchComment(id: string, patch: Partial<Omit<Comment, 'id'>>): void {
		const thing = `comment ${id} ${Object.keys(patch).join()}`;
		this.write(thing, (doc, by) => document.patchComment(doc, by, id, patch));
	}
	removeComment(id: string): void {
		this.write(`no comment ${id}`, (doc, by) => document.removeComment(doc, by, id));
	}
	/** Keeps the draft under a name; it never changes. */
	addVersion(version: Version): void {
		this.write(`version ${version.id}`, (doc, by) => document.addVersion(doc, by, version));
	}
	removeVersion(id: string): void {
		this.write(`no version ${id}`, (doc, by) => document.removeVersion(doc, by, id));
	}
	putApproval(approval: Approval): void {
		this.write(`approval ${approval.id}`, (doc, by) => document.putApproval(doc, by, approval));
	}
	patchApproval(id: string, patch: Partial<Omit<Approval, 'id'>>): void {
		const thing = `approval ${id} ${Object.keys(patch).join()}`;
		this.write(thing, (doc, by) => document.patchApproval(doc, by, id, patch));
	}
	removeApproval(id: string): void {
		this.write(`no approval ${id}`, (doc, by) => document.removeApproval(doc, by, id));
	}

	/** Adds a chapter (`id`: `<guide>/<chapter>`), or writes all of the one with its id. */
	putChapter(chapter: Chapter): void {
		const { guide } = chapter;
		this.write(`chapter ${chapter.id}`, (doc, by) => document.putChapter(doc, by, chapter), {
			guide
		});
	}
	patchChapter(id: string, patch: ChapterPatch): void {
		const thing = `chapter ${id} ${Object.keys(patch).join()}`;
		this.write(thing, (doc, by) => document.patchChapter(doc, by, id, patch));
	}
	/** Ticks an item of a chapter's checklist, by its place. */
	setTick(id: string, item: number, ticked: boolean): void {
		this.write(`tick ${id} ${item}`, (doc, by) => document.setTick(doc, by, id, item, ticked));
	}
	setChapterBody(id: string, body: string): void {
		this.write(`body ${id}`, (doc, by) => document.setChapterBody(doc, by, id, body));
	}
	setChapterSources(id: string, sources: ChapterSource[]): void {
		this.write(`sources ${id}`, (doc, by) => document.setChapterSources(doc, by, id, sources));
	}
	removeChapter(id: string): void {
		this.write(`no chapter ${id}`, (doc, by) => document.removeChapter(doc, by, id));
	}

	/** Adds a snapshot under a new id; it never changes. */
	addSnapshot(snapshot: Snapshot): void {
		this.write(`snapshot ${snapshot.id}`, (doc, by) => document.addSnapshot(doc, by, snapshot));
	}
	removeSnapshot(id: string): void {
		this.write(`no snapshot ${id}`, (doc, by) => document.removeSnapshot(doc, by, id));
	}

	/** Where the team stands in a guide; what `work` leaves out stays. */
	setGuideWork(guide: string, work: Partial<GuideWork>): void {
		// "Undo" means the last answer, not the last question that was looked at.
		const undoable = work.path !== undefined || work.readiness !== undefined;
		// Where somebody stands who may not change what is the team's, and by which path they go, is not
		// where the team stands.
		if (!this.mayEdit && work.readiness === undefined) return;
		this.write(
			`guide ${guide} ${Object.keys(work).join()}`,
			(doc, by) => document.setGuideWork(doc, by, guide, work),
			{ guide, undoable }
		);
	}
	/** Carries what stood at the ids of an earlier edition to the new ones: one step of undo. */
	carryOver(guide: string, all: document.CarryOver): void {
		const carry = (doc: Doc, by: Author) => document.carryOver(doc, by, guide, all);
		this.write(`edition ${guide}`, carry, { guide });
	}
	/** Changes what is named of a figure of the country. */
	setFigure(id: FigureId, patch: Partial<Omit<Figure, 'id'>>): void {
		const thing = `figure ${id} ${Object.keys(patch).join()}`;
		this.write(thing, (doc, by) => document.setFigure(doc, by, id, patch));
	}
	setMeta(meta: Partial<Meta>): void {
		this.write('meta', (doc, by) => document.setMeta(doc, by, meta));
	}

	#contribute(field: string, key: QuestionKey, edit: (doc: Doc, by: Author) => void): void {
		this.write(`${field} ${key}`, edit, { guide: guideOf(key), own: true });
	}
}
