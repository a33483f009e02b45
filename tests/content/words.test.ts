/** The words that every page carries: each is said somewhere. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
	.filter((path) => /\.(svelte|ts)$/.test(path) && !/\.test\.ts$/.test(path))
	.map((path) => readFileSync(join('src', path), 'utf8'))
	.join('\n');

test.each(['common', 'reading', 'problems'])('no word of "%s" is sent for nothing', (namespace) => {
	const words = JSON.parse(readFileSync(`content/languages/en/${namespace}.json`, 'utf8'));
	/** `reading.kind-${…}`: what stands before the part that is put in. */
	const beginnings = [...sources.matchAll(new RegExp(`${namespace}\\.([\\w-]+)\\$\\{`, 'g'))].map(
		([, beginning]) => beginning!
	);
	const unsaid = Object.keys(words).filter(
		(key) =>
			!key.startsWith('$') &&
			!sources.includes(`${namespace}.${key}`) &&
			!sources.includes(`'${key}'`) &&
			!beginnings.some((beginning) => key.startsWith(beginning))
	);
	expect(unsaid).toEqual([]);
});
