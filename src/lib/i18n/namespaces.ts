/**
 * The namespaces of interface words. The English files are the source: they say which keys exist,
 * and a key that is not among them does not compile.
 */
import type answers from '#content/languages/en/answers.json';
import type assess from '#content/languages/en/assess.json';
import type common from '#content/languages/en/common.json';
import type demo from '#content/languages/en/demo.json';
import type draft from '#content/languages/en/draft.json';
import type edition from '#content/languages/en/edition.json';
import type exporting from '#content/languages/en/export.json';
import type facts from '#content/languages/en/facts.json';
import type follow from '#content/languages/en/follow.json';
import type home from '#content/languages/en/home.json';
import type lock from '#content/languages/en/lock.json';
import type people from '#content/languages/en/people.json';
import type history from '#content/languages/en/history.json';
import type model from '#content/languages/en/model.json';
import type parts from '#content/languages/en/parts.json';
import type plan from '#content/languages/en/plan.json';
import type problems from '#content/languages/en/problems.json';
import type reader from '#content/languages/en/reader.json';
import type reading from '#content/languages/en/reading.json';
import type room from '#content/languages/en/room.json';
import type results from '#content/languages/en/results.json';
import type settings from '#content/languages/en/settings.json';
import type stakeholders from '#content/languages/en/stakeholders.json';
import type sheets from '#content/languages/en/sheets.json';
import type together from '#content/languages/en/together.json';
import type views from '#content/languages/en/views.json';
import type workshop from '#content/languages/en/workshop.json';
import type workspaces from '#content/languages/en/workspaces.json';

type Files = {
	/** On every page: staircase, statuses, the frame. */
	common: typeof common;
	/** The start page, and a guide as a card. */
	home: typeof home;
	/** Library, guide, section, search. */
	reading: typeof reading;
	/** What a reader may choose: a second language, bookmarks, highlights, notes. */
	reader: typeof reader;
	/** The passphrase of this browser, and erasing it. */
	lock: typeof lock;
	/** Words for the model's closed lists: levels, costs, units, states. */
	model: typeof model;
	assess: typeof assess;
	/** Who answered what, names, comments, what a merge brought. */
	answers: typeof answers;
	/** Who changed what. */
	history: typeof history;
	/** Questions that another ministry answers. */
	parts: typeof parts;
	/** What a new edition of a guide moves. */
	edition: typeof edition;
	/** Sharing: people, invitations, the exchange with the server, and what can go wrong there. */
	people: typeof people;
	results: typeof results;
	plan: typeof plan;
	/** What the people of the fictional country say. */
	demo: typeof demo;
	draft: typeof draft;
	export: typeof exporting;
	/** What has become of the plan; the progress report. */
	follow: typeof follow;
	/** Figures of the country. */
	facts: typeof facts;
	/** The register of stakeholders. */
	stakeholders: typeof stakeholders;
	/** Spreadsheets out and in. */
	sheets: typeof sheets;
	/** All guides of a workspace side by side. */
	together: typeof together;
	/** Views of the plan besides its list. */
	views: typeof views;
	/** What a participant's phone shows in a workshop. */
	room: typeof room;
	/** A facilitated sitting: its preparation, the room, the projector, paper, what comes after. */
	workshop: typeof workshop;
	workspaces: typeof workspaces;
	settings: typeof settings;
	/** What can go wrong: what happened, what is safe, what to do. */
	problems: typeof problems;
};

export type Namespace = keyof Files;
export type MessageKey = {
	[N in Namespace]: `${N}.${Exclude<keyof Files[N], `$${string}`> & string}`;
}[Namespace];
