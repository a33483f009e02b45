/** Every project file that a version of the app ever wrote opens today (P7). */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import type * as Y from 'yjs';
import { describe, expect, test, vi } from 'vitest';
import type { Workspace } from '#lib/model/workspace.ts';
import * as document from '#lib/sync/document.ts';
import { assemble } from '#lib/sync/document.ts';
import { collections } from '#lib/sync/shape.ts';
import { readProjectFile, writeProjectFile } from './project.ts';

vi.setConfig({ testTimeout: 60_000 });

const folder = join(import.meta.dirname, '../../../tests/fixtures/projects');
/** The files are never made again. */
const known: Record<string, string> = {
	'format-1.estrategy': '1fb517e50898a0fcad4315c96d0410d58aa3ace8cf811990e8bbdd85b79aff27'
};
/** Collections that came after the files: old apps leave them unharmed. */
const later = new Set<string>([
	...['contributors', 'parts', 'workshops', 'sessions', 'groups', 'participants'],
	...['ballots', 'votes', 'cards', 'noted', 'forms']
]);
const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));
const opened = async (bytes: Uint8Array): Promise<Y.Doc> =>
	assemble([(await readProjectFile(bytes)).update]).doc;
/** As its own version read it. */
const saidBy = (bytes: Uint8Array): Workspace =>
	JSON.parse(strFromU8(unzipSync(bytes)['workspace.json']!)) as Workspace;

test('each file that is kept is here, and is the one that was kept', () => {
	const files = readdirSync(folder).filter((name) => name.endsWith('.estrategy'));
	expect(files.sort()).toEqual(Object.keys(known).sort());
	for (const [name, hash] of Object.entries(known))
		expect([name, createHash('sha256').update(bytesOf(name)).digest('hex')]).toEqual([name, hash]);
});

describe.each(Object.keys(known))('%s', (name) => {
	test('opens, and reads to the workspace that its version saved', async () => {
		const bytes = bytesOf(name);
		const workspace = document.readWorkspace(await opened(bytes));
		const said = saidBy(bytes);
		// A later version may know more of each thing, and never less.
		expect(JSON.parse(JSON.stringify(workspace))).toMatchObject(said);
	});

	test('has something in every collection that its version knew', async () => {
		const doc = await opened(bytesOf(name));
		for (const collection of collections.filter((name) => !later.has(name)))
			expect([collection, doc.getMap(collection).size > 0]).toEqual([collection, true]);
		for (const [part, value] of Object.entries(saidBy(bytesOf(name))))
			if (Array.isArray(value)) expect([part, value.length > 0]).toEqual([part, true]);
	});

	test('keeps what it does not know through edits and another file (P7)', async () => {
		const doc = await opened(bytesOf(name));
		const by = { contributor: 'person9', now: '2035-01-01T08:00:00.000Z', origin: null };
		document.patchAction(doc, by, 'a1', { title: 'Changed in 2035' });
		document.patchStakeholder(doc, by, 's1', { name: 'Renamed in 2035' });
		document.setPlanSettings(doc, by, { currency: 'XOF' });
		const about = { appVersion: '9.0.0', guides: {} };
		const again = await opened(await writeProjectFile(doc, about));
		expect(again.getMap('actions').get('a1/carbon')).toEqual({ tonnes: 12 });
		expect(again.getMap('stakeholders').get('s1/contact')).toBe('desk 4');
		expect(again.getMap('plan').get('settings/later')).toBe(true);
		expect(again.getMap('ballots').get('b1/round')).toBe(2);
		expect(again.getText('minutes/m1').toString()).toBe('Minutes of a later version');
		const workspace = document.readWorkspace(again);
		expect(workspace.actions.find(({ id }) => id === 'a1')?.title).toBe('Changed in 2035');
	});
});
