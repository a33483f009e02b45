/** Figures of a country in words. Needs the namespace `facts`. */
import type { MessageKey } from '#lib/i18n/namespaces.ts';
import { formatNumber, translate } from '#lib/i18n/words.ts';
import { figureKind, givenFigures, type Figure, type FigureId } from '#lib/model/figure.ts';
import type { Lang } from '#lib/model/guide.ts';
import { currentLang } from './words.ts';

export const figureName = (id: FigureId): MessageKey => `facts.figure-${id}`;

/** A number for a field: as the language writes it, so that it can be read back. */
export const plainValue = (value: number, grouped: boolean, lang: Lang = currentLang()): string =>
	formatNumber(lang, value, { maximumFractionDigits: 2, useGrouping: grouped });

/** The figures that are given, as they stand in a table. */
export function figureRows(
	lang: Lang,
	figures: readonly Figure[]
): { name: string; value: string; year: string; source: string }[] {
	return givenFigures(figures).map(({ id, value, year, source }) => {
		const unit = figureKind(id)?.unit ?? 'persons';
		const shown = plainValue(value ?? 0, unit !== 'year', lang);
		return {
			name: translate(lang, figureName(id)),
			value: translate(lang, `facts.value-${unit}`, { value: shown }),
			year: year === null ? '' : plainValue(year, false, lang),
			source
		};
	});
}
