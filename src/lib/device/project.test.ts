import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import * as Y from 'yjs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Problem } from '#lib/model/problem.ts';
import { assemble, createDocument, readWorkspace, setAnswer, setNote } from '#lib/sync/document.ts';
import { parseJson } from './json.ts';
import { readProjectFile, writeProjectFile } from './project.ts';

// On a busy machine these take their time; what must be fast says so itself.
vi.setConfig({ testTimeout: 30_000 });

const now = '2026-03-01T08:00:00.000Z';
const by = { contributor: 'me', now, origin: null };
const about = { appVersion: '0.1.0', guides: { cyber: '1.2' } };
const problem = (code: string) => expect.objectContaining({ name: 'Problem', code });

function numenia(note = 'Since 2019 😀 قائد'): Y.Doc {
	const doc = createDocument({
		id: 'w1',
		name: 'Numenia',
		country: 'Numenia',
		createdAt: now,
		demo: true
	});
	setAnswer(doc, by, 'cyber/cirt', { kind: 'level', level: 2 });
	setNote(doc, by, 'cyber/cirt', note);
	return doc;
}
/** The file with some of its contents replaced, packed again ("re-signed" where hashes are replaced too). */
async function repacked(change: (files: Record<string, Uint8Array>) => void): Promise<Uint8Array> {
	const files = unzipSync(await writeProjectFile(numenia(), about));
	change(files);
	return zipSync(files);
}
const json = (bytes: Uint8Array | undefined) => JSON.parse(strFromU8(bytes ?? new Uint8Array()));

afterEach(() => vi.unstubAllGlobals());

test('a project file opens again with everything in it, unknown parts too (P7)', async () => {
	const doc = numenia();
	doc.getMap('ballots').set('b1/round', 2);
	const { manifest, update } = await readProjectFile(await writeProjectFile(doc, about));
	expect(manifest).toMatchObject({ format: 1, app: 'e-strategy-guide', appVersion: '0.1.0' });
	expect({ ...manifest.guides }).toEqual({ cyber: '1.2' });
	const copy = assemble([update]).doc;
	expect(readWorkspace(copy)).toEqual(readWorkspace(doc));
	expect(copy.getMap('ballots').get('b1/round')).toBe(2);
});

test('it holds the work in plain words for people and other programs', async () => {
	const files = unzipSync(await writeProjectFile(numenia(), about));
	expect(Object.keys(files)).toEqual(['manifest.json', 'state.yjs', 'workspace.json']);
	const read = parseJson(strFromU8(files['workspace.json']!));
	expect(JSON.parse(JSON.stringify(read))).toEqual(
		JSON.parse(JSON.stringify(readWorkspace(numenia())))
	);
});

test('the same work makes the same bytes', async () => {
	const doc = numenia();
	expect(await writeProjectFile(doc, about)).toEqual(await writeProjectFile(doc, about));
});

test('a note of 100,000 equal letters is no bomb', async () => {
	const file = await writeProjectFile(numenia('x'.repeat(100_000)), about);
	const { update } = await readProjectFile(file);
	expect(readWorkspace(assemble([update]).doc).contributions[0]!.note).toHaveLength(100_000);
});

test('where there is no crypto.subtle, files are written and read all the same', async () => {
	const signed = await writeProjectFile(numenia(), about);
	vi.stubGlobal('crypto', undefined);
	const plain = await writeProjectFile(numenia(), about);
	expect((await readProjectFile(plain)).manifest.files['state.yjs']?.sha256).toBe('');
	await readProjectFile(signed);
	vi.unstubAllGlobals();
	await readProjectFile(plain);
});

describe('what is refused, by name (F-35)', () => {
	test('every cut', async () => {
		const file = await writeProjectFile(numenia(), about);
		for (let length = 0; length < file.length; length += 7) {
			const code = length === 0 ? 'file-empty' : length < 4 ? 'file-not-project' : 'file-damaged';
			await expect(readProjectFile(file.slice(0, length)), `${length}`).rejects.toEqual(
				problem(code)
			);
		}
	});

	test('every flipped bit is refused, or changes nothing that is read', async () => {
		const file = await writeProjectFile(numenia(), about);
		const { update } = await readProjectFile(file);
		let refused = 0;
		for (let at = 0; at < file.length; at++) {
			const broken = file.slice();
			broken[at]! ^= 1 << (at % 8);
			const read = await readProjectFile(broken).catch((thrown: unknown) => {
				if (!(thrown instanceof Problem) || !thrown.code.startsWith('file-')) throw thrown;
				return null;
			});
			if (read) expect(read.update, `byte ${at}`).toEqual(update);
			else refused++;
		}
		expect(refused).toBeGreaterThan(file.length * 0.8);
	});

	test('another ZIP, another app, no manifest', async () => {
		const other = zipSync({ 'word/document.xml': strToU8('<w:document/>') });
		await expect(readProjectFile(other)).rejects.toEqual(problem('file-not-project'));
		const app = await repacked((files) => {
			files['manifest.json'] = strToU8('{"app":"other","format":1}');
		});
		await expect(readProjectFile(app)).rejects.toEqual(problem('file-not-project'));
	});

	test('a file without its parts, or with a part that was changed', async () => {
		for (const name of ['state.yjs', 'workspace.json']) {
			const missing = await repacked((files) => delete files[name]);
			await expect(readProjectFile(missing)).rejects.toEqual(problem('file-damaged'));
			const changed = await repacked((files) => {
				files[name] = files[name]!.slice();
				files[name][5]! ^= 1;
			});
			await expect(readProjectFile(changed)).rejects.toEqual(problem('file-damaged'));
		}
	});

	test('a state that is garbage with the right checksums ("re-signed")', async () => {
		const garbage = new Uint8Array(50).fill(0xff);
		const file = await repacked((files) => {
			const manifest = json(files['manifest.json']);
			manifest.files['state.yjs'] = { bytes: 50, sha256: '' };
			files['manifest.json'] = strToU8(JSON.stringify(manifest));
			files['state.yjs'] = garbage;
		});
		await expect(readProjectFile(file)).rejects.toEqual(problem('file-damaged'));
	});

	test.each([
		'',
		'{',
		'[]',
		'null',
		'{"app":"e-strategy-guide"}',
		'{"app":"e-strategy-guide","format":"1"}',
		'{"app":"e-strategy-guide","format":1,"files":{"state.yjs":null}}',
		'['.repeat(100)
	])('the manifest %.50j', async (manifest) => {
		const file = await repacked((files) => {
			files['manifest.json'] = strToU8(manifest);
		});
		await expect(readProjectFile(file)).rejects.toMatchObject({
			code: expect.stringMatching(/^file-/)
		});
	});

	test('a newer format says which version made it, whatever the rest is (P7)', async () => {
		const file = await repacked((files) => {
			files['manifest.json'] = strToU8(
				'{"app":"e-strategy-guide","format":2,"appVersion":"3.0.0"}'
			);
			delete files['state.yjs'];
		});
		const newer = expect.objectContaining({
			code: 'file-newer',
			values: { version: '3.0.0', format: 2 }
		});
		await expect(readProjectFile(file)).rejects.toEqual(newer);
	});
});
