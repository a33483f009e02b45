/** The signs on the editor's buttons: lines of a 24 by 24 grid. */
import type { CommandName } from '#lib/editor/commands.ts';

export const signs: Record<CommandName, string> = {
	paragraph: 'M13 4v16M17 4v16M19 4H10a4 4 0 0 0 0 8h3',
	heading2: 'M4 5v14M12 5v14M4 12h8M16 11a2.5 2.5 0 1 1 4.6 1.4L16 18h5',
	heading3: 'M4 5v14M12 5v14M4 12h8M16.5 9H21l-3 3.6a2.8 2.8 0 1 1-2.2 4.6',
	strong: 'M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7zM8 5v14',
	em: 'M10 5h8M6 19h8M14 5l-4 14',
	link: 'M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.7-5.7l-1.5 1.5M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 5.7 5.7l1.5-1.5',
	bullets: 'M9 6h11M9 12h11M9 18h11M4.5 6h.1M4.5 12h.1M4.5 18h.1',
	numbers: 'M10 6h10M10 12h10M10 18h10M4 4.5L5.5 4v4M4 16h2.5L4 20h2.5',
	outdent: 'M4 5h16M11 10h9M11 14h9M4 19h16M7 9l-3 3 3 3',
	indent: 'M4 5h16M11 10h9M11 14h9M4 19h16M4 9l3 3-3 3',
	quote: 'M5 17c3-1 4-3 4-7H5v4h4M14 17c3-1 4-3 4-7h-4v4h4',
	table: 'M4 5h16v14H4zM4 10h16M4 14.5h16M10 5v14M15 5v14',
	footnote: 'M4 8l6 11M10 8L4 19M15 5.5L17.5 4v9M15 13h5',
	rowAdd: 'M4 4h16v7H4zM12 4v7M12 14v7M8.5 17.5h7',
	rowRemove: 'M4 4h16v7H4zM12 4v7M8.5 17.5h7',
	columnAdd: 'M4 4h7v16H4zM4 12h7M14 12h7M17.5 8.5v7',
	columnRemove: 'M4 4h7v16H4zM4 12h7M14 12h7',
	tableRemove: 'M4 5h16v14H4zM4 10h16M9 13l6 5M15 13l-6 5',
	undo: 'M8 5L4 9l4 4M4 9h9a6 6 0 0 1 0 12h-3',
	redo: 'M16 5l4 4-4 4M20 9h-9a6 6 0 0 0 0 12h3'
};
