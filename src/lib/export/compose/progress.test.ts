import { expect, test } from 'vitest';
import exportWords from '#content/languages/en/export.json' with { type: 'json' };
import followWords from '#content/languages/en/follow.json' with { type: 'json' };
import { register, translate } from '#lib/i18n/words.ts';
import { plain, type ExportBlock } from '../document.ts';
import { writeMarkdown } from '../formats/markdown.ts';
import { composeProgress, type ProgressInput } from './progress.ts';

const messages = ({ $note: _, ...words }: Record<string, unknown>) =>
	words as Parameters<typeof register>[2];
register('en', 'follow', messages(followWords));
register('en', 'export', messages(exportWords));

const line = (title: string) => ({ title, owner: `Owner of ${title}`, day: `Day of ${title}` });
const full: ProgressInput = {
	lang: 'en',
	direction: 'ltr',
	workspace: { name: 'Example', country: 'Numenia', demo: true },
	guide: { title: 'Cybersecurity', edition: '2026.1' },
	version: '0.1.0',
	date: '23 Nov 2026',
	created: '2026-11-23T10:00:00.000Z',
	accent: '#1d4f91',
	words: (key, values) => translate('en', key, values),
	period: '1 Jul 2026 to 30 Sep 2026',
	before: '1 Apr 2026 to 30 Jun 2026',
	tally: [{ name: 'Actions done', now: 1234, before: 2 }],
	states: [
		{ name: 'Done', count: 9 },
		{ name: 'Running', count: 29 }
	],
	done: [line('Finished thing')],
	started: [line('Begun thing')],
	dropped: [line('Dropped thing')],
	late: [
		{ ...line('Late thing'), why: 'The tender office waits' },
		{ ...line('Mute'), why: '' }
	],
	indicators: [
		{
			title: 'Time to restore',
			unit: 'hours',
			baseline: '216',
			before: '100',
			now: '52',
			target: '24',
			share: '85%',
			standing: 'on its way',
			isNew: true
		}
	],
	money: [{ currency: 'NUM', rows: [{ year: '2026/27', amounts: ['3,000', '2,000', '1,000'] }] }],
	risks: [{ risk: 'People leave', action: 'Team', weight: 20, response: 'Train reserves' }],
	decisions: ['Decide on a model contract'],
	next: [line('Next thing')]
};
const none: ProgressInput = {
	...full,
	tally: [],
	states: [],
	done: [],
	started: [],
	dropped: [],
	late: [],
	indicators: [],
	money: [],
	risks: [],
	decisions: [],
	next: []
};
const markdown = async (input: ProgressInput): Promise<string> =>
	new TextDecoder().decode(await writeMarkdown(composeProgress(input)));

test('P9: everything that the report is given stands in it', async () => {
	const text = await markdown(full);
	for (const words of [
		...['Finished', 'Begun', 'Dropped', 'Late', 'Next'].map((name) => `${name} thing`),
		'Owner of Late thing',
		'Day of Next thing',
		'The tender office waits',
		'no reason recorded',
		'Time to restore (hours)',
		...['216', '100', '52', '24', '85%', 'on its way'],
		'3,000',
		'20 of 25',
		'Train reserves',
		'Decide on a model contract',
		'1 Apr 2026 to 30 Jun 2026',
		'9 of 38',
		'1,234',
		'Numenia does not exist'
	])
		expect(text).toContain(words);
	expect(text).not.toMatch(/follow\.|export\./);
});

test('what is empty is said, not left out', () => {
	const { blocks } = composeProgress(none);
	const titles = (list: ExportBlock[]) =>
		list.flatMap((block) => (block.kind === 'heading' ? [plain(block.runs)] : []));
	const dropped = translate('en', 'follow.droppedTitle');
	expect(titles(blocks)).toEqual(
		titles(composeProgress(full).blocks).filter((title) => title !== dropped)
	);
	expect(blocks.filter(({ kind }) => kind === 'figure')).toEqual([]);
});
