/** The words that only some pages use, each in its own file: their list comes with the first such page. */
import type { Messages } from './words.ts';

export const workWords = import.meta.glob<Messages>(
	['/content/languages/*/*.json', '!/content/languages/*/{language,common,problems,reading}.json'],
	{ import: 'default' }
);
