import { expect, test } from 'vitest';
import { contentWith, smallGuide } from '../../../tests/fixtures/small-guide.ts';
import { overlayText, smallOverlay } from '../../../tests/fixtures/small-overlay.ts';
import { lineOfProblem } from './content-problem.ts';
import { examineOverlay } from './overlay-file.ts';
import { packsOf } from './packs-disk.ts';

const packs = packsOf(contentWith(smallGuide()), (body) => body.length);
const read = async (url: string) => JSON.parse(packs.files.get(url)!) as unknown;
const examine = (bytes: Uint8Array, lang = 'en') =>
	examineOverlay(
		{
			name: 'ours.json',
			size: bytes.length,
			arrayBuffer: async () => new Uint8Array(bytes).buffer
		},
		read,
		lang,
		['ar', 'en', 'fr']
	);
const linesOf = async (bytes: Uint8Array) => {
	const examined = await examine(bytes);
	return examined.overlay ? [] : examined.problems.map((one) => lineOfProblem(one).split('\n')[0]);
};

test('a file shows what it would change, in words and in the reader’s language', async () => {
	const examined = await examine(Buffer.from(overlayText()));
	expect(examined.overlay?.id).toBe('numenia');
	const rows = examined.overlay && examined.changes.map((c) => [c.sort, c.what, c.names]);
	expect(rows).toEqual([
		['sections', 'hide', ['Second']],
		['sections', 'rename', ['First → First in Numenia']],
		['sections', 'add', ['The law of Numenia']],
		['questions', 'rename', ['Asked → Asked, in our words']],
		['questions', 'add', ['Asked in Numenia']],
		['measures', 'hide', ['Begin']],
		['measures', 'rename', ['Finish → Finish, in our words']],
		['measures', 'add', ['Begin here', 'All of it']],
		['chapters', 'rename', ['One → One of ours']],
		['chapters', 'add', ['Two']]
	]);
	const french = await examine(Buffer.from(overlayText()), 'fr');
	expect(french.overlay && french.changes[2]!.names).toEqual(['La loi']);
});

test('measures that served a hidden question alone are said to be hidden too', async () => {
	const all = smallOverlay();
	const { questions, measures } = all.guides.small;
	questions.hide = ['asked'];
	Object.assign(questions, { rename: {} });
	questions.add.push({ ...questions.add[0]!, id: 'numenia-other' });
	measures.hide = [];
	Object.assign(measures, { rename: {} });
	measures.add[0]!.closes = [{ question: 'numenia-other', from: 0, to: 4 }];
	const examined = await examine(Buffer.from(overlayText(all)));
	expect(examined.overlay && examined.changes.find((c) => c.sort === 'measures')!.names).toEqual([
		'Begin',
		'Finish'
	]);
});

test('a file that is none is refused in the same words', async () => {
	expect(await linesOf(Buffer.from(`\uFEFF${overlayText()}`))).toEqual([
		'ours.json:1  expected UTF-8 without a byte order mark, found a byte order mark'
	]);
	expect(await linesOf(Buffer.from(`\uFEFF${overlayText()}`, 'utf16le'))).toContain(
		'ours.json:1  expected UTF-8 text, found bytes that are not'
	);
	expect(await linesOf(Buffer.from(overlayText(), 'latin1'))).toEqual([
		'ours.json:5  expected UTF-8 text, found bytes that are not'
	]);
	expect(await linesOf(Buffer.alloc(10_000_000, 'a'))).toEqual([
		'ours.json:1  expected a file of at most 400 kB, found 10.0 MB'
	]);
	expect(await linesOf(Buffer.alloc(0))).toHaveLength(1);
});
