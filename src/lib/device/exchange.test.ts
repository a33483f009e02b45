/**
 * Without any server: three devices that only ever hand each other project files, in any order, the same
 * file more than once, old ones late (P5). A failing seed stands in the test's name.
 */
import type * as Y from 'yjs';
import { describe, expect, test, vi } from 'vitest';
import type { Level } from '#lib/model/guide.ts';
import type { QuestionKey, Workspace } from '#lib/model/workspace.ts';
import { MemoryStore } from '#lib/store/memory.ts';
import * as d from '#lib/sync/document.ts';
import { importProjectFile } from './import.ts';
import { landReturned, readReturned, writePartFile } from './part-file.ts';
import { writeProjectFile } from './project.ts';

vi.setConfig({ testTimeout: 60_000 });

const seeds = [1, 2, 20261123, Math.floor(Math.random() * 2 ** 32)];
const about = { appVersion: '1', guides: {} };

/** A small generator with a seed (mulberry32): numbers in [0, 1). */
function generator(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
}

describe.each(seeds)('seed %i', (seed) => {
	test('files in any order end in one workspace, with everybody’s words, comments and parts', async () => {
		const random = generator(seed);
		const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
		let clock = Date.UTC(2026, 0, 1);
		const first = d.createDocument({
			...{ id: 'w', name: 'N', country: 'N', createdAt: '2026-01-01T00:00:00Z', demo: false }
		});
		const devices = await Promise.all(
			['health', 'telecom', 'justice'].map(async (contributor) => {
				const store = new MemoryStore();
				await store.create(d.assemble([d.stateOf(first)]).doc, '');
				return { store, contributor };
			})
		);
		type Device = (typeof devices)[number];
		const now = () => {
			// Clocks also jump back (F-18).
			clock += Math.floor((random() - 0.3) * 1e7);
			return new Date(clock).toISOString();
		};
		async function edit({ store, contributor }: Device, write: (doc: Y.Doc, by: d.Author) => void) {
			const { doc } = await store.open('w');
			const updates: Uint8Array[] = [];
			doc.on('update', (update: Uint8Array) => updates.push(update));
			write(doc, { contributor, now: now(), origin: null });
			const facts = { ...d.readMeta(doc), updatedAt: '' };
			for (const update of updates) await store.append('w', update, facts);
		}
		const read = async ({ store }: Device): Promise<Workspace> =>
			d.readWorkspace((await store.open('w')).doc);
		const fileOf = async ({ store }: Device) =>
			writeProjectFile((await store.open('w')).doc, about);
		const take = ({ store }: Device, file: Uint8Array) =>
			importProjectFile(store, file, { now: now() });

		// One of them asks a ministry, which answers on its own and sends its file to anybody.
		const part = {
			...{ id: 'p', organisation: 'Energy', person: '', due: '', note: '' },
			...{ questions: ['g/q1', 'g/q9'] as QuestionKey[], contributor: 'energy' },
			...{ workspace: 'wp', by: 'health', at: now(), landed: '' }
		};
		await edit(devices[0]!, (doc, by) => d.putAskedPart(doc, by, part));
		const small = new MemoryStore();
		const asked = await writePartFile((await devices[0]!.store.open('w')).doc, part, about);
		await importProjectFile(small, asked, { now: '' });

		const files: Uint8Array[] = [];
		const returns: Uint8Array[] = [];
		const said = new Map<string, Level>();
		for (let i = 0; i < 60; i++) {
			const device = pick(devices);
			const { contributor } = device;
			const level = pick<Level>([0, 1, 2, 3, 4]);
			const question = pick(['q1', 'q2', 'q3']);
			await edit(device, (doc, by) => {
				d.signClient(doc, by);
				d.setAnswer(doc, by, `g/${question}`, { kind: 'level', level });
				said.set(`${question}/${contributor}`, level);
				if (i % 3 === 0) {
					const name = pick(['Ama', 'né', 'قائد']);
					d.putContributor(doc, by, { id: contributor, name, organisation: 'O' });
				}
				if (i % 4 === 0) {
					d.putComment(doc, by, {
						...{ id: `c${i}`, chapter: '', on: 'question/g/q1', answers: '', quote: '' },
						...{ before: '', after: '', text: `said by ${contributor}`, by: contributor },
						...{ name: '', at: by.now, resolved: false }
					});
				}
			});
			if (random() < 0.3) files.push(await fileOf(device));
			if (random() < 0.15) {
				const opened = await small.open('wp');
				const updates: Uint8Array[] = [];
				opened.doc.on('update', (update: Uint8Array) => updates.push(update));
				const by = { contributor: 'energy', now: now(), origin: null };
				d.setAnswer(opened.doc, by, 'g/q9', { kind: 'level', level });
				said.set('q9/energy', level);
				for (const update of updates) {
					await small.append('wp', update, { ...d.readMeta(opened.doc), updatedAt: '' });
				}
				returns.push(await writeProjectFile((await small.open('wp')).doc, about));
			}
			if (files.length > 0 && random() < 0.3) await take(pick(devices), pick(files));
			if (returns.length > 0 && random() < 0.3) {
				const file = pick(returns);
				const at = pick(devices);
				const { doc } = await at.store.open('w');
				const returned = await readReturned(doc, file);
				if (returned) await edit(at, (mine, by) => landReturned(mine, by, returned));
			}
		}
		// The newest return reaches one; then everybody's file reaches everybody, in some order, twice.
		const last = returns.at(-1);
		if (last) {
			for (const file of files) await take(devices[0]!, file);
			const returned = await readReturned((await devices[0]!.store.open('w')).doc, last);
			if (returned) await edit(devices[0]!, (mine, by) => landReturned(mine, by, returned));
		}
		for (let times = 0; times < 2; times++) {
			const round = await Promise.all(devices.map(fileOf));
			for (const device of devices) {
				for (const file of [...round].sort(() => random() - 0.5)) await take(device, file);
			}
		}
		const [one, two, three] = await Promise.all(devices.map(read));
		expect(two).toEqual(one);
		expect(three).toEqual(one);
		for (const { contributor } of devices) {
			for (const question of ['q1', 'q2', 'q3']) {
				const level = said.get(`${question}/${contributor}`);
				const answer = one!.contributions.find(
					(item) => item.key === `g/${question}` && item.contributor === contributor
				)?.answer;
				expect(answer).toEqual(level === undefined ? undefined : { kind: 'level', level });
			}
		}
		const energy = one!.contributions.filter((item) => item.contributor === 'energy');
		if (last) expect(energy.map(({ key }) => key)).toContain('g/q9');
		expect(one!.comments).toHaveLength(15);
		expect(one!.parts.map(({ id }) => id)).toEqual(['p']);
		// Once more brings nothing, and says so.
		const again = await take(devices[0]!, await fileOf(devices[1]!));
		expect(again.brought).toMatchObject({ nothing: true, disagreements: [] });
		expect(again.changes).toEqual([]);
	});
});

test('an import says who brought what, and what is in dispute now', async () => {
	const mine = d.createDocument({
		...{ id: 'w', name: 'N', country: 'N', createdAt: '2026-01-01T00:00:00Z', demo: false }
	});
	const by = (contributor: string) => ({ contributor, now: '2026-02-01T00:00:00Z', origin: null });
	d.setAnswer(mine, by('health'), 'g/q1', { kind: 'level', level: 2 });
	const theirs = d.assemble([d.stateOf(mine)]).doc;
	d.putContributor(theirs, by('telecom'), { id: 'telecom', name: 'Kofi', organisation: 'Telecom' });
	d.signClient(theirs, by('telecom'));
	d.setAnswer(theirs, by('telecom'), 'g/q1', { kind: 'level', level: 3 });
	d.setAnswer(theirs, by('telecom'), 'g/q2', { kind: 'unknown' });
	const store = new MemoryStore();
	await store.create(mine, '');
	const file = await writeProjectFile(theirs, about);
	const { brought, changes } = await importProjectFile(store, file, { now: '' });
	expect(brought).toMatchObject({
		...{ answers: [{ contributor: 'telecom', count: 2 }], names: 1, actions: 0, others: 0 },
		...{ disagreements: ['g/q1'], nothing: false }
	});
	expect(new Set(changes.map(({ who }) => who))).toEqual(new Set(['telecom']));
	expect(changes.map(({ collection, record }) => `${collection} ${record}`).sort()).toEqual([
		'contributions g/q1/telecom',
		'contributions g/q2/telecom',
		'contributors telecom'
	]);
});
