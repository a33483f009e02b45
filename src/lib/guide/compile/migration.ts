/**
 * A migration: what moved from edition to edition of a guide (`migration.json`), so that answers, plans
 * and links of an earlier one find their way. Every id that it names must lead to something, in the end.
 */
import { movables, type MigrationStep, type Movable, type Moved } from '#lib/model/guide.ts';
import { isContentId } from '#lib/model/ids.ts';
import { languagesOf } from '../content.ts';
import { Fields } from '../fields.ts';
import { lineAt, placeOfKey } from '../json-lines.ts';
import { mendId } from './ids.ts';
import type { Pack } from './pack.ts';

const file = 'migration.json';
const keys = ['from', 'to', 'note', 'titles', ...movables];
const one: Record<Movable, string> = {
	sections: 'a section',
	questions: 'a question',
	measures: 'a measure',
	chapters: 'a chapter'
};

/** The steps of the guide's migration, the oldest first; none where it has no such file. */
export function readMigration(
	pack: Pack,
	identity: Fields,
	present: Record<Movable, readonly string[]>
): MigrationStep[] {
	const { checker } = pack;
	const path = pack.path(file);
	if (!checker.content.files.has(path)) return [];
	const root = checker.json(path);
	root.only(['editions']);
	const text = checker.content.read(path) ?? '';
	const entries = root.isThere ? root.list('editions') : [];
	let place = Math.max(0, text.indexOf('"editions"'));
	const steps = entries.map((entry) => {
		// Keys repeat from step to step: each is looked for behind the beginning of its own.
		const start = placeOfKey(text, 'from', place);
		place = start + 1;
		const step = new Fields(checker, path, entry.raw, (key) =>
			lineAt(text, key === 'from' ? start : placeOfKey(text, key, start))
		);
		step.only(keys);
		return { fields: step, step: readStep(step), start };
	});
	if (root.isThere && Array.isArray(root.raw.editions) && steps.length === 0) {
		root.wrong('editions', 'at least one step', [], 'add one, or remove the file');
	}
	checkChain();
	const retired = identity.texts('retired', true);
	for (const sort of movables) checkSort(sort);
	return steps.map(({ step }) => step);

	function readStep(step: Fields): MigrationStep {
		const titles = step.child('titles');
		titles.only(movables);
		const titlesOf = (sort: Movable) =>
			titles.entries(sort).map(([id, words]) => {
				if (!(id in step.record(sort))) {
					words.wrong(id, `an old id of "${sort}" in this step`, id, mendId);
				}
				return [id, inLanguage(words)] as const;
			});
		const titled = movables.filter((sort) => sort in titles.raw);
		return {
			from: step.text('from'),
			to: step.text('to'),
			note: inLanguage(step.child('note')),
			titles: Object.fromEntries(
				titled.map((sort) => [sort, Object.fromEntries(titlesOf(sort))])
			) as MigrationStep['titles'],
			...(Object.fromEntries(movables.map((sort) => [sort, movedIn(step, sort)])) as Record<
				Movable,
				Moved
			>)
		};
	}

	function movedIn(step: Fields, sort: Movable): Moved {
		const moved: Moved = {};
		for (const [old, to] of Object.entries(step.record(sort))) {
			if (old.startsWith('$')) continue;
			if (to === null || typeof to === 'string') moved[old] = to;
			else step.wrong(sort, `the new id of ${old}, or null`, to, 'null: nothing replaces it');
		}
		return moved;
	}

	/** A text by language: the reader's, else the guide's, else the first. */
	function inLanguage(words: Fields): string {
		const languages = languagesOf(checker.content);
		for (const code of words.keys()) {
			words.text(code);
			if (languages.includes(code)) continue;
			words.wrong(code, `one of ${languages.join(', ')}`, code, 'add the language, or correct it');
		}
		const code = [pack.lang, pack.source, ...words.keys()].find((c) => c in words.raw);
		return code === undefined ? '' : String(words.raw[code]).trim();
	}

	/** Each step begins with the edition that the one before ended with, and the last ends with this one. */
	function checkChain(): void {
		for (const [i, { fields, step }] of steps.entries()) {
			const before = steps[i - 1]?.step.to;
			if (before !== undefined && step.from !== before) {
				const mend = 'list the steps in order, the oldest first, and leave none out';
				fields.wrong('from', `${before}, with which the step before ends`, step.from, mend);
			}
			if (step.from === step.to && step.to !== '') {
				fields.wrong('to', `another edition than ${step.from}`, step.to);
			}
			const edition = identity.text('edition');
			if (i === steps.length - 1 && step.to !== edition) {
				fields.wrong(
					'to',
					`${edition}, the edition of guide.json`,
					step.to,
					'correct one of the two'
				);
			}
		}
	}

	function checkSort(sort: Movable): void {
		const now = new Set(present[sort]);
		const earlier = new Map<string, string | null>();
		const taken = new Map<string, string>();
		for (const [i, { step, start }] of steps.entries()) {
			const table = placeOfKey(text, sort, start);
			for (const [old, to] of Object.entries(step[sort])) {
				const report = (expected: string, found: string, mend: string) =>
					checker.report(path, lineAt(text, placeOfKey(text, old, table)), expected, found, {
						field: old,
						mend
					});
				if (earlier.has(old)) {
					report('an id that moves once', `${old} twice`, 'keep the step in which it went');
				}
				earlier.set(old, to);
				if (!isContentId(old)) {
					report('an id of lower-case words and hyphens', old, 'write it as it was');
					continue;
				}
				if (now.has(old)) {
					const mend = 'take it out of this table, or give the thing its new id';
					report(`an id that no longer is ${one[sort]} of the guide`, `${old}, still in use`, mend);
				} else if (!retired.includes(old)) {
					const mend = `add it: "retired": ["${old}"]`;
					report('an id of "retired" in guide.json', `${old}, which is not there`, mend);
				}
				if (to === null) continue;
				const movesOn = steps.slice(i + 1).some((later) => Object.hasOwn(later.step[sort], to));
				if (!now.has(to) && !movesOn) {
					if (earlier.has(to)) {
						const mend = 'name the id that stands in the guide now';
						report('a chain that ends in the guide', `${old} → ${to} → …`, mend);
					} else report(`${one[sort]} of this edition, or null`, to, mendId);
				}
				// Two answers in one place: which one is right is a person's to say.
				if (sort !== 'questions' && sort !== 'chapters') continue;
				const other = taken.get(to);
				if (other !== undefined) {
					const mend = 'set the one that fits less to null: what stands there is kept to be read';
					report(`one old id for ${to}`, `${other} and ${old}`, mend);
				}
				taken.set(to, old);
			}
		}
	}
}

/** Id of this edition → its ids in earlier ones. */
export function formerIds(steps: readonly MigrationStep[], sort: Movable): Map<string, string[]> {
	const former = new Map<string, string[]>();
	for (const step of steps) {
		for (const [old, to] of Object.entries(step[sort])) {
			if (to === null) continue;
			former.set(to, [...(former.get(to) ?? []), ...(former.get(old) ?? []), old]);
		}
	}
	return former;
}
