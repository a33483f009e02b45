/** How Numenia's draft came to be: two versions with names, who approves it, what was remarked. */
import type * as Y from 'yjs';
import type { Chapter, Comment } from '#lib/model/workspace.ts';
import * as document from '#lib/sync/document.ts';
import type { Author } from '#lib/sync/document.ts';
import { monthsFrom } from './demo-draw.ts';
import type { DemoWords } from './demo-words.ts';

export type DraftOf = {
	doc: Y.Doc;
	guide: string;
	chapters: readonly Chapter[];
	now: string;
	words: DemoWords;
	by: (now: string) => Author;
	contributor: string;
};

export function makeHistory(draft: DraftOf): void {
	versions(draft);
	approvals(draft);
	comments(draft);
}

/** Before the consultation some chapters ended a paragraph earlier; before cabinet one still did. */
function versions({ doc, guide, chapters, now, words, by, contributor }: DraftOf): void {
	const shorter = (body: string): string => {
		const paragraphs = body.split('\n\n');
		return paragraphs.length < 3 ? body : paragraphs.slice(0, -1).join('\n\n');
	};
	const long = chapters.findIndex(({ body }) => shorter(body) !== body);
	[5, 1].forEach((ago, i) => {
		const at = monthsFrom(now, -ago);
		document.addVersion(doc, by(at), {
			id: `${contributor}-${guide}-version-${i + 1}`,
			guide,
			name: words.say(`version-${i + 1}`),
			note: words.say(`version-note-${i + 1}`),
			by: contributor,
			at,
			chapters: chapters.map(({ id, title, body, hidden, order, blocks }, n) => ({
				id,
				title,
				body: (i === 0 ? n % 3 === 0 : n === long) ? shorter(body) : body,
				hidden,
				order,
				blocks
			}))
		});
	});
}

function approvals({ doc, guide, now, words, by, contributor }: DraftOf): void {
	(['given', 'returned', 'asked'] as const).forEach((state, i) => {
		document.putApproval(doc, by(now), {
			id: `${contributor}-${guide}-approval-${i + 1}`,
			guide,
			post: words.say(`approval-${i + 1}`),
			person: '',
			state,
			day: state === 'asked' ? '' : monthsFrom(now, i - 3).slice(0, 10),
			note: words.maybe(`approval-note-${i + 1}`),
			order: i + 1
		});
	});
}

/** Two remarks, and an answer to the second. */
function comments({ doc, guide, chapters, now, words, by, contributor }: DraftOf): void {
	const places = chapters.flatMap(({ id, body }) => {
		const line = body.split('\n').find((text) => /^\p{L}[^*_[\]#|>{}`\\<]{60,}/u.test(text));
		const quote = line && /^.{20,60}?(?=[\s,.،])/u.exec(line)?.[0];
		return line && quote
			? [{ chapter: id, quote, after: line.slice(quote.length).slice(0, 40) }]
			: [];
	});
	const chosen = [places[1] ?? places[0], places[4] ?? places[0]];
	chosen.forEach((place, i) => {
		if (!place) return;
		const id = `${contributor}-${guide}-comment-${i + 1}`;
		const at = monthsFrom(now, -1 - i);
		const remark: Omit<Comment, 'id' | 'answers' | 'text' | 'name'> = {
			...place,
			before: '',
			by: contributor,
			at,
			resolved: i === 1
		};
		const say = (n: number) => ({
			text: words.say(`comment-${n}`),
			name: words.say(`comment-name-${n}`)
		});
		document.putComment(doc, by(at), { ...remark, id, answers: '', ...say(i + 1) });
		if (i === 0) return;
		const answer = { ...remark, id: `${id}-answer`, answers: id, ...say(3), at: monthsFrom(at, 1) };
		document.putComment(doc, by(at), answer);
	});
}
