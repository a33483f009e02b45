import * as Y from 'yjs';
import { describe, expect, test } from 'vitest';
import * as d from './document.ts';
import { peopleOf } from '#lib/assessment/people.ts';

const start = () =>
	d.createDocument({ id: 'w', name: 'N', country: 'N', createdAt: '', demo: false });
const by = (contributor: string) => ({
	contributor,
	now: '2026-03-01T08:00:00.000Z',
	origin: null
});
const named = (doc: Y.Doc, id: string, name: string, organisation = '') =>
	d.putContributor(doc, by(id), { id, name, organisation });

describe('contributors', () => {
	test('are bounded lines without signs that turn what stands beside them (F-39)', () => {
		const doc = start();
		named(doc, 'a', '\u202eeman\u2066 \u200b Ama\n Mensah ', 'x'.repeat(500));
		const [one] = d.readWorkspace(doc).contributors;
		expect(one?.name).toBe('eman Ama Mensah');
		expect(one?.organisation).toHaveLength(120);
		named(doc, 'b', `Z${'\u0301'.repeat(90)}`);
		expect(d.readWorkspace(doc).contributors[1]?.name.length).toBeLessThan(6);
	});

	test('read hostile: what another program wrote is bounded too', () => {
		const doc = start();
		doc.getMap('contributors').set('a/name', `\u202e${'y'.repeat(10_000)}`);
		doc.getMap('contributors').set('a/organisation', { evil: true });
		doc.getMap('contributors').set('__proto__/name', 'no');
		expect(d.readWorkspace(doc).contributors).toEqual([
			{ id: 'a', name: 'y'.repeat(120), organisation: '' }
		]);
	});

	test('a field that a newer version adds stays when the name changes (P7)', () => {
		const doc = start();
		named(doc, 'a', 'Ama');
		doc.getMap('contributors').set('a/pronoun', 'she');
		named(doc, 'a', 'Ama Mensah');
		expect(doc.getMap('contributors').get('a/pronoun')).toBe('she');
	});

	test('two of one name are told apart, by organisation where that is enough', () => {
		const doc = start();
		named(doc, 'aaaa1', 'Ama', 'Health');
		named(doc, 'bbbb1', 'AMA', 'Telecom');
		named(doc, 'cccc1', 'Kofi', 'Justice');
		named(doc, 'dddd1', 'kofi ', 'Justice');
		const people = peopleOf(d.readWorkspace(doc));
		expect([...people.values()].map(({ full }) => full)).toEqual([
			'Ama · Health',
			'AMA · Telecom',
			'Kofi · Justice · cccc',
			'kofi · Justice · dddd'
		]);
		expect([...people.values()].map(({ short }) => short)).toEqual([
			'Health',
			'Telecom',
			'Kofi · Justice · cccc',
			'kofi · Justice · dddd'
		]);
	});

	test('sign what they write, once for each opening; who gave no name signs nothing', () => {
		const doc = start();
		d.signClient(doc, by('a'));
		expect(doc.getMap('contributors').size).toBe(0);
		named(doc, 'a', 'Ama');
		d.signClient(doc, by('a'));
		const before = Y.encodeStateVector(doc);
		d.signClient(doc, by('a'));
		expect(Y.encodeStateVector(doc)).toEqual(before);
		expect([...d.clientsOf(doc)]).toEqual([[doc.clientID, 'a']]);
	});
});
