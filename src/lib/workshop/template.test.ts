import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { feasibility } from './feasibility.ts';
import { fromTemplate, templateMistakes } from './template.ts';
import type { AskedQuestion, TemplateWords, WorkshopTemplates } from './template.ts';

const json = (path: string): unknown =>
	JSON.parse(readFileSync(new URL(`../../../content/shared/${path}`, import.meta.url), 'utf8'));
const templates = json('workshops.json') as WorkshopTemplates;
const words = (lang: string) => json(`${lang}/workshops.json`) as TemplateWords;

describe('the templates', () => {
	it.each(['en', 'fr', 'ar'])('are whole in %s', (lang) => {
		expect(templateMistakes(templates, words(lang))).toEqual([]);
	});

	it('what is missing or unknown is said to the author', () => {
		const broken = {
			sessions: { a: { method: 'dance' }, b: { method: 'cards' }, c: { method: 'break' } },
			templates: [
				{
					id: 't',
					days: [
						[
							['a', 3],
							['z', 30]
						]
					]
				}
			]
		};
		const said = { sessions: { c: { title: 'Break', material: '' }, gone: {} }, group: {} };
		const found = templateMistakes(broken, said).join('\n');
		for (const part of [
			'session "a": "method" is one of',
			'session "b": cards hang on a "board"',
			'session "a" has no "title"',
			'session "gone" is in no list',
			'template "t" has no "title"',
			'no session "z"',
			'"a": 5 to 240 minutes'
		]) {
			expect(found).toContain(part);
		}
		expect(found).not.toContain('session "c"');
	});
});

describe('a workshop from a template', () => {
	const questions = Array.from({ length: 60 }, (_, i): AskedQuestion => ({
		id: `q${i}`,
		topic: `t${Math.floor(i / 10)}`,
		weight: (i % 3) + 1,
		path: i % 2 ? 'core' : 'full'
	}));
	let count = 0;
	const make = (id: string, people: number) =>
		fromTemplate(
			templates.templates.find((one) => one.id === id)!,
			templates,
			words('en'),
			{
				workshop: 'w',
				people,
				interpreted: false,
				questions,
				newId: () => `n${++count}`
			}
		);

	it.each(templates.templates.map(({ id }) => id))(
		'%s has no more questions than time, none twice, and its breaks are where they should be',
		(id) => {
			const { sessions, groups } = make(id, 25);
			const { doubts } = feasibility({
				id: 'w',
				title: '',
				guide: 'g',
				template: id,
				place: '',
				facilitator: '',
				day: '',
				days: 1,
				begins: 540,
				papers: 25,
				interpreted: false,
				note: '',
				created: '',
				closed: '',
				room: '',
				turns: [],
				sessions,
				groups,
				people: [],
				ballots: [],
				cards: [],
				noted: [],
				forms: []
			});
			expect(doubts).toEqual([]);
		}
	);

	it('the larger the room, the fewer questions', () => {
		const asked = (people: number) =>
			make('half-day', people).sessions.flatMap((session) => session.questions).length;
		expect(asked(10)).toBeGreaterThan(asked(60));
		expect(asked(60)).toBeGreaterThan(2);
	});

	it('its groups share out all topics', () => {
		const { groups } = make('three-day', 25);
		expect(groups).toHaveLength(4);
		expect(groups.flatMap((group) => group.questions)).toHaveLength(60);
		expect(groups[0]!.name).toBe('Group 1');
	});
});
