/** A contributor in a few words; their own names stand isolated, whichever way they are written. */
import type { Who } from '#lib/assessment/people.ts';
import { isolated } from './isolated.ts';
import type { Words } from './words.ts';

/** Name, organisation and what tells them apart; "Contributor 4f2c" for somebody without a name. */
export const fullName = (t: Words, who: Who): string =>
	who.full ? isolated(who.full) : t('assess.contributor', { id: who.mark });

/** As `fullName`, as short as it can be told apart. */
export const shortName = (t: Words, who: Who): string =>
	who.short ? isolated(who.short) : t('assess.contributor', { id: who.mark });
