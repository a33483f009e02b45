/** A file that cannot be read as a spreadsheet of ours: why, for words in `sheets.bad-<code>`. */
export const badFileCodes = [
	'empty',
	'damaged',
	'locked',
	'old',
	'too-large',
	'too-many-rows',
	'foreign',
	'newer'
] as const;
export type BadFileCode = (typeof badFileCodes)[number];

export class BadFile extends Error {
	readonly code: BadFileCode;
	readonly values: Record<string, string | number>;

	/** `reason`: for us, what in the file broke which rule. */
	constructor(code: BadFileCode, values: Record<string, string | number> = {}, reason = '') {
		super(`${code} ${reason} ${JSON.stringify(values)}`);
		this.name = 'BadFile';
		this.code = code;
		this.values = values;
	}
}

export const damaged = (reason: string): BadFile => new BadFile('damaged', {}, reason);
