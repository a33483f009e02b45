/**
 * Runs in Word: a stretch of one direction each.
 *
 * `w:rtl` makes Word take the complex-script font and size and order signs and digits from the
 * right; on Latin letters its effect is undefined (ECMA-376 part 1, 17.3.2.30). So a text is cut
 * where its direction changes, and every run says which one it is.
 */
import type { Run } from '../../document.ts';
import { escapeMarkup, stretches } from '../../text.ts';
import { edgeOf } from './comments.ts';
import { markOf } from './footnotes.ts';
import { colours, fonts, monospace, type Setting } from './setting.ts';
import { el, runProperties, type RunLook, type Xml } from './xml.ts';

/** `dress`: what all of them wear besides their own. */
export const runsOf = (runs: readonly Run[], set: Setting, dress: RunLook = {}): Xml =>
	runs
		.map((run) => {
			if (run.remark) return edgeOf(run.remark, set);
			if (run.note) return markOf(run.note, set);
			if (run.link === undefined) return textRuns(run, set, dress);
			const linked = { ...dress, underline: true, color: set.accent };
			return el('w:hyperlink', { 'r:id': set.file.link(run.link) }, textRuns(run, set, linked));
		})
		.join('');

export function textRuns(run: Run, set: Setting, dress: RunLook = {}): Xml {
	const worn: RunLook = {
		...dress,
		...(run.bold ? { bold: true } : {}),
		...(run.italic ? { italic: true } : {}),
		...(run.strike ? { strike: true } : {}),
		...(run.code ? { fonts: { ...fonts, ...monospace }, shade: colours.shade } : {})
	};
	return run.text
		.split('\n')
		.flatMap((line, i) => {
			const pieces = stretches(line, set.direction);
			if (i > 0 && pieces.length === 0) pieces.push({ text: '', rtl: set.isRtl });
			return pieces.map((piece, n) => {
				const look = { ...worn, ...(piece.rtl || set.isRtl ? { rtl: piece.rtl } : {}) };
				return runOf(look, i > 0 && n === 0 ? '<w:br/>' : '', textOf(piece.text));
			});
		})
		.join('');
}

/** A run of the file's own making: a tab, a field's mark. */
export const markRun = (mark: Xml, { isRtl }: Setting): Xml =>
	runOf(isRtl ? { rtl: true } : {}, mark);

export const runOf = (look: RunLook, ...inside: Xml[]): Xml =>
	el('w:r', {}, runProperties(look), ...inside);

const textOf = (words: string): Xml =>
	words === '' ? '' : `<w:t xml:space="preserve">${escapeMarkup(words)}</w:t>`;
