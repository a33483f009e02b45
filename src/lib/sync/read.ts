/**
 * The one parser of the workspace document: a Y.Doc becomes a Workspace.
 *
 * It is a function of the document's content alone: two replicas that have seen the same updates
 * read the same Workspace, lists in the same order (P5). Missing and malformed fields take their
 * fallback, records without a sound id are passed over, and nothing throws: a bad field costs itself.
 * The one thing that it never does is cut a merged text, because the next edit would store the cut.
 */
import * as Y from 'yjs';
import { figureKinds } from '#lib/model/figure.ts';
import type { Figure } from '#lib/model/figure.ts';
import { costs, efforts, units } from '#lib/model/guide.ts';
import { actionStates, confidences } from '#lib/model/workspace.ts';
import type {
	Action,
	AgreedValue,
	Chapter,
	Contribution,
	GuideWork,
	PartOf,
	QuestionKey,
	Snapshot,
	Target,
	Workspace
} from '#lib/model/workspace.ts';
import * as as from './fields.ts';
import * as plan from './read-plan.ts';
import { asPartOf, asWhole, ticksOf } from './shapes-plan.ts';
import {
	actionNoteName,
	alsoPrefix,
	bodyName,
	carriedPrefix,
	collection,
	collections,
	compare,
	contributionId,
	evidencePrefix,
	noteName,
	readinessPrefix,
	records,
	splitId
} from './shape.ts';
import type { Collection, Fields } from './shape.ts';
import { readText } from './text.ts';

export function readWorkspace(doc: Y.Doc): Workspace {
	const actions = readActions(doc);
	return {
		...readMeta(doc),
		partOf: readPartOf(doc),
		contributors: plan.readContributors(doc),
		contributions: readContributions(doc),
		agreed: readAgreed(doc),
		targets: readTargets(doc),
		actions,
		chapters: readChapters(doc),
		snapshots: readSnapshots(doc),
		guides: readGuides(doc),
		figures: readFigures(doc),
		stakeholders: plan.readStakeholders(doc),
		objectives: plan.readObjectives(doc),
		indicators: plan.readIndicators(doc, actions),
		plan: plan.readSettings(doc),
		comments: plan.readComments(doc),
		versions: plan.readVersions(doc),
		approvals: plan.readApprovals(doc),
		parts: plan.readParts(doc)
	};
}

/**
 * `readWorkspace` for a document that is read again and again: what a change did not touch is not
 * read anew, and is the same object as before. Whoever gets it must not change it.
 */
export function workspaceReader(doc: Y.Doc): () => Workspace {
	let last = readWorkspace(doc);
	let touched = new Set<Collection | 'all'>();
	doc.on('afterTransaction', ({ changed }: Y.Transaction) => {
		for (const place of placesOf(doc, changed)) touched.add(place);
	});
	return () => {
		if (touched.size === 0) return last;
		const now = touched;
		touched = new Set();
		const again = <T>(name: Collection, read: (doc: Y.Doc) => T, before: T): T =>
			now.has(name) || now.has('all') ? read(doc) : before;
		const actions = again('actions', readActions, last.actions);
		const indicators = (): typeof last.indicators => plan.readIndicators(doc, actions);
		last = {
			...readMeta(doc),
			partOf: again('meta', readPartOf, last.partOf),
			contributors: again('contributors', plan.readContributors, last.contributors),
			contributions: again('contributions', readContributions, last.contributions),
			agreed: again('agreed', readAgreed, last.agreed),
			targets: again('targets', readTargets, last.targets),
			actions,
			chapters: again('chapters', readChapters, last.chapters),
			snapshots: again('snapshots', readSnapshots, last.snapshots),
			guides: again('guides', readGuides, last.guides),
			figures: again('figures', readFigures, last.figures),
			stakeholders: again('stakeholders', plan.readStakeholders, last.stakeholders),
			objectives: again('objectives', plan.readObjectives, last.objectives),
			indicators:
				actions === last.actions ? again('indicators', indicators, last.indicators) : indicators(),
			plan: again('plan', plan.readSettings, last.plan),
			comments: again('comments', plan.readComments, last.comments),
			versions: again('versions', plan.readVersions, last.versions),
			approvals: again('approvals', plan.readApprovals, last.approvals),
			parts: again('parts', plan.readParts, last.parts)
		};
		return last;
	};
}

/** The collections whose records, or whose records' texts, changed; 'all' where that is not to be told. */
function placesOf(doc: Y.Doc, changed: Y.Transaction['changed']): Set<Collection | 'all'> {
	const places = new Set<Collection | 'all'>();
	const types = new Set<unknown>(changed.keys());
	for (const [name, type] of doc.share) {
		if (!types.delete(type)) continue;
		const place = placeOf(name);
		if (place) places.add(place);
	}
	// Something inside of a record: this version writes none such.
	return types.size === 0 ? places : places.add('all');
}

function placeOf(name: string): Collection | undefined {
	if (name.startsWith(actionNoteName(''))) return 'actions';
	if (name.startsWith('note/')) return 'contributions';
	if (name.startsWith(bodyName(''))) return 'chapters';
	return collections.find((one) => one === name);
}

/** What the workspace is called: without reading the rest. `id` is empty where there is no sound one. */
export function readMeta(
	doc: Y.Doc
): Pick<Workspace, 'id' | 'name' | 'country' | 'createdAt' | 'demo'> {
	const meta = collection(doc, 'meta');
	return {
		id: as.asId(meta.get('id')),
		name: as.asLine(meta.get('name')),
		country: as.asLine(meta.get('country')),
		createdAt: as.asMoment(meta.get('createdAt')),
		demo: meta.get('demo') === true
	};
}

/** Of a small workspace that was made as a part of another: of which, and for what. */
export const readPartOf = (doc: Y.Doc): PartOf | null =>
	asPartOf(collection(doc, 'meta').get('partOf'));

/** The format number that the document's newest writer stated; 1 if it says nothing sound. */
export function documentFormat(doc: Y.Doc): number {
	const stated = collection(doc, 'meta').get('format');
	return typeof stated === 'number' && Number.isInteger(stated) && stated > 0 ? stated : 1;
}

/** The two parts of a record id that name a question. */
function questionKey(parts: string[]): QuestionKey {
	return `${parts[0]}/${parts[1]}`;
}

function readContributions(doc: Y.Doc): Contribution[] {
	return records(doc, 'contributions').flatMap(([id, fields]) => {
		const parts = splitId(id, 3);
		if (!parts) return [];
		const key = questionKey(parts);
		const contributor = parts[2]!;
		return [
			{
				key,
				contributor,
				answer: as.asAnswer(fields.get('answer')),
				confidence: as.asOneOf(confidences, fields.get('confidence'), null),
				note: readText(doc, noteName(contributionId(key, contributor))),
				evidence: readEvidence(fields),
				...from(fields),
				...was(fields),
				at: as.asMoment(fields.get('at'))
			}
		];
	});
}

function from(fields: Fields): Pick<Contribution, 'from'> {
	const guide = as.asId(fields.get('from'));
	return guide && as.asAnswer(fields.get('answer')) ? { from: guide } : {};
}

function was(fields: Fields): Pick<Contribution, 'was'> {
	const stored = as.asObject(fields.get('was'));
	const question = as.asId(stored?.question);
	return question ? { was: { question, at: as.asMoment(stored?.at) } } : {};
}

function readEvidence(fields: Fields): Contribution['evidence'] {
	return [...fields]
		.filter(([name]) => name.startsWith(evidencePrefix))
		.flatMap(([name, value]) => as.asEvidence(name.slice(evidencePrefix.length), value) ?? [])
		.sort((a, b) => compare(a.added, b.added) || compare(a.evidence.id, b.evidence.id))
		.map(({ evidence }) => evidence);
}

function readAgreed(doc: Y.Doc): AgreedValue[] {
	return records(doc, 'agreed').flatMap(([id, fields]) => {
		const parts = splitId(id, 2);
		const value = as.asObject(fields.get('value'));
		const answer = as.asAnswer(value?.answer);
		if (!parts || !value || !answer) return [];
		return [
			{
				key: questionKey(parts),
				answer,
				why: as.asParagraph(value.why),
				by: as.asLine(value.by),
				at: as.asMoment(value.at),
				saw: as.asSaw(value.saw),
				...as.asDissent(value.dissent)
			}
		];
	});
}

function readTargets(doc: Y.Doc): Target[] {
	return records(doc, 'targets').flatMap(([id, fields]) => {
		const parts = splitId(id, 2);
		const level = as.asLevel(fields.get('level'));
		if (!parts || level === null) return [];
		return [{ key: questionKey(parts), level, reason: as.asParagraph(fields.get('reason')) }];
	});
}

function readActions(doc: Y.Doc): Action[] {
	return records(doc, 'actions')
		.filter(([id]) => splitId(id, 1))
		.map(([id, fields]) => ({
			id,
			guide: as.asId(fields.get('guide')),
			measure: as.asId(fields.get('measure')),
			closes: as.asIds(fields.get('closes')),
			...also(fields),
			title: as.asLine(fields.get('title')),
			owner: as.asLine(fields.get('owner')),
			start: as.asDay(fields.get('start')),
			end: as.asDay(fields.get('end')),
			cost: as.asOneOf(costs, fields.get('cost'), 'none'),
			effort: as.asOneOf(efforts, fields.get('effort'), 'small'),
			indicator: as.asLine(fields.get('indicator')),
			unit: as.asOneOf(units, fields.get('unit'), 'count'),
			target: as.asLine(fields.get('target')),
			state: as.asOneOf(actionStates, fields.get('state'), 'proposed'),
			note: readText(doc, actionNoteName(id)),
			order: as.asOrder(fields.get('order')),
			...plan.readDetails(fields)
		}))
		.sort((a, b) => a.order - b.order || compare(a.id, b.id));
}

function also(fields: Fields): Pick<Action, 'also'> {
	const found = as.table<string[]>();
	for (const [name, value] of [...fields].sort(([a], [b]) => compare(a, b))) {
		const guide = name.startsWith(alsoPrefix) ? as.asId(name.slice(alsoPrefix.length)) : '';
		const closes = as.asIds(value);
		if (guide && closes.length > 0) found[guide] = closes;
	}
	return Object.keys(found).length > 0 ? { also: found } : {};
}

function readChapters(doc: Y.Doc): Chapter[] {
	return records(doc, 'chapters')
		.flatMap(([id, fields]) => {
			const parts = splitId(id, 2);
			if (!parts) return [];
			return [
				{
					id,
					guide: parts[0]!,
					title: as.asLine(fields.get('title')),
					body: readText(doc, bodyName(id)),
					hidden: fields.get('hidden') === true,
					order: as.asOrder(fields.get('order')),
					sources: as.asSources(fields.get('sources')),
					blocks: as.asBlocks(fields.get('blocks')),
					goal: asWhole(0, 100_000, 0)(fields.get('goal')),
					...ticksOf(fields)
				}
			];
		})
		.sort((a, b) => compare(a.guide, b.guide) || a.order - b.order || compare(a.id, b.id));
}

function readSnapshots(doc: Y.Doc): Snapshot[] {
	return records(doc, 'snapshots')
		.flatMap(([id, fields]) => {
			const snapshot = splitId(id, 1) && as.asSnapshot(id, fields.get('value'));
			return snapshot ? [snapshot] : [];
		})
		.sort((a, b) => compare(a.at, b.at) || compare(a.id, b.id));
}

function readGuides(doc: Y.Doc): Record<string, GuideWork> {
	const guides = as.table<GuideWork>();
	for (const [id, fields] of records(doc, 'guides')) {
		if (!splitId(id, 1)) continue;
		const readiness: GuideWork['readiness'] = {};
		for (const [name, value] of [...fields].sort(([a], [b]) => compare(a, b))) {
			if (!name.startsWith(readinessPrefix)) continue;
			const gate = as.asGate(name.slice(readinessPrefix.length));
			const answer = as.asGateAnswer(value);
			if (gate && answer) readiness[gate] = answer;
		}
		guides[id] = {
			path: as.asPath(fields.get('path')),
			readiness,
			resume: as.asId(fields.get('resume')),
			...editionOf(fields)
		};
	}
	return guides;
}

function editionOf(fields: Fields): Pick<GuideWork, 'edition' | 'carried'> {
	const edition = as.asLine(fields.get('edition'));
	const carried = as.table<string>();
	for (const [name, value] of [...fields].sort(([a], [b]) => compare(a, b))) {
		if (name.startsWith(carriedPrefix))
			carried[name.slice(carriedPrefix.length)] = as.asLine(value);
	}
	return {
		...(edition ? { edition } : {}),
		...(Object.keys(carried).length > 0 ? { carried } : {})
	};
}

function readFigures(doc: Y.Doc): Figure[] {
	const place = new Map<string, number>(figureKinds.map(({ id }, i) => [id, i]));
	return records(doc, 'figures')
		.flatMap(([id, fields]) => as.asFigure(id, fields) ?? [])
		.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
}
