/**
 * A spreadsheet file that somebody chose: what kind of file it is, its limits before anything is
 * unpacked (zip.ts), and what of it is ours. Nothing in it is ever run.
 */
import { Problem } from '#lib/model/problem.ts';
import { BadFile } from '#lib/sheets/bad-file.ts';
import { readCsv } from '#lib/sheets/csv.ts';
import {
	readBook,
	rowLimit,
	type Book,
	type RawCell,
	type RawSheet
} from '#lib/sheets/read/book.ts';
import { contentOf, type Content } from '#lib/sheets/read/content.ts';
import { tableIds } from '#lib/sheets/table.ts';
import { openZip, zipLimits } from './zip.ts';

const limit = '20 MB';

/** Throws BadFile. */
export function readSpreadsheet(bytes: Uint8Array): Content {
	if (bytes.length === 0) throw new BadFile('empty');
	if (bytes.length > zipLimits.packed) throw new BadFile('too-large', { limit });
	if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw new BadFile(isLocked(bytes) ? 'locked' : 'old');
	return contentOf(starts(bytes, 0x50, 0x4b) ? fromZip(bytes) : fromCsv([['', bytes]]));
}

const starts = (bytes: Uint8Array, ...first: number[]): boolean =>
	first.every((byte, i) => bytes[i] === byte);

/** A file with a password is an older container with an entry of this name in it, in UTF-16. */
function isLocked(bytes: Uint8Array): boolean {
	const name = [...'EncryptedPackage'].flatMap((sign) => [sign.charCodeAt(0), 0]);
	for (let at = bytes.indexOf(name[0]!); at >= 0; at = bytes.indexOf(name[0]!, at + 1)) {
		if (name.every((byte, i) => bytes[at + i] === byte)) return true;
	}
	return false;
}

function fromZip(bytes: Uint8Array): Book {
	try {
		const unzip = openZip(bytes);
		const tables = unzip(tableIds.map((id) => `${id}.csv`));
		if (tables.size > 0) return fromCsv([...tables]);
		return readBook(unzip);
	} catch (thrown) {
		if (!(thrown instanceof Problem)) throw thrown;
		const reason = String(thrown.values.reason ?? '');
		if (thrown.code === 'file-too-large') {
			throw new BadFile('too-large', { limit: String(thrown.values.limit ?? limit) }, reason);
		}
		throw new BadFile(reason === 'encrypted' ? 'locked' : 'damaged', {}, reason);
	}
}

function fromCsv(files: [name: string, bytes: Uint8Array][]): Book {
	let count = 0;
	const sheets = files.map(([name, bytes]): RawSheet => {
		const rows = readCsv(textOf(bytes));
		count += rows.length;
		return {
			name: name.replace(/\.csv$/, ''),
			rows: rows.map((row, i) => ({
				number: i + 1,
				cells: new Map(
					row.flatMap((value, j): [number, RawCell][] => (value === '' ? [] : [[j + 1, { value }]]))
				)
			}))
		};
	});
	if (count > rowLimit) throw new BadFile('too-many-rows', { count, limit: rowLimit });
	return { sheets, from1904: false, macros: false };
}

function textOf(bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		throw new BadFile('damaged', {}, 'no text');
	}
}
