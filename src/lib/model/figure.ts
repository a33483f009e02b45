/**
 * Figures of a country that every guide needs: asked once a workspace, each with its year and source.
 *
 * The list is closed and grows at its end; a figure that a newer version knows stays in the document
 * unread. Names and explanations are in `content/languages/<lang>/facts.json`.
 */

/** percent: 0 to 100 of a whole. income: per cent of a month's income, which may be above 100. */
export type FigureUnit = 'persons' | 'percent' | 'per-hundred' | 'income' | 'year';

export type FigureKind = { id: string; unit: FigureUnit; min: number; max: number };

export const figureKinds = [
	{ id: 'population', unit: 'persons', min: 1, max: 2_000_000_000 },
	{ id: 'rural', unit: 'percent', min: 0, max: 100 },
	{ id: 'literacy', unit: 'percent', min: 0, max: 100 },
	{ id: 'broadband-coverage', unit: 'percent', min: 0, max: 100 },
	{ id: 'internet-users', unit: 'percent', min: 0, max: 100 },
	{ id: 'women-internet-users', unit: 'percent', min: 0, max: 100 },
	{ id: 'mobile-subscriptions', unit: 'per-hundred', min: 0, max: 400 },
	{ id: 'electricity', unit: 'percent', min: 0, max: 100 },
	{ id: 'data-price', unit: 'income', min: 0, max: 500 },
	{ id: 'schools-online', unit: 'percent', min: 0, max: 100 },
	{ id: 'health-facilities-online', unit: 'percent', min: 0, max: 100 },
	{ id: 'extension-offices-online', unit: 'percent', min: 0, max: 100 },
	{ id: 'digital-id', unit: 'percent', min: 0, max: 100 },
	{ id: 'births-registered', unit: 'percent', min: 0, max: 100 },
	{ id: 'census', unit: 'year', min: 1900, max: 2100 }
] as const satisfies readonly FigureKind[];
export type FigureId = (typeof figureKinds)[number]['id'];

/** Years that a figure may be of. */
export const figureYears = { min: 1900, max: 2100 } as const;

export type Figure = {
	id: FigureId;
	/** Null: not given, or taken back. */
	value: number | null;
	/** The year that the value is of, or null. */
	year: number | null;
	source: string;
};

export const figureKind = (id: string): FigureKind | undefined =>
	figureKinds.find((kind) => kind.id === id);

/** The figures that have a value. */
export const givenFigures = (figures: readonly Figure[]): Figure[] =>
	figures.filter(({ value }) => value !== null);

/** What somebody typed, as a number within a range; or why it is none. Empty is null. */
export type Typed = { value: number | null } | { wrong: 'number' | 'whole' | 'range' };

/**
 * Reads a number as people write it: with the digits of their script, a comma or a point for the
 * decimals, and spaces or marks between thousands where that leaves no doubt.
 */
export function readTyped(text: string, kind: Pick<FigureKind, 'unit' | 'min' | 'max'>): Typed {
	const plain = text
		.normalize('NFKC')
		.replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 15))
		.replaceAll('٫', '.')
		.replace(/[\s'’_٬]/g, '')
		.replace(/[%٪]$/, '');
	if (plain === '') return { value: null };
	const isWhole = kind.unit === 'persons' || kind.unit === 'year';
	// Where there are no decimals, one mark before three digits stands between thousands, too.
	const isThousands = isWhole && /^\d{1,3}[.,]\d{3}$/.test(plain);
	const number = asNumber(isThousands ? plain.replace(/[.,]/, '') : plain);
	if (number === null) return { wrong: 'number' };
	if (isWhole && !Number.isInteger(number)) return { wrong: 'whole' };
	if (number < kind.min || number > kind.max) return { wrong: 'range' };
	return { value: number };
}

function asNumber(plain: string): number | null {
	// 12,345,678 or 12.345.678: more than one mark can only stand between thousands.
	if (/^\d{1,3}([.,])\d{3}(\1\d{3})+$/.test(plain)) return Number(plain.replace(/[.,]/g, ''));
	if (/^\d{1,3}(,\d{3})+\.\d+$/.test(plain)) return Number(plain.replaceAll(',', ''));
	if (/^\d{1,3}(\.\d{3})+,\d+$/.test(plain)) {
		return Number(plain.replaceAll('.', '').replace(',', '.'));
	}
	return /^-?\d+([.,]\d+)?$/.test(plain) ? Number(plain.replace(',', '.')) : null;
}
