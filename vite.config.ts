import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { packs } from './src/lib/guide/vite.ts';

/**
 * What every page runs goes into one file: each of forty small ones would cost a slow line its head
 * and a place in the queue.
 */
const frame =
	/[\\/](node_modules[\\/](svelte|@sveltejs[\\/]kit|esm-env|clsx|devalue)[\\/]|src[\\/]lib[\\/](i18n[\\/]|ui[\\/](Icon|Prose|words|problems|trusted-html)|model[\\/]problem|state[\\/](offline|kept-hint|install-prompt|reading)|guide[\\/]packs\.|courier[\\/]fetch\.)|src[\\/]params[\\/]|src[\\/]routes[\\/]\[lang=lang\][\\/](\+layout|Header|LanguageMenu|OfflineStatus|Trouble|KeepGuide|nav))/;

export default defineConfig({
	plugins: [packs(), sveltekit()],
	build: { target: ['chrome109', 'firefox115', 'safari16.4'] },
	environments: {
		client: {
			build: {
				rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'frame', test: frame }] } } }
			}
		}
	},
	test: {
		include: ['src/**/*.test.ts', 'tests/content/**/*.test.ts'],
		environment: 'node'
	}
});
