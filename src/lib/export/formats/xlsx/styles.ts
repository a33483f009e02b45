/** Styles: how a cell looks and how its number is written. Each look that is asked for is one, once. */
import { declaration, el, main, type Xml } from './xml.ts';

export type Look = {
	/** As Excel writes it: `yyyy-mm-dd`; absent: as it is. */
	format?: string;
	wrap?: boolean;
	/** Short values that stand between longer ones. */
	center?: boolean;
	/** edit: may be changed; still: is computed or only shown. */
	role: 'edit' | 'still' | 'head-edit' | 'head-still' | 'title' | 'heading' | 'prose' | 'strong';
};

const fonts: Record<string, Xml> = {
	plain: '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
	quiet: '<font><sz val="11"/><color rgb="FF595F69"/><name val="Calibri"/><family val="2"/></font>',
	bold: '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
	white:
		'<font><b/><sz val="11"/><color rgb="FFFFFFFF"/><name val="Calibri"/><family val="2"/></font>',
	large: '<font><b/><sz val="18"/><name val="Calibri"/><family val="2"/></font>',
	middle: '<font><b/><sz val="13"/><name val="Calibri"/><family val="2"/></font>'
};
const solid = (color: string): Xml =>
	`<fill><patternFill patternType="solid"><fgColor rgb="FF${color}"/><bgColor indexed="64"/></patternFill></fill>`;
const fills = [
	'<fill><patternFill patternType="none"/></fill>',
	'<fill><patternFill patternType="gray125"/></fill>',
	solid('1D4F91'),
	solid('E3E6EA'),
	solid('F5F6F8')
];
const hairline = '<color rgb="FFD5D9DF"/>';
const borders = [
	'<border><left/><right/><top/><bottom/><diagonal/></border>',
	`<border><left/><right/><top/><bottom style="thin">${hairline}</bottom><diagonal/></border>`
];
const roles: Record<Look['role'], { font: string; fill: number; border: number }> = {
	edit: { font: 'plain', fill: 0, border: 1 },
	still: { font: 'quiet', fill: 4, border: 1 },
	'head-edit': { font: 'white', fill: 2, border: 0 },
	'head-still': { font: 'bold', fill: 3, border: 0 },
	title: { font: 'large', fill: 0, border: 0 },
	heading: { font: 'middle', fill: 0, border: 0 },
	prose: { font: 'plain', fill: 0, border: 0 },
	strong: { font: 'bold', fill: 4, border: 1 }
};

const builtIn: Record<string, number> = { '0': 1, '0%': 9 };

export class Styles {
	#looks = new Map<string, number>();
	#xfs: Xml[] = ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'];
	#formats = new Map<string, number>();

	/** The number of a look. */
	of(look: Look): number {
		const key = `${look.role} ${look.wrap ?? false} ${look.center ?? false} ${look.format ?? ''}`;
		const known = this.#looks.get(key);
		if (known !== undefined) return known;
		const { font, fill, border } = roles[look.role];
		const isHead = look.role.startsWith('head');
		const number = this.#xfs.push(
			el(
				'xf',
				{
					numFmtId: look.format ? this.#format(look.format) : 0,
					fontId: Object.keys(fonts).indexOf(font),
					fillId: fill,
					borderId: border,
					xfId: 0,
					applyNumberFormat: look.format ? 1 : undefined,
					applyFont: 1,
					applyFill: 1,
					applyBorder: 1,
					applyAlignment: 1
				},
				el('alignment', {
					horizontal: look.center ? 'center' : undefined,
					vertical: isHead ? 'center' : 'top',
					wrapText: look.wrap || isHead ? 1 : undefined
				})
			)
		);
		this.#looks.set(key, number - 1);
		return number - 1;
	}

	#format(code: string): number {
		const known = builtIn[code] ?? this.#formats.get(code);
		if (known !== undefined) return known;
		const number = 164 + this.#formats.size;
		this.#formats.set(code, number);
		return number;
	}

	/** `xl/styles.xml`, once all looks were asked for. */
	part(): Xml {
		const list = (name: string, items: Xml[]): Xml => el(name, { count: items.length }, ...items);
		const formats = [...this.#formats].map(([code, id]) =>
			el('numFmt', { numFmtId: id, formatCode: code })
		);
		return (
			declaration +
			el(
				'styleSheet',
				{ xmlns: main },
				formats.length > 0 ? list('numFmts', formats) : '',
				list('fonts', Object.values(fonts)),
				list('fills', fills),
				list('borders', borders),
				'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
				list('cellXfs', this.#xfs),
				'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
			)
		);
	}
}

/** How amounts of a currency are written: with its code, and its own number of decimals. */
export function moneyFormat(currency: string, hasCents: boolean): string {
	const number = decimalsOf(currency) === 0 && !hasCents ? '#,##0' : '#,##0.00';
	return /^\p{L}{3,5}$/u.test(currency) ? `${number}\\ "${currency}"` : number;
}

function decimalsOf(currency: string): number {
	try {
		return (
			new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
				.maximumFractionDigits ?? 2
		);
	} catch {
		// No ISO code: what the country writes itself.
		return 2;
	}
}
