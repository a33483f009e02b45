import { expect, test } from 'vitest';
import { realGuide } from '../../../tests/fixtures/real-guide.ts';
import { fileOf, passageOf, textOfHtml } from './passage.ts';
import { escapeHtml, render } from './render.ts';

const guide = realGuide();

test('the text of a real section has all its words and none of its marks', () => {
	const section = guide.parts.flatMap((p) => p.sections).find((s) => s.id === 'incident-response');
	const text = passageOf(section, { kind: 'section', id: 'incident-response' });
	expect(text).toContain('A national response team, or CIRT, does this work.');
	expect(text).toContain('Office hours 5 to 7 one named backup');
	expect(text).not.toMatch(/[<>]|&amp;|\s\s/);
});

test('a question, a measure and a term give their own words', () => {
	const topic = guide.topics.find((t) => t.id === 'governance');
	const question = passageOf(topic, { kind: 'question', id: 'budget' });
	const wanted = topic?.questions.find((q) => q.id === 'budget');
	expect(wanted).toBeDefined();
	for (const text of [wanted?.question, wanted?.why, wanted?.levels[4], wanted?.evidence[0]]) {
		expect(question).toContain(text);
	}
	const measure = topic?.measures[0];
	expect(passageOf(topic, { kind: 'measure', id: measure?.id ?? '' })).toContain(measure?.how);
	const term = guide.terms[0];
	expect(passageOf(guide.terms, { kind: 'term', id: term?.id ?? '' })).toBe(term?.definition);
});

test('a file of another form gives an empty text', () => {
	for (const file of [undefined, null, 'x', 7, [], {}, { html: 7 }, { questions: {} }, [null]]) {
		for (const kind of ['section', 'question', 'measure', 'term'] as const) {
			expect(passageOf(file, { kind, id: 'x' })).toBe('');
		}
	}
});

test('what was escaped comes back as it was written', () => {
	for (const text of ['a < b & "c" > \'d\'', '&amp;lt;', '&lt;script&gt;', 'x&#39;y']) {
		expect(textOfHtml(`<p>${escapeHtml(text)}</p>`)).toBe(text);
	}
	expect(textOfHtml(render('A **bold** [word](https://x.org), and `<b>`.').html)).toBe(
		'A bold word, and <b>.'
	);
	expect(textOfHtml('&#1606;&#x646;&#9999999;')).toBe('نن&#9999999;');
});

test('F-41: broken HTML costs no more than its length', () => {
	// Quadratic, this would be 10¹⁰ steps and end in the runner's time limit.
	expect(textOfHtml('<'.repeat(100_000)).length).toBe(100_000);
	expect(textOfHtml('<p '.repeat(100_000)).length).toBeGreaterThan(100_000);
});

test('the file of a result is found in the contents, and nothing where there is none', () => {
	const ref = (url: string) => ({ url, sha256: '', bytes: 0 });
	const index = {
		parts: [
			{ id: 'p', title: '', sections: [{ id: 's', title: '', lang: 'en', file: ref('/s') }] }
		],
		topics: [{ id: 't', title: '', short: '', questions: 1, file: ref('/t') }],
		terms: ref('/terms')
	};
	expect(fileOf(index, { kind: 'section', id: 's', place: 'p' })?.url).toBe('/s');
	expect(fileOf(index, { kind: 'measure', id: 'm', place: 't' })?.url).toBe('/t');
	expect(fileOf(index, { kind: 'term', id: 'x', place: '' })?.url).toBe('/terms');
	expect(fileOf(index, { kind: 'section', id: 'gone', place: 'p' })).toBeUndefined();
});
