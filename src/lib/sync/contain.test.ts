import * as Y from 'yjs';
import { describe, expect, test } from 'vitest';
import { isAllowed, ownMissing, Trial, whatChanged } from './contain.ts';
import * as d from './document.ts';
import type { Author } from './document.ts';

const by = (contributor: string): Author => ({
	contributor,
	now: '2026-11-23T05:06:07.123Z',
	origin: 'local'
});
const level = (n: 0 | 1 | 2 | 3 | 4) => ({ kind: 'level', level: n }) as const;
const key = 'g/q1' as const;

/** An editor's document, and a contributor's that has all of it. */
function team() {
	const editor = d.createDocument({
		id: 'w',
		name: 'N',
		country: 'N',
		createdAt: '2026-11-01T00:00:00.000Z',
		demo: false
	});
	d.setAnswer(editor, by('ministry'), key, level(2));
	d.setNote(editor, by('ministry'), key, 'Decree 12 of 2021.');
	const contributor = new Y.Doc();
	Y.applyUpdate(contributor, d.stateOf(editor));
	return { editor, contributor };
}

/** What `edit` adds to a document, as one update. */
function updateOf(doc: Y.Doc, edit: () => void): Uint8Array {
	const before = Y.encodeStateVector(doc);
	const parts: Uint8Array[] = [];
	const note = (update: Uint8Array): unknown => parts.push(update);
	doc.on('update', note);
	edit();
	doc.off('update', note);
	return parts.length > 0 ? Y.mergeUpdates(parts) : Y.encodeStateAsUpdate(doc, before);
}

/** The verdict over an edit that a contributor's device made, and the team's document after it. */
function tryEdit(edit: (doc: Y.Doc) => void) {
	const { editor, contributor } = team();
	const before = d.stateOf(editor);
	const update = updateOf(contributor, () => edit(contributor));
	const verdict = new Trial(editor).try(update, 'c-3');
	expect(isAllowed(whatChanged(editor, update), 'c-3')).toBe(verdict === 'sound');
	expect(d.stateOf(editor)).toEqual(before);
	return verdict;
}

describe('what a contributor may change (R-3)', () => {
	const allowed: [string, (doc: Y.Doc) => void][] = [
		['an answer', (doc) => d.setAnswer(doc, by('c-3'), key, level(3))],
		['a confidence', (doc) => d.setConfidence(doc, by('c-3'), key, 'low')],
		['a note', (doc) => d.setNote(doc, by('c-3'), key, 'Because.')],
		[
			'a note, then less of it',
			(doc) => {
				d.setNote(doc, by('c-3'), key, 'Because of that.');
				d.setNote(doc, by('c-3'), key, 'Because.');
			}
		],
		[
			'an answer taken back',
			(doc) => {
				d.setAnswer(doc, by('c-3'), key, level(3));
				d.setAnswer(doc, by('c-3'), key, null);
			}
		],
		[
			'their own record deleted',
			(doc) => doc.getMap('contributions').set('g/q1/c-3/deleted', true)
		],
		['who they are', (doc) => doc.getMap('contributors').set('c-3/name', 'Health')],
		['nothing', () => {}]
	];
	test.each(allowed)('%s: allowed', (_, edit) => expect(tryEdit(edit)).toBe('sound'));

	const notAllowed: [string, (doc: Y.Doc) => void][] = [
		['another’s answer', (doc) => d.setAnswer(doc, by('ministry'), key, level(0))],
		['another contributor’s answer', (doc) => d.setAnswer(doc, by('c-4'), key, level(0))],
		['another’s note', (doc) => d.setNote(doc, by('ministry'), key, 'Decree 12 of 2022.')],
		['another’s note deleted', (doc) => doc.getText('note/g/q1/ministry').delete(0, 5)],
		[
			'another’s record deleted',
			(doc) => doc.getMap('contributions').set('g/q1/ministry/deleted', true)
		],
		['a key removed', (doc) => doc.getMap('contributions').delete('g/q1/ministry/answer')],
		[
			'a key removed and set again',
			(doc) => {
				const map = doc.getMap('contributions');
				const was = map.get('g/q1/ministry/answer');
				map.delete('g/q1/ministry/answer');
				map.set('g/q1/ministry/answer', was);
			}
		],
		['the agreed value', (doc) => doc.getMap('agreed').set('g/q1/value', { why: 'me' })],
		['the workspace’s name', (doc) => doc.getMap('meta').set('name', 'Mine')],
		['a key without a record', (doc) => doc.getMap('contributions').set('c-3', 1)],
		['a collection of a later version', (doc) => doc.getMap('later').set('x/y', 1)],
		['a collection’s list side', (doc) => doc.getArray('contributions').push([1])],
		['keys on a text', (doc) => doc.getMap('note/g/q1/c-3').set('c-3/x', 1)],
		['an action’s note', (doc) => doc.getText('note/action/c-3').insert(0, 'x')],
		['a chapter', (doc) => doc.getText('body/g/c-3').insert(0, 'x')],
		['who somebody else is', (doc) => doc.getMap('contributors').set('c-4/name', 'Me')],
		['an id that is a path', (doc) => doc.getMap('contributions').set('../q1/c-3/answer', 1)],
		['a record of four parts', (doc) => doc.getMap('contributions').set('a/g/q1/c-3/answer', 1)],
		[
			'their own, and one other thing among it',
			(doc) => {
				d.setAnswer(doc, by('c-3'), key, level(3));
				doc.getMap('plan').set('settings/currency', 'XXX');
				d.setNote(doc, by('c-3'), key, 'Because.');
			}
		]
	];
	test.each(notAllowed)('%s: put aside whole', (_, edit) =>
		expect(tryEdit(edit)).toBe('not-allowed')
	);

	test('inside of somebody’s record, where a newer version keeps a type, too', () => {
		const { editor } = team();
		editor.getMap('actions').set('a1/list', new Y.Array());
		const contributor = new Y.Doc();
		Y.applyUpdate(contributor, d.stateOf(editor));
		const list = contributor.getMap('actions').get('a1/list');
		const update = updateOf(contributor, () => {
			if (list instanceof Y.Array) list.push(['mine']);
		});
		expect(whatChanged(editor, update).places).toEqual(['actions/a1']);
		expect(new Trial(editor).try(update, 'c-3')).toBe('not-allowed');
	});

	test('an editor may change all of it', () => {
		for (const [, edit] of [...allowed, ...notAllowed]) {
			const { editor, contributor } = team();
			const update = updateOf(contributor, () => edit(contributor));
			expect(new Trial(editor).try(update, null)).toBe('sound');
		}
	});
});

describe('writing on under somebody else’s client', () => {
	/** An update in which `client` writes to c-3's own record, from `clock` on. */
	function forged(client: number, clock: number): Uint8Array {
		const doc = new Y.Doc();
		doc.clientID = client;
		if (clock > 0) doc.getText('filler').insert(0, 'x'.repeat(clock));
		return updateOf(doc, () => doc.getMap('contributions').set('g/q2/c-3/answer', 1));
	}

	test('is put aside: else that person’s next words would look as if they were known', () => {
		const { editor } = team();
		const update = forged(editor.clientID, Y.getState(editor.store, editor.clientID));
		const changes = whatChanged(editor, update);
		expect(changes.places).toEqual(['contributions/g/q2/c-3']);
		expect(changes.continues).toContain('contributions/g/q1/ministry');
		expect(isAllowed(changes, 'c-3')).toBe(false);
		// What would be lost otherwise.
		const victim = new Y.Doc();
		Y.applyUpdate(victim, d.stateOf(editor));
		Y.applyUpdate(victim, update);
		const words = updateOf(editor, () => d.setAnswer(editor, by('ministry'), 'g/q3', level(4)));
		Y.applyUpdate(victim, words);
		expect(d.readWorkspace(victim).contributions).not.toEqual(
			d.readWorkspace(editor).contributions
		);
	});

	test('what is there already under another’s client is no writing on', () => {
		const { editor, contributor } = team();
		d.setAnswer(contributor, by('c-3'), key, level(3));
		// The whole state, as a device sends it that heals: with the words of all others in it.
		const update = Y.encodeStateAsUpdate(contributor);
		expect(new Trial(editor).try(update, 'c-3')).toBe('sound');
	});

	test('one’s own client goes on, after its first words too', () => {
		const { editor, contributor } = team();
		const trial = new Trial(editor);
		for (const n of [0, 1, 2, 3] as const) {
			const update = updateOf(contributor, () => {
				d.setAnswer(contributor, by('c-3'), key, level(n));
				d.setNote(contributor, by('c-3'), key, `Level ${n}.`);
			});
			expect(trial.try(update, 'c-3')).toBe('sound');
		}
	});
});

describe('what builds on something that is not there yet', () => {
	test('waits: nobody can say what it will change', () => {
		const { editor, contributor } = team();
		const first = updateOf(contributor, () => d.setAnswer(contributor, by('c-3'), key, level(1)));
		const second = updateOf(contributor, () => d.setAnswer(contributor, by('c-3'), key, level(2)));
		const trial = new Trial(editor);
		expect(trial.try(second, 'c-3')).toBe('early');
		expect(trial.try(first, 'c-3')).toBe('sound');
		expect(trial.try(second, 'c-3')).toBe('sound');
	});

	test('also a deletion of what is not there yet', () => {
		const { editor, contributor } = team();
		const later = updateOf(editor, () => d.setNote(editor, by('ministry'), 'g/q9', 'Later words'));
		const behind = new Trial(contributor);
		const deletes = new Y.Doc();
		Y.applyUpdate(deletes, d.stateOf(editor));
		const update = updateOf(deletes, () => deletes.getText('note/g/q9/ministry').delete(0, 5));
		expect(behind.try(update, 'c-3')).toBe('early');
		expect(behind.try(later, null)).toBe('sound');
		expect(behind.try(update, 'c-3')).toBe('not-allowed');
	});

	test('an editor’s words that wait are not charged to a contributor who releases nothing of them', () => {
		const { editor, contributor } = team();
		const first = updateOf(editor, () => d.setNote(editor, by('ministry'), 'g/q5', 'One'));
		const second = updateOf(editor, () => d.setNote(editor, by('ministry'), 'g/q5', 'One two'));
		const trial = new Trial(contributor);
		expect(trial.try(second, null)).toBe('sound');
		const mine = updateOf(contributor, () => d.setAnswer(contributor, by('c-3'), key, level(1)));
		expect(trial.try(mine, 'c-3')).toBe('sound');
		expect(trial.try(first, null)).toBe('sound');
	});
});

describe('what a contributor sends when it heals (H-1)', () => {
	/** The relay lost what came after `there`: an editor's words, and a contributor's. */
	function lost() {
		const { editor: there, contributor: mine } = team();
		const editor = new Y.Doc();
		Y.applyUpdate(editor, d.stateOf(there));
		d.setNote(editor, by('ministry'), key, 'Decree 12.');
		d.setAnswer(editor, by('ministry'), 'g/q4', level(4));
		Y.applyUpdate(mine, d.stateOf(editor));
		d.setAnswer(mine, by('c-3'), key, level(1));
		d.setNote(mine, by('c-3'), key, 'Because of that.');
		d.setNote(mine, by('c-3'), key, 'Because.');
		return { there, mine };
	}

	test('is its own words, all of them, and nothing of anybody else', () => {
		const { there, mine } = lost();
		const update = ownMissing(there, mine, 'c-3');
		expect(new Trial(there).try(update!, 'c-3')).toBe('sound');
		expect(whatChanged(there, update!).places.sort()).toEqual([
			'contributions/g/q1/c-3',
			'note/g/q1/c-3'
		]);
		Y.applyUpdate(there, update!);
		const healed = d
			.readWorkspace(there)
			.contributions.find(({ contributor }) => contributor === 'c-3');
		expect(healed).toMatchObject({ note: 'Because.', answer: level(1) });
		expect(d.readWorkspace(there).contributions).toHaveLength(2);
		expect(ownMissing(there, mine, 'c-3')).toBeNull();
	});

	test('is its deletion alone, where the words are there', () => {
		const { there, mine } = lost();
		Y.applyUpdate(there, d.stateOf(mine));
		d.setNote(mine, by('c-3'), key, '');
		const update = ownMissing(there, mine, 'c-3');
		Y.applyUpdate(there, update!);
		expect(there.getText('note/g/q1/c-3').toString()).toBe('');
		expect(ownMissing(there, mine, 'c-3')).toBeNull();
	});

	test('of somebody who wrote nothing is nothing', () => {
		const { there, mine } = lost();
		expect(ownMissing(there, mine, 'c-4')).toBeNull();
	});
});

describe('an update that Yjs cannot take (F-42, E-5)', () => {
	const hostile: [string, Uint8Array][] = [
		['nothing', new Uint8Array()],
		['a number without an end', new Uint8Array(64).fill(0xff)],
		['a billion structs in no bytes', Uint8Array.of(1, 0x80, 0x94, 0xeb, 0xdc, 0x03, 1, 0)],
		['a struct of length 0', Uint8Array.of(1, 1, 1, 0, 0, 0, 0)],
		['an unknown type of content', Uint8Array.of(1, 1, 1, 0, 31, 1, 1, 97, 1, 0)]
	];
	test.each(hostile)('%s is unsound, whoever sent it', (_, update) => {
		for (const contributor of ['c-3', null]) {
			const { editor } = team();
			const trial = new Trial(editor);
			expect(trial.try(update, contributor)).toBe('unsound');
		}
	});

	test('of which Yjs alone would take half is put aside whole, and the trial goes on', () => {
		const { editor, contributor } = team();
		const trial = new Trial(editor);
		const good = updateOf(contributor, () => d.setAnswer(contributor, by('c-3'), key, level(1)));
		const next = updateOf(contributor, () => d.setAnswer(contributor, by('c-3'), key, level(2)));
		// Its structs are sound, the list of deletions after them is cut.
		const half = next.subarray(0, next.length - 1);
		const alone = new Y.Doc();
		Y.applyUpdate(alone, d.stateOf(editor));
		Y.applyUpdate(alone, good);
		const was = d.stateOf(alone);
		expect(() => Y.applyUpdate(alone, half)).toThrow();
		expect(d.stateOf(alone)).not.toEqual(was);

		expect(trial.try(good, 'c-3')).toBe('sound');
		for (const contributorId of ['c-3', null]) {
			expect(trial.try(half, contributorId)).toBe('unsound');
		}
		expect(trial.try(next, 'c-3')).toBe('sound');
	});
});
