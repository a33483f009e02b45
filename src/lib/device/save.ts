/** Hands a finished file to the person, as a download. */

/**
 * Saves `bytes` under `name` (made by `safeFileName`). The browser decides where and may ask; there is
 * no way to learn whether it worked, so nothing may be deleted on the strength of it.
 */
export function saveFile(bytes: Uint8Array<ArrayBuffer>, name: string, type: string): void {
	const url = URL.createObjectURL(new Blob([bytes], { type }));
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.hidden = true;
	document.body.append(link);
	link.click();
	link.remove();
	// Safari still reads the address after the click.
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
