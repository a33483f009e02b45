/** Where in the app somebody is: the first part of the address, as the staircase calls it. */
import type { Words } from '#lib/ui/words.ts';
import { steps } from '../../steps.ts';

/** The address of a page without its language: what is said of where one is. */
export const placeOf = (pathname: string): string => pathname.split('/').slice(2).join('/');

/** The words for a place; empty for one that has no step of its own. */
export function placeWords(t: Words, place: string): string {
	const first = place.split('/')[0];
	const step = steps('').find(({ path }) => path.split('/')[0] === first);
	return step ? t(step.label) : '';
}
