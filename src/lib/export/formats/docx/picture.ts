/** A picture in Word: as SVG, with the PNG for programs that know no SVG, and its words. */
import type { FigureBlock } from '../../document.ts';
import { runOf } from './runs.ts';
import type { Setting } from './setting.ts';
import { el, type Xml } from './xml.ts';

/** English metric units: 9525 are a pixel at 96 to the inch; 15 twips are one, too. */
const emu = 9525;

/** A run with the picture, no wider than the text. */
export function pictureOf(figure: FigureBlock, png: Uint8Array, set: Setting): Xml {
	const scale = Math.min(1, set.textWidth / 15 / figure.width);
	const extent = {
		cx: Math.round(figure.width * scale) * emu,
		cy: Math.round(figure.height * scale) * emu
	};
	const ids = set.file.picture(figure.svg, png);
	const name = Array.from(figure.caption).slice(0, 60).join('');
	const blip = el(
		'a:blip',
		{ 'r:embed': ids.png },
		el(
			'a:extLst',
			{},
			el(
				'a:ext',
				{ uri: '{96DAC541-7B7A-43D3-8B79-37D633B846F1}' },
				el('asvg:svgBlip', {
					'xmlns:asvg': 'http://schemas.microsoft.com/office/drawing/2016/SVG/main',
					'r:embed': ids.svg
				})
			)
		)
	);
	const picture = el(
		'pic:pic',
		{},
		el(
			'pic:nvPicPr',
			{},
			el('pic:cNvPr', { id: ids.number, name: `image${ids.number}` }),
			'<pic:cNvPicPr><a:picLocks noChangeAspect="1"/></pic:cNvPicPr>'
		),
		el('pic:blipFill', {}, blip, '<a:stretch><a:fillRect/></a:stretch>'),
		el(
			'pic:spPr',
			{},
			el('a:xfrm', {}, '<a:off x="0" y="0"/>', el('a:ext', extent)),
			'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
		)
	);
	return runOf(
		{},
		el(
			'w:drawing',
			{},
			el(
				'wp:inline',
				{ distT: 0, distB: 0, distL: 0, distR: 0 },
				el('wp:extent', extent),
				el('wp:docPr', { id: ids.number, name, descr: figure.alt }),
				'<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>',
				el(
					'a:graphic',
					{},
					el(
						'a:graphicData',
						{ uri: 'http://schemas.openxmlformats.org/drawingml/2006/picture' },
						picture
					)
				)
			)
		)
	);
}
