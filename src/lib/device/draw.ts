/** Draws an SVG as a PNG on a canvas of this device, with a breath between the steps that take a slow phone long. */
import type { Draw } from '#lib/export/document.ts';
import { breath } from './breath.ts';

/** Null where the browser refuses: a document then has the picture's words instead. */
export const drawPng: Draw = async (svg, width, height) => {
	try {
		const image = new Image();
		// A data address and not a blob: Safari taints the canvas for an SVG from a blob.
		image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
		await image.decode();
		await breath();
		const canvas = document.createElement('canvas');
		canvas.width = width;
		canvas.height = height;
		const pen = canvas.getContext('2d');
		if (!pen) return null;
		pen.fillStyle = '#ffffff';
		pen.fillRect(0, 0, width, height);
		pen.drawImage(image, 0, 0, width, height);
		await breath();
		const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
		return blob ? new Uint8Array(await blob.arrayBuffer()) : null;
	} catch {
		return null;
	}
};
