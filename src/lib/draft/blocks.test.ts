import { expect, it } from 'vitest';
import { blocks } from '#lib/model/guide.ts';
import { forSeeds } from '../../../tests/fixtures/seeds.ts';
import type { Chapter } from '#lib/model/workspace.ts';
import { markerOf, piecesOf, splitBlocks, withFigures } from './blocks.ts';

it('a line of its own places a block', () => {
	expect(splitBlocks('Before.\n\n{{radar}}\n\nAfter.')).toEqual([
		{ markdown: 'Before.' },
		{ block: 'radar' },
		{ markdown: 'After.' }
	]);
});

it('every block has its line', () => {
	for (const block of blocks) expect(splitBlocks(markerOf(block))).toEqual([{ block }]);
});

it('spaces around the marker and Windows line ends do not matter', () => {
	expect(splitBlocks('a\r\n  {{ gap-list }} \r\nb')).toEqual([
		{ markdown: 'a' },
		{ block: 'gap-list' },
		{ markdown: 'b' }
	]);
});

it('a marker inside a sentence, an unknown name and code stay text', () => {
	for (const text of [
		'see {{radar}} here',
		'{{nothing}}',
		'    {{radar}}',
		'{{Radar}}',
		'{radar}'
	]) {
		expect(splitBlocks(`x\n${text}`), text).toEqual([{ markdown: `x\n${text}` }]);
	}
});

it('an empty body has no pieces, and two markers in a row have nothing between', () => {
	expect(splitBlocks('\n \n')).toEqual([]);
	expect(splitBlocks('{{radar}}\n\n{{radar}}')).toEqual([{ block: 'radar' }, { block: 'radar' }]);
});

it('blocks that no line places stand at the end, in their order', () => {
	expect(
		piecesOf({ body: '{{radar}}\n\nText.', blocks: ['score-table', 'radar', 'gap-list'] })
	).toEqual([
		{ block: 'radar' },
		{ markdown: 'Text.' },
		{ block: 'score-table' },
		{ block: 'gap-list' }
	]);
});

it('nothing that somebody wrote is lost in the cutting (P9)', () => {
	const lines = [
		'',
		'Words.',
		'- item',
		'{{radar}}',
		'{{radar',
		'  indented',
		'{{gap-list}}',
		'# A'
	];
	forSeeds(200, (random) => {
		const body = Array.from({ length: random.number(12) }, () => random.pick(lines)).join('\n');
		const back = splitBlocks(body).map((p) => ('block' in p ? markerOf(p.block) : p.markdown));
		const solid = (text: string): string => text.replace(/\s/g, '');
		expect(solid(back.join('\n'))).toBe(solid(body));
		expect(splitBlocks(back.join('\n\n'))).toEqual(splitBlocks(body));
	});
});

it('the figures of the country stand in the context chapter once any are given, and only there', () => {
	const chapter = (id: string): Chapter => ({
		id,
		guide: 'g',
		title: '',
		body: 'Text',
		hidden: false,
		order: 1,
		sources: [],
		blocks: ['score-table'],
		goal: 0
	});
	expect(withFigures(chapter('g/context'), true).blocks).toEqual(['score-table', 'figure-table']);
	expect(withFigures(withFigures(chapter('g/context'), true), true).blocks).toHaveLength(2);
	expect(withFigures(chapter('g/context'), false).blocks).toEqual(['score-table']);
	expect(withFigures(chapter('g/vision'), true).blocks).toEqual(['score-table']);
});
