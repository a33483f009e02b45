/**
 * What Numenia's people say: the words of the demo that no guide brings along. They stand in
 * `content/languages/<lang>/demo.json`.
 */
import type { Owner } from '#lib/model/guide.ts';

type Some = [string, ...string[]];

export type DemoWords = {
	/** Name of the workspace. */
	name: string;
	country: string;
	/** Name of last year's snapshot. */
	snapshot: string;
	/** Notes for what is not there or just begun, works in part, works well. */
	notes: { weak: Some; middle: Some; strong: Some };
	/** Two reasons why a question does not apply. */
	notApplicable: [string, string];
	/** Reasons for a target. */
	targets: Some;
	/** Notes on actions. */
	actions: string[];
	/** Who owns an action. */
	owner: (owner: Owner) => string;
	/** The words of a key of `demo.json`; the key itself where there are none. */
	say: (key: string) => string;
	/** The same; empty where there are none. */
	maybe: (key: string) => string;
};

/** `say`: the words of a key of `demo.json`, or undefined where there is none. */
export function demoWords(say: (key: string) => string | undefined): DemoWords {
	const said = (key: string) => say(key) ?? key;
	const some = (name: string, last: number): Some => [
		said(`${name}-1`),
		...Array.from({ length: last - 1 }, (_, i) => said(`${name}-${i + 2}`))
	];
	return {
		name: said('name'),
		country: said('country'),
		snapshot: said('snapshot'),
		notes: { weak: some('weak', 4), middle: some('middle', 4), strong: some('strong', 3) },
		notApplicable: [said('notApplicable-1'), said('notApplicable-2')],
		targets: some('target', 4),
		actions: some('action', 3),
		// A guide may bring owners of its own.
		owner: (owner) => say(`owner-${owner}`) ?? said('owner-other'),
		say: said,
		maybe: (key) => say(key) ?? ''
	};
}
