/**
 * The stylesheet of an exported web page, for screen and print, and the hash by which the page's own
 * policy knows it. The hash is a constant because there is no SHA-256 at hand on plain HTTP; a test
 * computes it and gives the right one when the stylesheet changes.
 */
export const style = `
:root { color-scheme: light; --text: #1d2733; --quiet: #5b6673; --line: #c3cad2; --shade: #eef2f6; --accent: #1d4e89; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 54rem; background: #fff; color: var(--text);
	font: 1.0625rem/1.55 Calibri, Carlito, 'Segoe UI', 'Noto Sans', 'Noto Sans Arabic', Arial, sans-serif; overflow-wrap: break-word; }
header { border-block-end: 2px solid var(--accent); margin-block-end: 2rem; padding-block-end: 1rem; }
h1, h2, h3, h4 { line-height: 1.2; color: var(--accent); break-after: avoid; }
h1 { font-size: 2.25rem; margin: .25rem 0; }
h2 { font-size: 1.6rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1.25rem; margin: 2rem 0 .5rem; }
h4 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; color: var(--text); }
p, ul, ol, blockquote, pre, figure { margin: 0 0 .85rem; }
li > p { margin-block-end: .25rem; }
.number { margin-inline-end: .4em; }
.country { font-weight: bold; font-size: 1.1rem; margin: 0; }
.subtitle { font-size: 1.2rem; color: var(--quiet); }
.meta { list-style: none; padding: 0; color: var(--quiet); font-size: .95rem; margin: 0; }
.fictional { color: #8a1c1c; font-weight: bold; border: 1px solid; padding: .5rem .75rem; }
.marking { color: #8a1c1c; font-weight: bold; text-align: center; margin: 0 0 .5rem; }
.lines { break-inside: avoid; }
.line { border-block-end: 1px solid var(--quiet); block-size: 2rem; margin-block-end: .25rem; }
.watermark { display: none; }
.lead { font-size: 1.2rem; }
.small, .caption, figcaption { color: var(--quiet); font-size: .9rem; }
nav ul { list-style: none; padding: 0; columns: 2 18rem; }
nav li { break-inside: avoid; }
nav .l1 { font-weight: bold; margin-block-start: .4rem; }
nav .l2 { padding-inline-start: 1.5rem; }
nav a { color: inherit; text-decoration: none; }
a { color: var(--accent); }
blockquote { margin-inline: 1.5rem; color: var(--quiet); }
pre { background: var(--shade); padding: .75rem; white-space: pre-wrap; }
code { font-family: Consolas, 'Courier New', monospace; font-size: .92em; background: var(--shade); }
hr { border: 0; border-block-start: 1px solid var(--line); margin: 1.5rem 0; }
.notice { background: var(--shade); padding: .75rem 1rem .1rem; margin-block-end: 1rem; }
.table { overflow-x: auto; margin-block-end: .5rem; }
table { border-collapse: collapse; width: 100%; font-size: .95rem; line-height: 1.4; font-variant-numeric: tabular-nums;
	border-block: 2px solid var(--accent); }
th, td { padding: .4rem .6rem; vertical-align: top; border-block-end: 1px solid var(--line); }
thead th { background: var(--shade); border-block-end: 1.5px solid var(--accent); vertical-align: bottom; }
.start { text-align: start; } .center { text-align: center; } .end { text-align: end; }
.facts th { width: 28%; }
.t1 { background: #eaeff5; } .t2 { background: #d3dee9; } .t3 { background: #b5c8da; } .t4 { background: #93afc9; }
figure svg, figure img { max-width: 100%; height: auto; }
sup.ref { line-height: 0; font-size: .75em; }
sup.ref a { text-decoration: none; padding-inline: .15em; }
.notes { border-block-start: 1px solid var(--line); margin-block-start: 3rem; font-size: .95rem; }
.notes h2 { font-size: 1.25rem; margin-block: 1rem .5rem; }
.notes li { margin-block-end: .3rem; }
.notes li:target, sup.ref a:target { background: var(--shade); }
.back { text-decoration: none; }
@media print {
	@page { size: A4; margin: 20mm 18mm; @bottom-center { content: counter(page) ' / ' counter(pages); } }
	:root { font-size: 10pt; }
	body { padding: 0; max-width: none; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
	.watermark { display: block; position: fixed; inset: 40% 5% auto; margin: 0; z-index: -1; opacity: .1;
		color: #8a1c1c; font: bold 26pt/1.3 Arial, sans-serif; text-align: center; transform: rotate(-24deg); }
	nav { break-after: page; }
	.table { overflow: visible; }
	thead { display: table-header-group; }
	tr, figure, .notice { break-inside: avoid; }
	figure svg { max-height: 95mm; }
	.page-break { break-after: page; }
	a { color: inherit; }
	.back { display: none; }
}
`;
export const styleHash = 'sha256-FcBgbaqbNRzgpDheadwwcLNjcnXImn9W7QV6ZP+8vmM=';
