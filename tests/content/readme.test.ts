/** content/README.md is what a new author follows: what it shows must work. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { verbs } from '#lib/guide/author/commands.ts';
import { compileGuide } from '#lib/guide/compile.ts';
import { diskContent } from '#lib/guide/content-disk.ts';
import { lineOfProblem } from '#lib/guide/content-problem.ts';
import { applyOverlays } from '#lib/guide/overlay-compile.ts';
import { blocks } from '#lib/model/guide.ts';
import { secondEdition } from '../fixtures/small-edition.ts';
import { contentWith, smallGuide } from '../fixtures/small-guide.ts';

const readme = readFileSync('content/README.md', 'utf8');

/** The first block of code after `words`. */
function blockAfter(words: string): string {
	const at = readme.indexOf(words);
	if (at < 0) throw new Error(`content/README.md has no ${words}`);
	return /```\w*\n([\s\S]*?)```/.exec(readme.slice(at))![1]!;
}

function problemsWith(files: Record<string, string>) {
	return compileGuide(contentWith({ ...smallGuide(), ...files }), 'small', 'en').problems;
}

describe('content/README.md', () => {
	test('names commands that there are, and all of them', () => {
		const named = Array.from(readme.matchAll(/npm run content -- (\w+)/g), (match) => match[1]!);
		expect([...new Set(named)].sort()).toEqual(
			Object.keys(verbs)
				.filter((verb) => verb !== 'check')
				.sort()
		);
	});

	test('names every live block of a chapter, and none that there is not', () => {
		const [, chapter = ''] = /## A chapter\n([\s\S]*?)\n## /.exec(readme) ?? [];
		const [, list = ''] =
			/`blocks` the live tables at its end: ([\s\S]*?)\. A line/.exec(chapter) ?? [];
		const named = Array.from(list.matchAll(/`([a-z-]+)`/g), (match) => match[1]!);
		expect([...named].sort()).toEqual([...blocks].sort());
		expect(chapter).toMatch(/`\{\{(\w[\w-]*)\}\}` in the text/);
	});

	test('shows a question that passes', () => {
		const page = blockAfter('2. `<code>/questions/<id>.md`');
		expect(problemsWith({ 'en/questions/asked.md': page })).toEqual([]);
	});

	test('shows a section that passes, once its links and its source are there', () => {
		const page = blockAfter('2. Write `<code>/sections/<id>.md`')
			.replace('term:stakeholder', 'term:risk')
			.replace('section:steering-committee', 'section:second')
			.replace('ncs-guide', 'ncs');
		expect(problemsWith({ 'en/sections/first.md': page })).toEqual([]);
	});

	test('shows an indicator that passes', () => {
		const entry = /^In `indicators.json`: `(.*)`$/m.exec(readme)![1]!;
		const skeleton = entry.replace('"resilience"', '"topic"').replace('"cirt"', '"cabinet"');
		expect(
			problemsWith({
				'indicators.json': `{ "indicators": [${skeleton}] }`,
				'en/indicators.json': `{ ${blockAfter('Its words in `<code>/indicators.json`')} }`
			})
		).toEqual([]);
	});

	test('shows a migration that passes, and the mistake that it shows', () => {
		const text = blockAfter('## A new edition');
		const ids: [from: string, to: string][] = [
			['steering-committee', 'second'],
			['the-committee', 'following'],
			['lead-authority', 'asked'],
			['leading-body', 'inquired'],
			['risk-review', 'dropped'],
			['appoint-lead-authority', 'begin'],
			['name-the-body', 'set-out'],
			['vision', 'one'],
			['ambition', 'opening']
		];
		const small = (one: string) =>
			ids.reduce((all, [from, to]) => all.replaceAll(`"${from}"`, `"${to}"`), one);
		const edition = secondEdition();
		edition['guide.json'] = edition['guide.json']!.replace('"edition":"2"', '"edition":"2026.2"');
		const compile = (migration: string) =>
			compileGuide(contentWith({ ...edition, 'migration.json': migration }), 'small', 'fr');
		const { guide, problems } = compile(small(text));
		expect(problems).toEqual([]);
		expect(guide.migration?.[0]?.questions).toEqual({ asked: 'inquired', dropped: null });
		expect(guide.migration?.[0]?.titles.questions?.dropped).toBe('Examen des risques');
		const [mistake] = compile(small(text.replace('leading-body', 'leading-bodi'))).problems;
		const shown = lineOfProblem(mistake!).replace('/small/', '/cybersecurity/');
		expect(readme).toContain(shown.replace(' asked:', ' lead-authority:'));
	});

	test('shows an overlay that passes, and does what is said', () => {
		const disk = diskContent('content');
		const path = 'overlays/numenia.json';
		const text = blockAfter('## A national overlay');
		const content = {
			files: new Map([...disk.files, [path, text.length]]),
			read: (one: string) => (one === path ? text : disk.read(one))
		};
		const { guide } = compileGuide(content, 'cybersecurity', 'en');
		const guides = new Map([['en/cybersecurity', guide]]);
		expect(applyOverlays(content, guides)).toEqual([]);
		const { parts, topics, outline } = guides.get('en/cybersecurity')!;
		const titles = parts.flatMap((part) => part.sections.map(({ title }) => title));
		const at = titles.indexOf('The Digital Agency of Numenia');
		expect(titles[at + 1]).toBe('The outer islands');
		const governance = topics.find(({ id }) => id === 'governance')!;
		expect(governance.questions.at(-1)!.title).toBe('Contacts on the islands');
		expect(governance.measures.at(-1)!.id).toBe('numenia-name-contacts');
		expect(outline.chapters.map(({ id }) => id)).not.toContain('foreword');
	});
});
