import { unzipSync } from 'fflate';
import * as Y from 'yjs';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Part } from '#lib/model/workspace.ts';
import { MemoryStore } from '#lib/store/memory.ts';
import * as d from '#lib/sync/document.ts';
import { importProjectFile } from './import.ts';
import { landReturned, partOfFile, readReturned, writePartFile } from './part-file.ts';
import { writeProjectFile } from './project.ts';

const now = '2026-03-01T08:00:00.000Z';
const later = '2026-03-09T08:00:00.000Z';
const by = (contributor: string, at = now) => ({ contributor, now: at, origin: null });
const level = (n: 1 | 2 | 3) => ({ kind: 'level', level: n }) as const;
const about = { appVersion: '1', guides: { g: '1' } };
const part: Part = {
	...{ id: 'p1', organisation: 'Telecom', person: 'Kofi', due: '2026-04-01', note: 'Please' },
	...{ questions: ['g/q1', 'g/q3'], contributor: 'ctelecom', workspace: 'wtelecom' },
	...{ by: 'me', at: now, landed: '' }
};

let parent: Y.Doc;
beforeEach(() => {
	parent = d.createDocument({
		id: 'w',
		name: 'Plan',
		country: 'Numenia',
		createdAt: now,
		demo: false
	});
	d.putContributor(parent, by('me'), {
		id: 'me',
		name: 'PLANTEDNAME',
		organisation: 'PLANTEDHOUSE'
	});
	d.setAnswer(parent, by('me'), 'g/q1', level(2));
	d.setNote(parent, by('me'), 'g/q1', 'PLANTEDNOTE');
	d.putEvidence(parent, by('me'), 'g/q1', {
		...{ id: 'e', reference: 'PLANTEDPROOF', link: '', date: '', proven: true }
	});
	d.setChapterBody(parent, by('me'), 'g/vision', 'PLANTEDTEXT');
	d.putObjective(parent, by('me'), {
		id: 'o',
		guide: 'g',
		title: 'PLANTEDGOAL',
		note: '',
		order: 1
	});
	d.putAskedPart(parent, by('me'), part);
});

/** The ministry's device: the file as a workspace in its store. */
async function opened(bytes: Uint8Array): Promise<Y.Doc> {
	const store = new MemoryStore();
	const { id } = await importProjectFile(store, bytes, { now });
	return (await store.open(id)).doc;
}
const back = (doc: Y.Doc) => writeProjectFile(doc, about);
async function land(bytes: Uint8Array) {
	const returned = await readReturned(parent, bytes);
	if (!returned) throw new Error('not a part of this workspace');
	landReturned(parent, by('me', later), returned);
	return returned;
}
const answers = () =>
	d
		.readWorkspace(parent)
		.contributions.map(({ key, contributor, answer }) => [key, contributor, answer]);

describe('a part as a file', () => {
	test('holds its questions and nothing else of the workspace', async () => {
		const bytes = await writePartFile(parent, part, about);
		const text = Object.values(unzipSync(bytes))
			.map((file) => new TextDecoder('latin1').decode(file))
			.join('\n');
		expect(text).not.toMatch(/PLANTED/);
		expect(text).toContain('q3');
		const small = d.readWorkspace(await opened(bytes));
		expect(small.partOf).toMatchObject({ part: 'p1', workspace: 'w', due: '2026-04-01' });
		expect(small.guides.g?.path).toEqual({ mode: 'full', topics: [], only: ['q1', 'q3'] });
		expect([small.contributions, small.contributors, small.actions]).toEqual([[], [], []]);
		expect(await partOfFile(bytes)).toMatchObject({ workspace: 'w' });
	});

	test('comes back as the contribution of its ministry, under its name, and keeps its moment', async () => {
		const small = await opened(await writePartFile(parent, part, about));
		d.putContributor(small, by('ctelecom'), {
			id: 'ctelecom',
			name: 'Esi',
			organisation: 'Telecom'
		});
		d.setAnswer(small, by('ctelecom'), 'g/q1', level(3));
		d.setNote(small, by('ctelecom'), 'g/q3', 'we are asking');
		const returned = await land(await back(small));
		expect(
			returned.landing.map(({ key, before, after, more }) => [key, before, after, more])
		).toEqual([
			['g/q1', null, level(3), false],
			['g/q3', null, null, true]
		]);
		expect(answers()).toEqual([
			['g/q1', 'ctelecom', level(3)],
			['g/q1', 'me', level(2)],
			['g/q3', 'ctelecom', null]
		]);
		const after = d.readWorkspace(parent);
		expect(after.contributors.find(({ id }) => id === 'ctelecom')?.name).toBe('Esi');
		expect(after.contributions[0]?.at).toBe(now);
		expect(after.parts[0]?.landed).toBe(later);
		expect((await readReturned(parent, await back(small)))?.nothing).toBe(true);
	});

	test('any number of times, in any order: an older file that comes late changes nothing (P5)', async () => {
		const small = await opened(await writePartFile(parent, part, about));
		d.setAnswer(small, by('ctelecom'), 'g/q1', level(1));
		const first = await back(small);
		// The ministry's clock went back (F-18).
		d.setAnswer(small, by('ctelecom', '2020-01-01T00:00:00.000Z'), 'g/q1', level(3));
		const second = await back(small);
		await land(second);
		await land(first);
		expect((await readReturned(parent, second))?.nothing).toBe(true);
		expect(answers()).toEqual([
			['g/q1', 'ctelecom', level(3)],
			['g/q1', 'me', level(2)]
		]);
	});

	test('two people of the ministry answered apart: both files land, whichever comes first', async () => {
		const bytes = await writePartFile(parent, part, about);
		const [one, two] = [await opened(bytes), await opened(bytes)];
		d.setAnswer(one, by('ctelecom'), 'g/q1', level(1));
		d.setAnswer(two, by('ctelecom'), 'g/q3', level(2));
		await land(await back(two));
		await land(await back(one));
		expect(answers().filter(([, who]) => who === 'ctelecom')).toEqual([
			['g/q1', 'ctelecom', level(1)],
			['g/q3', 'ctelecom', level(2)]
		]);
		// Given out again, the file has what they said themselves, and still nothing else.
		const again = d.readWorkspace(await opened(await writePartFile(parent, part, about)));
		expect(again.contributions.map(({ contributor }) => contributor)).toEqual([
			'ctelecom',
			'ctelecom'
		]);
	});

	test('nothing else of it is taken: other questions, other names, a plan, an agreed value', async () => {
		const small = await opened(await writePartFile(parent, part, about));
		d.setAnswer(small, by('ctelecom'), 'g/q2', level(3));
		d.setAnswer(small, by('me'), 'g/q1', level(3));
		d.putContributor(small, by('me'), { id: 'me', name: 'Forged', organisation: '' });
		d.setAgreed(small, by('me'), {
			...{ key: 'g/q1', answer: level(3), why: '', by: 'me', at: now, saw: {} }
		});
		d.setMeta(small, by('me'), { name: 'Taken over' });
		const before = d.readWorkspace(parent);
		const returned = await land(await back(small));
		expect(returned.foreign).toBe(3);
		const after = d.readWorkspace(parent);
		expect(after.contributions).toEqual(before.contributions);
		expect(after.agreed).toEqual([]);
		expect(after.name).toBe('Plan');
		expect(after.contributors.find(({ id }) => id === 'me')?.name).toBe('PLANTEDNAME');
	});

	test('a file of another workspace, or that names another voice, is no part of this one', async () => {
		const small = await opened(await writePartFile(parent, part, about));
		d.setPartOf(small, by('x'), { ...d.readWorkspace(small).partOf!, contributor: 'me' });
		expect(await readReturned(parent, await back(small))).toBeNull();
		const other = d.createDocument({
			id: 'v',
			name: 'V',
			country: 'V',
			createdAt: now,
			demo: false
		});
		expect(await readReturned(parent, await writeProjectFile(other, about))).toBeNull();
	});

	test('what it took away again is taken away: evidence, an answer', async () => {
		const small = await opened(await writePartFile(parent, part, about));
		const evidence = { id: 'f', reference: 'Act 7', link: '', date: '', proven: true };
		d.setAnswer(small, by('ctelecom'), 'g/q1', level(3));
		d.putEvidence(small, by('ctelecom'), 'g/q1', evidence);
		await land(await back(small));
		d.removeEvidence(small, by('ctelecom', later), 'g/q1', 'f');
		d.setAnswer(small, by('ctelecom', later), 'g/q1', null);
		await land(await back(small));
		const [landed] = d.readWorkspace(parent).contributions;
		expect([landed?.answer, landed?.evidence]).toEqual([null, []]);
	});
});
