/**
 * The project file: a whole workspace as one file that later versions can read (P7).
 *
 * `<name>.estrategy` is a ZIP of manifest.json (format, app, checksums), state.yjs (the merged document:
 * what importing reads) and workspace.json (the same in plain words: for people and other programs).
 */
import { deflateSync, strToU8, zipSync } from 'fflate';
import type * as Y from 'yjs';
import { isContentId } from '#lib/model/ids.ts';
import { Problem } from '#lib/model/problem.ts';
import { checkUpdate, readWorkspace, stateOf } from '#lib/sync/document.ts';
import { sha256 } from './hash.ts';
import { parseJson } from './json.ts';
import type { Json } from './json.ts';
import { openZip, zipLimits } from './zip.ts';

export const projectFormat = 1;
export const projectExtension = 'estrategy';
export const projectType = 'application/zip';
const app = 'e-strategy-guide';
const names = { manifest: 'manifest.json', state: 'state.yjs', workspace: 'workspace.json' };

export type ProjectManifest = {
	format: number;
	app: typeof app;
	/** The version of the app that wrote it. */
	appVersion: string;
	/** Guide → edition. */
	guides: Record<string, string>;
	/** `sha256` is empty where the writing browser had none (hash.ts). */
	files: Record<string, { bytes: number; sha256: string }>;
};

/** The bytes of a project file with everything that `doc` holds, unknown parts too. */
export async function writeProjectFile(
	doc: Y.Doc,
	about: { appVersion: string; guides: Record<string, string> }
): Promise<Uint8Array<ArrayBuffer>> {
	const contents = {
		[names.state]: stateOf(doc).slice(),
		[names.workspace]: strToU8(JSON.stringify(readWorkspace(doc), null, '\t')).slice()
	};
	const files: ProjectManifest['files'] = {};
	for (const [name, bytes] of Object.entries(contents)) {
		files[name] = { bytes: bytes.length, sha256: await sha256(bytes) };
	}
	const manifest: ProjectManifest = {
		format: projectFormat,
		app,
		appVersion: about.appVersion,
		guides: { ...about.guides },
		files
	};
	return pack({ [names.manifest]: strToU8(JSON.stringify(manifest, null, '\t')), ...contents });
}

function pack(contents: Record<string, Uint8Array>): Uint8Array<ArrayBuffer> {
	const entries: Record<string, [Uint8Array, { level: 0 | 6 }]> = {};
	for (const [name, bytes] of Object.entries(contents)) {
		// A note of 100,000 equal letters packs so well that reading would take the file for a bomb.
		const bomb = bytes.length > (deflateSync(bytes).length * zipLimits.ratio) / 2;
		entries[name] = [bytes, { level: bomb ? 0 : 6 }];
	}
	// One moment for all: the same work makes the same bytes, and a clock beyond 2099 (F-18) no error.
	return zipSync(entries, { mtime: new Date(2000, 0, 1) }).slice();
}

/**
 * What a project file holds. Throws a Problem that names the reason: `file-empty`, `file-not-project`,
 * `file-damaged` (cut, changed, wrong checksum), `file-too-large`, `file-newer` {version}.
 * Nothing of a refused file is used.
 */
export async function readProjectFile(
	bytes: Uint8Array
): Promise<{ manifest: ProjectManifest; update: Uint8Array }> {
	const unzip = openZip(bytes);
	const manifestBytes = unzip([names.manifest]).get(names.manifest);
	if (!manifestBytes) throw new Problem('file-not-project');
	const manifest = parseManifest(manifestBytes);
	const wanted = [names.state, names.workspace];
	const contents = unzip(wanted);
	for (const name of wanted) {
		const said = manifest.files[name];
		const content = contents.get(name);
		if (!said || !content || content.length !== said.bytes) throw damaged(`size of ${name}`);
		const hash = said.sha256 && (await sha256(content));
		if (hash && hash !== said.sha256) throw damaged(`SHA-256 of ${name}`);
	}
	const update = contents.get(names.state);
	if (!update) throw damaged('no state');
	try {
		checkUpdate(update);
	} catch (thrown) {
		throw damaged('state', thrown);
	}
	return { manifest, update };
}

const damaged = (reason: string, cause?: unknown): Problem =>
	new Problem('file-damaged', { reason }, cause);

function parseManifest(bytes: Uint8Array): ProjectManifest {
	let parsed: Json;
	try {
		parsed = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch (thrown) {
		throw damaged('manifest', thrown);
	}
	const manifest = objectOf(parsed);
	if (manifest?.app !== app) throw new Problem('file-not-project');
	const { format } = manifest;
	const appVersion =
		typeof manifest.appVersion === 'string' ? manifest.appVersion.slice(0, 100) : '';
	if (typeof format !== 'number' || !Number.isSafeInteger(format) || format < 1) {
		throw damaged('format');
	}
	// A newer format may mean anything by the rest: say so before judging it.
	if (format > projectFormat) throw new Problem('file-newer', { version: appVersion, format });
	const guides: ProjectManifest['guides'] = Object.create(null);
	for (const [guide, edition] of Object.entries(objectOf(manifest.guides) ?? {})) {
		if (isContentId(guide) && typeof edition === 'string') guides[guide] = edition.slice(0, 100);
	}
	const files: ProjectManifest['files'] = Object.create(null);
	for (const [name, value] of Object.entries(objectOf(manifest.files) ?? {})) {
		const file = objectOf(value);
		if (typeof file?.bytes !== 'number' || typeof file.sha256 !== 'string') throw damaged('files');
		files[name] = { bytes: file.bytes, sha256: file.sha256 };
	}
	return { format, app, appVersion, guides, files };
}

const objectOf = (value: Json | undefined): { [name: string]: Json } | null =>
	typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
