/** The outline: the chapters that a strategy of this guide has, with what belongs in each. */
import { heading, paragraph, type ExportBlock } from '../document.ts';
import type { ExportInput } from '../input.ts';

export function outlinePart(input: ExportInput): ExportBlock[] {
	const { words, outline, chapters } = input;
	// The team's own chapters where it has any: in their order, with the guidance of those it kept.
	const known = new Map(outline.map((one) => [one.title, one]));
	const shown =
		chapters.length > 0
			? chapters.map(
					({ title, outline: place }) =>
						outline[place ?? -1] ?? known.get(title) ?? { title, guidance: '', checklist: [] }
				)
			: outline;
	if (shown.length === 0) return [paragraph(words('export.noChapters'))];
	return [
		paragraph(words('export.outlineIntro', { count: shown.length }), 'lead'),
		...shown.flatMap(({ title, guidance, checklist }, i): ExportBlock[] => [
			heading(1, chapters[i]?.title || title || words('export.untitledChapter')),
			...(guidance === '' ? [] : [paragraph(guidance)]),
			...(checklist.length === 0
				? []
				: [
						{
							kind: 'list' as const,
							ordered: false,
							start: 1,
							items: checklist.map((item) => [paragraph(item)])
						}
					])
		])
	];
}
