/** The launchers are plain JavaScript, because they run before TypeScript can: to tests, untyped. */
declare module '*.mjs';
