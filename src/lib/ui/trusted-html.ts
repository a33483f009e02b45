/** Marks HTML of our own renderer as trusted, where the browser enforces Trusted Types. */
type Policy = { createHTML: (html: string) => unknown };
type Factory = {
	createPolicy: (name: string, rules: { createHTML: (html: string) => string }) => Policy;
};

const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
const policy = factory?.createPolicy('guide-html', { createHTML: (html) => html });

/** Only for HTML out of `guide/render.ts`. */
export const trustedHtml = (html: string): string =>
	policy ? (policy.createHTML(html) as string) : html;
