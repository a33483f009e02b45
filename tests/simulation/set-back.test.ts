/**
 * A relay that was set back to before somebody came: they come again, with all their words (H-1, H-2, F-55).
 *
 * Not so, and said in SPEC.md: a contributor whose lane somebody else has got meanwhile, where whoever set
 * the relay back did not leave out the lanes that were given since (H-2).
 */
import { expect, test, vi } from 'vitest';
import * as d from '#lib/sync/document.ts';
import { seeded } from '../fixtures/seeds.ts';
import { Device, workspace } from './device.ts';
import { Stage } from './stage.ts';

vi.setConfig({ testTimeout: 60_000 });

const notes = async (one: Device): Promise<string[]> =>
	d
		.readWorkspace(await one.doc())
		.contributions.map(({ note }) => note)
		.sort();

test.each([
	['edit', 'nobody', 'set back'],
	['contribute', 'nobody', 'set back'],
	['edit', 'somebody', 'set back'],
	['edit', 'somebody', 'restored'],
	['contribute', 'nobody', 'restored'],
	['contribute', 'somebody', 'restored']
] as const)(
	'words of one who came to %s after the backup are there again, where %s came before them after it was %s',
	async (role, whom, how) => {
		const stage = new Stage();
		try {
			await stage.start();
			const origin = (): string => stage.origin;
			const make = (name: string, client: number): Device =>
				new Device(name, { random: seeded(client), origin, contributor: name, client });
			const editor = make('first', 1_000_000);
			await editor.found();
			await editor.edit((doc, by) => d.setNote(doc, by, 'g/q1', 'Of the first.'));
			expect(await editor.sync()).toBe('');
			const { invitation, id } = await editor.invite(role);
			await stage.backUp();

			const other = make('second', 2_000_000);
			await other.join(invitation, id);
			await other.edit((doc, by) => d.setNote(doc, by, 'g/q1', 'Acknowledged.'));
			expect(await other.sync()).toBe('');
			await other.edit((doc, by) => d.setNote(doc, by, 'g/q2', 'Not sent yet.'));
			const { lane, holder } = await other.row();
			await (how === 'restored' ? stage.restore() : stage.setBack());
			if (whom === 'somebody') {
				const { invitation, id } = await editor.invite(role);
				await make('third', 3_000_000).join(invitation, id);
			}
			for (let round = 0; round < 4; round++) {
				for (const one of [other, editor]) {
					one.clock += 2 * 3_600_000;
					await one.sync();
				}
			}
			expect(await other.sync()).toBe('');
			expect(await editor.sync()).toBe('');
			expect(await editor.unreadable()).toEqual([]);
			expect(await notes(editor)).toEqual(['Acknowledged.', 'Not sent yet.', 'Of the first.']);
			expect(await notes(other)).toEqual(await notes(editor));
			expect(await other.store.sync.waiting(workspace)).toEqual({ outbox: 0, flight: 0 });
			// It is the same device as before, and where its lane was left out it has that again (J-2).
			expect((await other.row()).holder).toBe(holder);
			if (how === 'restored') expect((await other.row()).lane).toBe(lane);
		} finally {
			await stage.close();
		}
	}
);
