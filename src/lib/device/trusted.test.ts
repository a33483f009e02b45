import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => void vi.unstubAllGlobals());

async function freshModule(): Promise<typeof import('./trusted.ts')> {
	vi.resetModules();
	vi.stubGlobal('location', new URL('https://app.example/en/search/?q=x'));
	return import('./trusted.ts');
}

test('a script of this origin passes as an absolute address', async () => {
	const { trustedScriptUrl } = await freshModule();
	expect(trustedScriptUrl('/_app/worker.js')).toBe('https://app.example/_app/worker.js');
	expect(trustedScriptUrl(new URL('https://app.example/w.js'))).toBe('https://app.example/w.js');
});

test('a script from elsewhere is refused, with and without Trusted Types', async () => {
	const foreign = [
		'https://evil.example/w.js',
		'//evil.example/w.js',
		'data:text/javascript,1',
		'javascript:1'
	];
	for (const trustedTypes of [undefined, { createPolicy: (_: string, rules: object) => rules }]) {
		const { trustedScriptUrl } = await freshModule();
		vi.stubGlobal('trustedTypes', trustedTypes);
		for (const url of foreign) expect(() => trustedScriptUrl(url), url).toThrow(TypeError);
	}
});

test('the policy is made once, under the name that the security policy allows', async () => {
	const { trustedScriptUrl } = await freshModule();
	const names: string[] = [];
	vi.stubGlobal('trustedTypes', {
		createPolicy: (
			name: string,
			{ createScriptURL }: { createScriptURL: (url: string) => string }
		) => {
			names.push(name);
			return { createScriptURL: (url: string) => ({ trusted: createScriptURL(url) }) };
		}
	});
	expect(names).toEqual([]);
	expect(trustedScriptUrl('/a.js')).toEqual({ trusted: 'https://app.example/a.js' });
	trustedScriptUrl('/b.js');
	expect(names).toEqual(['app-url']);
});
