import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { digestOf } from './build.mjs';
import { folderWith } from './fixture.ts';

const sources = { 'src/app.html': 'a', 'content/guides/x/guide.json': '{}', 'vite.config.ts': '' };

it('the same sources have the same digest in any folder', () => {
	expect(digestOf(folderWith(sources))).toBe(digestOf(folderWith(sources)));
});

it('what is not built from does not change it', () => {
	const more = { ...sources, 'README.md': 'x', 'tests/a.ts': 'x', 'build/.stamp': 'x' };
	expect(digestOf(folderWith(more))).toBe(digestOf(folderWith(sources)));
});

it.each(['src/app.html', 'content/guides/x/guide.json', 'vite.config.ts', 'static/new.svg'])(
	'a change of %s changes it',
	(name) => {
		const folder = folderWith({ ...sources, 'static/old.svg': '' });
		const before = digestOf(folder);
		writeFileSync(join(folder, name), 'changed');
		expect(digestOf(folder)).not.toBe(before);
	}
);

it('a new name for the same bytes changes it', () => {
	const folder = folderWith(sources);
	const before = digestOf(folder);
	renameSync(join(folder, 'src/app.html'), join(folder, 'src/app2.html'));
	expect(digestOf(folder)).not.toBe(before);
});
