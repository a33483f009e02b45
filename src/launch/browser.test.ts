import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browserPath } from './browser.mjs';
import { folderWith } from './fixture.ts';

const works = '#!/bin/sh\necho Chromium 1\n';
// Otherwise a machine without an Arabic font would get one from a unit test.
const font = '#!/bin/sh\necho Noto Sans Arabic\n';
const note = '#!/bin/sh\necho install the other package instead\nexit 1\n';

let warned: string[] = [];
beforeEach(() => {
	warned = [];
	vi.spyOn(console, 'warn').mockImplementation((text) => void warned.push(text));
});
afterEach(() => {
	vi.unstubAllEnvs();
	vi.restoreAllMocks();
});

describe.skipIf(process.platform === 'win32')('the browser', () => {
	it('is the one that the environment names', async () => {
		const folder = folderWith({ mine: works, 'fc-list': font });
		const path = join(folder, 'mine');
		vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
		vi.stubEnv('CHROMIUM_PATH', path);
		expect(await browserPath()).toBe(path);
		expect(warned).toEqual([]);
	});

	it('is the system’s when there is no other; one that only exists does not count', async () => {
		const folder = folderWith({
			chromium: note,
			'chromium-browser': works,
			broken: note,
			'fc-list': font
		});
		vi.stubEnv('PLAYWRIGHT_BROWSERS_PATH', folder);
		vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
		vi.stubEnv('CHROMIUM_PATH', join(folder, 'broken'));
		expect(await browserPath()).toBe(join(folder, 'chromium-browser'));
		expect(warned.join()).toContain(`CHROMIUM_PATH is "${join(folder, 'broken')}", which does not`);
	});
});
