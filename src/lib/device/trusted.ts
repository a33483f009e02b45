/**
 * The trusted URL: the one Trusted Types policy for addresses that run as a script (workers).
 *
 * The content security policy has `require-trusted-types-for 'script'`, so a browser that knows
 * Trusted Types refuses `new Worker('…')` with a plain string. The policy lets through what comes
 * from this origin and nothing else.
 */
type ScriptUrlPolicy = { createScriptURL: (url: string) => unknown };
type PolicyFactory = {
	createPolicy: (
		name: string,
		rules: { createScriptURL: (url: string) => string }
	) => ScriptUrlPolicy;
};

// A second policy of the same name is refused by the browser: it is made once, when first needed.
let policy: ScriptUrlPolicy | undefined;

/**
 * `url` for `new Worker` and the like: a TrustedScriptURL where the browser has them (typed as a
 * string, as the DOM's own types still are), else the absolute address. Throws a TypeError for
 * another origin.
 */
export function trustedScriptUrl(url: string | URL): string {
	const absolute = new URL(url, location.href).href;
	const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
	if (!factory) return sameOrigin(absolute);
	policy ??= factory.createPolicy('app-url', { createScriptURL: sameOrigin });
	return policy.createScriptURL(absolute) as string;
}

function sameOrigin(url: string): string {
	if (new URL(url).origin !== location.origin) {
		throw new TypeError(`a script of this origin is expected, found ${url.slice(0, 100)}`);
	}
	return url;
}
