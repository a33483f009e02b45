/** Seeds that once failed: they are run for good, before any fresh one. */
export const kept: readonly number[] = [];
