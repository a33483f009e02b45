/** Reading a stranger's XML without a parser of entities: what a template needs of it, and no more. */

/** `target`: the path in the package, or the address where `external`. */
export type Related = { id: string; type: string; target: string; external: boolean };

const unescaped = (text: string): string =>
	text
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&apos;/g, "'")
		.replace(/&amp;/g, '&');

/** The relationships of a part in `folder` ("word/"); `type` is the last step of its address. */
export function relationshipsIn(xml: string, folder: string): Related[] {
	return [...xml.matchAll(/<Relationship\b([^>]*?)\/?>/g)].flatMap(([, list = '']) => {
		const of = (name: string): string =>
			unescaped(new RegExp(`\\b${name}="([^"]*)"`).exec(list)?.[1] ?? '');
		const [id, target] = [of('Id'), of('Target')];
		if (id === '' || target === '') return [];
		const external = of('TargetMode') === 'External';
		const type = of('Type').split('/').at(-1) ?? '';
		return [{ id, type, target: external ? target : resolved(target, folder), external }];
	});
}

/** A path in the package; one that leads out of it is none that exists. */
function resolved(target: string, folder: string): string {
	if (target.startsWith('/')) return target.slice(1);
	const steps: string[] = [];
	for (const step of `${folder}${target}`.split('/')) {
		if (step === '..') steps.pop();
		else if (step !== '.' && step !== '') steps.push(step);
	}
	return steps.join('/');
}

/**
 * `xml` without what refers to the relationship `id`: Word calls a file damaged that names one which is
 * not there.
 */
export function withoutRelationship(xml: string, id: string): string {
	const name = id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return xml
		.replace(
			new RegExp(`<o:OLEObject\\b[^>]*\\br:id="${name}"[^>]*?(?:/>|>.*?</o:OLEObject>)`, 'gs'),
			''
		)
		.replace(new RegExp(`<w:control\\b[^>]*\\br:id="${name}"[^>]*?/>`, 'g'), '')
		.replace(
			new RegExp(`<a:hlinkClick\\b[^>]*\\br:id="${name}"[^>]*?(?:/>|>.*?</a:hlinkClick>)`, 'gs'),
			''
		)
		.replace(new RegExp(`<asvg:svgBlip\\b[^>]*\\br:embed="${name}"[^>]*?/>`, 'g'), '')
		.replace(new RegExp(`\\s+[\\w]+:(?:id|link|embed|href|pict)="${name}"`, 'g'), '');
}

/** Fields that show something of the document itself; all others could fetch or run. */
export const fieldIsHarmless = (instruction: string): boolean => {
	const word = /^\s*([A-Z]+)/i.exec(unescaped(instruction))?.[1]?.toUpperCase();
	return (
		word === undefined ||
		[
			'PAGE',
			'NUMPAGES',
			'SECTIONPAGES',
			'SECTION',
			'DATE',
			'TIME',
			'CREATEDATE',
			'SAVEDATE',
			'TITLE',
			'SUBJECT',
			'STYLEREF',
			'MERGEFORMAT',
			'FILENAME',
			'IF',
			'REF',
			'SEQ'
		].includes(word)
	);
};

/** Whether every element is closed, in order. Comments, instructions and CDATA are passed over. */
export function isWellFormed(xml: string): boolean {
	const open: string[] = [];
	const piece =
		/<\?.*?\?>|<!--.*?-->|<!\[CDATA\[.*?\]\]>|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+/gsy;
	let at = 0;
	let elements = 0;
	while (at < xml.length) {
		piece.lastIndex = at;
		const found = piece.exec(xml);
		if (!found) return false;
		const [all, isEnd, name, , isEmpty] = found;
		if (name !== undefined) {
			elements++;
			if (isEnd) {
				if (open.pop() !== name) return false;
			} else if (!isEmpty) open.push(name);
		}
		at += all.length;
	}
	return open.length === 0 && elements > 0;
}
