// npm's prepare hook: the types that SvelteKit generates, made again after an installation. It must
// never make an installation fail, so it does nothing where the runtime is not there (yet).
import { binOf } from './bin.mjs';
import { findRuntime, runFile } from './runtime.mjs';
import { isEntry } from './stop.mjs';

export const syncTypes = () => runFile(binOf('svelte-kit'), ['sync']);

if (isEntry(import.meta) && findRuntime()) {
	try {
		await syncTypes();
	} catch {
		// The checks make the types again, and say what is wrong.
	}
}
