/**
 * What a Word file's text refers to and does not hold itself: the addresses of its links, its pictures,
 * its lists. The writers of blocks ask for a number here; the package writes down what was asked for.
 */
import type { ListStart } from './numbering.ts';

/** `rId1` to `rId9` are the parts that every file has (package.ts). */
const firstFree = 10;

export type Relationship = { id: string; type: 'hyperlink' | 'image'; target: string };

export class FileParts {
	readonly relationships: Relationship[] = [];
	/** `media/image1.png` → its bytes. */
	readonly media = new Map<string, Uint8Array>();
	readonly lists: ListStart[] = [];
	/** What comes before the names of our own parts in a template's package. */
	readonly prefix: string;
	/** The number of the first list. */
	readonly firstList: number;
	#bookmarks = 0;
	#pictures = 0;

	constructor(prefix = '', firstList = 2) {
		this.prefix = prefix;
		this.firstList = firstList;
	}

	/** The id of a link; the same address has one. */
	link(address: string): string {
		const known = this.relationships.find((r) => r.type === 'hyperlink' && r.target === address);
		return known?.id ?? this.#relate('hyperlink', address);
	}

	/** The ids of a picture's two files, and its number. */
	picture(svg: string, png: Uint8Array): { svg: string; png: string; number: number } {
		const number = ++this.#pictures;
		const add = (name: string, bytes: Uint8Array): string => {
			this.media.set(`media/${name}`, bytes);
			return this.#relate('image', `media/${name}`);
		};
		return {
			number,
			png: add(`${this.prefix}image${number}.png`, png),
			svg: add(`${this.prefix}image${number}.svg`, new TextEncoder().encode(svg))
		};
	}

	/** The number of a new list; the headings' list is 1. */
	list(start: ListStart): number {
		return this.firstList + this.lists.push(start) - 1;
	}

	bookmark(): number {
		return ++this.#bookmarks;
	}

	#relate(type: Relationship['type'], target: string): string {
		const id = `rId${this.prefix}${firstFree + this.relationships.length}`;
		this.relationships.push({ id, type, target });
		return id;
	}
}
