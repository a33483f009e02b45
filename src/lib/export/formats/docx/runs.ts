/**
 * Runs in Word: a stretch of one direction each.
 *
 * `w:rtl` makes Word take the complex-script font and size and order signs and digits from the
 * right; on Latin letters its effect is undefined (ECMA-376 part 1, 17.3.2.30). So a text is cut
 * where its direction changes, and every run says which one it is.
 */
import { ExternalHyperlink, TextRun, type IRunOptions, type ParagraphChild } from 'docx';
import type { Run } from '../../document.ts';
import { stretches } from '../../text.ts';
import { fonts, monospace, type Setting } from './setting.ts';
import { shaded } from './style.ts';

/** `dress`: what all of them wear besides their own. */
export function runsOf(
	runs: readonly Run[],
	set: Setting,
	dress: IRunOptions = {}
): ParagraphChild[] {
	return runs.flatMap((run): ParagraphChild[] => {
		if (run.link === undefined) return textRuns(run, set, dress);
		const linked = { ...dress, underline: {}, color: set.accent };
		return [new ExternalHyperlink({ link: run.link, children: textRuns(run, set, linked) })];
	});
}

export function textRuns(run: Run, set: Setting, dress: IRunOptions = {}): TextRun[] {
	const worn: IRunOptions = {
		...dress,
		bold: run.bold ?? dress.bold,
		italics: run.italic ?? dress.italics,
		strike: run.strike,
		font: run.code ? { ...fonts, ...monospace } : dress.font,
		shading: run.code ? shaded : undefined
	};
	return run.text.split('\n').flatMap((line, i) => {
		const pieces = stretches(line, set.direction);
		if (i > 0 && pieces.length === 0) pieces.push({ text: '', rtl: set.isRtl });
		return pieces.map(
			(piece, n) =>
				new TextRun({
					...worn,
					...(i > 0 && n === 0 ? { break: 1 } : {}),
					text: piece.text,
					rightToLeft: piece.rtl || (set.isRtl ? false : undefined)
				})
		);
	});
}
