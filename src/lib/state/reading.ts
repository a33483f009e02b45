/** Where the reader was in a guide: kept on the device, for this browser only. */
export type ReadingPosition = { section: string; heading: string };

const key = (guide: string) => `reading:${guide}`;

export function readingPosition(guide: string): ReadingPosition | undefined {
	try {
		const stored: unknown = JSON.parse(localStorage.getItem(key(guide)) ?? 'null');
		if (typeof stored !== 'object' || stored === null) return undefined;
		const { section, heading } = stored as Record<string, unknown>;
		if (typeof section !== 'string') return undefined;
		return { section, heading: typeof heading === 'string' ? heading : '' };
	} catch {
		// Blocked or foreign storage: the reader starts at the contents (F-14).
		return undefined;
	}
}

export function rememberReading(guide: string, position: ReadingPosition): void {
	try {
		localStorage.setItem(key(guide), JSON.stringify(position));
	} catch {
		// As above: reading goes on without a memory.
	}
}

/** The second language that sections are shown in beside the first; empty for none. */
export function secondLanguage(): string {
	try {
		return localStorage.getItem('beside') ?? '';
	} catch {
		return '';
	}
}

export function rememberSecondLanguage(lang: string): void {
	try {
		localStorage.setItem('beside', lang);
	} catch {
		// As above: the choice lasts for this page.
	}
}

/** A section by its id, and those that it had in earlier editions: marks keep the one they were made with. */
export type MarkedSection = { id: string; was?: string[] };

/**
 * Whether the reader has put something on this section: a list beside the marks themselves, so that
 * a page without any need not open the store.
 */
export function hasMarks(guide: string, { id, was = [] }: MarkedSection): boolean {
	try {
		const marked = localStorage.getItem('marked') ?? '';
		return [id, ...was].some((one) => marked.includes(` ${guide}/${one} `));
	} catch {
		return false;
	}
}
