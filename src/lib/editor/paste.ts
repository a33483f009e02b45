/**
 * Pasting: the HTML of Word, of a browser or of a mail, before the browser reads it. Tags keep the few
 * attributes that the schema asks for; styles become words for bold and italic. What comes in is the
 * schema's decision all the same: here nothing is left that a policy would have to stop.
 */
const kept = /^(?:href|start|data-(?:live-block|footnote|ref|pm-slice))$/;
const empty =
	/<!--[\s\S]*?-->|<(script|style|head|title|xml|template|svg|math)\b[\s\S]*?<\/\1\s*>/gi;
const tag = /<(\/?)([a-z][a-z0-9:-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi;
const attribute = /([^\s=/>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/g;

/** Pictures and what is embedded are not taken over: a document would ask a foreign place for them. */
const dropped =
	/^(?:img|script|style|iframe|object|embed|link|meta|base|svg|video|audio|source|form|input|button)$/i;

export const cleanHtml = (html: string): string =>
	html.replace(empty, '').replace(tag, (_all, close: string, name: string, rest: string) => {
		if (dropped.test(name)) return '';
		if (close) return `</${name}>`;
		const attributes = [...rest.matchAll(attribute)].flatMap(([, key = '', a, b, c]) => {
			const value = a ?? b ?? c ?? '';
			if (key.toLowerCase() === 'style') return dress(value);
			if (!kept.test(key.toLowerCase())) return [];
			return [`${key.toLowerCase()}="${value.replace(/"/g, '&quot;')}"`];
		});
		return `<${[name, ...attributes].join(' ')}>`;
	});

function dress(style: string): string[] {
	const found: string[] = [];
	if (/font-weight:\s*(?:bold|[6-9]\d\d)/i.test(style)) found.push('data-bold');
	if (/font-weight:\s*(?:normal|400)/i.test(style)) found.push('data-normal');
	if (/font-style:\s*italic/i.test(style)) found.push('data-italic');
	return found;
}
