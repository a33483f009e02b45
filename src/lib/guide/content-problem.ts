/** A ContentProblem: a mistake in content, said so that its author can mend it. */
export type ContentProblem = {
	/** From the project's folder, e.g. `content/guides/…`. */
	file: string;
	/** From 1. */
	line: number;
	/** The key or the id that is wrong, where it is one. */
	field?: string;
	expected: string;
	found: string;
	/** What to do about it, where the expectation alone does not say it. */
	mend?: string;
};

/** The problem as the line that a command prints. */
export function lineOfProblem({
	file,
	line,
	field,
	expected,
	found,
	mend
}: ContentProblem): string {
	const at = field ? ` ${field}:` : '';
	const how = mend ? `\n    → ${mend}` : '';
	return `${file}:${line} ${at} expected ${expected}, found ${found}${how}`;
}

/** Each problem once: what the languages of a guide share is checked once a language. */
export function withoutRepeats(problems: readonly ContentProblem[]): ContentProblem[] {
	const seen = new Map(problems.map((problem) => [lineOfProblem(problem), problem]));
	return [...seen.values()];
}
