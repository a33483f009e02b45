import * as Y from 'yjs';
import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryChanges, tooOld, type ChangeRow } from '#lib/store/changes.ts';
import * as d from '#lib/sync/document.ts';
import { History } from './history.ts';

let now = Date.UTC(2026, 0, 1);
let store: MemoryChanges;
let history: History;
let doc: Y.Doc;
const by = (contributor: string) => ({
	contributor,
	now: new Date(now).toISOString(),
	origin: 'mine'
});
const rows = () => history.of('w');

beforeEach(() => {
	store = new MemoryChanges();
	history = new History(
		async () => store,
		() => new Date(now).toISOString()
	);
	doc = d.createDocument({ id: 'w', name: 'N', country: 'N', createdAt: '', demo: false });
	history.begin('w');
	doc.on('afterTransaction', (done) => {
		if (done.origin === 'stored') history.stored(done, 'me');
		else history.mine(done, 'me');
	});
});

describe('the history of a workspace', () => {
	test('typing is one change, with the text as it was before', async () => {
		d.setNote(doc, by('me'), 'g/q', 'first');
		now += 3_600_000;
		for (let i = 1; i <= 'first and more'.length; i++) {
			now += 1000;
			d.setNote(doc, by('me'), 'g/q', 'first and more'.slice(0, Math.max(5, i)));
		}
		const all = await rows();
		expect(all.map(({ fields }) => fields)).toEqual([
			[{ field: 'note', before: 'first', after: 'first and more' }],
			[{ field: 'note', before: '', after: 'first' }]
		]);
		expect(all[0]).toMatchObject({ who: 'me', way: 'here', collection: 'contributions' });
	});

	test('what was undone at once never happened', async () => {
		d.setAnswer(doc, by('me'), 'g/q', { kind: 'unknown' });
		await history.flush();
		d.setAnswer(doc, by('me'), 'g/q', { kind: 'level', level: 1 });
		d.setAnswer(doc, by('me'), 'g/q', { kind: 'unknown' });
		expect((await rows()).map(({ fields }) => fields.map(({ after }) => after))).toEqual([
			[{ kind: 'unknown' }]
		]);
	});

	test("what came in from others has their names; one's own other tab notes its own", async () => {
		d.putContributor(doc, by('me'), { id: 'me', name: 'Me', organisation: '' });
		d.signClient(doc, by('me'));
		await history.flush();
		const before = (await rows()).length;
		const other = (who: string, edit: (doc: Y.Doc) => void) => {
			const there = d.assemble([d.stateOf(doc)]).doc;
			if (who) d.putContributor(there, by(who), { id: who, name: who, organisation: '' });
			if (who) d.signClient(there, by(who));
			edit(there);
			const update = Y.encodeStateAsUpdate(there, Y.encodeStateVector(doc));
			for (let times = 0; times < 2; times++) d.applyUpdates(doc, [update], 'stored');
		};
		other('me', (there) => d.setMeta(there, by('me'), { country: 'from my other tab' }));
		expect(await rows()).toHaveLength(before);
		other('ama', (there) => d.setAnswer(there, by('ama'), 'g/q', { kind: 'unknown' }));
		other('', (there) => d.setMeta(there, by('x'), { name: 'from somebody' }));
		const came = (await rows()).filter(({ way }) => way === 'other');
		expect(came.map(({ who, collection }) => [who, collection]).sort()).toEqual([
			['', 'meta'],
			['ama', 'contributions'],
			['ama', 'contributors']
		]);
	});

	test('where nobody gave a name, what other tabs stored is noted by them alone', async () => {
		const there = d.assemble([d.stateOf(doc)]).doc;
		d.setMeta(there, by('me'), { name: 'Other tab' });
		d.applyUpdates(doc, [d.stateOf(there)], 'stored');
		expect(await rows()).toEqual([]);
	});

	test('keeps the newest 5,000, and fewer where they are long', () => {
		const row = (n: number, text = ''): ChangeRow => ({
			...{ id: `r${n}`, workspace: 'w', at: '', who: '', way: 'here', collection: 'meta' },
			...{
				record: '',
				fields: [{ field: 'name', before: text, after: '' }],
				added: false,
				label: ''
			}
		});
		const many = Array.from({ length: 5003 }, (_, n) => row(n));
		expect(tooOld(many)).toEqual(['r5000', 'r5001', 'r5002']);
		const long = [row(1, 'x'.repeat(50)), row(2, 'x'.repeat(50)), row(3)];
		expect(tooOld(long, { rows: 5000, letters: 150 })).toEqual(['r2', 'r3']);
	});

	test('a store that will not open costs the history alone', async () => {
		const broken = new History(
			async () => Promise.reject(new Error('blocked')),
			() => ''
		);
		broken.begin('w');
		doc.on('afterTransaction', (done) => broken.mine(done, 'me'));
		d.setMeta(doc, by('me'), { name: 'Still works' });
		await broken.flush();
		expect(await broken.of('w')).toEqual([]);
	});
});
