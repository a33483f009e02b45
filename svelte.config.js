import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import adapter from '@sveltejs/adapter-static';
import { finish } from './src/launch/finish.mjs';
import { codeVersion } from './src/launch/version.mjs';

/** The one script of app.html (the chosen theme, before the first paint) is allowed by its hash. */
const themeScript = /<script>(.*?)<\/script>/s.exec(readFileSync('src/app.html', 'utf8'))[1];
const themeHash = `sha256-${createHash('sha256').update(themeScript).digest('base64')}`;

const files = adapter({ pages: 'build', assets: 'build', fallback: 'shell.html', strict: true });

/** @type {import('@sveltejs/kit').Config} */
export default {
	compilerOptions: {
		// A class of a component stands 4,700 times in what a device keeps, and 366 times in a section's page:
		// five letters of its hash are 60 million names for three hundred components.
		cssHash: ({ hash, filename, css }) => `s${hash(filename ?? css).slice(0, 5)}`
	},
	kit: {
		adapter: {
			...files,
			// The list of what a device keeps, the header policies and the compressed twins are made from
			// the finished files: made any earlier, a later edit would leave them stale.
			adapt: async (builder) => {
				await files.adapt(builder);
				// Here and not above: an editor reads this file with a Node that may not know TypeScript.
				const [{ lineOf }, { hashDigits }] = await Promise.all([
					import('./src/lib/model/bundle-line.ts'),
					import('./src/lib/model/hash-digits.ts')
				]);
				await finish('build', builder.getClientDirectory(), { lineOf, hashDigits });
			}
		},
		// The hash of the code, not of the content: a corrected sentence in a guide leaves every script
		// as it was, and costs a reader the sentence's own file.
		version: { name: codeVersion() },
		paths: { relative: false },
		inlineStyleThreshold: 100_000,
		serviceWorker: { register: false },
		prerender: {
			handleHttpError: 'fail',
			handleMissingId: ({ path, message }) => {
				// Work pages are drawn in the browser: a question's or a button's place is not in the file.
				if (!/^\/[a-z-]+\/(assess|export)\//.test(path)) throw new Error(message);
			}
		},
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['none'],
				'script-src': ['self', themeHash],
				'style-src': ['self'],
				// SvelteKit's announcer of page changes carries one fixed style attribute; no other passes.
				'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
				'img-src': ['self', 'blob:', 'data:'],
				'font-src': ['self'],
				'connect-src': ['self'],
				'worker-src': ['self'],
				'manifest-src': ['self'],
				'base-uri': ['none'],
				'form-action': ['none'],
				'object-src': ['none'],
				'require-trusted-types-for': ['script'],
				// The editor reads pasted HTML in a detached document; its schema says what of it comes in.
				'trusted-types': [
					'svelte-trusted-html',
					'sveltekit-trusted-url',
					'guide-html',
					'app-url',
					'ProseMirrorClipboard'
				]
			}
		}
	}
};
