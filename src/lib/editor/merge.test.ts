import { EditorState, TextSelection } from 'prosemirror-state';
import { expect, it } from 'vitest';
import { forSeeds } from '../../../tests/fixtures/seeds.ts';
import { mergeBody } from './merge.ts';
import { documentOf, readBody, rewrite, textOf } from './pieces.ts';
import { countIn, replaceIn } from './whole.ts';
import { wordsIn } from './words-in.ts';

const parts = [
	'A paragraph of words.',
	'Another **bold** one.',
	'- a\n- b\n  - c',
	'1. x\n\n2. y',
	'## Heading\nbelow it',
	'| a | b |\n|---|---|\n| 1 | 2 |',
	'> quoted\n>\n> twice',
	'{{score-table}}',
	'```\ncode\n```',
	'Note[^1].\n\n[^1]: Its text.',
	'نص عربي'
];

it('the text of another tab becomes the text of the editor, letter by letter', () => {
	forSeeds(150, (random) => {
		const make = () =>
			Array.from({ length: random.number(5) }, () => random.pick(parts)).join('\n\n');
		let pieces = readBody(make());
		let state = EditorState.create({ doc: documentOf(pieces) });
		for (let i = 0; i < 4; i++) {
			const body = make();
			const { tr, after } = mergeBody(state, pieces, body);
			state = state.apply(tr);
			state.doc.check();
			pieces = after;
			expect(textOf(pieces)).toBe(body);
			expect(textOf(rewrite(state.doc, pieces))).toBe(body);
		}
	});
});

it('the cursor stays in its words while others write above it and beside it', () => {
	const pieces = readBody('First one.\n\nHere I write now.\n\nLast.');
	let state = EditorState.create({ doc: documentOf(pieces) });
	const words = wordsIn(state.doc);
	const at = words.position(words.text.indexOf('write'));
	state = state.apply(state.tr.setSelection(TextSelection.create(state.doc, at)));
	const { tr } = mergeBody(state, pieces, 'New.\n\nFirst two.\n\nHere I write right now.\n\nLast.');
	state = state.apply(tr);
	const { $from } = state.selection;
	expect($from.parent.textContent.slice($from.parentOffset)).toBe('write right now.');
});

it('words are replaced in a chapter that is not open, and nothing else of it changes', () => {
	const body =
		'The *old* Law, old_law.\n\n* the OLD law\n\n{{radar}}\n\nUntouched __text__ [old](https://old.example)';
	expect(countIn(body, 'old', {})).toBe(4);
	expect(replaceIn(body, 'old', 'new', {})).toBe(
		'The *new* Law, new_law.\n\n- the new law\n\n{{radar}}\n\nUntouched **text** [new](https://old.example)'
	);
	expect(replaceIn(body, 'zzz', 'new', {})).toBe(body);
});
