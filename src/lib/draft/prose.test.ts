import { describe, expect, it } from 'vitest';
import { findGaps } from '#lib/assessment/gaps.ts';
import type { Action } from '#lib/model/workspace.ts';
import { englishVoice } from '../../../tests/fixtures/english-voice.ts';
import { question, smallView, type Short } from '../../../tests/fixtures/small-assessment.ts';
import { ownAction } from './actions.ts';
import { tellActions, tellBriefly, tellGaps, tellStanding, type Teller } from './prose.ts';

const teller = (
	answers: Record<string, Short>,
	actions: Action[] = [],
	proven: string[] = []
): Teller => {
	const view = smallView(answers, { proven: new Set(proven) });
	const material = { view, actions, register: new Map(), country: 'Numenia' };
	return { material, voice: englishVoice, gaps: findGaps(view).gaps };
};
const law = (of: Teller) => of.material.view.assessment.topics[0]!;
const action = (id: string, more: Partial<Action> = {}): Action => ({
	...ownAction({ id, guide: 'small', title: `Do ${id}`, closes: ['law-a'], plan: [] }),
	...more
});

describe('where we stand', () => {
	it('groups the answers from the best down and speaks in the levels’ own sentences', () => {
		const of = teller({ 'law-a': 0, 'law-b': 3, 'law-c': 4 }, [], ['law-c']);
		expect(tellStanding(of, law(of))).toEqual([
			{
				markdown: [
					'In place:',
					'- **Title of law-b** (level 3, no evidence recorded): Sentence 3 of law-b.',
					'- **Title of law-c** (level 4): Sentence 4 of law-c.'
				].join('\n'),
				refs: ['question:law-b', 'question:law-c']
			},
			{
				markdown: 'Not there yet:\n- **Title of law-a** (level 0): Sentence 0 of law-a.',
				refs: ['question:law-a']
			}
		]);
	});

	it('keeps "don’t know", "not applicable" and silence apart, and says them', () => {
		const of = teller({ 'law-a': '?', 'law-b': 'n' });
		expect(tellStanding(of, law(of))).toEqual([
			{ markdown: 'Still to be found out: Title of law-a.', refs: ['question:law-a'] },
			{ markdown: 'Not applicable here: Title of law-b.', refs: ['question:law-b'] },
			{
				markdown: 'One question of this area has no agreed answer yet.',
				refs: ['question:law-c']
			}
		]);
	});

	it('names every question of the topic in its sources, so that each change is noticed', () => {
		const of = teller({ 'law-a': 1 });
		const refs = tellStanding(of, law(of)).flatMap((paragraph) => paragraph.refs);
		expect(refs.sort()).toEqual(['question:law-a', 'question:law-b', 'question:law-c']);
	});
});

describe('what is missing', () => {
	it('says the next step and what brings it about', () => {
		const of = teller({ 'law-a': 1 });
		expect(tellGaps(of, law(of), null)).toEqual([
			{
				markdown:
					'One gap is open in this area:\n- **Title of law-a**, from level 1 to level 2. ' +
					'Do what level 2 of law-a needs. Measures: Carry out law-a-1.',
				refs: ['question:law-a']
			}
		]);
	});

	it('names the first three and places the block that has them all', () => {
		const of = teller({ 'law-a': 0, 'law-b': 0, 'law-c': 0 });
		const four = { ...of, gaps: [...of.gaps, { ...of.gaps[2]!, question: question('law-d') }] };
		const [text, block] = tellGaps(four, law(of), 'gap-list');
		expect(text?.markdown.split('\n')).toHaveLength(1 + 3);
		expect(text?.markdown).toContain('4 gaps are open in this area. The first to close:');
		// What the sentence counts, it depends on.
		expect(text?.refs).toHaveLength(4);
		expect(block).toEqual({ markdown: '{{gap-list}}', refs: [] });
	});

	it('says that nothing is missing, and says nothing where nothing was answered', () => {
		const best = teller({ 'law-a': 4 });
		expect(tellGaps(best, law(best), null)[0]?.markdown).toMatch(/^No gap is open/);
		const none = teller({});
		expect(tellGaps(none, law(none), null)).toEqual([]);
	});
});

describe('what will be done', () => {
	it('names the actions with owner and dates, as far as they are known', () => {
		const of = teller({}, [
			action('a', { owner: 'Justice', start: '2026-04-01', end: '2026-06-30', order: 1 }),
			action('b', { start: '2026-04-01', order: 2 }),
			action('c', { end: '2026-06-30', order: 3 }),
			action('d', { order: 4 }),
			action('e', { state: 'dropped' }),
			action('f', { closes: ['team-a'] })
		]);
		const [text] = tellActions(of, law(of), null);
		expect(text?.markdown.split('\n')).toEqual([
			'4 actions of the plan serve this area:',
			'- **Do a** (Justice), 1 Apr 2026 to 30 Jun 2026.',
			'- **Do b** (owner not named yet), from 1 Apr 2026.',
			'- **Do c** (owner not named yet), until 30 Jun 2026.',
			'- **Do d** (owner not named yet), dates not set yet.'
		]);
		expect(text?.refs).toEqual(['plan:law', 'action:a', 'action:b', 'action:c', 'action:d']);
	});

	it('leaves it to the block when there is nothing to say yet', () => {
		const of = teller({});
		expect(tellActions(of, law(of), null)[0]?.markdown).toMatch(/^No action/);
		expect(tellActions(of, law(of), 'action-table')).toEqual([
			{ markdown: '{{action-table}}', refs: [] }
		]);
	});

	it('shows a title that looks like Markdown as it was typed (F-30)', () => {
		const of = teller({}, [action('x', { title: '{{radar}}', owner: '<b>' })]);
		expect(tellActions(of, law(of), null)[0]?.markdown).toContain('**\\{\\{radar}}** (\\<b>)');
	});
});

describe('in brief', () => {
	it('says score, best, gaps and actions, and no question as both', () => {
		const of = teller({ 'law-a': 3, 'law-b': 1, 'law-c': 4 }, [action('a')]);
		expect(tellBriefly(of, law(of))).toEqual({
			markdown:
				'**Topic law** stands at 3.0 of 4. Best in place: Title of law-c and Title of law-a. ' +
				'First gaps to close: Title of law-b. One action of the plan serves it.',
			refs: ['score:law', 'question:law-c', 'question:law-a', 'question:law-b', 'plan:law']
		});
	});

	it('says that there is no score yet', () => {
		const of = teller({});
		expect(tellBriefly(of, law(of)).markdown).toBe(
			'**Topic law** has too few answers for a score.'
		);
	});
});
