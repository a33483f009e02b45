import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** Rooms that a floor must not lean on: imports fall, like water (src/README.md). */
const above = (...rooms) => ({
	'no-restricted-imports': [
		'error',
		{
			patterns: rooms.map((room) => ({
				group: [`#lib/${room}/*`],
				message: `${room} is a floor above.`
			}))
		}
	]
});
const hands = ['store', 'courier', 'device'];

export default ts.config(
	{ ignores: ['build/', '.svelte-kit/', 'node_modules/', 'tests/.out/'] },
	js.configs.recommended,
	...ts.configs.recommended,
	...svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			// TypeScript knows every name; the rule does not know its types.
			'no-undef': 'off',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_' }
			],
			'no-console': 'off',
			// Addresses are made by `href` with the language of the page; the app has no base path.
			'svelte/no-navigation-without-resolve': 'off',
			// HTML enters a page in ui/Prose.svelte alone, and there on purpose.
			'svelte/no-at-html-tags': 'error',
			// Live state holds plain collections in $state.raw and replaces them whole.
			'svelte/prefer-svelte-reactivity': 'off',
			eqeqeq: 'error'
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig }
		}
	},
	{
		files: ['**/*.svelte'],
		rules: {
			'no-restricted-syntax': [
				'error',
				{
					selector:
						':matches(SvelteElement[kind="html"] > SvelteStartTag > SvelteSpreadAttribute, ' +
						'SvelteElement[name.name="svelte:element"] > SvelteStartTag > SvelteAttribute[key.name!="class"])',
					message:
						'Name them on a named element: the code for any attribute would come to every page.'
				}
			]
		}
	},
	{ files: ['src/lib/ui/Prose.svelte'], rules: { 'svelte/no-at-html-tags': 'off' } },
	{
		files: ['src/lib/{model,i18n}/**/*.ts'],
		rules: above('guide', 'assessment', 'draft', 'plan', 'export', 'sync', 'state', 'ui', ...hands)
	},
	{
		files: ['src/lib/{assessment,draft,export,plan,sheets,sync}/**/*.ts'],
		rules: above('state', 'ui', ...hands)
	},
	{ files: ['src/lib/{store,courier,device}/**/*.ts'], rules: above('state', 'ui') },
	{ files: ['src/lib/state/**/*.ts'], rules: above('ui') }
);
