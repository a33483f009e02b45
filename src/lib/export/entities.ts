/**
 * Entities (`&amp;`, `&#233;`, `&nbsp;`) as the characters that a browser shows for them.
 *
 * A browser knows 2,231 names; these are the ones that people type or paste. Another name stays as it
 * was typed, so nothing is lost.
 */
const names: Record<string, string> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: '\u00A0',
	shy: '\u00AD',
	copy: '©',
	reg: '®',
	trade: '™',
	deg: '°',
	sect: '§',
	para: '¶',
	middot: '·',
	bull: '•',
	hellip: '…',
	ndash: '–',
	mdash: '—',
	lsquo: '‘',
	rsquo: '’',
	ldquo: '“',
	rdquo: '”',
	laquo: '«',
	raquo: '»',
	euro: '€',
	pound: '£',
	yen: '¥',
	times: '×',
	divide: '÷',
	plusmn: '±',
	frac12: '½',
	eacute: 'é',
	egrave: 'è',
	ecirc: 'ê',
	agrave: 'à',
	acirc: 'â',
	ccedil: 'ç',
	ocirc: 'ô',
	ucirc: 'û',
	ugrave: 'ù',
	ntilde: 'ñ',
	aacute: 'á',
	iacute: 'í',
	oacute: 'ó',
	uacute: 'ú',
	uuml: 'ü',
	ouml: 'ö',
	auml: 'ä',
	rlm: '\u200F',
	lrm: '\u200E',
	zwnj: '\u200C',
	zwj: '\u200D'
};

export const decodeEntities = (words: string): string =>
	words.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z][a-z0-9]{1,31});/gi, (all, name: string) => {
		if (!name.startsWith('#')) return Object.hasOwn(names, name) ? names[name]! : all;
		const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
		return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD';
	});
