/** A QR code for the terminal, so that a room of phones need not type an address. */
import { renderUnicodeCompact } from 'uqr';

/** Lines of half blocks. */
export const qrLines = (text: string): string => renderUnicodeCompact(text, { border: 2 });
