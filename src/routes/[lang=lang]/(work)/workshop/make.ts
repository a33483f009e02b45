/** Makes a workshop: from a template or from nothing. */
import type { OpenGuide } from '#lib/state/guide.svelte.ts';
import { newId } from '#lib/model/ids.ts';
import { live } from '#lib/state/workspace.svelte.ts';
import * as document from '#lib/sync/document.ts';
import { fromTemplate } from '#lib/workshop/template.ts';
import type { TemplateWords, WorkshopTemplates } from '#lib/workshop/template.ts';
import { edit } from './edits.ts';

export type NewWorkshop = {
	title: string;
	/** Id, or empty for none. */
	template: string;
	day: string;
	people: number;
	interpreted: boolean;
	/** Names of participants, one each; only a rehearsal brings them. */
	names?: readonly { name: string; organisation: string }[];
};

/** Gives the new workshop's id. */
export function makeWorkshop(
	about: NewWorkshop,
	open: OpenGuide,
	loaded: { templates: WorkshopTemplates; words: TemplateWords }
): string {
	const id = newId();
	const template = loaded.templates.templates.find((one) => one.id === about.template);
	const made = template
		? fromTemplate(template, loaded.templates, loaded.words, {
				workshop: id,
				people: about.people,
				interpreted: about.interpreted,
				questions: open.assessment.topics.flatMap((topic) => topic.questions),
				newId
			})
		: { sessions: [], groups: [] };
	// The next window opens at this guide.
	live.setGuideWork(open.index.id, {});
	edit(`new ${id}`, (doc, by) => {
		document.putWorkshop(doc, by, {
			id,
			title: about.title,
			guide: open.index.id,
			template: template?.id ?? '',
			place: '',
			facilitator: '',
			day: about.day,
			days: template?.days.length ?? 1,
			begins: template?.begins ?? 540,
			papers: about.people,
			interpreted: about.interpreted,
			note: '',
			created: by.now,
			closed: '',
			room: ''
		});
		for (const session of made.sessions) document.putSession(doc, by, session);
		for (const group of made.groups) document.putGroup(doc, by, group);
		about.names?.forEach((person, i) =>
			document.putParticipant(doc, by, {
				id: newId(),
				workshop: id,
				...person,
				role: '',
				group: made.groups[i % Math.max(1, made.groups.length)]?.id ?? '',
				consent: i % 4 !== 3,
				present: true,
				order: i + 1,
				phone: ''
			})
		);
	});
	return id;
}
