import * as Y from 'yjs';
import { describe, expect, test } from 'vitest';
import {
	createDocument,
	documentFormat,
	readWorkspace,
	setAnswer,
	setNote,
	workspaceReader
} from './document.ts';

const start = () =>
	createDocument({
		id: 'w1',
		name: 'N',
		country: 'N',
		createdAt: '2026-01-01T00:00:00Z',
		demo: false
	});
const raw = (collection: string, entries: Record<string, unknown>): Y.Doc => {
	const doc = start();
	for (const [key, value] of Object.entries(entries)) doc.getMap(collection).set(key, value);
	return doc;
};
const by = { contributor: 'me', now: '2026-03-01T08:00:00.000Z', origin: null };

const junk: unknown[] = [
	null,
	undefined,
	true,
	-1,
	5,
	1e308,
	NaN,
	Infinity,
	'',
	'NaN',
	'<script>alert(1)</script>',
	'\u0000',
	[],
	[[[]]],
	{},
	{ kind: 'level' },
	{ kind: 'level', level: '2' },
	{ kind: 'level', level: 2.5 },
	JSON.parse('{"__proto__":{"polluted":true},"kind":"level","level":9}'),
	new Uint8Array([1, 2, 3])
];

describe('malformed fields are passed over', () => {
	const fields: [string, string[]][] = [
		['meta', ['id', 'name', 'country', 'createdAt', 'demo', 'format']],
		[
			'contributions',
			['g/q/c/answer', 'g/q/c/confidence', 'g/q/c/at', 'g/q/c/evidence:e', 'g/q/c/deleted']
		],
		['agreed', ['g/q/value', 'g/q/deleted']],
		['targets', ['g/q/level', 'g/q/reason']],
		[
			'actions',
			['guide', 'measure', 'closes', 'title', 'start', 'end', 'cost', 'unit', 'state', 'order'].map(
				(f) => `a/${f}`
			)
		],
		['chapters', ['title', 'hidden', 'order', 'sources', 'blocks'].map((f) => `g/c/${f}`)],
		['snapshots', ['s/value']],
		['guides', ['g/path', 'g/readiness:team', 'g/readiness:nothing', 'g/resume']]
	];

	test.each(fields)(
		'in %s, whatever stands in any field, and nothing is polluted (F-34)',
		(name, keys) => {
			for (const key of keys) {
				for (const value of junk) {
					const doc = raw(name, { [key]: value });
					setAnswer(doc, by, 'g/other', { kind: 'level', level: 3 });
					const workspace = readWorkspace(doc);
					const others = workspace.contributions.filter((c) => c.key === 'g/other');
					expect(others, `${name} ${key} ${String(value)}`).toHaveLength(1);
					for (const agreed of workspace.agreed) expect(agreed.answer).toBeTruthy();
					for (const target of workspace.targets) expect([0, 1, 2, 3, 4]).toContain(target.level);
					for (const action of workspace.actions) {
						expect(Number.isFinite(action.order)).toBe(true);
						expect(action.start).toMatch(/^$|^\d{4}-\d\d-\d\d$/);
					}
				}
			}
			expect('polluted' in {}).toBe(false);
		}
	);

	test('a bad field costs itself and not its record', () => {
		const doc = raw('actions', {
			'a/title': 'Good',
			'a/cost': 'free',
			'a/order': 'first',
			'a/end': '2026-02-30'
		});
		expect(readWorkspace(doc).actions).toMatchObject([
			{ id: 'a', title: 'Good', cost: 'none', order: 0, end: '' }
		]);
	});

	test('records whose id is none are passed over', () => {
		const answer = { kind: 'unknown' };
		const doc = raw('contributions', {
			'/answer': answer,
			answer,
			'g/q/answer': answer,
			'g/q/c/d/answer': answer,
			'__proto__/q/c/answer': answer,
			'g/../c/answer': answer,
			'G/q/c/answer': answer,
			[`${'g'.repeat(300)}/q/c/answer`]: answer
		});
		expect(readWorkspace(doc).contributions).toEqual([]);
	});

	test('a contributor called "constructor" is a contributor', () => {
		const doc = raw('agreed', {
			'g/q/value': {
				answer: { kind: 'unknown' },
				saw: { constructor: '2026-01-01T00:00:00Z', __proto__: 'x' }
			}
		});
		const saw = readWorkspace(doc).agreed[0]!.saw;
		expect(Object.keys(saw)).toEqual(['constructor']);
		expect(saw.toString).toBeUndefined();
	});

	test('Yjs types and texts in the place of values are passed over', () => {
		const doc = start();
		doc.getMap('actions').set('a/title', new Y.Text('x'));
		doc.getMap('contributions').set('g/q/c/answer', new Y.Map([['kind', 'unknown']]));
		expect(readWorkspace(doc).actions[0]!.title).toBe('');
		expect(readWorkspace(doc).contributions[0]!.answer).toBeNull();
	});
});

describe('texts', () => {
	test('are read in one form of each letter, whoever wrote them (F-39)', () => {
		const doc = raw('contributions', { 'g/q/c/at': '' });
		doc.getText('note/g/q/c').insert(0, 'Cafe\u0301\u0000');
		doc.getMap('meta').set('name', 'Nume\u0301nia\nx');
		expect(readWorkspace(doc).contributions[0]!.note).toBe('Café');
		expect(readWorkspace(doc).name).toBe('Numénia x');
	});

	test('names are cut to a line of a thousand characters', () => {
		const doc = raw('meta', { name: 'x'.repeat(5000) });
		expect(readWorkspace(doc).name).toHaveLength(1000);
	});
});

describe('what a newer version wrote (P7)', () => {
	test('stays in the document, unharmed, while this version edits', () => {
		const doc = raw('contributions', {
			'g/q/me/mood': 'good',
			'g/q/me/evidence:e': { id: 'e', scan: 'abc' }
		});
		doc.getMap('ballots').set('b1/round', 1);
		doc.getText('minutes').insert(0, 'We met.');
		doc.getMap('meta').set('format', 2);
		setAnswer(doc, by, 'g/q', { kind: 'level', level: 1 });
		const copy = new Y.Doc();
		Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
		expect(copy.getMap('contributions').get('g/q/me/mood')).toBe('good');
		expect(copy.getMap('contributions').get('g/q/me/evidence:e')).toEqual({ id: 'e', scan: 'abc' });
		expect(copy.getMap('ballots').get('b1/round')).toBe(1);
		expect(copy.getText('minutes').toString()).toBe('We met.');
		expect(documentFormat(copy)).toBe(2);
		expect(readWorkspace(copy).contributions).toHaveLength(1);
	});
});

test('10,000 answers are read in under two seconds (F-21)', () => {
	const doc = start();
	const map = doc.getMap('contributions');
	doc.transact(() => {
		for (let i = 0; i < 10_000; i++) {
			map.set(`g/q${i}/c/answer`, { kind: 'level', level: i % 5 });
			map.set(`g/q${i}/c/at`, '2026-03-01T08:00:00.000Z');
		}
	});
	const began = performance.now();
	expect(readWorkspace(doc).contributions).toHaveLength(10_000);
	expect(performance.now() - began).toBeLessThan(2000);
});

describe('a document that is read again and again', () => {
	const key = 'cyber/lead';
	/** The same work, gone on with on another device. */
	const elsewhere = (doc: Y.Doc): Y.Doc => {
		const other = new Y.Doc();
		Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
		other.getMap('actions').set('a1/title', 'Said elsewhere');
		other.getMap('actions').set('a0/title', 'Made elsewhere');
		other.getText('note/action/a1').insert(0, 'elsewhere ');
		setAnswer(other, { ...by, contributor: 'you' }, key, { kind: 'level', level: 4 });
		return other;
	};
	test('reads as it does at once, whatever changed', () => {
		const doc = start();
		const read = workspaceReader(doc);
		const chapter = 'cyber/summary';
		const steps = [
			() => setAnswer(doc, by, key, { kind: 'level', level: 2 }),
			() => setNote(doc, by, key, 'a note'),
			() => doc.getText(`body/${chapter}`).insert(0, 'text'),
			() => doc.getMap('chapters').set(`${chapter}/title`, 'Summary'),
			() => doc.getMap('meta').set('name', 'Other'),
			() => doc.getMap('actions').set('a1/title', 'Act'),
			() => doc.getText('note/action/a1').insert(0, 'soon'),
			() => doc.getText('note/action/a2').insert(0, 'before its action'),
			() => doc.getMap('actions').set('a2/title', 'Second'),
			() => doc.getMap('actions').set('a1/deleted', true),
			() => doc.getMap('actions').set('a1/deleted', false),
			() => doc.getMap('actions').delete('a2/title'),
			() => doc.getMap('indicators').set('a1/baseline', '3'),
			() => doc.getMap('actions').set('a1/indicator', 'How many'),
			() => doc.getText(`body/${chapter}`).delete(0, 2),
			() => Y.applyUpdate(doc, Y.encodeStateAsUpdate(elsewhere(doc))),
			() => doc.getMap('targets').set(`${key}/level`, 3),
			() => doc.getMap('guides').set('cyber/resume', 'lead'),
			() => doc.getMap('newer').set('x', new Y.Map([['y', 1]])),
			() => (doc.getMap('newer').get('x') as Y.Map<number>).set('y', 2)
		];
		for (const step of steps) {
			step();
			expect(read()).toEqual(readWorkspace(doc));
		}
	});

	test('a key in one action leaves the others as they were, to the object', () => {
		const doc = start();
		for (const id of ['a1', 'a2', 'a3']) doc.getMap('actions').set(`${id}/title`, id);
		const read = workspaceReader(doc);
		const before = read().actions;
		doc.getMap('actions').set('a2/title', 'Other');
		const after = read().actions;
		expect(after.map(({ title }) => title)).toEqual(['a1', 'Other', 'a3']);
		expect(after[0]).toBe(before[0]);
		expect(after[1]).not.toBe(before[1]);
		expect(after[2]).toBe(before[2]);
	});

	test('a note leaves what it is not in as it was, to the object', () => {
		const doc = start();
		doc.getMap('chapters').set('cyber/summary/title', 'Summary');
		const read = workspaceReader(doc);
		const before = read();
		expect(read()).toBe(before);
		setNote(doc, by, key, 'a note');
		const after = read();
		expect(after.contributions[0]?.note).toBe('a note');
		expect(after.chapters).toBe(before.chapters);
	});
});
