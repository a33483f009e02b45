import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { packs } from './src/lib/guide/vite.ts';

export default defineConfig({
	plugins: [packs(), sveltekit()],
	build: { target: ['chrome109', 'firefox115', 'safari16.4'] },
	test: {
		include: ['src/**/*.test.ts', 'tests/content/**/*.test.ts'],
		environment: 'node'
	}
});
