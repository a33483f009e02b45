/**
 * What a text costs on the wire: its size under brotli at the quality of the build. That takes
 * seconds for a whole guide, so sizes are remembered by hash under `node_modules/.cache`.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const file = join(process.cwd(), 'node_modules/.cache/wire-size.json');
let known: Record<string, number> | undefined;
let isNew = false;

/** Bytes of `body` as transferred. */
export function wireSize(body: string): number {
	known ??= read();
	const key = createHash('sha256').update(body).digest('base64url').slice(0, 24);
	if (known[key] === undefined) {
		const size = Buffer.byteLength(body);
		const params = {
			[constants.BROTLI_PARAM_QUALITY]: 11,
			[constants.BROTLI_PARAM_SIZE_HINT]: size
		};
		known[key] = brotliCompressSync(body, { params }).length;
		isNew = true;
	}
	return known[key];
}

/** Keeps what was measured for the next run. */
export function rememberSizes(): void {
	if (!isNew) return;
	isNew = false;
	mkdirSync(dirname(file), { recursive: true });
	const half = `${file}.${process.pid}`;
	writeFileSync(half, JSON.stringify(known));
	renameSync(half, file);
}

function read(): Record<string, number> {
	try {
		return JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
	} catch {
		// The first run, or a cleared cache: everything is measured again.
		return {};
	}
}
