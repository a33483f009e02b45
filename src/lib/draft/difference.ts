/**
 * Difference of two texts, word by word: what stayed, what went, what came. For people who decide
 * between an old and a new paragraph, or compare two versions.
 */
export type Change = { kind: 'same' | 'gone' | 'new'; text: string };

/** Cells of a table that a phone fills in a moment; beyond it whole paragraphs are compared first. */
const most = 1_500_000;

/** The texts of `same` and `gone` in a row are `before`; those of `same` and `new` are `after`. */
export function differenceOf(before: string, after: string): Change[] {
	const [a, b] = [wordsOf(before), wordsOf(after)];
	if (a.length * b.length <= most) return joined(compare(a, b));
	const [c, d] = [linesOf(before), linesOf(after)];
	if (c.length * d.length > most) return whole(before, after);
	return joined(withinRuns(joined(compare(c, d))));
}

export const isSameText = (changes: readonly Change[]): boolean =>
	changes.every(({ kind }) => kind === 'same');

/** How many words came and went. */
export function countChanges(changes: readonly Change[]): { gone: number; added: number } {
	const of = (kind: Change['kind']): number =>
		changes.filter((change) => change.kind === kind).flatMap(({ text }) => text.match(/\S+/g) ?? [])
			.length;
	return { gone: of('gone'), added: of('new') };
}

/** A run that went and one that came in its place are compared by words. */
function withinRuns(changes: readonly Change[]): Change[] {
	const result: Change[] = [];
	for (let i = 0; i < changes.length; i++) {
		const [one, next] = [changes[i]!, changes[i + 1]];
		if (one.kind === 'gone' && next?.kind === 'new') {
			const [a, b] = [wordsOf(one.text), wordsOf(next.text)];
			result.push(...(a.length * b.length <= most ? compare(a, b) : [one, next]));
			i++;
		} else result.push(one);
	}
	return result;
}

const whole = (before: string, after: string): Change[] => [
	{ kind: 'gone', text: before },
	{ kind: 'new', text: after }
];
/** Words with the white space after them, so that a moved line break is no change of a word. */
const wordsOf = (text: string): string[] => text.match(/\s+|[^\s]+/g) ?? [];
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** The longest common row of `a` and `b`. */
function compare(a: readonly string[], b: readonly string[]): Change[] {
	let start = 0;
	while (start < a.length && start < b.length && a[start] === b[start]) start++;
	let end = 0;
	while (
		end < Math.min(a.length, b.length) - start &&
		a[a.length - 1 - end] === b[b.length - 1 - end]
	) {
		end++;
	}
	const [x, y] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
	const width = y.length + 1;
	const table = new Uint16Array((x.length + 1) * width);
	for (let i = x.length - 1; i >= 0; i--) {
		for (let j = y.length - 1; j >= 0; j--) {
			table[i * width + j] =
				x[i] === y[j]
					? table[(i + 1) * width + j + 1]! + 1
					: Math.max(table[(i + 1) * width + j]!, table[i * width + j + 1]!);
		}
	}
	const changes: Change[] = a.slice(0, start).map((text) => ({ kind: 'same', text }));
	let [i, j] = [0, 0];
	while (i < x.length || j < y.length) {
		if (i < x.length && j < y.length && x[i] === y[j]) {
			changes.push({ kind: 'same', text: x[i]! });
			i++;
			j++;
		} else if (
			j >= y.length ||
			(i < x.length && table[(i + 1) * width + j]! >= table[i * width + j + 1]!)
		) {
			changes.push({ kind: 'gone', text: x[i++]! });
		} else changes.push({ kind: 'new', text: y[j++]! });
	}
	return [...changes, ...a.slice(a.length - end).map((text) => ({ kind: 'same', text }) as const)];
}

/** Neighbours of a kind as one; white space alone between two changes belongs to them. */
function joined(changes: readonly Change[]): Change[] {
	const result: Change[] = [];
	let [gone, added] = ['', ''];
	const flush = (): void => {
		if (gone !== '') result.push({ kind: 'gone', text: gone });
		if (added !== '') result.push({ kind: 'new', text: added });
		[gone, added] = ['', ''];
	};
	changes.forEach(({ kind, text }, i) => {
		if (kind === 'gone') gone += text;
		else if (kind === 'new') added += text;
		else if (/^\s+$/.test(text) && gone + added !== '' && changes[i + 1]?.kind !== 'same') {
			if (i === changes.length - 1) {
				flush();
				result.push({ kind, text });
			} else {
				gone += text;
				added += text;
			}
		} else {
			flush();
			const last = result.at(-1);
			if (last?.kind === 'same') last.text += text;
			else result.push({ kind, text });
		}
	});
	flush();
	return result;
}
