import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { packs } from './src/lib/guide/vite.ts';
import { words } from './src/lib/i18n/vite.ts';
import { isEverywhere, nodes } from './src/launch/nodes.mjs';

const anyOf = (...paths: string[]) => new RegExp(paths.join('|').replaceAll('/', '[\\\\/]'));

/**
 * What every page runs goes into one file: each of forty small ones would cost a slow line its head
 * and a place in the queue. Svelte's parts for forms and the like stay with the pages that use them.
 */
const frame = anyOf(
	'node_modules/(svelte|@sveltejs/kit|esm-env|clsx|devalue)/',
	'src/lib/i18n/(?!work)',
	'src/lib/ui/(Icon|Prose|words|problems|trusted-html)',
	'src/lib/model/(problem|ids)',
	'src/lib/state/(offline(-facts)?\\.svelte|kept-hint|install-prompt|reading)',
	'src/lib/(guide/packs|courier/fetch|device/(breath|idle))\\.',
	'src/params/',
	'src/routes/\\[lang=lang\\]/(\\+layout|Header|LanguageMenu|OfflineStatus|Trouble|KeepGuide|nav)',
	'src/routes/\\+(layout|error)',
	'src/routes/\\[lang=lang\\]/guides/\\[guide\\]/(\\+layout|delivered|Contents|\\[section\\]/InShort)',
	'vite/preload-helper',
	'rolldown/runtime'
);

/** Svelte's parts for forms and the like. */
const forms = anyOf(
	'node_modules/svelte/src/internal/client/dom/(elements/bindings/(input|select|size)|blocks/(await|svelte-element))',
	'node_modules/svelte/src/reactivity/(set|media-query|reactive-value)'
);

/** What every work page runs: a kept page is there sooner when it is not read from twenty files. */
const work = anyOf(
	'node_modules/(yjs|lib0|dexie)/',
	// What only a shared workspace uses comes with `sharing`.
	'src/lib/(sync/(?!wire|protocol|control|envelope|contain|packing|pieces|dictionary|note|sealed)|store/(?!demo|device-lock|has-store))',
	'src/lib/state/(workspace|open-document|outside-copy|saver|store-door|guide|view|edition)',
	'src/routes/\\[lang=lang\\]/\\(work\\)/(work\\.|WorkBar|SaveStatus|EditionLine)',
	'src/routes/\\[lang=lang\\]/\\(work\\)/assess/\\[guide\\]/Field'
);

/**
 * What a phone in a workshop's room shares with a work page: without a chunk of its own it would lie in that
 * of the work pages, and forty phones would load Yjs and Dexie over one weak access point.
 */
const sealing = anyOf(
	'node_modules/@noble/(ciphers|curves)/',
	'node_modules/@noble/hashes/(hkdf|hmac)',
	'src/lib/crypto/(keyring|keys|random|seal)\\.',
	'src/lib/sync/(note|protocol|sealed)\\.'
);

/** What phones and work pages pack and check with: a work page has it for its files, and seals nothing. */
const packing = anyOf('node_modules/@noble/hashes/(sha2|_md|_u64|utils)', 'node_modules/fflate/');

/** Closed lists and small tools that rules, work pages and phones share: no reason to load one of those three. */
const nouns = anyOf(
	'src/lib/crypto/bytes\\.',
	'src/lib/model/(guide|room|wire|workshop)\\.',
	'src/lib/sync/(tidy|wire)\\.'
);

/** What the draft page loads when somebody writes: one chunk of its own, kept for offline. */
const editor = anyOf(
	'node_modules/(prosemirror-[a-z-]+|orderedmap|w3c-keyname|rope-sequence)/',
	'src/lib/editor/'
);

/** What pages for who has begun nothing share with work pages: in their chunk it would bring the store to who only looks. */
const steps = anyOf('src/routes/\\[lang=lang\\]/steps\\.', 'src/lib/store/has-store\\.');

export default defineConfig({
	plugins: [packs(), words(), nodes(), sveltekit()],
	// The worker that writes documents loads the format that was asked for.
	worker: { format: 'es' },
	build: { target: ['chrome109', 'firefox115', 'safari16.4'] },
	environments: {
		client: {
			build: {
				rolldownOptions: {
					preserveEntrySignatures: 'allow-extension',
					// Else every page would load them, for what they might do by being loaded.
					treeshake: { moduleSideEffects: [{ test: forms, sideEffects: false }] },
					output: {
						codeSplitting: {
							groups: [
								{ name: 'forms', test: forms, priority: 3, includeDependenciesRecursively: false },
								{ name: 'frame', test: (id) => frame.test(id) || isEverywhere(id), priority: 2 },
								{ name: 'rules', test: /[\\/]src[\\/]lib[\\/]assessment[\\/]/, priority: 1 },
								{ name: 'nouns', test: nouns, priority: 2 },
								{ name: 'packing', test: packing, priority: 2 },
								{ name: 'steps', test: steps, priority: 2 },
								{
									name: 'sealing',
									test: sealing,
									priority: 1,
									includeDependenciesRecursively: false
								},
								{ name: 'work', test: work },
								{ name: 'editor', test: editor, includeDependenciesRecursively: false }
							]
						}
					}
				}
			}
		}
	},
	test: {
		include: ['src/**/*.test.ts', 'tests/content/**/*.test.ts', 'tests/simulation/**/*.test.ts'],
		environment: 'node',
		// Some wait for processes and databases: a second try tells a slow machine from a fault.
		retry: process.env.CI ? 1 : 0
	}
});
