/** content/README.md is what a new author follows: what it shows must work. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { verbs } from '#lib/guide/author/commands.ts';
import { compileGuide } from '#lib/guide/compile.ts';
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
});
