/**
 * The running lines of printed pages: what stands above and the page's number below, in the words of the
 * document. Margin boxes of CSS, made as a sheet of the page's own, since their words are data; a browser
 * that has none (before Chromium 131; Firefox, Safari) leaves them out, and it is said.
 */
import type { Prepared } from '#lib/export/prepare.ts';

const quoted = (text: string): string =>
	`"${text.replace(/[\\"]/g, '\\$&').replace(/[\n\r\f<]/g, ' ')}"`;

/** "Page 3 of 12", in the order of the language. */
const counted = (words: string): string =>
	words
		.split(/(\{pages?\})/)
		.filter((piece) => piece !== '')
		.map((piece) =>
			piece === '{page}' ? 'counter(page)' : piece === '{pages}' ? 'counter(pages)' : quoted(piece)
		)
		.join(' ');

export function pageNumbers({ title, meta, marking, fictional, words, direction }: Prepared): {
	areShown: boolean;
	remove: () => void;
} {
	const font =
		'font: 8pt Calibri, Carlito, "Noto Sans", "Noto Sans Arabic", sans-serif; color: #5b6673';
	const [begin, end] = direction === 'rtl' ? ['right', 'left'] : ['left', 'right'];
	const way = `direction: ${direction}`;
	const above = [marking, fictional ?? ''].filter((one) => one !== '').join(' · ');
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(`@page {
		size: A4; margin: 22mm 18mm 20mm;
		${
			above === ''
				? `@top-${begin} { content: ${quoted(title)}; ${font}; ${way} }
		@top-${end} { content: ${quoted(meta.country || meta.workspace)}; ${font}; ${way} }`
				: // What every page must say has the whole width.
					`@top-center { content: ${quoted(above)}; font: bold 8pt Calibri, Carlito, "Noto Sans Arabic", sans-serif; color: #8a1c1c; ${way} }`
		}
		@bottom-${begin} { content: ${quoted([meta.edition, meta.stamp].filter(Boolean).join(' · '))}; ${font}; ${way} }
		@bottom-${end} { content: ${counted(words.pageOf)}; ${font}; ${way} }
	}`);
	document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
	const rule = sheet.cssRules[0] as (CSSRule & { cssRules?: CSSRuleList }) | undefined;
	return {
		areShown: (rule?.cssRules?.length ?? 0) > 0,
		remove: () => {
			document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
		}
	};
}
