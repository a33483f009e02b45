/** Ids of a guide: each well-formed, used once, and never one that stood for something else before. */
import { isContentId } from '#lib/model/ids.ts';
import type { Pack } from './pack.ts';

/** Checks the ids that the skeleton `name` gives to things of one sort. */
export function checkIds(
	pack: Pack,
	name: string,
	ids: readonly string[],
	retired: ReadonlySet<string>
): void {
	const { checker } = pack;
	const path = pack.path(name);
	const seen = new Set<string>();
	for (const id of ids) {
		const report = (nth: number, expected: string, found: string, mend: string) =>
			checker.report(path, checker.lineOf(path, id, nth), expected, found, { field: 'id', mend });
		if (!isContentId(id)) {
			report(1, 'an id of lower-case words and hyphens', id, 'write it like data-protection');
		}
		if (seen.has(id)) report(2, 'an id used once', `${id} twice`, 'give the second another id');
		if (retired.has(id)) {
			report(
				1,
				'an id that never stood for something else',
				`${id}, retired in guide.json`,
				'choose a new id: answers that people kept still carry the old one'
			);
		}
		seen.add(id);
	}
}
