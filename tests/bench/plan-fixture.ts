/**
 * A workspace as large as they get: three guides of the fictional country, 150 actions in the first
 * one's plan, forty chapters of 300 words. Made from the demo and the first guide's own texts, as a project
 * file that the app opens like any other.
 */
import { writeProjectFile } from '../../src/lib/device/project.ts';
import { questionsOf } from '../../src/lib/assessment/view.ts';
import { diskPacks } from '../../src/lib/guide/packs-disk.ts';
import { fillDemo, makeDemo } from '../../src/lib/store/demo.ts';
import { putAction, putChapter, readWorkspace, setAnswer } from '../../src/lib/sync/document.ts';
import { englishDemo } from '../fixtures/english-demo.ts';

const now = '2026-11-20T09:00:00.000Z';
const by = { contributor: 'numenia', now, origin: null };
const sizes = { answers: 170, actions: 150, chapters: 40, words: 300 };

export type Size = { guides: number; answers: number; actions: number; chapters: number };

export async function planFile(): Promise<{ bytes: Uint8Array<ArrayBuffer>; size: Size }> {
	const packs = diskPacks();
	const guides = [...packs.guides.entries()]
		.filter(([id]) => id.startsWith('en/'))
		.map(([, guide]) => guide);
	const [first] = guides;
	if (!first) throw new Error('no guide');
	const of = ({ id, topics }: typeof first) => ({ guide: id, topics });
	const options = { words: englishDemo };
	const doc = makeDemo(of(first), first.outline, now, { ...options, id: 'large' });
	for (const guide of guides.slice(1)) fillDemo(doc, of(guide), guide.outline, now, options);

	// What the demo leaves open, until there are enough answers.
	const open = new Set(
		guides.flatMap((guide) => questionsOf(of(guide)).map(({ id }) => `${guide.id}/${id}` as const))
	);
	const { contributions: given } = readWorkspace(doc);
	for (const { key } of given) open.delete(key);
	for (const key of [...open].slice(0, sizes.answers - given.length)) {
		setAnswer(doc, by, key, { kind: 'level', level: 1 });
	}

	// The demo's actions again, and again: each with its owner, costs, risks, tasks and prerequisites.
	const own = readWorkspace(doc).actions.filter(({ guide }) => guide === first.id);
	for (let n = own.length; n < sizes.actions; n++) {
		const action = own[n % own.length]!;
		const round = Math.floor(n / own.length);
		putAction(doc, by, {
			...action,
			id: `${action.id}-${round}`,
			title: `${action.title} (phase ${round + 1})`,
			requires: [action.id],
			order: n + 1
		});
	}
	const prose = [...packs.files]
		.filter(([url]) => /^\/content\/cybersecurity\/en\/[a-z-]+\.[0-9a-f]+\.json$/.test(url))
		.flatMap(([, body]) =>
			String(JSON.parse(body).html ?? '')
				.replace(/<[^>]*>/g, ' ')
				.split(/\s+/)
		)
		.filter((word) => /^[\w'-]+[.,]?$/.test(word));
	if (prose.length < sizes.words * sizes.chapters) throw new Error('too few words');
	for (let n = 0; n < sizes.chapters; n++) {
		const guide = guides[n % guides.length]!;
		putChapter(doc, by, {
			id: `${guide.id}/chapter-${n}`,
			guide: guide.id,
			title: `Chapter ${n + 1}`,
			body: prose.slice(n * sizes.words, (n + 1) * sizes.words).join(' '),
			hidden: false,
			order: n,
			sources: [],
			blocks: [],
			goal: 0
		});
	}
	const { contributions, actions, chapters } = readWorkspace(doc);
	return {
		bytes: await writeProjectFile(doc, { appVersion: '0.0.0', guides: {} }),
		size: {
			guides: guides.length,
			answers: contributions.length,
			actions: actions.length,
			chapters: chapters.length
		}
	};
}
