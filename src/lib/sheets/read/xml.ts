/**
 * Reads XML that a stranger made, where there is no DOMParser (a worker): tags and text, one after the
 * other. A document type is refused, and no entity is known but the five of XML itself (S-08, F-37): so
 * there is nothing that could be expanded, and nothing outside that could be fetched.
 */
import { damaged } from '../bad-file.ts';

export type XmlHandlers = {
	/** `name` without its prefix. The attributes' names are without theirs, too, but `r:id` is `r:id`. */
	open: (name: string, attributes: Record<string, string>) => void;
	close: (name: string) => void;
	text: (text: string) => void;
};

const deepest = 64;
const plainEntities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** `text` with its entities as characters. Throws BadFile `damaged` for one that it does not know. */
export function unescapeXml(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(/&([^;&]{0,12})(;?)/g, (_, name: string, end: string) => {
		const plain = plainEntities[name];
		if (end && plain !== undefined) return plain;
		const code = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(name);
		const point = code ? parseInt(code[1] ?? code[2]!, code[1] ? 16 : 10) : NaN;
		if (!end || !(point > 0 && point <= 0x10ffff)) throw damaged(`entity ${name}`);
		return String.fromCodePoint(point);
	});
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

function attributesOf(tag: string): Record<string, string> {
	const found: Record<string, string> = Object.create(null);
	const pattern = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
	for (const [, name = '', double, single] of tag.matchAll(pattern)) {
		if (name === 'xmlns' || name.startsWith('xmlns:')) continue;
		const value = unescapeXml(double ?? single ?? '');
		found[name === 'r:id' || name.endsWith(':id') ? 'r:id' : localName(name)] = value;
	}
	return found;
}

/** Where the tag that begins at `from` ends: a ">" inside of a value is none. */
function endOfTag(xml: string, from: number): number {
	let end = xml.indexOf('>', from);
	const quote = /["']/g;
	quote.lastIndex = from;
	for (let hit = quote.exec(xml); hit && hit.index < end; hit = quote.exec(xml)) {
		const close = xml.indexOf(hit[0], hit.index + 1);
		if (close < 0) return -1;
		if (close > end) end = xml.indexOf('>', close);
		if (end < 0) return -1;
		quote.lastIndex = close + 1;
	}
	return end;
}

/** Reads `xml` from its beginning to its end. Throws BadFile `damaged`, and what the handlers throw. */
export function readXml(xml: string, handlers: XmlHandlers): void {
	const open: string[] = [];
	let at = xml.charCodeAt(0) === 0xfeff ? 1 : 0;
	while (at < xml.length) {
		const next = xml.indexOf('<', at);
		if (next !== at) {
			const text = xml.slice(at, next < 0 ? xml.length : next);
			if (open.length > 0) handlers.text(unescapeXml(text));
			else if (text.trim() !== '') throw damaged('text outside of the root');
		}
		if (next < 0) break;
		if (xml.startsWith('<!--', next)) {
			at = past(xml, '-->', next + 4);
		} else if (xml.startsWith('<![CDATA[', next)) {
			at = past(xml, ']]>', next + 9);
			handlers.text(xml.slice(next + 9, at - 3));
		} else if (xml.startsWith('<?', next)) {
			at = past(xml, '?>', next + 2);
		} else if (xml.startsWith('<!', next)) {
			throw damaged('a document type');
		} else {
			const end = endOfTag(xml, next);
			if (end < 0) throw damaged('a tag without an end');
			if (xml[next + 1] === '/') {
				const name = localName(xml.slice(next + 2, end).trim());
				if (open.pop() !== name) throw damaged(`</${name}> closes nothing`);
				handlers.close(name);
			} else {
				const isEmpty = xml[end - 1] === '/';
				const tag = xml.slice(next + 1, isEmpty ? end - 1 : end);
				const space = tag.search(/\s/);
				const name = localName(space < 0 ? tag : tag.slice(0, space));
				if (name === '') throw damaged('a tag without a name');
				handlers.open(name, space < 0 ? {} : attributesOf(tag.slice(space)));
				if (isEmpty) handlers.close(name);
				else if (open.push(name) > deepest) throw damaged('tags too deep');
			}
			at = end + 1;
		}
	}
	if (open.length > 0) throw damaged(`<${open.at(-1)}> is not closed`);
}

function past(xml: string, mark: string, from: number): number {
	const at = xml.indexOf(mark, from);
	if (at < 0) throw damaged(`no ${mark}`);
	return at + mark.length;
}
