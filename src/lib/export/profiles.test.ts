import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { compose } from './compose.ts';
import { planned } from './fixtures/plan.ts';
import { leaves } from './fixtures/reading.ts';
import { sample } from './fixtures/sample.ts';
import { templateFile } from './fixtures/template.ts';
import { formats } from './formats/index.ts';
import { readTemplate } from './formats/docx/template.ts';
import { parts, type ExportInput, type Sensitive } from './input.ts';
import { leavesOut, profiles, redact } from './profiles.ts';
import { scrub } from './scrub.ts';

const full = planned(sample);
const countOf = (input: ExportInput, kinds: readonly Sensitive[]) =>
	Object.fromEntries(
		redact(input, kinds, parts).left.map(({ kind, items }) => [kind, items.length])
	);

describe('what a profile leaves out', () => {
	it('is counted, item by item', () => {
		expect(countOf(full, leavesOut.public)).toEqual({
			notes: 2,
			disagreements: 1,
			contributors: 1,
			evidence: 4,
			links: 2,
			persons: 5,
			judgements: 1,
			blockers: 2,
			unfunded: 2
		});
		expect(countOf(full, leavesOut.team)).toEqual({});
	});

	it.each(profiles)(
		'%s: every item of the list is in the team’s document and in no other',
		(profile) => {
			const { left } = redact(full, leavesOut[profile], parts);
			const textOf = (leaveOut: readonly Sensitive[]): string =>
				leaves(compose(full, { parts, leaveOut }).blocks).join('\n');
			const [team, theirs] = [textOf([]), textOf(leavesOut[profile])];
			for (const { kind, items } of left) {
				for (const item of items) {
					// The list says where an item stands; the words after the colon are what is taken out.
					const words = item
						.replace(/^[^:]*: /, '')
						.split(/, | \/ /)
						.at(-1)!;
					if (kind === 'links' || kind === 'unfunded' || kind === 'disagreements') continue;
					expect([kind, item, team.includes(words)]).toEqual([kind, item, true]);
					expect([kind, item, theirs.includes(words)]).toEqual([kind, item, false]);
				}
			}
		}
	);

	it('is only what the chosen parts would show', () => {
		expect(redact(full, leavesOut.public, ['outline']).left).toEqual([]);
	});

	it('shows a donor what is not funded, and the public no such number', () => {
		const text = (profile: 'donor' | 'public'): string =>
			leaves(compose(full, { parts, leaveOut: leavesOut[profile] }).blocks).join('\n');
		expect(text('donor')).toContain('Not funded yet');
		expect(text('public')).not.toMatch(/Not funded yet|Funded|182,500,000/);
		expect(text('public')).toContain('192,500,000.5');
	});
});

describe('an anonymous document', () => {
	const names = full.participants;
	/** People wrote names into chapters, titles, notes, the name of the workspace; over a change of dress too. */
	const input: ExportInput = {
		...full,
		workspace: { ...full.workspace, name: `Team of ${names[0]}` },
		chapters: names.map((name, i) => ({
			title: `Chapter by ${name}`,
			body: `Thanks to ${name}, ${name.toUpperCase()} and *${name.slice(0, 2)}*${name.slice(2)} <${'kofi.n'}${i}@numenia.example>.\n\n| A |\n| --- |\n| ${name} |\n\n[${name}](https://people.example/${encodeURIComponent(name)})`,
			blocks: ['stakeholder-table', 'log-frame', 'timeline', 'budget', 'action-table'],
			topics: [],
			outline: null
		})),
		actions: full.actions.map((action) => ({
			...action,
			title: `${action.title} (${names[1]})`,
			note: names[2]!
		}))
	};
	const document = compose(input, {
		parts: [],
		purpose: 'strategy',
		leaveOut: leavesOut.anonymous,
		anonymous: true,
		marking: `For ${names[0]}`
	});
	const bytesOf = async (write: (typeof formats)[number]['write'], template = false) => {
		const file = templateFile();
		const parts = unzipSync(file);
		const worn = template
			? readTemplate((list) => new Map(list.flatMap((n) => (parts[n] ? [[n, parts[n]]] : []))))
			: undefined;
		return write(document, { input, template: worn });
	};
	const plain = (bytes: Uint8Array, isZip: boolean): string =>
		isZip
			? Object.entries(unzipSync(bytes))
					.map(([path, part]) => path + strFromU8(part))
					.join('\n')
			: strFromU8(bytes);
	const bare = (text: string): string => text.replace(/<[^>]*>|[*\\_]/g, '').toLowerCase();

	it.each(formats.map((format) => [format.id, format] as const))(
		'%s has no participant anywhere in its bytes, properties included',
		async (id, format) => {
			for (const template of id === 'docx' ? [false, true] : [false]) {
				const bytes = await bytesOf(format.write, template);
				const text = plain(bytes, strFromU8(bytes.slice(0, 2)) === 'PK');
				for (const name of names) {
					const word = name.toLowerCase();
					expect([name, text.toLowerCase().includes(word)]).toEqual([name, false]);
					expect([name, bare(text).includes(word)]).toEqual([name, false]);
				}
				expect(text).not.toContain('numenia.example');
				expect(text).toContain('name left out');
			}
		}
	);

	it('keeps words that only contain a name', () => {
		const one = compose({ ...full, chapters: [] }, { parts: ['draft'] });
		const blocks = [{ kind: 'paragraph' as const, runs: [{ text: 'Quality by Ali, Alison.' }] }];
		const [block] = scrub({ ...one, blocks }, ['Ali'], '[…]').blocks;
		expect(block?.kind === 'paragraph' && block.runs[0]!.text).toBe('Quality by […], Alison.');
	});
});
