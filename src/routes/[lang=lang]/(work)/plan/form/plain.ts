/** Texts as one looks for them: without accents, marks and capitals. */
export const plain = (text: string): string =>
	text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();
