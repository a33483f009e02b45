import type { HandleClientError } from '@sveltejs/kit';
import { asProblem } from '#lib/model/problem.ts';

/** Why a page could not be shown, so that `+error.svelte` has words for it: by itself SvelteKit says "Internal Error". */
export const handleError: HandleClientError = ({ error }) => {
	console.error(error);
	const { code, values } = asProblem(error);
	return code === 'unexpected' ? { message: String(values.detail) } : { message: code, code };
};
