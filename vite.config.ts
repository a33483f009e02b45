import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { packs } from './src/lib/guide/vite.ts';
import { words } from './src/lib/i18n/vite.ts';

/**
 * What every page runs goes into one file: each of forty small ones would cost a slow line its head
 * and a place in the queue. Svelte's parts for forms and the like stay with the pages that use them.
 */
const frame = new RegExp(
	[
		'node_modules/svelte/(?!src/(reactivity/|internal/client/dom/(elements/bindings/(input|size|universal)|blocks/(await|svelte-element))))',
		'node_modules/(@sveltejs/kit|esm-env|clsx|devalue)/',
		'src/lib/i18n/(?!work)',
		'src/lib/ui/(Icon|Prose|words|problems|trusted-html)',
		'src/lib/model/(problem|ids)',
		'src/lib/state/(offline|kept-hint|install-prompt|reading)',
		'src/lib/(guide/packs|courier/fetch|device/breath)\\.',
		'src/params/',
		'src/routes/\\[lang=lang\\]/(\\+layout|Header|LanguageMenu|OfflineStatus|Trouble|KeepGuide|nav)',
		'src/routes/\\+(layout|error)',
		'src/routes/\\[lang=lang\\]/guides/\\[guide\\]/(\\+layout|delivered|Contents|\\[section\\]/InShort)',
		'vite/preload-helper',
		'rolldown/runtime'
	]
		.join('|')
		.replaceAll('/', '[\\\\/]')
);

/** The words that every page of a language uses: one file a language. */
const everyday = /[\\/]content[\\/]languages[\\/]([\w-]+)[\\/](?:common|problems|reading)\.json$/;

export default defineConfig({
	plugins: [packs(), words(), sveltekit()],
	build: { target: ['chrome109', 'firefox115', 'safari16.4'] },
	environments: {
		client: {
			build: {
				rolldownOptions: {
					output: {
						codeSplitting: {
							groups: [
								{ name: 'frame', test: frame },
								{ name: (id) => `words-${everyday.exec(id)?.[1]}`, test: everyday }
							]
						}
					}
				}
			}
		}
	},
	test: {
		include: ['src/**/*.test.ts', 'tests/content/**/*.test.ts'],
		environment: 'node'
	}
});
