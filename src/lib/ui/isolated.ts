/** A text that keeps its own direction inside another one, where no `<bdi>` can stand. */
export const isolated = (text: string): string => `\u2068${text}\u2069`;
