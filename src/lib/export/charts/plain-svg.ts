/**
 * Whether an SVG is one that `charts/` could have made: shapes and words, nothing that runs, loads or
 * refers. An allow-list, so that what nobody thought of is refused.
 */
const elements = new Set(
	'svg g title desc rect circle line polygon polyline path text tspan'.split(' ')
);
const attributes = new Set(
	(
		'xmlns viewBox width height role aria-label direction font-family font-size font-weight fill ' +
		'fill-opacity stroke stroke-width stroke-dasharray stroke-linejoin text-anchor ' +
		'x y x1 y1 x2 y2 cx cy r d points'
	).split(' ')
);

/** True for one `svg` element, well-formed, with nothing outside the lists. */
export function isPlainSvg(svg: string): boolean {
	const open: string[] = [];
	const tag = /<(\/?)([a-zA-Z]+)((?:\s[^<>"=\s/]+="[^<>"]*")*)\s*(\/?)>/y;
	let at = 0;
	do {
		if (svg[at] !== '<') {
			const next = svg.indexOf('<', at);
			if (next < 0 || svg.slice(at, next).includes('>')) return false;
			at = next;
		}
		tag.lastIndex = at;
		const found = tag.exec(svg);
		if (!found) return false;
		const [all, isEnd, name = '', list = '', isEmpty] = found;
		if (!elements.has(name)) return false;
		for (const [, key = '', value = ''] of list.matchAll(/\s([^=]+)="([^"]*)"/g)) {
			// A name is words; anything else could name a resource.
			const isWords = key === 'aria-label';
			if (!attributes.has(key) || (!isWords && /url\s*\(/i.test(value))) return false;
		}
		if (isEnd) {
			if (open.pop() !== name) return false;
		} else if (!isEmpty) open.push(name);
		at += all.length;
	} while (open.length > 0);
	return at === svg.length && svg.startsWith('<svg');
}
